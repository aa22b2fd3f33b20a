#pragma once

#include "core/base/Result.h"
#include "core/http/HeaderList.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace corscope::oracles::browsers {

/// One request as it arrived at the scripted server.
struct WireRequest
{
    QByteArray method;
    QByteArray address; ///< scheme, port and target; the host was not recorded
    HeaderList headers;
};

/// What script saw of one step.
struct SeenOutcome
{
    QByteArray result; ///< "resolved", "rejected", "timeout"; of an element "load", "error"; empty for a wait
    QByteArray type;
    int status = 0;
    QByteArray url;
    bool redirected = false;
    HeaderList headers; ///< visible to script, lower-cased and sorted
};

/// What one browser, real or simulated, did in a case.
struct Observation
{
    std::vector<SeenOutcome> outcomes;
    std::vector<WireRequest> wire;
    QStringList console;
    QStringList unstable; ///< fields that differed between two recordings of the same case
};

/// How a scripted server answers, once.
struct ScriptedAnswer
{
    int status = 200;
    QByteArray reason;
    HeaderList headers;
    QByteArray body;
    QByteArray behaviour; ///< empty, or how the connection breaks: "reset", "close", "hang", "garbage" ...
    int delay = 0;        ///< milliseconds before it
};

/// One line of a recording: what the page did, how the servers answered, what each engine made of it.
struct RecordedCase
{
    QByteArray id;
    QByteArray category;
    QByteArray title;
    QByteArray launch;
    QByteArray pageUrl;
    QJsonArray steps;
    QJsonObject server;
    Observation engines[3]; ///< without the retries after broken connections, which are the connection pool's affair

    /// Whether some connection breaks, so that how often a request arrived means nothing.
    bool breaks() const;
    const Observation& of(const QByteArray& engine) const;
    /// Every answer scripted for preflights ("preflight") or for the requests themselves ("actual"), on all routes.
    std::vector<ScriptedAnswer> answers(const char* kind) const;
};

/// The engines in the order in which cases keep them.
inline constexpr const char* engineNames[] = {"chromium", "firefox", "webkit"};

/// Script's byte strings are written as text, one character per byte.
QByteArray bytes(const QJsonValue& value);
HeaderList headerList(const QJsonValue& pairs);
ScriptedAnswer scriptedAnswer(const QJsonObject& object);
/// One answer, or a list of them used in turn.
std::vector<ScriptedAnswer> scriptedAnswers(const QJsonValue& value);

/// How often a browser knocks again at a connection that broke depends on how many it had open.
void dropRetries(std::vector<WireRequest>& wire);

/// Reads every *.jsonl file of a folder, in order of name.
Result<std::vector<RecordedCase>> readRecordings(const QString& folder);

} // namespace corscope::oracles::browsers

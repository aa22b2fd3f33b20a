#pragma once

#include "core/backend/ServerConfig.h"
#include "core/fetch/FetchCall.h"
#include "core/trace/Outcome.h"

#include <QJsonValue>
#include <QString>
#include <QStringList>
#include <optional>
#include <variant>
#include <vector>

namespace corscope {

struct SendAction
{
    QByteArray page; ///< id of the page whose script calls
    FetchCall call;
    bool operator==(const SendAction&) const = default;
};

struct WaitAction
{
    qint64 milliseconds = 0; ///< of virtual time
    bool operator==(const WaitAction&) const = default;
};

/// Changes one setting between two sends.
struct ChangeAction
{
    QString path;     ///< JSON path into the scenario file, e.g. "servers[0].pipeline[0].enabled"
    QJsonValue value;
    bool operator==(const ChangeAction&) const = default;
};

/// Compares URLs as origins, every one with every other.
struct CompareAction
{
    QList<QByteArray> urls;
    bool operator==(const CompareAction&) const = default;
};

using Action = std::variant<SendAction, WaitAction, ChangeAction, CompareAction>;

/// What the author says will come out of one action; what is absent is not looked at.
struct Expectation
{
    int action = 0;                                      ///< index into Scenario::actions
    std::optional<bool> allowed;
    std::optional<QByteArray> blockedWhy;                ///< a Why id, e.g. "missing-allow-origin"
    std::optional<SendOutcome::Preflight> preflight;
    std::optional<bool> requestSent;
    std::optional<SendOutcome::Visible> visible;
    std::optional<int> status;
    std::optional<int> handlerRuns;
    std::optional<BodyError> bodyError;                  ///< how the body breaks off while script reads it
    QList<QByteArray> visibleHeaders;                    ///< names that script can read, among others
    QList<QByteArray> hiddenHeaders;                     ///< names that came, and that script cannot read
    std::optional<std::vector<bool>> sameOrigin;         ///< for a compare: pair by pair
    bool operator==(const Expectation&) const = default;
};

/// What a speaker wants to have at hand; nothing that runs looks at it.
struct SpeakerNote
{
    std::optional<int> action; ///< index into Scenario::actions; absent: for the whole scenario
    QString text;              ///< plain, may have several lines
    bool operator==(const SpeakerNote&) const = default;
};

/// A cookie that the browser has before the first action, as if a server had set it earlier.
struct InitialCookie
{
    QByteArray url;       ///< whose answer set it
    QByteArray setCookie; ///< as in `Set-Cookie`
    bool operator==(const InitialCookie&) const = default;
};

/// A whole set-up: pages, servers, what happens, and what should come out. A plain value; the file format is
/// ScenarioFile's business.
struct Scenario
{
    QString title;
    QString story;           ///< a few sentences for the reader
    QString source;          ///< address of the article or bug report it comes from
    QStringList topics;
    QByteArray profile = "standard"; ///< browser profile
    std::vector<PageConfig> pages;
    std::vector<ServerConfig> servers;
    std::vector<InitialCookie> cookies; ///< of a fresh browser
    std::vector<Action> actions;
    std::vector<Expectation> expectations;
    std::vector<SpeakerNote> notes;
    bool operator==(const Scenario&) const = default;
};

} // namespace corscope

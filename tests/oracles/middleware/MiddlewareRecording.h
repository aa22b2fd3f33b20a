#pragma once

#include "core/base/Result.h"
#include "core/http/Message.h"

#include <QJsonArray>
#include <QJsonObject>
#include <vector>

namespace corscope::oracles {

/// A request that was sent to every configuration.
struct RecordedRequest
{
    QByteArray id;
    RequestMessage message;
    QString note;
    HeaderList untrimmed; ///< its headers as a server sees them that keeps spaces after a value, which HTTP takes off
};

/// One configuration of the middleware and what it answered.
struct RecordedConfig
{
    QByteArray id;
    QJsonObject options;      ///< the middleware's own
    QJsonArray blocks;        ///< instead, where they come as a list of blocks
    QJsonObject app;          ///< how the application around it was wired; empty: as usual. For servers that are
                              ///< configured by directives, these
    std::vector<int> answers; ///< per request an index into the responses; -1 where it was not sent
};

/// One middleware in one version: a file as it was recorded, or compacted as in tests/data/middleware.
struct MiddlewareRecording
{
    QByteArray framework;
    QByteArray version;
    QJsonObject refused; ///< by configuration id the error with which it was refused
    std::vector<ResponseMessage> responses;
    std::vector<RecordedConfig> configs;

    /// \param requests those of the same folder, in whose order the answers are kept
    static Result<MiddlewareRecording> load(const QString& path, const std::vector<RecordedRequest>& requests);
};

/// The folder's requests.json.
Result<std::vector<RecordedRequest>> loadRequests(const QString& path);

/// What of an answer an emulation is judged by.
enum class Body { Compare, Ignore };
/// Whether the order inside a list means anything, or changes from run to run.
enum class Order { Counts, Varies };
/// One line per difference in status, Access-Control-*, Vary, Allow (as a set) and body; empty where they agree.
QStringList differences(const ResponseMessage& recorded, const ResponseMessage& emulated, Body body,
                        Order lists = Order::Counts);

} // namespace corscope::oracles

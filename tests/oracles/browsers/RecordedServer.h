#pragma once

#include "tests/oracles/browsers/Recording.h"
#include "core/network/Network.h"

#include <QHash>

namespace corscope::oracles::browsers {

/// From how far away that server could be reached, as the engines were launched.
AddressSpace addressSpaceOf(const QByteArray& launch, const Url& url);

/// The network of a recording: answers in-process as the case's script says, and keeps what arrived.
class RecordedServer : public Network
{
public:
    explicit RecordedServer(const RecordedCase& recorded)
        : m_folder("/c/" + recorded.id + '/'), m_launch(recorded.launch), m_script(recorded.server) {}

    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder& recorder) override;

    std::optional<AddressSpace> addressSpace(const Url& url) override;
    bool speaksHttp2(const Url& url) override { return url.portOrDefault() == 8445; }

    const std::vector<WireRequest>& arrived() const { return m_arrived; }

private:
    ScriptedAnswer answerTo(const RequestMessage& request);

    QByteArray m_folder; ///< every case has paths of its own
    QByteArray m_launch;
    QJsonObject m_script;
    QHash<QString, size_t> m_turns; ///< how many answers a route and kind have given
    std::vector<WireRequest> m_arrived;
};

} // namespace corscope::oracles::browsers

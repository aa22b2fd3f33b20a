#include "core/network/WireRecord.h"

#include "core/base/Ascii.h"
#include "core/base/Decimal.h"

#include <QCoreApplication>

namespace corscope {

namespace {

int browserLane(Recorder& recorder)
{
    if (recorder.isSilent())
        return -1;
    return recorder.lane("browser", [] {
        return Lane{Lane::Kind::Browser, "browser", {}, QCoreApplication::translate("WireRecord", "Browser")};
    });
}

Literal ifPresent(Literal name, const HeaderList& headers)
{
    return headers.contains(name) ? name : Literal();
}

} // namespace

WireRecord::WireRecord(Recorder& recorder, const Url& url, WireMessage::Kind kind)
    : m_recorder(recorder), m_url(recorder.isSilent() ? QByteArray() : url.serialized()), m_kind(kind),
      m_browserLane(browserLane(recorder)), m_spec(recorder.enter(Algorithm::Wire, m_browserLane))
{
}

void WireRecord::request(const RequestMessage& message, int serverLane)
{
    if (!m_spec.listening())
        return;
    m_serverLane = serverLane;
    m_spec.message("request", serverLane, message.method + ' ' + message.target,
                   std::make_shared<const WireMessage>(WireMessage{m_kind, message, m_url}),
                   ifPresent("Origin", message.headers));
}

void WireRecord::response(const ResponseMessage& message)
{
    if (!m_spec.listening())
        return;
    const auto label = [&] {
        return ascii::trimmed(QByteArray(decimal(message.status) + ' ' + message.reason)).toByteArray();
    };
    m_recorder.record({.kind = StepKind::Message, .landmark = true, .lane = m_serverLane, .toLane = m_browserLane,
                       .at = m_spec.at("response"), .label = label,
                       .message = std::make_shared<const WireMessage>(WireMessage{m_kind, message, m_url}),
                       .decidingHeader = ifPresent("Access-Control-Allow-Origin", message.headers)});
    if (message.bodyError != BodyError::None)
        m_spec.effect("body", bodyErrorId(message.bodyError),
                      {{"bytes", QByteArray::number(message.body.size()), message.headers.get("content-length")}});
}

NetworkFailure WireRecord::failure(const NetworkFailure& failure)
{
    m_spec.failure("failure", failure.why, failure.detail);
    return failure;
}

} // namespace corscope

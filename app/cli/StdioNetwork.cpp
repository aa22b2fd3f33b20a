#include "app/cli/StdioNetwork.h"

#include "core/http/ContentDecoding.h"

#include <QDateTime>

namespace corscope::cli {

/// As patient as browsers are.
static constexpr Milliseconds timeout = std::chrono::minutes(5);

static Browser freshBrowser(Instant now)
{
    Browser browser;
    browser.clock = Clock(now);
    return browser;
}

StdioBrowser::StdioBrowser(StdioCarrier carrier)
    : browser(freshBrowser(Instant(Milliseconds(QDateTime::currentMSecsSinceEpoch())))),
      carry(carrier ? std::move(carrier)
                    : [this](const QList<QHostAddress>& addresses, const Url& url, const TlsTrust& trust,
                             const RequestMessage& request, const ConnectionPool::Patience& patience) {
                          return connections.exchange(addresses, url, trust, request, patience, ConnectionPool::Until::Verdict);
                      }),
      m_told(std::chrono::steady_clock::now())
{
}

void StdioBrowser::tellTime()
{
    const auto passed = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - m_told);
    browser.clock.advance(passed);
    m_told += passed;
}

void StdioBrowser::reset()
{
    browser = freshBrowser(browser.clock.now());
    connections.closeIdleConnections();
}

Result<ResponseMessage, NetworkFailure> StdioNetwork::send(const Url& url, const RequestMessage& request,
                                                           WireMessage::Kind kind, Recorder&)
{
    noteCachedPreflight();
    m_browser.turn.unlock();
    m_underWay.release();
    auto answer = exchange(url, request);
    m_browser.turn.lock();
    m_browser.tellTime();
    // Whoever aborts has moved on: what came in the meantime must leave no trace.
    if (m_abort)
        answer = NetworkFailure{Why::Aborted, {}, false};

    StdioExchange entry;
    entry.kind = kind == WireMessage::Kind::Preflight ? StdioExchange::Kind::Preflight : StdioExchange::Kind::Request;
    entry.url = url.serialized();
    entry.request = request;
    if (answer)
        entry.response = *answer;
    entry.verdict = answer ? QByteArray("ok") : whyId(answer.error().why);
    m_exchanges.push_back(std::move(entry));

    if (!answer)
        return answer.error();
    auto& response = answer.value();
    const auto decoded = handleContentCodings(response.headers, response.body);
    if (!decoded && response.bodyError == BodyError::None)
        response.bodyError = BodyError::Malformed;
    response.body = decoded.value_or(QByteArray());
    return answer;
}

Result<ResponseMessage, NetworkFailure> StdioNetwork::exchange(const Url& url, const RequestMessage& request)
{
    const auto addresses = m_environment->names.find(url);
    if (addresses.isEmpty())
        return NetworkFailure{Why::NameNotResolved, url.host(), false};
    return m_browser.carry(addresses, url, m_environment->trust, request, {timeout, m_abort});
}

void StdioNetwork::noteCachedPreflight()
{
    for (; m_cachedPreflights < m_tally.preflightsCached; ++m_cachedPreflights) {
        m_exchanges.emplace_back();
        m_exchanges.back().kind = StdioExchange::Kind::CachedPreflight;
    }
}

} // namespace corscope::cli

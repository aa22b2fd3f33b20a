#include "core/share/Har.h"

#include "core/http/Cookie.h"
#include "core/scenario/JsonWriter.h"
#include "core/url/Url.h"

#include <QDateTime>

namespace corscope::share {

namespace {

QString timeText(Instant time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

JsonTree pair(const QByteArray& name, const QByteArray& value)
{
    return JsonTree::object().add("name", name).add("value", value);
}

JsonTree headersOf(const HeaderList& headers)
{
    auto list = JsonTree::array();
    for (const auto& [name, value] : headers)
        list.append(pair(name, value));
    return list;
}

JsonTree cookiesOf(const HeaderList& headers, const char* name)
{
    auto list = JsonTree::array();
    for (const auto& value : headers.values(name))
        for (const auto& part : name[0] == 'C' ? value.split(';') : QList<QByteArray>{value.split(';').value(0)})
            if (const auto equals = part.indexOf('='); equals > 0)
                list.append(pair(part.left(equals).trimmed(), part.mid(equals + 1).trimmed()));
    return list;
}

JsonTree queryOf(const QByteArray& url)
{
    auto list = JsonTree::array();
    const auto query = url.indexOf('?') < 0 ? QByteArray() : url.mid(url.indexOf('?') + 1).split('#').value(0);
    for (const auto& part : query.split('&'))
        if (!part.isEmpty())
            list.append(pair(part.split('=').value(0), part.mid(part.indexOf('=') < 0 ? part.size() : part.indexOf('=') + 1)));
    return list;
}

JsonTree requestOf(const Exchange& exchange)
{
    const auto& request = exchange.request;
    auto tree = JsonTree::object();
    tree.add("method", request.method)
        .add("url", exchange.url)
        .add("httpVersion", QStringLiteral("HTTP/1.1"))
        .add("headers", headersOf(request.headers))
        .add("queryString", queryOf(exchange.url))
        .add("cookies", cookiesOf(request.headers, "Cookie"))
        .add("headersSize", -1)
        .add("bodySize", int(request.body.size()));
    if (!request.body.isEmpty())
        tree.add("postData", JsonTree::object()
                                 .add("mimeType", request.headers.get("Content-Type").value_or(QByteArray()))
                                 .add("text", request.body));
    return tree;
}

JsonTree contentOf(const ResponseMessage& response)
{
    auto content = JsonTree::object();
    content.add("size", int(response.body.size()))
        .add("mimeType", response.headers.get("Content-Type").value_or(QByteArray("x-unknown")));
    if (QString::fromUtf8(response.body).toUtf8() == response.body)
        content.addUnless(response.body.isEmpty(), "text", response.body);
    else
        content.add("text", response.body.toBase64()).add("encoding", QStringLiteral("base64"));
    return content;
}

JsonTree responseOf(const Exchange& exchange)
{
    const auto response = exchange.response.value_or(ResponseMessage{0, {}, {}, {}});
    auto tree = JsonTree::object();
    tree.add("status", response.status)
        .add("statusText", response.reason)
        .add("httpVersion", exchange.response ? QStringLiteral("HTTP/1.1") : QString())
        .add("headers", headersOf(response.headers))
        .add("cookies", cookiesOf(response.headers, "Set-Cookie"))
        .add("content", contentOf(response))
        .add("redirectURL", response.headers.get("Location").value_or(QByteArray()))
        .add("headersSize", -1)
        .add("bodySize", exchange.response ? int(response.body.size()) : -1)
        .add("_transferSize", exchange.fromCache ? 0 : int(response.body.size()));
    if (response.bodyError != BodyError::None)
        tree.add("_error", QStringLiteral("net::ERR_INCOMPLETE_CHUNKED_ENCODING"));
    else if (exchange.failure)
        tree.add("_error", netError(exchange.failure->why));
    return tree;
}

JsonTree entryOf(const Exchange& exchange, const SharedSend& send, bool last)
{
    const auto total = qint64(std::chrono::duration_cast<Milliseconds>(exchange.end - exchange.time).count());
    auto entry = JsonTree::object();
    entry.add("_resourceType", exchange.isPreflight()                                             ? QStringLiteral("preflight")
                               : send.call.initiator == FetchCall::Initiator::XmlHttpRequest ? QStringLiteral("xhr")
                                                                                                : QStringLiteral("fetch"));
    if (exchange.fromCache)
        entry.add("_fromCache", QStringLiteral("disk"));
    entry.add("startedDateTime", timeText(exchange.time))
        .add("time", total)
        .add("request", requestOf(exchange))
        .add("response", responseOf(exchange))
        .add("cache", JsonTree::object())
        .add("timings", JsonTree::object().add("send", 0).add("wait", total).add("receive", 0));
    if (last && !send.console.isEmpty())
        entry.add("comment", send.console);
    return entry;
}

} // namespace

QByteArray harFile(const Scenario& scenario, const SharedSend& send)
{
    auto entries = JsonTree::array();
    // Chromium notes a preflight after the request that made it necessary.
    const auto& exchanges = send.exchanges;
    for (size_t i = 0; i < exchanges.size(); ++i) {
        if (exchanges[i].isPreflight())
            continue;
        entries.append(entryOf(exchanges[i], send, i + 1 == exchanges.size()));
        if (i > 0 && exchanges[i - 1].isPreflight())
            entries.append(entryOf(exchanges[i - 1], send, false));
    }
    auto log = JsonTree::object();
    log.add("version", QStringLiteral("1.2"))
        .add("creator", JsonTree::object().add("name", QStringLiteral("Corscope")).add("version", QStringLiteral(CORSCOPE_VERSION)))
        .add("pages", JsonTree::array().append(JsonTree::object()
                                                   .add("startedDateTime", timeText(exchanges.empty() ? Instant() : exchanges.front().time))
                                                   .add("id", QStringLiteral("page_1"))
                                                   .add("title", send.outcome->pageUrl.isEmpty() ? scenario.title : QString::fromUtf8(send.outcome->pageUrl))
                                                   .add("pageTimings", JsonTree::object())))
        .add("entries", std::move(entries));
    return JsonTree::object().add("log", std::move(log)).written();
}

} // namespace corscope::share

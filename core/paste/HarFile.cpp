#include "core/paste/HarFile.h"

#include "core/base/Ascii.h"
#include "core/paste/HarEntries.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace corscope::paste {

namespace {

constexpr size_t mostExchanges = 5000;

HeaderList headers(const QJsonValue& list)
{
    HeaderList result;
    for (const auto& item : list.toArray()) {
        const auto object = item.toObject();
        const auto name = object.value(QLatin1String("name")).toString().toUtf8();
        if (name.startsWith(':') || !isHeaderName(name))
            continue;
        // Firefox and others note repeated headers as one, parted by line breaks.
        for (const auto& value : object.value(QLatin1String("value")).toString().toUtf8().split('\n'))
            result.append(name, normalizedHeaderValue(value));
    }
    return result;
}

HarExchange exchange(const QJsonObject& entry)
{
    const auto sent = entry.value(QLatin1String("request")).toObject();
    const auto received = entry.value(QLatin1String("response")).toObject();
    HarExchange result;
    auto& call = result.request.call;
    call.url = sent.value(QLatin1String("url")).toString().toUtf8();
    call.method = sent.value(QLatin1String("method")).toString().toLatin1();
    call.headers = headers(sent.value(QLatin1String("headers")));
    if (const auto data = sent.value(QLatin1String("postData")).toObject(); !data.isEmpty())
        call.body = data.value(QLatin1String("text")).toString().toUtf8();
    if (entry.value(QLatin1String("_resourceType")).toString() == QLatin1String("xhr"))
        call.initiator = FetchCall::Initiator::XmlHttpRequest;
    takeOverBrowserHeaders(result.request);
    result.comment = entry.value(QLatin1String("comment")).toString();
    result.duration = Milliseconds(qint64(qBound(0.0, entry.value(QLatin1String("time")).toDouble(), 1e9)));
    result.error = received.value(QLatin1String("_error")).toString().toLatin1();
    const int status = received.value(QLatin1String("status")).toInt();
    if (status >= 100 && status <= 999)
        result.answer = PastedAnswer{status, true, headers(received.value(QLatin1String("headers"))), call.method, call.url, {}};
    return result;
}

bool isOfInterest(const HarExchange& exchange)
{
    const auto url = Url::parse(exchange.request.call.url);
    if (!url || !url->hasHttpScheme())
        return false;
    const auto& request = exchange.request;
    const auto asked = request.isPreflight ? request.call.headers.get("Access-Control-Request-Method") : request.call.method;
    return asked && ascii::isToken(*asked) && (request.isPreflight || !request.pageOrigin.isEmpty());
}

bool isToOwnOrigin(const HarExchange& exchange)
{
    const auto url = Url::parse(exchange.request.call.url);
    return url && !exchange.request.isPreflight && exchange.request.pageOrigin == url->origin().serialized();
}

bool failed(const HarExchange& exchange)
{
    if (!exchange.answer || !exchange.error.isEmpty())
        return true;
    if (exchange.preflight && (exchange.preflight->status < 200 || exchange.preflight->status > 299))
        return true;
    const auto allowed = exchange.answer->headers.get("Access-Control-Allow-Origin");
    return !allowed || (*allowed != "*" && *allowed != exchange.request.pageOrigin);
}

} // namespace

Result<std::vector<HarExchange>> readHarFile(QIODevice& device)
{
    std::vector<HarExchange> found;
    const auto read = readHarEntries(device, [&](const QJsonObject& entry) {
        auto next = exchange(entry);
        if (isOfInterest(next))
            found.push_back(std::move(next));
        return found.size() < mostExchanges;
    });
    if (!read)
        return read.error();

    // What a page asks of its own server is of interest where it asks nothing else.
    const auto foreign = std::stable_partition(found.begin(), found.end(), [](const HarExchange& item) { return !isToOwnOrigin(item); });
    if (foreign != found.begin())
        found.erase(foreign, found.end());

    // A preflight belongs to the next request to its address with its method; files note the two in either order.
    std::vector<HarExchange> result;
    std::vector<HarExchange> preflights;
    for (auto& item : found)
        (item.request.isPreflight ? preflights : result).push_back(std::move(item));
    for (auto& preflight : preflights) {
        const auto method = preflight.request.call.headers.get("Access-Control-Request-Method").value_or(QByteArray());
        const auto it = std::find_if(result.begin(), result.end(), [&](const HarExchange& other) {
            return !other.preflight && other.request.call.url == preflight.request.call.url && other.request.call.method == method;
        });
        if (it != result.end()) {
            it->preflight = preflight.answer;
            it->preflightError = preflight.error;
            continue;
        }
        // The request itself was never sent, and was not noted: it is what the preflight asked for.
        HarExchange asked;
        asked.request = preflight.request;
        asked.request.isPreflight = false;
        asked.request.call.method = method;
        asked.request.call.headers.clear();
        for (const auto& name : preflight.request.call.headers.get("Access-Control-Request-Headers").value_or(QByteArray()).split(','))
            if (!name.trimmed().isEmpty())
                asked.request.call.headers.append(name.trimmed(), name.trimmed() == "content-type" ? QByteArray("application/json") : QByteArray("..."));
        asked.preflight = preflight.answer;
        asked.error = asked.preflightError = preflight.error;
        result.push_back(std::move(asked));
    }
    if (result.empty())
        return InputError{QCoreApplication::translate("Paste", "HAR file"),
                          QCoreApplication::translate("Paste", "a request to another origin (with an Origin header)"), {}};
    return result;
}

const HarExchange* chosenExchange(const std::vector<HarExchange>& exchanges, const QByteArray& url)
{
    const auto find = [&](auto condition) {
        const auto it = std::find_if(exchanges.begin(), exchanges.end(), condition);
        return it == exchanges.end() ? nullptr : &*it;
    };
    const auto ofUrl = [&](const HarExchange& item) { return item.request.call.url == url; };
    if (const auto* item = find([&](const HarExchange& other) { return ofUrl(other) && failed(other); }))
        return item;
    if (const auto* item = find(ofUrl))
        return item;
    if (const auto* item = find(failed))
        return item;
    return exchanges.empty() ? nullptr : &exchanges.back();
}

bool looksLikeHarFile(const QByteArray& beginning)
{
    const auto text = ascii::trimmed(QByteArrayView(beginning).first(std::min<qsizetype>(beginning.size(), 4096)));
    return (text.startsWith('{') || text.startsWith("\xef\xbb\xbf{")) && text.contains("\"log\"");
}

} // namespace corscope::paste

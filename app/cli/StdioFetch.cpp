#include "app/cli/StdioFetch.h"

#include "core/base/Ascii.h"
#include "core/explain/WhyText.h"
#include "core/http/Method.h"
#include "core/url/Site.h"

#include <QCoreApplication>

namespace corscope::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Url readUrl(const JsonField& field)
{
    const auto url = Url::parse(field.utf8());
    if (!url)
        field.fail(tr("an absolute URL"));
    return url ? *url : Url();
}

Origin readOrigin(const JsonField& field)
{
    // NB: one opaque origin for all pages of the session does no harm; no two of them ever meet.
    const auto text = field.utf8();
    if (text == "null")
        return Origin::opaque("page");
    const auto url = Url::parse(text);
    if (!url || url->origin().isOpaque()) {
        field.fail(tr("an origin such as \"http://app.test:3000\", or \"null\""));
        return Origin::opaque("page");
    }
    return url->origin();
}

ReferrerPolicy readReferrerPolicy(const StdioFields& fields)
{
    const auto policy = referrerPolicyFromBytes(fields.utf8("referrerPolicy", {}));
    if (!policy)
        fields["referrerPolicy"].fail(tr("a referrer policy, or \"\""));
    return policy.value_or(ReferrerPolicy::Empty);
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

QJsonObject exchangeJson(const StdioExchange& exchange)
{
    if (exchange.kind == StdioExchange::Kind::CachedPreflight)
        return {{QStringLiteral("kind"), QStringLiteral("preflight-cache")}, {QStringLiteral("hit"), true}};
    QJsonObject object{
        {QStringLiteral("kind"), exchange.kind == StdioExchange::Kind::Preflight ? QStringLiteral("preflight") : QStringLiteral("request")},
        {QStringLiteral("method"), isomorphic(exchange.request.method)},
        {QStringLiteral("url"), QString::fromUtf8(exchange.url)},
        {QStringLiteral("requestHeaders"), toJson(exchange.request.headers)},
        {QStringLiteral("status"), QJsonValue::Null},
        {QStringLiteral("responseHeaders"), QJsonArray()},
        {QStringLiteral("verdict"), QString::fromLatin1(exchange.verdict)},
    };
    if (exchange.response) {
        object[QStringLiteral("status")] = exchange.response->status;
        object[QStringLiteral("responseHeaders")] = toJson(exchange.response->headers);
    }
    return object;
}

} // namespace

Client readClient(const StdioFields& fields)
{
    Client client;
    client.origin = readOrigin(fields.required("origin"));
    client.url = readUrl(fields.required("url"));
    client.topLevelOrigin = fields.has("topLevelOrigin") ? readOrigin(fields["topLevelOrigin"]) : client.origin;
    client.referrerPolicy = readReferrerPolicy(fields);
    client.baseUrl = client.url;
    client.siteForCookies =
        isSameSite(client.origin, client.topLevelOrigin) ? client.topLevelOrigin : Origin::opaque("embedded page");
    client.secureContext = isPotentiallyTrustworthy(client.topLevelOrigin) && isPotentiallyTrustworthy(client.url.origin());
    return client;
}

Request readRequest(const StdioFields& fields)
{
    Request request;
    request.client = std::make_shared<const Client>(readClient(fields.object("client")));
    request.origin = request.client->origin;
    request.unsafeRequest = true;

    request.method = fields.has("method") ? fields["method"].isomorphic() : QByteArray("GET");
    if (!ascii::isToken(request.method) || isForbiddenMethod(request.method))
        fields["method"].fail(tr("a method that pages may use"));
    request.urlList = {readUrl(fields.required("url"))};
    request.headerList = fields.headers("headers");

    const bool bodyIsStream = fields.boolean("bodyIsStream", false);
    if (auto body = fields.base64("body"))
        request.body = Body{std::move(*body), bodyIsStream};
    request.useCorsPreflight = fields.boolean("useCORSPreflight", false) || (request.body && bodyIsStream);
    request.useUrlCredentials = fields.boolean("useURLCredentials", false);
    request.keepalive = fields.boolean("keepalive", false);
    request.integrityMetadata = fields.utf8("integrity", {});

    request.mode = *requestModeFromBytes(fields.word("mode", words("cors no-cors same-origin"), "cors"));
    request.credentialsMode =
        *credentialsModeFromBytes(fields.word("credentials", words("omit same-origin include"), "same-origin"));
    request.redirectMode = *redirectModeFromBytes(fields.word("redirect", words("follow error manual"), "follow"));
    request.cacheMode = *cacheModeFromBytes(
        fields.word("cache", words("default no-store reload no-cache force-cache only-if-cached"), "default"));

    const auto referrer = fields.utf8("referrer", "client");
    request.referrerIsClient = referrer == "client";
    if (referrer != "client" && referrer != "no-referrer")
        request.referrer = readUrl(fields["referrer"]);
    request.referrerPolicy = readReferrerPolicy(fields);
    fields.word("initiator", words("fetch xmlhttprequest"), "fetch");
    return request;
}

static QString sentenceFor(const Blocked& blocked, const Request& request)
{
    SendOutcome outcome;
    outcome.blocked = blocked;
    outcome.method = request.method;
    outcome.url = request.url().serialized();
    outcome.finalUrl = request.currentUrl().serialized();
    outcome.pageOrigin = request.origin.serialized();
    outcome.finalOrigin = byteSerializedOrigin(request);
    outcome.pageUrl = request.client->url.serialized();
    outcome.redirectMode = toBytes(request.redirectMode);
    outcome.finalHeaders = request.headerList;
    return explain::reason(blocked, outcome);
}

QJsonObject toJson(const Response& response, const Request& request)
{
    if (response.isNetworkError())
        return {{QStringLiteral("type"), QStringLiteral("error")},
                {QStringLiteral("reason"), QString::fromLatin1(whyId(response.blocked->why))},
                {QStringLiteral("message"), sentenceFor(*response.blocked, request)}};
    QJsonObject result{
        {QStringLiteral("type"), QString::fromLatin1(toBytes(response.type))},
        {QStringLiteral("status"), response.status},
        {QStringLiteral("statusText"), isomorphic(response.statusMessage)},
        {QStringLiteral("headers"), toJson(response.headerList)},
        {QStringLiteral("url"), QString::fromUtf8(response.url())},
        {QStringLiteral("redirected"), response.urlList.size() > 1},
        {QStringLiteral("body"), QJsonValue::Null},
    };
    if (response.body && response.bodyError != BodyError::None)
        result[QStringLiteral("bodyError")] = true;
    else if (response.body)
        result[QStringLiteral("body")] = QString::fromLatin1(response.body->toBase64());
    return result;
}

QJsonObject abortedResult()
{
    return {{QStringLiteral("type"), QStringLiteral("error")}, {QStringLiteral("reason"), QStringLiteral("aborted")}};
}

QJsonArray traceOf(const Response& response, StdioNetwork& network)
{
    network.noteCachedPreflight();
    auto& exchanges = network.exchanges();
    for (size_t i = 0; i + 1 < exchanges.size(); ++i)
        if (exchanges[i].response && exchanges[i].kind == StdioExchange::Kind::Request)
            exchanges[i].verdict = "redirect";
    if (response.isNetworkError() && !exchanges.empty())
        exchanges.back().verdict = whyId(response.blocked->why);
    QJsonArray trace;
    for (const auto& exchange : exchanges)
        trace.append(exchangeJson(exchange));
    return trace;
}

} // namespace corscope::cli

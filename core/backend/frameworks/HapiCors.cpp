#include "core/backend/frameworks/HapiCors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginOption.h"
#include "core/backend/stages/RoutePath.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace corscope {

namespace {

constexpr char requestMethod[] = "access-control-request-method";
constexpr char requestHeaders[] = "access-control-request-headers";
constexpr char json[] = "application/json; charset=utf-8";

struct Settings
{
    bool ignore = false; ///< 'ignore': everyone, and nobody looks
    bool any = false;    ///< "*": everyone, each by name
    QList<QByteArray> origins;
    std::vector<QRegularExpression> wildcards;
    QByteArray headers;
    QSet<QByteArray> accepted; ///< in lower case
    QByteArray exposedHeaders;
    QByteArray maxAge;
    bool credentials = false;
    int preflightStatusCode = 200;
};

class HapiCors final : public Stage
{
public:
    HapiCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("hapi-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    ResponseMessage preflightAnswer(const RequestMessage& request, StageContext& context) const;
    void decorate(const RequestMessage& request, HeaderList& headers, Spec& spec) const;
    bool isAllowed(const std::optional<QByteArray>& origin, const char* number, Spec& spec) const;
    bool areAccepted(const QByteArray& requested) const;

    QString m_title;
    const Settings m_settings;
};

ResponseMessage notFound(const QByteArray& message)
{
    return ownAnswer(404, {}, json, "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"" + message + "\"}");
}

/// A failed preflight is a success to HTTP: the reason is in the body.
ResponseMessage refusal(const QByteArray& reason)
{
    return ownAnswer(200, {}, json, "{\"message\":\"" + reason + "\"}");
}

/// Whether a route takes that method on the path. GET takes HEAD as well.
bool isRouted(const ServerConfig& server, const QByteArray& path, const QByteArray& method, bool orAny)
{
    return std::any_of(server.routes.begin(), server.routes.end(), [&](const RouteConfig& route) {
        const auto own = ascii::lowered(route.method);
        return routeTakesPath(route, path)
            && (own == method || (method == "head" && own == "get") || (orAny && own == "*"));
    });
}

/// Adds to a list as hapi does: once, letter for letter, and without a space.
void addToList(HeaderList& headers, const QByteArray& name, const QByteArray& value, bool once)
{
    const auto before = headers.get(name);
    if (!before || before->isEmpty())
        headers.set(name, value);
    else if (!once || !before->split(',').contains(value))
        headers.set(name, *before + ',' + value);
}

StageAnswer HapiCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto path = request.path();
    // 1. OPTIONS on a path without an OPTIONS route of its own.
    if (spec.ask("1", request.method == "OPTIONS" && !isRouted(context.server(), path, "options", false),
                 {{"method", request.method, "OPTIONS"}})) {
        const auto answer = preflightAnswer(request, context);
        return {answer};
    }

    // 2. The router comes first: where no route takes the request, hapi answers. 3. The route's handler.
    StageAnswer result;
    if (spec.ask("2", isRouted(context.server(), path, ascii::lowered(request.method), true),
                 {{"method", request.method, std::nullopt}, {"path", path, std::nullopt}}))
        result = context.next(request);
    else
        result = {notFound("Not Found")};
    if (spec.ask("3", result.raised))
        result = {ownAnswer(500, {}, json,
                            R"({"statusCode":500,"error":"Internal Server Error","message":"An internal server error occurred"})")};
    decorate(request, result.response.headers, spec);
    decideByOrigin("3.7", request.headers.get("Origin"), result.response, context);
    return result;
}

void HapiCors::decorate(const RequestMessage& request, HeaderList& headers, Spec& spec) const
{
    const auto origin = request.headers.get("Origin");
    if (spec.ask("3.1", !m_settings.ignore)) {
        if (!headers.values("vary").contains("*"))
            addToList(headers, "vary", "origin", true);
        spec.let("3.2", "vary", headers.get("vary").value_or(QByteArray()));
    }
    if (!isAllowed(origin, "3.3", spec))
        return;
    if (m_settings.ignore || origin) {
        headers.set("access-control-allow-origin", m_settings.ignore ? QByteArray("*") : *origin);
        spec.let("3.4", "access-control-allow-origin", headers.get("access-control-allow-origin"));
    } else {
        headers.remove("access-control-allow-origin"); // it is set to nothing
    }
    if (m_settings.credentials) {
        headers.set("access-control-allow-credentials", "true");
        spec.let("3.5", "access-control-allow-credentials", QByteArray("true"));
    }
    if (!m_settings.exposedHeaders.isEmpty()) {
        addToList(headers, "access-control-expose-headers", m_settings.exposedHeaders, false);
        spec.let("3.6", "access-control-expose-headers", headers.get("access-control-expose-headers"));
    }
}

ResponseMessage HapiCors::preflightAnswer(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin");
    const auto method = request.headers.get(requestMethod);
    const auto refuse = [&](const char* number, const char* name, const std::optional<QByteArray>& value,
                            const ResponseMessage& answer) {
        context.decide(number, Verdict::Failure, {{name, value, std::nullopt}}, answer);
        return answer;
    };

    if (spec.ask("1.1", method.value_or(QByteArray()).isEmpty(), {{requestMethod, method, std::nullopt}}))
        return refuse("1.1.1", requestMethod, method, notFound("CORS error: Missing Access-Control-Request-Method header"));
    // The route that hapi has added for OPTIONS is found as well. It lets nobody in.
    const bool added = ascii::lowered(*method) == "options";
    if (!spec.ask("1.2", added || isRouted(context.server(), request.path(), ascii::lowered(*method), true),
                  {{requestMethod, method, std::nullopt}, {"path", request.path(), std::nullopt}}))
        return refuse("1.2.1", requestMethod, method, notFound("Not Found"));
    if (spec.ask("1.2.2", added))
        return refuse("1.2.3", requestMethod, method, refusal("CORS is disabled for this route"));
    if (spec.ask("1.3", origin.value_or(QByteArray()).isEmpty() && !m_settings.ignore, {{"Origin", origin, std::nullopt}}))
        return refuse("1.3.1", "Origin", origin, notFound("CORS error: Missing Origin header"));
    if (!isAllowed(origin, "1.4", spec))
        return refuse("1.4.1", "Origin", origin, refusal("CORS error: Origin not allowed"));
    const auto requested = request.headers.get(requestHeaders);
    if (!spec.ask("1.5", areAccepted(requested.value_or(QByteArray())), {{requestHeaders, requested, m_settings.headers}}))
        return refuse("1.5.1", requestHeaders, requested, refusal("CORS error: Some headers are not allowed"));

    NodeResponse response;
    response.set("access-control-allow-origin", m_settings.ignore ? QByteArray("*") : *origin, "1.6", spec);
    response.set("access-control-allow-methods", *method, "1.6.1", spec);
    response.set("access-control-allow-headers", m_settings.headers, "1.6.2", spec);
    response.set("access-control-max-age", m_settings.maxAge, "1.6.3", spec);
    if (m_settings.credentials)
        response.set("access-control-allow-credentials", "true", "1.6.4", spec);
    if (!m_settings.exposedHeaders.isEmpty())
        response.set("access-control-expose-headers", m_settings.exposedHeaders, "1.6.5", spec);
    // The part of hapi that compresses bodies does not know that there will be none.
    if (spec.ask("1.7", m_settings.preflightStatusCode == 204))
        response.set("vary", "accept-encoding", "1.7.1", spec);
    const auto answer = ownAnswer(m_settings.preflightStatusCode, response.headers());
    decideByOrigin("1.8", origin, answer, context);
    return answer;
}

bool HapiCors::isAllowed(const std::optional<QByteArray>& origin, const char* number, Spec& spec) const
{
    bool allowed = m_settings.ignore || m_settings.any;
    if (!allowed && origin && !origin->isEmpty())
        allowed = m_settings.origins.contains(*origin)
            || std::any_of(m_settings.wildcards.begin(), m_settings.wildcards.end(), [&](const auto& wildcard) {
                   return wildcard.match(QString::fromUtf8(*origin)).hasMatch();
               });
    return spec.ask(number, allowed, {{"Origin", origin, std::nullopt}});
}

bool HapiCors::areAccepted(const QByteArray& requested) const
{
    if (requested.isEmpty())
        return true;
    static const QRegularExpression comma(QStringLiteral("\\s*,\\s*"));
    QSet<QByteArray> seen;
    for (const auto& name : QString::fromUtf8(ascii::lowered(requested)).split(comma)) {
        const auto bytes = name.toUtf8();
        // A name that comes twice is counted once, and then the count is wrong.
        if (seen.contains(bytes) || !m_settings.accepted.contains(bytes))
            return false;
        seen.insert(bytes);
    }
    return true;
}

QString tr(const char* text) { return QCoreApplication::translate("HapiCors", text); }

Result<Done> readOrigins(const QJsonValue& value, Settings& settings)
{
    const auto where = QStringLiteral("origin");
    if (value.isString()) {
        settings.ignore = value.toString() == QLatin1String("ignore");
        if (!settings.ignore)
            return InputError{where, tr("a list of origins, or \"ignore\""), value.toString()};
        return Done{};
    }
    const auto list = value.toArray();
    if (list.isEmpty())
        return InputError{where, tr("at least one origin"), QStringLiteral("[]")};
    for (const auto& item : list) {
        const auto origin = item.toString();
        if (origin == QLatin1String("*")) {
            if (list.size() > 1)
                return InputError{where, tr("\"*\" alone, without other origins"),
                                  QString::fromUtf8(joinedList(value, ", ").value_or(QByteArray()))};
            settings.any = true;
        } else if (origin.contains(QLatin1Char('*'))) {
            auto source = QRegularExpression::escape(origin);
            source.replace(QLatin1String("\\*"), QLatin1String(".*")).replace(QLatin1String("\\?"), QLatin1String("."));
            settings.wildcards.emplace_back(QStringLiteral("\\A") + source + QStringLiteral("\\z"));
        } else {
            settings.origins.append(origin.toUtf8());
        }
    }
    return Done{};
}

} // namespace

Result<std::shared_ptr<const Stage>> makeHapiCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto both = [&](const char* name, const char* additional) {
        auto list = value(name).toArray();
        for (const auto& item : value(additional).toArray())
            list.append(item);
        return joinedList(list, ",").value_or(QByteArray());
    };
    Settings result;
    if (auto read = readOrigins(value("origin"), result); !read)
        return read.error();
    result.headers = both("headers", "additionalHeaders");
    for (const auto& name : {value("headers").toArray(), value("additionalHeaders").toArray()})
        for (const auto& item : name)
            result.accepted.insert(ascii::lowered(item.toString().toUtf8()));
    result.accepted.insert("origin");
    result.exposedHeaders = both("exposedHeaders", "additionalExposedHeaders");
    bool number = false;
    const auto maxAge = writtenNumber(value("maxAge"));
    maxAge.toDouble(&number);
    if (!number)
        return InputError{QStringLiteral("maxAge"), tr("a number"), QString::fromUtf8(maxAge)};
    result.maxAge = maxAge;
    result.credentials = value("credentials").toBool();
    if (result.ignore && result.credentials)
        return InputError{QStringLiteral("credentials"), tr("false where origin is \"ignore\""), QStringLiteral("true")};
    result.preflightStatusCode = value("preflightStatusCode").toInt();
    if (result.preflightStatusCode != 200 && result.preflightStatusCode != 204)
        return InputError{QStringLiteral("preflightStatusCode"), tr("200 or 204"),
                          QString::number(result.preflightStatusCode)};
    return std::shared_ptr<const Stage>(std::make_shared<HapiCors>(settings.title, result));
}

} // namespace corscope

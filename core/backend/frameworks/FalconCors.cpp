#include "core/backend/frameworks/FalconCors.h"

#include "core/backend/frameworks/PythonSequence.h"
#include "core/backend/frameworks/WsgiRequest.h"
#include "core/backend/stages/RoutePath.h"

#include <QCoreApplication>

#include <set>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "access-control-allow-origin";

QString tr(const char* text) { return QCoreApplication::translate("FalconCors", text); }

/// Origins as Falcon takes them: "*" for all, one, several, or none at all.
struct Origins
{
    bool all = false;
    QList<QByteArray> names;
    bool contains(const QByteArray& origin) const { return all || names.contains(origin); }
    QByteArray text() const { return all ? QByteArray("*") : ascii::join(names, ", "); }
};

Result<Origins> originsOf(const QJsonObject& values, const QString& option)
{
    const auto value = values[option];
    if (value == QJsonValue(QStringLiteral("*")))
        return Origins{true, {}};
    if (value.isString())
        return Origins{false, {value.toString().toUtf8()}};
    const auto names = PythonSequence(value).items();
    if (names.contains("*"))
        return InputError{option, tr("\"*\" by itself, not in a list"), QStringLiteral("[\"*\"]")};
    return Origins{false, names};
}

struct Settings
{
    Origins allowOrigins;
    Origins allowCredentials;
    QByteArray exposeHeaders; ///< as sent; empty: not sent
};

class FalconCors final : public Stage
{
public:
    FalconCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("falcon-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void answerPreflight(const RequestMessage& request, ResponseMessage& answer, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

void set(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    answer.headers.set(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

/// The methods for which the resource at that path has a responder, in the order of the alphabet.
QByteArray methodsOf(const QByteArray& path, const ServerConfig& server)
{
    std::set<QByteArray> names;
    for (const auto& route : server.routes)
        if (routeTakesPath(route, path)) {
            if (route.method == "*")
                names.insert({"DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"});
            else if (route.method != "OPTIONS")
                names.insert(route.method);
        }
    return ascii::join(QList<QByteArray>(names.begin(), names.end()), ", ");
}

/// What Falcon itself makes of a resource that did not answer.
void completeAsFalcon(const RequestMessage& request, StageAnswer& result, StageContext& context)
{
    auto& spec = context.spec();
    if (spec.ask("1.1", result.raised))
        result = {{500, reasonPhrase(500), {{"content-type", "application/json"}, {"vary", "Accept"}},
                   R"({"title": "500 Internal Server Error"})"}};
    // Every resource answers OPTIONS, unless it has a responder of its own for it.
    auto& answer = result.response;
    if (spec.ask("1.2", request.method == "OPTIONS" && answer.status == 405,
                 {{"method", request.method, "OPTIONS"}, {"status", QByteArray::number(answer.status), "405"}}))
        answer = {200, reasonPhrase(200), {{"allow", methodsOf(request.path(), context.server())}}, {}};
}

StageAnswer FalconCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    // 1. The application answers first, whoever asks and whatever for.
    spec.step("1");
    auto result = context.next(request);
    completeAsFalcon(request, result, context);
    auto& answer = result.response;

    // 2. Is there an Origin? An empty one is one.
    const auto origin = wsgiHeader(request, "Origin");
    if (!spec.ask("2", origin.has_value(), {{"Origin", origin, std::nullopt}}))
        return result;

    // 3. Is it allowed, byte for byte?
    if (!spec.ask("3", m_settings.allowOrigins.contains(*origin),
                  {{"Origin", origin, m_settings.allowOrigins.text()}})) {
        context.decide("3.1", Verdict::Failure, {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer,
                       allowOrigin);
        return result;
    }

    // 4. Did the resource set the header itself? Then it stays, and nothing is said of credentials.
    const auto own = answer.headers.get(allowOrigin);
    if (!spec.ask("4", own.has_value(), {{allowOrigin, own, std::nullopt}})) {
        // 4.1 Where credentials are allowed the origin is named.
        const bool credentials = spec.ask("4.1", m_settings.allowCredentials.contains(*origin),
                                          {{"Origin", origin, m_settings.allowCredentials.text()}});
        if (credentials)
            set(answer, "access-control-allow-credentials", "true", "4.2", spec);
        set(answer, allowOrigin, m_settings.allowOrigins.all && !credentials ? QByteArray("*") : *origin, "4.3", spec);
    }
    if (!m_settings.exposeHeaders.isEmpty())
        set(answer, "access-control-expose-headers", m_settings.exposeHeaders, "5", spec);

    // 6. Is it a preflight that the resource answered without an error?
    const auto method = wsgiHeader(request, "Access-Control-Request-Method");
    if (spec.ask("6", answer.status < 400 && request.method == "OPTIONS" && method && !method->isEmpty(),
                 {{"status", QByteArray::number(answer.status), std::nullopt},
                  {"method", request.method, "OPTIONS"},
                  {"Access-Control-Request-Method", method, std::nullopt}}))
        answerPreflight(request, answer, spec);

    // 7. The verdict.
    if (spec.listening())
        context.decide("7", Verdict::Success, {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer,
                       allowOrigin);
    return result;
}

void FalconCors::answerPreflight(const RequestMessage& request, ResponseMessage& answer, Spec& spec) const
{
    // 6.1 The methods of the resource, which Falcon had put into Allow. A responder for OPTIONS that sets none gets
    // what Python makes of nothing.
    const auto allow = answer.headers.get("Allow").value_or("None");
    answer.headers.remove("Allow");
    set(answer, "access-control-allow-methods", allow, "6.1", spec);
    // 6.2 Whatever headers are asked for.
    set(answer, "access-control-allow-headers",
        wsgiHeader(request, "Access-Control-Request-Headers").value_or("*"), "6.2", spec);
    set(answer, "access-control-max-age", "86400", "6.3", spec);
}

} // namespace

Result<std::shared_ptr<const Stage>> makeFalconCors(const StageSettings& settings)
{
    const auto allowOrigins = originsOf(settings.values, QStringLiteral("allow_origins"));
    if (!allowOrigins)
        return allowOrigins.error();
    const auto allowCredentials = originsOf(settings.values, QStringLiteral("allow_credentials"));
    if (!allowCredentials)
        return allowCredentials.error();
    const auto expose = settings.values[QLatin1String("expose_headers")];
    return std::shared_ptr<const Stage>(std::make_shared<FalconCors>(
        settings.title, Settings{*allowOrigins, *allowCredentials,
                                 expose.isString() ? expose.toString().toUtf8() : PythonSequence(expose).joined()}));
}

} // namespace corscope

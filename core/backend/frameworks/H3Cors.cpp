#include "core/backend/frameworks/H3Cors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginFunction.h"
#include "core/backend/frameworks/OriginOption.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope {

namespace {

constexpr char requestMethod[] = "access-control-request-method";
constexpr char requestHeaders[] = "access-control-request-headers";

/// "*", a list, or nothing.
struct Names
{
    bool any = false;
    bool given = false; ///< also where the list is empty
    QList<QByteArray> list;
};

struct Settings
{
    OriginOption origin;
    Names methods;
    Names allowHeaders;
    Names exposeHeaders;
    QByteArray maxAge;
    bool credentials = false;
    int statusCode = 204;
};

class H3Cors final : public Stage
{
public:
    H3Cors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("h3-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void setOrigin(const std::optional<QByteArray>& origin, NodeResponse& response, QList<QByteArray>& vary,
                   Spec& spec) const;
    bool isAllowed(const QByteArray& origin, Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, NodeResponse& response, QList<QByteArray>& vary,
                             Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer H3Cors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin");
    const auto method = request.headers.get(requestMethod);
    NodeResponse response;
    QList<QByteArray> vary;

    // 1. A preflight, with all that belongs to one?
    const bool preflight = spec.ask(
        "1",
        request.method == "OPTIONS" && !origin.value_or(QByteArray()).isEmpty()
            && !method.value_or(QByteArray()).isEmpty(),
        {{"method", request.method, "OPTIONS"}, {"Origin", origin, std::nullopt}, {requestMethod, method, std::nullopt}});

    // 2. and 3. Headers for both.
    setOrigin(origin, response, vary, spec);
    if (m_settings.credentials)
        response.set("access-control-allow-credentials", "true", "3", spec);

    // 4. The preflight ends here.
    if (preflight) {
        setPreflightHeaders(request, response, vary, spec);
        response.set("vary", ascii::join(vary, ", "), "4.4", spec);
        const auto answer = ownAnswer(m_settings.statusCode, response.headers());
        decideByOrigin("4.5", origin, answer, context);
        return {answer};
    }

    // 5. Anything else goes on.
    const auto& exposed = m_settings.exposeHeaders;
    if (exposed.given && !(exposed.any && m_settings.credentials))
        response.set("access-control-expose-headers", exposed.any ? QByteArray("*") : ascii::join(exposed.list, ","),
                     "5", spec);
    if (!vary.isEmpty())
        response.set("vary", ascii::join(vary, ", "), "5.1", spec);
    auto result = context.next(request);
    if (spec.ask("5.2", result.raised))
        result = {ownAnswer(500, {}, "application/json;charset=UTF-8",
                            R"({"status":500,"unhandled":true,"message":"HTTPError"})")};
    response.takeOver(result.response, "5.3", spec, NodeResponse::HandlerVary::Combined);
    decideByOrigin("5.4", origin, result.response, context);
    return result;
}

void H3Cors::setOrigin(const std::optional<QByteArray>& origin, NodeResponse& response, QList<QByteArray>& vary,
                       Spec& spec) const
{
    if (spec.ask("2", m_settings.origin.isFalsy() || m_settings.origin.isText("*"))) {
        response.set("access-control-allow-origin", "*", "2.1", spec);
        return;
    }
    if (spec.ask("2.2", !origin.value_or(QByteArray()).isEmpty(), {{"Origin", origin, std::nullopt}})
        && isAllowed(*origin, spec))
        response.set("access-control-allow-origin", *origin, "2.5", spec);
    vary.append("origin");
}

bool H3Cors::isAllowed(const QByteArray& origin, Spec& spec) const
{
    const auto& option = m_settings.origin;
    if (option.kind == OriginOption::Kind::Function)
        return spec.ask("2.3", askOriginFunction(option.function, origin).kind != OriginAnswer::Kind::Nothing,
                        {{"Origin", origin, std::nullopt}});
    if (option.kind == OriginOption::Kind::Text)
        return spec.ask("2.4", option.text == origin, {{"Origin", origin, option.text}});
    for (const auto& candidate : option.candidates)
        if (spec.ask("2.4", candidate.allows(origin), {{"Origin", origin, candidate.text}}))
            return true;
    return false;
}

void H3Cors::setPreflightHeaders(const RequestMessage& request, NodeResponse& response, QList<QByteArray>& vary,
                                 Spec& spec) const
{
    const auto& methods = m_settings.methods;
    if (spec.ask("4", methods.any && m_settings.credentials)) {
        response.set("access-control-allow-methods", request.headers.get(requestMethod).value_or(QByteArray()), "4.1",
                     spec);
        vary.append(requestMethod);
    } else if (methods.any || !methods.list.isEmpty()) {
        response.set("access-control-allow-methods", methods.any ? QByteArray("*") : ascii::join(methods.list, ","),
                     "4.1.1", spec);
    }

    const auto requested = request.headers.get(requestHeaders);
    const auto& headers = m_settings.allowHeaders;
    if (spec.ask("4.2", headers.any || headers.list.isEmpty(), {{requestHeaders, requested, std::nullopt}})) {
        if (requested && !requested->isEmpty())
            response.set("access-control-allow-headers", *requested, "4.2.1", spec);
    } else {
        response.set("access-control-allow-headers", ascii::join(headers.list, ","), "4.2.2", spec);
    }
    vary.append(requestHeaders);

    if (!m_settings.maxAge.isEmpty())
        response.set("access-control-max-age", m_settings.maxAge, "4.3", spec);
}

} // namespace

Result<std::shared_ptr<const Stage>> makeH3Cors(const StageSettings& settings)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("H3Cors", text); };
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    Settings result;
    auto origin = OriginOption::of(value("origin"), QStringLiteral("origin"));
    if (!origin)
        return origin.error();
    result.origin = std::move(origin).value();
    if (result.origin.kind == OriginOption::Kind::True)
        return InputError{QStringLiteral("origin"), tr("\"*\", \"null\", a list or a function"), QStringLiteral("true")};

    const struct
    {
        const char* name;
        Names* names;
    } lists[] = {{"methods", &result.methods},
                 {"allowHeaders", &result.allowHeaders},
                 {"exposeHeaders", &result.exposeHeaders}};
    for (const auto& [name, names] : lists) {
        const auto given = value(name);
        if (given.isString() && given.toString() != QLatin1String("*") && !given.toString().isEmpty())
            return InputError{QLatin1String(name), tr("a list, or \"*\""), given.toString()};
        names->any = given.toString() == QLatin1String("*");
        names->given = names->any || given.isArray();
        for (const auto& item : given.toArray())
            names->list.append(item.toString().toUtf8());
    }
    result.maxAge = isTruthy(value("maxAge")) ? writtenNumber(value("maxAge")) : QByteArray();
    result.credentials = value("credentials").toBool();
    result.statusCode = value("preflight.statusCode").toInt();
    if (result.statusCode < 200 || result.statusCode > 599)
        return InputError{QStringLiteral("preflight.statusCode"), tr("a status from 200 to 599"),
                          QString::number(result.statusCode)};
    return std::shared_ptr<const Stage>(std::make_shared<H3Cors>(settings.title, result));
}

} // namespace corscope

#include "core/backend/frameworks/HonoCors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginFunction.h"
#include "core/backend/frameworks/OriginOption.h"
#include "core/base/Ascii.h"

namespace corscope {

namespace {

struct Settings
{
    OriginOption origin;
    QByteArray methods;
    QByteArray allowHeaders;
    QByteArray exposeHeaders;
    std::optional<QByteArray> maxAge;
    bool credentials = false;
};

class HonoCors final : public Stage
{
public:
    HonoCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("hono-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    QByteArray allowedOrigin(const QByteArray& origin, Spec& spec) const;
    ResponseMessage preflightAnswer(const RequestMessage& request, NodeResponse& response, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

/// Adds to Vary without looking at what is there.
void appendVary(HeaderList& headers, const QByteArray& field, const char* number, Spec& spec)
{
    headers.combine("Vary", field);
    if (spec.listening())
        spec.let(number, "Vary", headers.get("Vary").value_or(QByteArray()));
}

StageAnswer HonoCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin").value_or(QByteArray());
    const bool varies = !m_settings.origin.isText("*");
    NodeResponse response;

    // 1. to 3. Headers for every answer.
    if (const auto allowed = allowedOrigin(origin, spec); !allowed.isEmpty())
        response.set("Access-Control-Allow-Origin", allowed, "1.4", spec);
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "2", spec);
    if (!m_settings.exposeHeaders.isEmpty())
        response.set("Access-Control-Expose-Headers", m_settings.exposeHeaders, "3", spec);

    // 4. Every OPTIONS ends here.
    if (spec.ask("4", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}})) {
        const auto answer = preflightAnswer(request, response, spec);
        decideByOrigin("4.7", request.headers.get("Origin"), answer, context);
        return {answer};
    }

    // 5. The application. An exception has become an answer by the time it comes back.
    spec.step("5");
    auto result = context.next(request);
    if (spec.ask("5.1", result.raised))
        result = {ownAnswer(500, {}, "text/plain; charset=UTF-8", "Internal Server Error")};
    response.takeOver(result.response, "5.2", spec);
    if (varies)
        appendVary(result.response.headers, "Origin", "5.3", spec);
    decideByOrigin("5.4", request.headers.get("Origin"), result.response, context);
    return result;
}

QByteArray HonoCors::allowedOrigin(const QByteArray& origin, Spec& spec) const
{
    const auto& option = m_settings.origin;
    if (spec.ask("1", option.isText("*")))
        return "*";
    if (spec.ask("1.1", option.kind == OriginOption::Kind::Function, {{"Origin", origin, std::nullopt}})) {
        const auto given = askOriginFunction(option.function, origin);
        spec.let("1.2", "origin", given.origin);
        return given.origin;
    }
    const bool allowed = option.kind == OriginOption::Kind::Match ? option.lists(origin) : option.text == origin;
    return spec.ask("1.3", allowed, {{"Origin", origin, option.text}}) ? origin : QByteArray();
}

ResponseMessage HonoCors::preflightAnswer(const RequestMessage& request, NodeResponse& response, Spec& spec) const
{
    HeaderList vary;
    if (!m_settings.origin.isText("*"))
        appendVary(vary, "Origin", "4.1", spec);
    if (m_settings.maxAge)
        response.set("Access-Control-Max-Age", *m_settings.maxAge, "4.2", spec);
    if (!m_settings.methods.isEmpty())
        response.set("Access-Control-Allow-Methods", m_settings.methods, "4.3", spec);

    const auto requested = request.headers.get("Access-Control-Request-Headers");
    auto headers = m_settings.allowHeaders;
    if (!spec.ask("4.4", !headers.isEmpty(), {{"Access-Control-Request-Headers", requested, std::nullopt}})
        && requested && !requested->isEmpty()) {
        QList<QByteArray> names;
        for (const auto& name : requested->split(','))
            names.append(name.trimmed());
        headers = ascii::join(names, ",");
        spec.let("4.5", "headers", headers);
    }
    if (!headers.isEmpty()) {
        response.set("Access-Control-Allow-Headers", headers, "4.6", spec);
        appendVary(vary, "Access-Control-Request-Headers", "4.6", spec);
    }
    auto answer = ownAnswer(204, response.headers());
    for (const auto& header : vary)
        answer.headers.append(header.name, header.value);
    return answer;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeHonoCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto joined = [&](const char* name) { return joinedList(value(name), ",").value_or(QByteArray()); };
    auto origin = OriginOption::of(value("origin"), QStringLiteral("origin"));
    if (!origin)
        return origin.error();
    Settings result;
    result.origin = std::move(origin).value();
    // Only a list of methods is understood; a string is none.
    result.methods = value("allowMethods").isArray() ? joined("allowMethods") : QByteArray();
    result.allowHeaders = joined("allowHeaders");
    result.exposeHeaders = joined("exposeHeaders");
    if (!value("maxAge").isNull())
        result.maxAge = writtenNumber(value("maxAge"));
    result.credentials = isTruthy(value("credentials"));
    return std::shared_ptr<const Stage>(std::make_shared<HonoCors>(settings.title, result));
}

} // namespace corscope

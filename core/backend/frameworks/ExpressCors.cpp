#include "core/backend/frameworks/ExpressCors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginFunction.h"
#include "core/backend/frameworks/OriginOption.h"

#include <QCoreApplication>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";

struct Settings
{
    OriginOption origin;
    QByteArray methods;
    std::optional<QByteArray> allowedHeaders;
    QByteArray exposedHeaders;
    bool credentials = false;
    QByteArray maxAge;
    bool preflightContinue = false;
    int optionsSuccessStatus = 204;
};

class ExpressCors final : public Stage
{
public:
    ExpressCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("express-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void setOrigin(const OriginOption& option, const std::optional<QByteArray>& origin, NodeResponse& response,
                   Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, NodeResponse& response, Spec& spec) const;
    bool isAllowed(const OriginOption& option, const std::optional<QByteArray>& origin, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer ExpressCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin");
    NodeResponse response;

    // 0. A function is asked first. What it calls back with stands in the option's place, for this request.
    auto option = m_settings.origin;
    if (spec.ask("0", option.kind == OriginOption::Kind::Function, {{"Origin", origin, std::nullopt}})) {
        const auto given = askOriginFunction(option.function, origin);
        if (spec.ask("0.1", given.kind == OriginAnswer::Kind::Error))
            return {{}, true};
        option = {};
        if (given.kind == OriginAnswer::Kind::Yes)
            option.kind = OriginOption::Kind::True;
        else if (given.kind == OriginAnswer::Kind::Origin)
            option = {OriginOption::Kind::Text, given.origin, {}, {}};
        spec.let("0.2", "origin", option.text);
    }

    // 1. Is the middleware told about any origin? If not, it steps aside.
    if (!spec.ask("1", !option.isFalsy())) {
        spec.step("1.1");
        return context.next(request);
    }

    // 2. Is it OPTIONS? Every OPTIONS counts as a preflight, whatever else it says.
    const bool preflight =
        spec.ask("2", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}});

    // 3. to 5. Headers are put on the response before anybody else sees it.
    setOrigin(option, origin, response, spec);
    if (spec.ask("4", m_settings.credentials))
        response.set("Access-Control-Allow-Credentials", "true", "4.1", spec);
    if (preflight)
        setPreflightHeaders(request, response, spec);
    if (!m_settings.exposedHeaders.isEmpty())
        response.set("Access-Control-Expose-Headers", m_settings.exposedHeaders, "6", spec);

    // 7. A preflight ends here.
    if (preflight && !spec.ask("7", m_settings.preflightContinue)) {
        ResponseMessage answer{m_settings.optionsSuccessStatus, reasonPhrase(m_settings.optionsSuccessStatus),
                               response.headers(), {}};
        answer.headers.append("Content-Length", "0");
        spec.let("7.1", "status", QByteArray::number(answer.status));
        decideByOrigin("7.2", origin, answer, context);
        return {answer};
    }

    // 8. The application answers, on the same response.
    spec.step("8");
    auto result = context.next(request);
    if (spec.ask("8.1", result.raised)) {
        // Express' error page is written on the same response.
        result.response.headers = response.headers();
        return result;
    }
    response.takeOver(result.response, "8.2", spec);
    decideByOrigin("8.3", origin, result.response, context);
    return result;
}

void ExpressCors::setOrigin(const OriginOption& option, const std::optional<QByteArray>& origin,
                            NodeResponse& response, Spec& spec) const
{
    // 3.1 Everyone?
    if (spec.ask("3.1", option.isText("*"))) {
        response.set(allowOrigin, "*", "3.1.1", spec);
        return;
    }
    // 3.2 One string: it is sent to everyone, as it stands.
    if (spec.ask("3.2", option.kind == OriginOption::Kind::Text)) {
        response.set(allowOrigin, option.text, "3.2.1", spec);
    } else if (const bool allowed = isAllowed(option, origin, spec); allowed && origin && !origin->isEmpty()) {
        response.set(allowOrigin, *origin, "3.5", spec);
    }
    response.vary("Origin", "3.6", spec);
}

bool ExpressCors::isAllowed(const OriginOption& option, const std::optional<QByteArray>& origin, Spec& spec) const
{
    // 3.3 Whoever asks?
    if (spec.ask("3.3", option.kind == OriginOption::Kind::True, {{"Origin", origin, std::nullopt}}))
        return true;
    // 3.4 One after the other; the first that fits is enough.
    for (const auto& candidate : option.candidates)
        if (spec.ask("3.4", candidate.allows(origin), {{"Origin", origin, candidate.text}}))
            return true;
    return false;
}

void ExpressCors::setPreflightHeaders(const RequestMessage& request, NodeResponse& response, Spec& spec) const
{
    // 5.1 The methods, as configured. What the preflight asks for is not looked at.
    if (!m_settings.methods.isEmpty())
        response.set("Access-Control-Allow-Methods", m_settings.methods, "5.1", spec);

    // 5.2 The headers: the configured ones, or those that were asked for.
    const auto requested = request.headers.get(requestHeaders);
    if (spec.ask("5.2", m_settings.allowedHeaders.has_value(), {{requestHeaders, requested, std::nullopt}})) {
        if (!m_settings.allowedHeaders->isEmpty())
            response.set("Access-Control-Allow-Headers", *m_settings.allowedHeaders, "5.2.1", spec);
    } else {
        response.vary(requestHeaders, "5.2.2", spec);
        if (requested && !requested->isEmpty())
            response.set("Access-Control-Allow-Headers", *requested, "5.2.3", spec);
    }

    // 5.3 How long it holds.
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "5.3", spec);
}

} // namespace

Result<std::shared_ptr<const Stage>> makeExpressCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    Settings result;

    auto origin = OriginOption::of(value("origin"), QStringLiteral("origin"));
    if (!origin)
        return origin.error();
    result.origin = std::move(origin).value();
    result.methods = joinedList(value("methods"), ",").value_or(QByteArray());
    // An empty string counts as not given, an empty list does not.
    const auto isGiven = [](const QJsonValue& list) {
        return list.isArray() || (list.isString() && !list.toString().isEmpty());
    };
    const auto headers = isGiven(value("allowedHeaders")) ? value("allowedHeaders") : value("headers");
    if (isGiven(headers))
        result.allowedHeaders = joinedList(headers, ",");
    result.exposedHeaders = joinedList(value("exposedHeaders"), ",").value_or(QByteArray());
    result.credentials = value("credentials").isBool() && value("credentials").toBool();
    result.maxAge = writtenNumber(value("maxAge"));
    result.preflightContinue = value("preflightContinue").toBool();
    result.optionsSuccessStatus = value("optionsSuccessStatus").toInt();
    if (result.optionsSuccessStatus < 200 || result.optionsSuccessStatus > 999)
        return InputError{QStringLiteral("optionsSuccessStatus"),
                          QCoreApplication::translate("ExpressCors", "a status from 200 to 999"),
                          QString::number(result.optionsSuccessStatus)};
    return std::shared_ptr<const Stage>(std::make_shared<ExpressCors>(settings.title, result));
}

} // namespace corscope

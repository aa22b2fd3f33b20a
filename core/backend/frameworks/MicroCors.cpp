#include "core/backend/frameworks/MicroCors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginOption.h"

namespace corscope {

namespace {

struct Settings
{
    QByteArray origin;
    QByteArray methods;
    QByteArray allowHeaders;
    QByteArray exposeHeaders;
    QByteArray maxAge;
    bool credentials = true;
};

class MicroCors final : public Stage
{
public:
    MicroCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("micro-cors"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        NodeResponse response;
        // 1. The same for every request. Nobody looks at its Origin.
        response.set("Access-Control-Allow-Origin", m_settings.origin, "1", spec);
        if (m_settings.credentials)
            response.set("Access-Control-Allow-Credentials", "true", "1.1", spec);
        if (!m_settings.exposeHeaders.isEmpty())
            response.set("Access-Control-Expose-Headers", m_settings.exposeHeaders, "1.2", spec);

        // 2. OPTIONS gets some more, and goes on to the handler all the same.
        if (spec.ask("2", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}})) {
            response.set("Access-Control-Allow-Methods", m_settings.methods, "2.1", spec);
            response.set("Access-Control-Allow-Headers", m_settings.allowHeaders, "2.2", spec);
            response.set("Access-Control-Max-Age", m_settings.maxAge, "2.3", spec);
        }

        // 3. The handler. Micro writes its own answer to an exception, on the same response.
        spec.step("3");
        auto result = context.next(request);
        if (spec.ask("3.1", result.raised))
            result = {ownAnswer(500, {}, {}, "Internal Server Error")};
        response.takeOver(result.response, "3.2", spec);
        decideByOrigin("3.3", request.headers.get("Origin"), result.response, context);
        return result;
    }

private:
    QString m_title;
    const Settings m_settings;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeMicroCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto joined = [&](const char* name) { return joinedList(value(name), ",").value_or(QByteArray()); };
    const Settings result{value("origin").toString().toUtf8(), joined("allowMethods"), joined("allowHeaders"),
                          joined("exposeHeaders"), writtenNumber(value("maxAge")),
                          value("allowCredentials").toBool()};
    return std::shared_ptr<const Stage>(std::make_shared<MicroCors>(settings.title, result));
}

} // namespace corscope

#include "core/backend/stages/OptionsAnswer.h"

#include "core/backend/stages/ErrorPage.h"
#include "core/backend/stages/RoutePath.h"
#include "core/base/Ascii.h"

namespace corscope {

namespace {

class OptionsAnswer final : public Stage
{
public:
    OptionsAnswer(const QString& title, int status) : m_title(title), m_status(status) {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("options-answer"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. Only OPTIONS is answered here, a preflight like any other.
        if (!spec.ask("1", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}}))
            return context.next(request);

        // 2. The router's own answer, which knows nothing of CORS.
        const bool success = m_status < 300;
        auto answer = success ? ResponseMessage{m_status, reasonPhrase(m_status), {}, {}} : errorPage(m_status);
        if (m_status != 404)
            answer.headers.append("allow", methods(request.path(), context.server()));
        context.decide("2", success ? Verdict::Success : Verdict::Failure, {{"method", request.method, std::nullopt}},
                       answer, m_status == 404 ? QByteArray() : QByteArray("allow"));
        return {answer};
    }

private:
    static QByteArray methods(const QByteArray& path, const ServerConfig& server)
    {
        QList<QByteArray> names;
        for (const auto& route : server.routes)
            if (routeTakesPath(route, path) && route.method != "*" && !names.contains(route.method))
                names.append(route.method);
        return ascii::join(names, ", ");
    }

    QString m_title;
    int m_status;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeOptionsAnswer(const StageSettings& settings)
{
    return std::shared_ptr<const Stage>(std::make_shared<OptionsAnswer>(
        settings.title, settings.values[QLatin1String("status")].toString().toInt()));
}

} // namespace corscope

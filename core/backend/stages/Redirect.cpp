#include "core/backend/stages/Redirect.h"

#include "core/backend/stages/RoutePath.h"

#include <QCoreApplication>

namespace corscope {

namespace {

ResponseMessage redirection(int status, const QByteArray& location)
{
    return {status, reasonPhrase(status), {{"location", location}}, {}};
}

int statusOf(const StageSettings& settings) { return settings.values[QLatin1String("status")].toString().toInt(); }

QByteArray hostOf(const RequestMessage& request, const ServerConfig& server)
{
    return request.headers.get("Host").value_or(server.host);
}

class HttpsRedirect final : public Stage
{
public:
    HttpsRedirect(const StageSettings& settings, quint16 port)
        : m_title(settings.title), m_status(statusOf(settings)), m_port(port)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("https-redirect"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        const auto& server = context.server();
        // 1. Did it come over a secure connection?
        if (spec.ask("1", server.scheme == "https", {{"scheme", server.scheme, "https"}}))
            return context.next(request);

        // 2. No: ask again there, preflights included.
        QByteArray location = "https://" + server.host;
        if (m_port != 443)
            location += ':' + QByteArray::number(m_port);
        location += request.target;
        const auto answer = redirection(m_status, location);
        context.decide("2", Verdict::Failure, {{"method", request.method, std::nullopt}}, answer, "location");
        return {answer};
    }

private:
    QString m_title;
    int m_status;
    quint16 m_port;
};

class TrailingSlashRedirect final : public Stage
{
public:
    TrailingSlashRedirect(const StageSettings& settings, const QByteArray& locationScheme)
        : m_title(settings.title), m_status(statusOf(settings)), m_locationScheme(locationScheme)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("trailing-slash-redirect"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        const auto& server = context.server();
        const auto path = request.path();
        // 1. Is there a route with this path?
        if (spec.ask("1", hasRoute(server, path), {{"path", path, std::nullopt}}))
            return context.next(request);

        // 2. Is there one with a slash more, or less?
        const auto other = path.endsWith('/') ? path.chopped(1) : QByteArray(path + '/');
        if (!spec.ask("2", hasRoute(server, other), {{"path", other, std::nullopt}}))
            return context.next(request);

        // 3. Ask again there, preflights included.
        QByteArray location = other + request.target.mid(path.size());
        if (!m_locationScheme.isEmpty())
            location.prepend(m_locationScheme + "://" + hostOf(request, server));
        const auto answer = redirection(m_status, location);
        context.decide("3", Verdict::Failure, {{"path", path, other}}, answer, "location");
        return {answer};
    }

private:
    static bool hasRoute(const ServerConfig& server, const QByteArray& path)
    {
        for (const auto& route : server.routes)
            if (routeTakesPath(route, path))
                return true;
        return false;
    }

    QString m_title;
    int m_status;
    QByteArray m_locationScheme; ///< empty: the location is a path
};

} // namespace

Result<std::shared_ptr<const Stage>> makeHttpsRedirect(const StageSettings& settings)
{
    const auto port = settings.values[QLatin1String("port")].toDouble();
    if (port < 1 || port > 65535)
        return InputError{QStringLiteral("port"),
                          QCoreApplication::translate("Redirect", "a whole number from 1 to 65535"),
                          QString::number(port)};
    return std::shared_ptr<const Stage>(std::make_shared<HttpsRedirect>(settings, quint16(port)));
}

Result<std::shared_ptr<const Stage>> makeTrailingSlashRedirect(const StageSettings& settings)
{
    const auto location = settings.values[QLatin1String("location")].toString();
    return std::shared_ptr<const Stage>(std::make_shared<TrailingSlashRedirect>(
        settings, location == QLatin1String("path") ? QByteArray() : location.section(QLatin1Char(' '), 1).toUtf8()));
}

} // namespace corscope

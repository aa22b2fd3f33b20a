#include "core/backend/ServerConfig.h"

#include "core/backend/ConfigCheck.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ServerConfig", text); }

QString quoted(const QByteArray& bytes) { return QStringLiteral("\"%1\"").arg(QString::fromUtf8(bytes)); }

Result<Done> checkedRoute(const RouteConfig& route, const QString& where)
{
    if (route.method != "*" && !ascii::isToken(route.method))
        return InputError{where + QStringLiteral(".method"), tr("a method such as \"GET\", or \"*\" for any"),
                          quoted(route.method)};
    if (!route.path.startsWith('/') && route.path != "*")
        return InputError{where + QStringLiteral(".path"), tr("a path that begins with \"/\", or \"*\""),
                          quoted(route.path)};
    if (route.status < 200 || route.status > 599)
        return InputError{where + QStringLiteral(".status"), tr("a status from 200 to 599"),
                          QString::number(route.status)};
    for (qsizetype i = 0; i < route.headers.size(); ++i) {
        const auto& header = route.headers.at(i);
        const QString place = where + QStringLiteral(".headers[%1]").arg(i);
        if (!isHeaderName(header.name))
            return InputError{place, tr("a header name"), quoted(header.name)};
        if (!isHeaderValue(header.value))
            return InputError{place, tr("a header value without line breaks"), quoted(header.value)};
    }
    return Done{};
}

} // namespace

QByteArray ServerConfig::origin() const
{
    const bool defaultPort = (scheme == "http" && port == 80) || (scheme == "https" && port == 443);
    const QByteArray address = scheme + "://" + ascii::lowered(host);
    return defaultPort ? address : QByteArray(address + ':' + QByteArray::number(port));
}

AddressSpace ServerConfig::effectiveAddressSpace() const
{
    return addressSpace.value_or(addressSpaceOfHost(host).value_or(AddressSpace::Loopback));
}

Result<Done> checkedConfig(const ServerConfig& config)
{
    if (config.scheme != "http" && config.scheme != "https")
        return InputError{QStringLiteral("scheme"), tr("\"http\" or \"https\""), quoted(config.scheme)};
    if (config.host.isEmpty())
        return InputError{QStringLiteral("host"), tr("a host name"), quoted(config.host)};
    if (config.port == 0)
        return InputError{QStringLiteral("port"), tr("a whole number from 1 to 65535"), QStringLiteral("0")};
    for (size_t i = 0; i < config.routes.size(); ++i)
        if (auto route = checkedRoute(config.routes[i], QStringLiteral("routes[%1]").arg(i)); !route)
            return route;
    return Done{};
}

} // namespace corscope

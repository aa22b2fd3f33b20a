#include "core/backend/stages/ErrorPage.h"

#include <QJsonObject>

namespace corscope {

ResponseMessage internalServerError()
{
    return {500, reasonPhrase(500), {{"content-type", "text/plain; charset=utf-8"}}, "Internal Server Error"};
}

ResponseMessage errorPage(int status)
{
    const QByteArray heading = QByteArray::number(status) + ' ' + reasonPhrase(status);
    return {status, reasonPhrase(status), {{"content-type", "text/html"}}, "<h1>" + heading + "</h1>\n"};
}

int upstreamErrorOf(const QJsonObject& settings, int unreachable)
{
    const auto upstream = settings[QLatin1String("upstream")].toString();
    return upstream == QLatin1String("unreachable") ? unreachable : upstream == QLatin1String("too slow") ? 504 : 0;
}

} // namespace corscope

#include "core/backend/stages/ErrorPage.h"

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

} // namespace corscope

#include "core/http/Method.h"

#include "core/base/Ascii.h"
#include "core/http/KnownWords.h"

namespace corscope {

bool isCorsSafelistedMethod(QByteArrayView method)
{
    return method == "GET" || method == "HEAD" || method == "POST";
}

bool isForbiddenMethod(QByteArrayView method)
{
    return ascii::equalIgnoringCase(method, "CONNECT") || ascii::equalIgnoringCase(method, "TRACE")
        || ascii::equalIgnoringCase(method, "TRACK");
}

QByteArray normalizedMethod(const QByteArray& method)
{
    for (const QByteArrayView known : {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}) {
        if (ascii::equalIgnoringCase(method, known))
            return methodWord(known);
    }
    return method;
}

bool isSafeMethod(QByteArrayView method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

} // namespace corscope

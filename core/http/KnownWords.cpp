#include "core/http/KnownWords.h"

#include "core/base/Ascii.h"

namespace corscope {

static constexpr QByteArrayView methods[] = {"GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"};
static constexpr QByteArrayView headerNames[] = {"accept", "origin", "content-type", "authorization", "accept-language",
                                                 "content-language", "x-requested-with"};

static QByteArray kept(QByteArrayView word)
{
    return QByteArray::fromRawData(word.data(), word.size());
}

QByteArray methodWord(QByteArrayView bytes)
{
    for (const auto method : methods)
        if (method == bytes)
            return kept(method);
    return bytes.toByteArray();
}

QByteArray loweredHeaderName(QByteArrayView bytes)
{
    for (const auto name : headerNames)
        if (ascii::equalIgnoringCase(name, bytes))
            return kept(name);
    return ascii::lowered(bytes);
}

QByteArray tokenWord(QByteArrayView bytes)
{
    if (bytes == "*")
        return kept("*");
    for (const auto name : headerNames)
        if (name == bytes)
            return kept(name);
    return methodWord(bytes);
}

} // namespace corscope

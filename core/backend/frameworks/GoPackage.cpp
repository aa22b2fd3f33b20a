#include "core/backend/frameworks/GoPackage.h"

#include "core/base/Ascii.h"

#include <QJsonArray>

#include <algorithm>

namespace corscope::go {

QByteArray canonicalHeaderKey(const QByteArray& name)
{
    if (!ascii::isToken(name))
        return name;
    QByteArray result;
    bool upper = true;
    for (const char c : name) {
        result += upper ? ascii::toUpper(c) : ascii::toLower(c);
        upper = c == '-';
    }
    return result;
}

QByteArray firstLine(const RequestMessage& request, const char* name) { return request.headers.first(name).value_or(QByteArray()); }

QList<QByteArray> strings(const QJsonValue& list)
{
    QList<QByteArray> result;
    for (const auto& item : list.toArray())
        result.append(item.toString().toUtf8());
    return result;
}

QByteArray hostOf(const RequestMessage& request, const QByteArray& serverOrigin)
{
    const auto host = firstLine(request, "Host");
    return host.isEmpty() ? serverOrigin.mid(serverOrigin.indexOf("://") + 3) : host;
}

OriginFunction originFunction(const QJsonValue& choice)
{
    const auto text = choice.toString();
    return text == QLatin1String("every origin")                  ? OriginFunction::EveryOrigin
        : text == QLatin1String("origins under .example.com")     ? OriginFunction::EndsWithExampleCom
        : text == QLatin1String("requests with a session cookie") ? OriginFunction::SessionCookie
        : text == QLatin1String("an error")                       ? OriginFunction::Error
                                                                  : OriginFunction::None;
}

bool allows(OriginFunction function, const RequestMessage& request, const QByteArray& origin)
{
    switch (function) {
    case OriginFunction::EveryOrigin: return true;
    case OriginFunction::EndsWithExampleCom: return origin.endsWith(".example.com");
    case OriginFunction::SessionCookie: {
        const auto cookies = ascii::join(request.headers.values("Cookie"), ";").split(';');
        return std::any_of(cookies.begin(), cookies.end(),
                           [](const auto& cookie) { return cookie.trimmed().startsWith("session="); });
    }
    case OriginFunction::None:
    case OriginFunction::Error: return false;
    }
    return false;
}

} // namespace corscope::go

#pragma once

#include "core/http/Message.h"

#include <QJsonValue>
#include <QList>

/// What the CORS packages for Go share.
namespace corscope::go {

/// http.CanonicalHeaderKey: a capital at the start and after every hyphen, the rest in lower case.
QByteArray canonicalHeaderKey(const QByteArray& name);
/// How a header is read that came more than once: its first line; empty where there is none.
QByteArray firstLine(const RequestMessage& request, const char* name);
QList<QByteArray> strings(const QJsonValue& list);
/// The Host that the request was sent to.
QByteArray hostOf(const RequestMessage& request, const QByteArray& serverOrigin);

/// The functions that can be chosen where a package takes one of the user's.
enum class OriginFunction { None, EveryOrigin, EndsWithExampleCom, SessionCookie, Error };
OriginFunction originFunction(const QJsonValue& choice);
bool allows(OriginFunction function, const RequestMessage& request, const QByteArray& origin);

} // namespace corscope::go

#pragma once

#include "core/base/Result.h"
#include "core/http/HeaderList.h"

class QJsonObject;
class QString;

namespace corscope {

/// The headers of an option of type header-list, checked byte for byte. Errors name the option and the index.
Result<HeaderList> headersOf(const QJsonObject& settings, const QString& option);
/// The names of an option of type string-list, which have to be header names.
Result<QList<QByteArray>> headerNamesOf(const QJsonObject& settings, const QString& option);

/// Whether an answer with this status gets headers that a server adds without being told to do so always: nginx's rule.
bool takesAddedHeaders(int status);

} // namespace corscope

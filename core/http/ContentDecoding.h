#pragma once

#include "core/http/HeaderList.h"

namespace corscope {

/// Names of the content codings we undo, as an `Accept-Encoding` header lists them.
inline constexpr QByteArrayView acceptedCodingsInClear = "gzip, deflate";
inline constexpr QByteArrayView acceptedCodingsOverTls = "gzip, deflate, br"; ///< browsers ask for more where no proxy can meddle

/// https://fetch.spec.whatwg.org/#handle-content-codings : undoes what `Content-Encoding` says was done, the last coding
/// first. A body with a coding we do not know, and an empty one, stay as they are.
/// \returns null where the bytes are not what the header says, or end too early.
std::optional<QByteArray> handleContentCodings(const HeaderList& headers, const QByteArray& bytes);

} // namespace corscope

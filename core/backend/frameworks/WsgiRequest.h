#pragma once

#include "core/base/Ascii.h"
#include "core/http/Message.h"

namespace corscope {

/// A header as WSGI hands it on: several lines joined by commas; none where there is none.
inline std::optional<QByteArray> wsgiHeader(const RequestMessage& request, QByteArrayView name)
{
    const auto values = request.headers.values(name);
    return values.isEmpty() ? std::nullopt : std::optional(ascii::join(values, ","));
}

} // namespace corscope

#pragma once

#include "core/base/Result.h"
#include "core/fetch/FetchCall.h"
#include "core/trace/Blocked.h"

namespace corscope {

/// A use of XMLHttpRequest, as script writes it: open(), setRequestHeader(), send().
struct XhrCall
{
    QByteArray method = "GET";
    QByteArray url;
    HeaderList headers; ///< one entry for each call of setRequestHeader()
    std::optional<QByteArray> username; ///< of open(); null: not given. They may stand in the URL as well
    std::optional<QByteArray> password;
    bool withCredentials = false;
    bool uploadListeners = false; ///< somebody listens on its `upload`
    std::optional<QByteArray> body;
    enum class BodyKind { Text, Other } bodyKind = BodyKind::Text;
    QByteArray bodyType = "text/plain;charset=UTF-8";
    std::optional<Milliseconds> timeout = std::nullopt; ///< of virtual time; zero: none
    bool operator==(const XhrCall&) const = default;
};

/// https://xhr.spec.whatwg.org/#the-send()-method : the fetch it comes down to, or why open() or setRequestHeader()
/// throws.
Result<FetchCall, Blocked> fetchCallOf(const XhrCall& xhr);

} // namespace corscope

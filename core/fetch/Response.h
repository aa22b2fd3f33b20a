#pragma once

#include "core/http/Message.h"
#include "core/trace/Blocked.h"
#include "core/trace/Outcome.h"
#include "core/trace/Step.h"
#include "core/url/Url.h"

#include <QList>
#include <memory>
#include <optional>

namespace corscope {

struct StoredResponse;

/// https://fetch.spec.whatwg.org/#concept-response
struct Response
{
    enum class Type { Basic, Cors, Default, Error, Opaque, OpaqueRedirect };
    Type type = Type::Default;
    QList<Url> urlList;
    int status = 200;
    QByteArray statusMessage;
    HeaderList headerList;
    std::optional<QByteArray> body;
    BodyError bodyError = BodyError::None; ///< the headers decide; a body that broke off fails whoever reads it
    QList<QByteArray> corsExposedHeaderNames;
    bool requestIncludesCredentials = true;
    /// https://fetch.spec.whatwg.org/#concept-response-cache-state : null for "", a response of the network alone.
    std::optional<FromCache> fromCache;
    std::shared_ptr<const StoredResponse> stored; ///< the copy of it that has gone into the HTTP cache; null where none has
    /// Of a filtered response: what it was filtered from. Of a network error: the response that was withheld, if any,
    /// which only the trace and the developer's console may show.
    std::shared_ptr<const Response> internalResponse;
    std::optional<Blocked> blocked;             ///< of a network error: why
    std::shared_ptr<const WireMessage> wire;    ///< as it crossed the wire; null where nobody records

    static Response networkError(Blocked blocked);
    bool isNetworkError() const { return type == Type::Error; }
    bool isFiltered() const { return !isNetworkError() && internalResponse != nullptr; }
    QByteArray url() const { return urlList.isEmpty() ? QByteArray() : urlList.last().serializedWithoutFragment(); }
};

/// https://fetch.spec.whatwg.org/#ok-status
constexpr bool isOkStatus(int status) { return status >= 200 && status <= 299; }
/// https://fetch.spec.whatwg.org/#null-body-status
constexpr bool isNullBodyStatus(int s) { return s == 101 || s == 103 || s == 204 || s == 205 || s == 304; }

QByteArray toBytes(Response::Type type);

/// What broke a body, as a reason.
Why whyOf(BodyError error);

} // namespace corscope

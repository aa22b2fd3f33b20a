#include "core/fetch/XhrCall.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/http/Method.h"
#include "core/http/MimeType.h"

namespace corscope {

// send(), step 4.5: text is sent as UTF-8, and a Content-Type of script's that says otherwise is put right.
static QByteArray withCharset(const QByteArray& contentType)
{
    auto mimeType = parseMimeType(contentType);
    if (!mimeType)
        return contentType;
    for (auto& [name, value] : mimeType->parameters) {
        if (name == "charset" && !ascii::equalIgnoringCase(value, "UTF-8")) {
            value = "UTF-8";
            return mimeType->serialized();
        }
    }
    return contentType;
}

Result<FetchCall, Blocked> fetchCallOf(const XhrCall& xhr)
{
    FetchCall call;
    call.initiator = FetchCall::Initiator::XmlHttpRequest;
    call.url = xhr.url;
    call.username = xhr.username;
    call.password = xhr.password;

    // open(): the method.
    if (!ascii::isToken(xhr.method) || isForbiddenMethod(xhr.method))
        return Blocked{Why::InvalidRequest, xhr.method, {}, Blocked::On::Request};
    call.method = normalizedMethod(xhr.method);

    // setRequestHeader(): values of one name are joined, those that only the browser sets are dropped without a word.
    for (const auto& [name, rawValue] : xhr.headers) {
        const auto value = normalizedHeaderValue(rawValue);
        if (!isHeaderName(name) || !isHeaderValue(value))
            return Blocked{Why::InvalidRequest, name, {}, Blocked::On::Request};
        if (!isForbiddenRequestHeader(name, value))
            call.headers.combine(name, value);
    }

    // send(): GET and HEAD leave their body behind.
    if (xhr.body && call.method != "GET" && call.method != "HEAD") {
        call.body = xhr.body;
        call.bodyType = xhr.bodyType;
        const auto contentType = call.headers.get("Content-Type");
        if (contentType && xhr.bodyKind == XhrCall::BodyKind::Text)
            call.headers.set("Content-Type", withCharset(*contentType));
    }
    call.mode = "cors";
    call.credentials = xhr.withCredentials ? "include" : "same-origin";
    call.useCorsPreflight = xhr.uploadListeners;
    call.timeout = xhr.timeout;
    return call;
}

} // namespace corscope

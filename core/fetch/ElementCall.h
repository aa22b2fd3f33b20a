#pragma once

#include "core/base/Result.h"
#include "core/fetch/FetchCall.h"
#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// An element of a page that loads something: <img>, <script>, <link rel=stylesheet>. What becomes of it is an event,
/// "load" where the outcome was allowed, else "error".
struct ElementCall
{
    enum class Tag { Img, Script, Link };
    Tag tag = Tag::Img;
    QByteArray url;
    /// Its `crossorigin` attribute: null where it has none; any word but "use-credentials" means "anonymous".
    std::optional<QByteArray> crossorigin = std::nullopt;
    QByteArray integrity = {};
    QByteArray referrerPolicy = {};
    bool operator==(const ElementCall&) const = default;
};

/// What the element comes down to.
FetchCall fetchCallOf(const ElementCall& element);

/// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request for such a call.
Result<Request, Blocked> potentialCorsRequest(const FetchCall& call, std::shared_ptr<const Client> client,
                                              Recorder& recorder, int pageLane);

/// Why the element cannot use a response that got through: its status, or its type. Null where it can. No image is decoded,
/// no script or style sheet read.
std::optional<QByteArray> uselessContent(FetchCall::Initiator element, const Response& response);

} // namespace corscope

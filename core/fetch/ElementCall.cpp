#include "core/fetch/ElementCall.h"

#include "core/base/Ascii.h"
#include "core/http/MimeType.h"
#include "core/http/MimeSniffing.h"

namespace corscope {

namespace {

Destination destinationOf(FetchCall::Initiator element)
{
    switch (element) {
    case FetchCall::Initiator::Image: return Destination::Image;
    case FetchCall::Initiator::Script: return Destination::Script;
    case FetchCall::Initiator::Stylesheet: return Destination::Style;
    case FetchCall::Initiator::Fetch:
    case FetchCall::Initiator::XmlHttpRequest: break;
    }
    return Destination::Empty;
}

} // namespace

FetchCall fetchCallOf(const ElementCall& element)
{
    FetchCall call;
    call.initiator = element.tag == ElementCall::Tag::Img ? FetchCall::Initiator::Image
        : element.tag == ElementCall::Tag::Script         ? FetchCall::Initiator::Script
                                                          : FetchCall::Initiator::Stylesheet;
    call.url = element.url;
    call.integrity = element.integrity;
    call.referrerPolicy = element.referrerPolicy;
    // Without the attribute everything goes along and nothing may be read; with it, permission is asked for.
    call.mode = element.crossorigin ? "cors" : "no-cors";
    const bool anonymous = element.crossorigin && !ascii::equalIgnoringCase(*element.crossorigin, "use-credentials");
    call.credentials = anonymous ? "same-origin" : "include";
    return call;
}

// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request
Result<Request, Blocked> potentialCorsRequest(const FetchCall& call, std::shared_ptr<const Client> client,
                                              Recorder& recorder, int pageLane)
{
    auto spec = recorder.enter(Algorithm::PotentialCorsRequest, pageLane);
    Request request;
    request.client = std::move(client);
    request.origin = request.client->origin;
    const auto url = Url::parse(call.url, request.client->baseUrl.isValid() ? &request.client->baseUrl : nullptr);
    if (!url)
        return spec.failure("url", Why::InvalidRequest, call.url, {{"url", call.url, std::nullopt}});

    // 1. and 2. Is permission asked for?
    request.mode = requestModeFromBytes(call.mode).value_or(RequestMode::NoCors);
    spec.let("1", "mode", toBytes(request.mode));

    // 3. and 4. Do credentials go along?
    request.credentialsMode = credentialsModeFromBytes(call.credentials).value_or(CredentialsMode::Include);
    spec.let("3", "credentials mode", toBytes(request.credentialsMode));

    // 5. The request. NB: it is no unsafe one, so there is never a preflight.
    request.urlList = {*url};
    request.destination = destinationOf(call.initiator);
    request.integrityMetadata = call.integrity;
    request.referrerPolicy = referrerPolicyFromBytes(call.referrerPolicy).value_or(ReferrerPolicy::Empty);
    spec.let("5", "destination", toBytes(request.destination));
    return request;
}

std::optional<QByteArray> uselessContent(FetchCall::Initiator element, const Response& response)
{
    const auto mimeType = extractMimeType(response.headerList);
    const auto type = response.headerList.get("Content-Type").value_or(QByteArray());
    // A picture is shown whatever its status and its type, if it is one; only SVG is known by its type.
    if (element == FetchCall::Initiator::Image) {
        const bool isImage = (mimeType && mimeType->essence() == "image/svg+xml")
            || matchesImagePattern(response.body.value_or(QByteArray()));
        return isImage ? std::nullopt : std::optional(type);
    }
    // data: and about: have no status but 200.
    if (!isOkStatus(response.status))
        return QByteArray::number(response.status);
    if (element == FetchCall::Initiator::Stylesheet && mimeType && mimeType->essence() != "text/css")
        return type;
    return std::nullopt;
}

} // namespace corscope

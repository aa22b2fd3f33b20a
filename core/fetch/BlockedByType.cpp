#include "core/fetch/BlockedByType.h"

#include "core/http/MimeSniffing.h"

namespace corscope {

// NB: both algorithms can only answer "blocked" for scripts and styles, so nothing is written down for the rest.
static bool isOfInterest(const Request& request)
{
    return request.destination == Destination::Script || request.destination == Destination::Style;
}

static std::vector<Input> typeAsked(const std::optional<MimeType>& mimeType, const Request& request)
{
    return {{"mimeType", mimeType ? std::optional(mimeType->essence()) : std::nullopt, std::nullopt},
            {"destination", toBytes(request.destination), std::nullopt}};
}

// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
std::optional<Blocked> blockedDueToMimeType(const Request& request, const Response& response, Recorder& recorder)
{
    if (!isOfInterest(request))
        return std::nullopt;
    auto spec = recorder.enter(Algorithm::BlockedDueToMimeType);

    // 1. What does it say it is?
    const auto mimeType = extractMimeType(response.headerList);
    spec.let("1", "mimeType", [&] { return response.headerList.get("Content-Type"); });

    // 2. Nothing that can be read: allowed.
    if (spec.ask("2", !mimeType))
        return std::nullopt;

    // 3. and 4. A script that says it is a picture, a sound, a film or a table is none.
    const bool isNoScript = mimeType->type == "audio" || mimeType->type == "image" || mimeType->type == "video"
        || mimeType->essence() == "text/csv";
    if (request.destination == Destination::Script && isNoScript)
        return spec.failure("4", Why::MimeTypeBlocked, mimeType->essence(), typeAsked(mimeType, request), "Content-Type",
                            response.wire);

    // 5. Allowed.
    spec.step("5");
    return std::nullopt;
}

// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?
std::optional<Blocked> blockedDueToNosniff(const Request& request, const Response& response, Recorder& recorder)
{
    if (!isOfInterest(request))
        return std::nullopt;
    auto spec = recorder.enter(Algorithm::BlockedDueToNosniff);

    // 1. Does the server forbid to guess?
    if (!spec.ask("1", determineNosniff(response.headerList),
                  {{"X-Content-Type-Options", response.headerList.get("X-Content-Type-Options"), "nosniff"}}))
        return std::nullopt;

    // 2. and 3. Then it has to say what it is.
    const auto mimeType = extractMimeType(response.headerList);
    spec.let("2", "mimeType", [&] { return response.headerList.get("Content-Type"); });
    const auto refused = [&](const char* step) {
        return spec.failure(step, Why::NosniffBlocked, mimeType ? mimeType->essence() : QByteArray(),
                            typeAsked(mimeType, request), "X-Content-Type-Options", response.wire);
    };

    // 4. A script has to be one,
    if (request.destination == Destination::Script && (!mimeType || !isJavaScriptMimeType(*mimeType)))
        return refused("4");

    // 5. and a style sheet too.
    if (request.destination == Destination::Style && (!mimeType || mimeType->essence() != "text/css"))
        return refused("5");

    // 6. Allowed.
    spec.step("6");
    return std::nullopt;
}

} // namespace corscope

#include "core/fetch/CorsCheck.h"

#include "core/url/Url.h"

using namespace Qt::StringLiterals;

namespace corscope {

/// NB: the standard knows one failure at step 4; consoles and people want to know which kind of mismatch it was.
static Why mismatch(const QByteArray& origin, bool credentialed)
{
    if (credentialed && origin == "*")
        return Why::WildcardWithCredentials;
    if (origin.contains(',') || origin.contains(' '))
        return Why::MultipleAllowOrigin;
    return origin == "null" || Url::parse(origin) ? Why::AllowOriginMismatch : Why::InvalidAllowOrigin;
}

// https://fetch.spec.whatwg.org/#concept-cors-check
std::optional<Blocked> corsCheck(const Request& request, const Response& response, Recorder& recorder)
{
    return corsCheck(request, request.credentialsMode, response, recorder);
}

std::optional<Blocked> corsCheck(const Request& request, CredentialsMode mode, const Response& response,
                                 Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::CorsCheck);
    const bool include = mode == CredentialsMode::Include;
    const auto credentialsMode = [&] { return Input{"credentials mode"_ba, toBytes(mode), "include"_ba}; };
    constexpr auto allowOrigin = "Access-Control-Allow-Origin";

    // 1. What does the server allow?
    const auto origin = response.headerList.get(allowOrigin);
    spec.let("1", "origin", origin);

    // 2. Nothing at all: failure. (Absent is not the same as the text "null".)
    if (!origin)
        return spec.failure("2", Why::MissingAllowOrigin, {}, {{allowOrigin, std::nullopt, std::nullopt}}, allowOrigin,
                            response.wire);
    spec.ask("2", false, {{"origin", origin, std::nullopt}});

    // 3. Without credentials, the asterisk means everybody.
    if (!include && *origin == "*") {
        spec.success("3", {credentialsMode, {allowOrigin, origin, "*"}}, allowOrigin, response.wire);
        return std::nullopt;
    }
    spec.ask("3", false, {credentialsMode, {"origin", origin, "*"}});

    // 4. Otherwise the value has to be the request's origin, byte for byte.
    const auto requestOrigin = byteSerializedOrigin(request);
    if (requestOrigin != *origin)
        return spec.failure("4", mismatch(*origin, include), *origin,
                            {credentialsMode, {allowOrigin, origin, requestOrigin}}, allowOrigin, response.wire);
    spec.ask("4", false, {{"origin", origin, requestOrigin}});

    // 5. Without credentials that is all.
    if (!include) {
        spec.success("5", {{allowOrigin, origin, requestOrigin}, credentialsMode}, allowOrigin, response.wire);
        return std::nullopt;
    }
    spec.ask("5", false, {credentialsMode});

    // 6. With credentials the server has to agree to them as well ...
    constexpr auto allowCredentials = "Access-Control-Allow-Credentials";
    const auto credentials = response.headerList.get(allowCredentials);
    spec.let("6", "credentials", credentials);

    // 7. ... in exactly these four letters.
    if (credentials == "true") {
        spec.success("7", {{allowOrigin, origin, requestOrigin}, {allowCredentials, credentials, "true"}},
                     allowCredentials, response.wire);
        return std::nullopt;
    }
    spec.ask("7", false, {{"credentials", credentials, "true"}});

    // 8. It did not.
    return spec.failure("8", Why::AllowCredentialsNotTrue, credentials.value_or(QByteArray()),
                        {{allowOrigin, origin, requestOrigin}, {allowCredentials, credentials, "true"}},
                        allowCredentials, response.wire);
}

} // namespace corscope

#include "core/base/Ascii.h"
#include "core/fetch/CorsCheck.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/FetchParams.h"
#include "core/http/Method.h"

#include <algorithm>

namespace corscope {

/// DEVIATION: the standard leaves the limit on max-age to the browser; this is Chromium's (two hours).
static constexpr qint64 maxAgeLimit = 7200;

static Response refused(Blocked blocked, const Response& response)
{
    blocked.on = Blocked::On::Preflight;
    auto error = Response::networkError(std::move(blocked));
    error.internalResponse = std::make_shared<const Response>(response);
    return error;
}

static QByteArray joined(const ExtractedValues& values)
{
    return ascii::join(values.values, ", ");
}

// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
Response corsPreflightFetch(FetchParams& fetchParams)
{
    auto& recorder = fetchParams.recorder;
    const Request& request = fetchParams.request;
    auto spec = recorder.enter(Algorithm::CorsPreflightFetch, fetchParams.browserLane);

    // 1. A request of the browser's own: OPTIONS, same URL, no credentials ("same-origin" across origins is none).
    Request preflight;
    preflight.method = "OPTIONS";
    preflight.urlList = request.urlList;
    preflight.client = request.client;
    preflight.origin = request.origin;
    preflight.referrer = request.referrer;
    preflight.referrerIsClient = request.referrerIsClient;
    preflight.referrerPolicy = request.referrerPolicy;
    preflight.mode = RequestMode::Cors;
    preflight.responseTainting = ResponseTainting::Cors;
    spec.let("1", "preflight", "OPTIONS");

    // 2. Any type of answer will do.
    preflight.headerList.append("Accept", "*/*");
    spec.let("2", "Accept", "*/*");

    // 3. It asks for the method ...
    preflight.headerList.append("Access-Control-Request-Method", request.method);
    spec.let("3", "Access-Control-Request-Method", request.method);

    // 4. ... and for the headers that are not safelisted,
    const auto headers = corsUnsafeRequestHeaderNames(request.headerList);
    spec.let("4", "headers", ascii::join(headers, ","));

    // 5. joined by commas without a space.
    if (spec.ask("5", !headers.isEmpty())) {
        const auto value = ascii::join(headers, ",");
        spec.let("5.1", "value", value);
        preflight.headerList.append("Access-Control-Request-Headers", value);
        spec.let("5.2", "Access-Control-Request-Headers", value);
    }

    // 6. Send it.
    spec.step("6");
    FetchParams preflightParams{preflight, fetchParams.browser, fetchParams.network, recorder,
                                fetchParams.tally, fetchParams.browserLane, fetchParams.pageLane,
                                fetchParams.deadline};
    const Response response = httpNetworkOrCacheFetch(preflightParams);
    // NB: a network error fails the CORS check as well, for want of headers; its own reason is the better one.
    if (response.isNetworkError())
        return refused(*response.blocked, response);

    // 7. The answer has to pass the CORS check (of the request, for its credentials mode) and have an ok status.
    if (auto blocked = corsCheck(request, response, recorder))
        return refused(*blocked, response); // 8.
    const auto status = QByteArray::number(response.status);
    if (!isOkStatus(response.status))
        return refused(spec.failure("8", Why::PreflightStatusNotOk, status, {{"status", status, std::nullopt}}, {}, // 8.
                                    response.wire),
                       response);
    spec.ask("7", true, {{"status", status, std::nullopt}});

    // 7.1. Which methods does it allow?
    constexpr auto allowMethods = "Access-Control-Allow-Methods";
    auto methods = extractTokenList(allowMethods, response.headerList);
    spec.let("7.1", "methods", response.headerList.get(allowMethods));

    // 7.2. Which headers?
    constexpr auto allowHeaders = "Access-Control-Allow-Headers";
    const auto headerNames = extractTokenList(allowHeaders, response.headerList);
    spec.let("7.2", "headerNames", response.headerList.get(allowHeaders));

    // 7.3. A list that cannot be read allows nothing.
    if (methods.state == ExtractedValues::State::Failure) {
        const auto value = response.headerList.get(allowMethods).value_or(QByteArray());
        return refused(spec.failure("7.3", Why::InvalidAllowMethods, value, {{allowMethods, value, std::nullopt}},
                                    allowMethods, response.wire),
                       response);
    }
    if (headerNames.state == ExtractedValues::State::Failure) {
        const auto value = response.headerList.get(allowHeaders).value_or(QByteArray());
        return refused(spec.failure("7.3", Why::InvalidAllowHeaders, value, {{allowHeaders, value, std::nullopt}},
                                    allowHeaders, response.wire),
                       response);
    }
    spec.ask("7.3", false);

    // 7.4. Where only an upload listener caused the preflight, the method is taken as allowed.
    if (spec.ask("7.4", methods.state == ExtractedValues::State::Absent && request.useCorsPreflight))
        methods = {ExtractedValues::State::Values, {request.method}};

    // 7.5. The method: named, safelisted, or covered by an asterisk (which is only one without credentials).
    const bool include = request.credentialsMode == CredentialsMode::Include;
    const auto credentialsMode = [&] { return Input{"credentials mode", toBytes(request.credentialsMode), "include"}; };
    if (!methods.values.contains(request.method) && !isCorsSafelistedMethod(request.method)
        && (include || !methods.values.contains("*")))
        return refused(spec.failure("7.5", Why::MethodNotAllowed, request.method,
                                    {{"method", request.method, std::nullopt}, {"methods", joined(methods), std::nullopt}, credentialsMode()}, allowMethods,
                                    response.wire),
                       response);
    spec.ask("7.5", false, {{"method", request.method, std::nullopt}, {"methods", joined(methods), std::nullopt}, credentialsMode()});

    // 7.6. Authorization has to be named; no asterisk covers it.
    for (const auto& header : request.headerList)
        if (isCorsNonWildcardRequestHeaderName(header.name) && !headerNames.containsIgnoringCase(header.name))
            return refused(spec.failure("7.6", Why::HeaderNotAllowed, ascii::lowered(header.name),
                                        {{"header", header.name, std::nullopt}, {"headerNames", joined(headerNames), std::nullopt}}, allowHeaders, response.wire),
                           response);
    spec.ask("7.6", false, {{"headerNames", joined(headerNames), std::nullopt}});

    // 7.7. Every other unsafe header: named in any case, or covered by an asterisk.
    const auto unsafeNames = corsUnsafeRequestHeaderNames(request.headerList);
    for (const auto& unsafeName : unsafeNames)
        if (!headerNames.containsIgnoringCase(unsafeName) && (include || !headerNames.values.contains("*")))
            return refused(spec.failure("7.7", Why::HeaderNotAllowed, unsafeName,
                                        {{"unsafeName", unsafeName, std::nullopt}, {"headerNames", joined(headerNames), std::nullopt},
                                         credentialsMode()},
                                        allowHeaders, response.wire),
                           response);
    spec.ask("7.7", false, {{"unsafeNames", ascii::join(unsafeNames, ", "), std::nullopt}, {"headerNames", joined(headerNames), std::nullopt}});

    // 7.8. How long may the answer be remembered?
    constexpr auto maxAgeName = "Access-Control-Max-Age";
    const auto extracted = extractDeltaSeconds(maxAgeName, response.headerList);
    spec.let("7.8", "max-age", response.headerList.get(maxAgeName));

    // 7.9. Five seconds, if it does not say.
    auto maxAge = extracted.seconds;
    if (spec.ask("7.9", extracted.state != ExtractedValues::State::Values))
        maxAge = 5;

    // 7.10. Not longer than the browser likes.
    if (spec.ask("7.10", maxAge > maxAgeLimit, {{"max-age", QByteArray::number(maxAge), std::nullopt}, {"limit", QByteArray::number(maxAgeLimit), std::nullopt}}))
        maxAge = maxAgeLimit;

    // 7.11. There is a cache, so go on.
    spec.ask("7.11", false);

    // 7.12. and 7.13. Remember every method ...
    auto& browser = fetchParams.browser;
    for (const auto& method : std::as_const(methods.values))
        browser.preflightCache.storeMethod(method, request, maxAge, browser.clock.now());
    spec.let("7.13", "methods", joined(methods));

    // 7.14. and 7.15. ... and every header name.
    for (const auto& headerName : headerNames.values)
        browser.preflightCache.storeHeaderName(headerName, request, maxAge, browser.clock.now());
    if (spec.listening())
        recorder.setState(browser.preflightCache.table(browser.clock.now()));
    spec.let("7.15", "headerNames", joined(headerNames));

    // 7.16. The request may go.
    spec.success("7.16", {{"method", request.method, std::nullopt}, {"methods", joined(methods), std::nullopt},
                          {"unsafeNames", ascii::join(unsafeNames, ", "), std::nullopt},
                          {"headerNames", joined(headerNames), std::nullopt}, {"max-age", QByteArray::number(maxAge), std::nullopt}},
                 allowMethods, response.wire);
    return response;
}

} // namespace corscope

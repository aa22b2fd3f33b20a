#include "core/base/Ascii.h"
#include "core/fetch/CorsCheck.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/PreflightHeaders.h"
#include "core/http/Method.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace corscope {

static Response refused(Blocked blocked, const Response& response)
{
    blocked.on = Blocked::On::Preflight;
    auto error = Response::networkError(std::move(blocked));
    error.internalResponse = std::make_shared<const Response>(response);
    return error;
}

// Steps 7.8 and 7.9: null where the answer is not to be remembered.
static std::optional<qint64> maxAgeOf(const HeaderList& headers, const Profile& profile)
{
    constexpr qint64 byDefault = 5;
    const auto extracted = extractDeltaSeconds("Access-Control-Max-Age", headers);
    const auto value = headers.get("Access-Control-Max-Age").value_or(QByteArray());
    switch (value.isEmpty() ? Profile::MaxAgeReading::DeltaSeconds : profile.maxAgeReading) {
    case Profile::MaxAgeReading::DeltaSeconds:
        return extracted.state == ExtractedValues::State::Values ? extracted.seconds : byDefault;
    case Profile::MaxAgeReading::Integer: {
        bool ok = false;
        const auto seconds = value.toLongLong(&ok);
        return ok ? std::max<qint64>(0, seconds) : byDefault;
    }
    case Profile::MaxAgeReading::DigitsOrNone:
        return extracted.state == ExtractedValues::State::Values ? std::optional(extracted.seconds) : std::nullopt;
    }
    return byDefault;
}

/// As several steps show it; made once, and only where somebody looks.
static QByteArray shown(const QList<QByteArray>& values, const Spec& spec)
{
    return spec.listening() ? ascii::join(values, ", ") : QByteArray();
}

// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
Response corsPreflightFetch(FetchParams& fetchParams)
{
    auto& recorder = fetchParams.recorder;
    const auto& profile = fetchParams.browser.profile;
    auto spec = recorder.enter(Algorithm::CorsPreflightFetch, fetchParams.browserLane);
    if (spec.listening())
        decided(profile, spec, [&](const Profile& p) { return byteSerializedOrigin(asPreflightSeesIt(fetchParams.request, p)); });
    std::optional<Request> seen; // a copy only where it is another one
    if (profile.realOriginInTaintedPreflight)
        seen = asPreflightSeesIt(fetchParams.request, profile);
    const Request& request = seen ? *seen : fetchParams.request;

    // 1. A request of the browser's own: OPTIONS, same URL, no credentials ("same-origin" across origins is none).
    Request preflight;
    preflight.method = "OPTIONS"_ba;
    preflight.urlList = request.urlList;
    preflight.client = request.client;
    preflight.origin = request.origin;
    const auto referrerOf = [&](const Profile& p) { return p.firstReferrerInPreflights ? request.firstReferrer : request.referrer; };
    preflight.referrer = decided(profile, spec, referrerOf);
    preflight.referrerIsClient = request.referrerIsClient;
    preflight.referrerPolicy = request.referrerPolicy;
    preflight.mode = RequestMode::Cors;
    preflight.responseTainting = ResponseTainting::Cors;
    preflight.targetAddressSpace = request.targetAddressSpace;
    preflight.cacheMode = decided(profile, spec, [&](const Profile& p) {
        return p.cacheModeOfPreflight ? effectiveCacheMode(request, p) : CacheMode::Default;
    });
    spec.let("1", "preflight", "OPTIONS");

    // 2. Any type of answer will do.
    preflight.headerList.append("Accept"_ba, "*/*"_ba);
    spec.let("2", "Accept", "*/*");

    // 3. It asks for the method ...
    preflight.headerList.append("Access-Control-Request-Method"_ba, request.method);
    spec.let("3", "Access-Control-Request-Method", request.method);

    // 4. ... and for the headers that are not safelisted,
    const auto headers = decided(profile, spec, [&](const Profile& p) { return preflightHeaderNames(request, p); });
    spec.let("4", "headers", [&] { return ascii::join(headers, ","); });

    // 5. joined by commas without a space.
    if (spec.ask("5", !headers.isEmpty())) {
        const auto value = ascii::join(headers, ",");
        spec.let("5.1", "value", value);
        preflight.headerList.append("Access-Control-Request-Headers"_ba, value);
        spec.let("5.2", "Access-Control-Request-Headers", value);
    }

    // 6. Send it.
    spec.step("6");
    FetchParams preflightParams{std::move(preflight), fetchParams.browser, fetchParams.network, recorder,
                                fetchParams.tally, fetchParams.browserLane, fetchParams.pageLane,
                                fetchParams.deadline};
    Response response = httpNetworkOrCacheFetch(preflightParams);
    // NB: a network error fails the CORS check as well, for want of headers; its own reason is the better one.
    if (response.isNetworkError())
        return refused(*response.blocked, response);

    // 7. The answer has to pass the CORS check (of the request, for its credentials mode) and have an ok status.
    // NB: who says the page's own origin even after a redirect is at home where that leads, and has nothing to check.
    const bool atHome = profile.realOriginInTaintedPreflight && request.origin.isSameOrigin(request.currentUrl().origin());
    if (!atHome)
        if (auto blocked = corsCheck(request, response, recorder))
            return refused(*blocked, response); // 8.
    if (!isOkStatus(response.status))
        return refused(spec.failure("8", Why::PreflightStatusNotOk, QByteArray::number(response.status), // 8.
                                    {{"status", response.status, std::nullopt}}, {}, response.wire),
                       response);
    spec.ask("7", true, {{"status", response.status, std::nullopt}});

    // 7.1. Which methods does it allow?
    constexpr auto allowMethods = "Access-Control-Allow-Methods";
    auto methods = extractTokenList(allowMethods, response.headerList);
    spec.let("7.1", "methods", [&] { return response.headerList.get(allowMethods); });

    // 7.2. Which headers?
    constexpr auto allowHeaders = "Access-Control-Allow-Headers";
    const auto headerNames = extractTokenList(allowHeaders, response.headerList);
    spec.let("7.2", "headerNames", [&] { return response.headerList.get(allowHeaders); });

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

    const bool include = request.credentialsMode == CredentialsMode::Include;
    const auto remember = [&](qint64 maxAge) {
        auto& browser = fetchParams.browser;
        browser.preflightCache.store(methods.values, headerNames.values, request, maxAge, profile, browser.clock.now());
        recorder.setState("preflight-cache"_ba, browser.preflightCache, browser.clock.now());
    };
    const auto forbidden = [&](const Blocked& blocked) {
        if (decided(profile, spec, [](const Profile& p) { return p.refusedPreflightRemembered; }))
            remember(std::min(maxAgeOf(response.headerList, profile).value_or(0), profile.maxAgeLimit));
        return refused(blocked, response);
    };

    const auto methodsText = shown(methods.values, spec);
    const auto headerNamesText = shown(headerNames.values, spec);
    // 7.5. The method: named, safelisted, or covered by an asterisk (which is only one without credentials).
    const auto credentialsMode = [&] { return Input{"credentials mode"_ba, toBytes(request.credentialsMode), "include"_ba}; };
    if (!methods.values.contains(request.method) && !isCorsSafelistedMethod(request.method)
        && (include || !methods.values.contains("*")))
        return forbidden(spec.failure("7.5", Why::MethodNotAllowed, request.method,
                                      {{"method", request.method, std::nullopt}, {"methods", methodsText, std::nullopt}, credentialsMode},
                                      allowMethods, response.wire));
    spec.ask("7.5", false, {{"method", request.method, std::nullopt}, {"methods", methodsText, std::nullopt}, credentialsMode});

    // 7.6. Authorization has to be named; no asterisk covers it.
    const bool anyHeader = !include && headerNames.values.contains("*");
    const auto mayPass = [&](const QByteArray& name, const Profile& p) {
        return !isCorsNonWildcardRequestHeaderName(name) || headerNames.containsIgnoringCase(name)
            || (p.authorizationCoveredByAsterisk && anyHeader);
    };
    for (const auto& header : request.headerList)
        if (!decided(profile, spec, [&](const Profile& p) { return mayPass(header.name, p); }))
            return forbidden(spec.failure("7.6", Why::HeaderNotAllowed, ascii::lowered(header.name),
                                          {{"header", header.name, std::nullopt}, {"headerNames", headerNamesText, std::nullopt}},
                                          allowHeaders, response.wire));
    spec.ask("7.6", false, {{"headerNames", headerNamesText, std::nullopt}});

    // 7.7. Every other unsafe header: named in any case, or covered by an asterisk.
    const auto& unsafeNames = headers; // as step 4 has found them
    const auto unsafeNamesText = shown(unsafeNames, spec);
    for (const auto& unsafeName : unsafeNames)
        if (!headerNames.containsIgnoringCase(unsafeName) && (include || !headerNames.values.contains("*")))
            return forbidden(spec.failure("7.7", Why::HeaderNotAllowed, unsafeName,
                                          {{"unsafeName", unsafeName, std::nullopt}, {"headerNames", headerNamesText, std::nullopt},
                                           credentialsMode},
                                          allowHeaders, response.wire));
    spec.ask("7.7", false, {{"unsafeNames", unsafeNamesText, std::nullopt}, {"headerNames", headerNamesText, std::nullopt}});

    // 7.8. How long may the answer be remembered?
    const auto extracted = decided(profile, spec, [&](const Profile& p) { return maxAgeOf(response.headerList, p); });
    spec.let("7.8", "max-age", [&] { return response.headerList.get("Access-Control-Max-Age"); });

    // 7.9. Five seconds, if it does not say.
    if (spec.listening())
        spec.ask("7.9", extractDeltaSeconds("Access-Control-Max-Age", response.headerList).state != ExtractedValues::State::Values);
    auto maxAge = extracted.value_or(0);

    // 7.10. Not longer than the browser likes.
    // DEVIATION: the standard leaves the limit to the browser; without a profile it is Chromium's (two hours).
    const auto limit = profile.maxAgeLimit;
    if (spec.ask("7.10", maxAge > limit, {{"max-age", maxAge, std::nullopt}, {"limit", limit, std::nullopt}}))
        maxAge = decided(profile, spec, [&](const Profile& p) { return std::min(maxAge, p.maxAgeLimit); });

    // 7.11. There is a cache, so go on.
    const bool remembers = extracted && decided(profile, spec, [&](const Profile& p) {
        return !(p.noStoreRemembersNoPreflight && request.cacheMode == CacheMode::NoStore);
    });
    spec.ask("7.11", !remembers);

    // 7.12. to 7.15. Remember every method and every header name.
    if (remembers)
        remember(maxAge);
    spec.let("7.13", "methods", methodsText);
    spec.let("7.15", "headerNames", headerNamesText);

    // 7.16. The request may go.
    spec.success("7.16", {{"method", request.method, std::nullopt}, {"methods", methodsText, std::nullopt},
                          {"unsafeNames", unsafeNamesText, std::nullopt},
                          {"headerNames", headerNamesText, std::nullopt}, {"max-age", maxAge, std::nullopt}},
                 allowMethods, response.wire);
    return response;
}

} // namespace corscope

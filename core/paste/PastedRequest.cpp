#include "core/paste/PastedRequest.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/url/Url.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::paste {

namespace {

// Browsers set these themselves; the two of the cache where their developer tools switch it off.
bool isUsuallyTheBrowsers(QByteArrayView name, const QByteArray& value)
{
    constexpr const char* names[] = {"user-agent", "priority", "dnt", "upgrade-insecure-requests", "sec-gpc", "x-client-data"};
    const auto is = [&name = name](const char* other) { return ascii::equalIgnoringCase(name, other); };
    if (std::any_of(std::begin(names), std::end(names), is) || isForbiddenRequestHeader(name, value))
        return true;
    if (is("accept") || is("accept-language"))
        return isCorsSafelistedRequestHeader(name, value);
    return (is("cache-control") || is("pragma")) && value == "no-cache";
}

} // namespace

void takeOverBrowserHeaders(PastedRequest& request)
{
    HeaderList kept;
    for (const auto& [name, value] : request.call.headers) {
        const auto is = [&name = name](const char* other) { return ascii::equalIgnoringCase(name, other); };
        if (name.startsWith(':'))
            continue;
        if (is("origin"))
            request.pageOrigin = value;
        else if (is("referer"))
            request.pageUrl = value;
        else if (is("cookie"))
            request.hasCredentials = true;
        else if (is("sec-fetch-mode") && (value == "no-cors" || value == "same-origin"))
            request.call.mode = value;
        else if (!isUsuallyTheBrowsers(name, value)) {
            kept.append(name, value);
            continue;
        }
        request.addedByBrowser.append(name);
    }
    const auto& all = request.call.headers;
    request.isPreflight = request.call.method == "OPTIONS" && all.contains("Access-Control-Request-Method");
    if (!request.isPreflight)
        request.call.headers = kept;
    if (request.pageOrigin.isEmpty())
        if (const auto url = Url::parse(request.pageUrl))
            request.pageOrigin = url->origin().serialized();
    if (request.hasCredentials)
        request.call.credentials = "include";
}

} // namespace corscope::paste

#include "core/fetch/FilteredResponse.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

bool isForbiddenResponseHeaderName(QByteArrayView name)
{
    return ascii::equalIgnoringCase(name, "set-cookie") || ascii::equalIgnoringCase(name, "set-cookie2");
}

bool isCorsSafelistedResponseHeaderName(QByteArrayView name, const QList<QByteArray>& exposed)
{
    static constexpr const char* safelist[] = {"cache-control", "content-language", "content-length", "content-type",
                                               "expires", "last-modified", "pragma"};
    const auto isName = [&](QByteArrayView other) { return ascii::equalIgnoringCase(name, other); };
    return std::any_of(std::begin(safelist), std::end(safelist), isName)
        || (!isForbiddenResponseHeaderName(name) && std::any_of(exposed.begin(), exposed.end(), isName));
}

static Response filteredFrom(const Response& response, Response::Type type)
{
    Response filtered = response;
    filtered.type = type;
    filtered.internalResponse = std::make_shared<const Response>(response);
    return filtered;
}

template<typename Keep>
static HeaderList kept(const HeaderList& headers, Keep keep)
{
    HeaderList result;
    for (const auto& header : headers)
        if (keep(header.name))
            result.append(header.name, header.value);
    return result;
}

Response basicFilteredResponse(const Response& response)
{
    auto filtered = filteredFrom(response, Response::Type::Basic);
    filtered.headerList = kept(response.headerList, [](const auto& name) { return !isForbiddenResponseHeaderName(name); });
    return filtered;
}

Response corsFilteredResponse(const Response& response)
{
    auto filtered = filteredFrom(response, Response::Type::Cors);
    filtered.headerList = kept(response.headerList, [&](const auto& name) {
        return isCorsSafelistedResponseHeaderName(name, response.corsExposedHeaderNames);
    });
    return filtered;
}

Response opaqueFilteredResponse(const Response& response)
{
    auto filtered = filteredFrom(response, Response::Type::Opaque);
    filtered.urlList.clear();
    filtered.status = 0;
    filtered.statusMessage.clear();
    filtered.headerList.clear();
    filtered.body.reset();
    filtered.bodyError = BodyError::None;
    return filtered;
}

Response opaqueRedirectFilteredResponse(const Response& response)
{
    auto filtered = filteredFrom(response, Response::Type::OpaqueRedirect);
    filtered.status = 0;
    filtered.statusMessage.clear();
    filtered.headerList.clear();
    filtered.body.reset();
    filtered.bodyError = BodyError::None;
    return filtered;
}

} // namespace corscope

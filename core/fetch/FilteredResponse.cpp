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
    static constexpr QByteArrayView safelist[] = {"cache-control", "content-language", "content-length", "content-type",
                                               "expires", "last-modified", "pragma"};
    const auto isName = [&](QByteArrayView other) { return ascii::equalIgnoringCase(name, other); };
    return std::any_of(std::begin(safelist), std::end(safelist), isName)
        || (!isForbiddenResponseHeaderName(name) && std::any_of(exposed.begin(), exposed.end(), isName));
}

static Response filteredFrom(Response response, Response::Type type)
{
    Response filtered = response;
    filtered.type = type;
    filtered.internalResponse = std::make_shared<const Response>(std::move(response));
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

Response basicFilteredResponse(Response response)
{
    auto filtered = filteredFrom(std::move(response), Response::Type::Basic);
    filtered.headerList = kept(filtered.internalResponse->headerList, [](const auto& name) { return !isForbiddenResponseHeaderName(name); });
    return filtered;
}

Response corsFilteredResponse(Response response)
{
    auto filtered = filteredFrom(std::move(response), Response::Type::Cors);
    filtered.headerList = kept(filtered.internalResponse->headerList, [&](const auto& name) {
        return isCorsSafelistedResponseHeaderName(name, filtered.corsExposedHeaderNames);
    });
    return filtered;
}

Response opaqueFilteredResponse(Response response)
{
    auto filtered = filteredFrom(std::move(response), Response::Type::Opaque);
    filtered.urlList.clear();
    filtered.status = 0;
    filtered.statusMessage.clear();
    filtered.headerList.clear();
    filtered.body.reset();
    filtered.bodyError = BodyError::None;
    return filtered;
}

Response opaqueRedirectFilteredResponse(Response response)
{
    auto filtered = filteredFrom(std::move(response), Response::Type::OpaqueRedirect);
    filtered.status = 0;
    filtered.statusMessage.clear();
    filtered.headerList.clear();
    filtered.body.reset();
    filtered.bodyError = BodyError::None;
    return filtered;
}

} // namespace corscope

#include "core/fetch/Request.h"

#include "core/url/Site.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace corscope {

RedirectTaint redirectTaint(const Request& request)
{
    // https://fetch.spec.whatwg.org/#concept-request-tainted-origin
    const Url* lastUrl = nullptr;
    auto taint = RedirectTaint::SameOrigin;
    for (const Url& url : request.urlList) {
        if (!lastUrl) {
            lastUrl = &url;
            continue;
        }
        const auto& origin = url.origin();
        const auto& lastOrigin = lastUrl->origin();
        if (!origin.isSameOrigin(lastOrigin) && !request.origin.isSameOrigin(lastOrigin)) {
            if (!isSameSite(origin, lastOrigin) && !isSameSite(request.origin, lastOrigin))
                return RedirectTaint::CrossSite;
            taint = RedirectTaint::SameSite;
        }
        lastUrl = &url;
    }
    return taint;
}

QByteArray byteSerializedOrigin(const Request& request)
{
    if (redirectTaint(request) != RedirectTaint::SameOrigin)
        return "null"_ba;
    return request.origin.serialized();
}

QByteArray networkPartitionKey(const Request& request)
{
    if (!request.client)
        return siteOf(request.origin);
    const auto& key = request.client->networkPartitionKey;
    return key.isEmpty() ? siteOf(request.client->topLevelOrigin) : key;
}

QByteArray siteOf(const Origin& origin)
{
    if (origin.isOpaque())
        return "opaque"_ba; // NB: pages with an opaque origin are frames here, all of them of one page nobody looks at
    const auto domain = registrableDomain(origin.host());
    return origin.scheme() + "://" + (domain.isEmpty() ? origin.host() : domain);
}

namespace {

template<typename Enum>
struct Word
{
    Enum value;
    QByteArrayView bytes;
};

constexpr Word<RequestMode> modeWords[] = {
    {RequestMode::SameOrigin, "same-origin"}, {RequestMode::Cors, "cors"}, {RequestMode::NoCors, "no-cors"}};
constexpr Word<Destination> destinationWords[] = {
    {Destination::Empty, "empty"}, {Destination::Image, "image"}, {Destination::Script, "script"}, {Destination::Style, "style"}};
constexpr Word<CredentialsMode> credentialsWords[] = {
    {CredentialsMode::Omit, "omit"}, {CredentialsMode::SameOrigin, "same-origin"}, {CredentialsMode::Include, "include"}};
constexpr Word<RedirectMode> redirectWords[] = {
    {RedirectMode::Follow, "follow"}, {RedirectMode::Error, "error"}, {RedirectMode::Manual, "manual"}};
constexpr Word<CacheMode> cacheWords[] = {
    {CacheMode::Default, "default"}, {CacheMode::NoStore, "no-store"}, {CacheMode::Reload, "reload"},
    {CacheMode::NoCache, "no-cache"}, {CacheMode::ForceCache, "force-cache"}, {CacheMode::OnlyIfCached, "only-if-cached"}};
constexpr Word<ReferrerPolicy> policyWords[] = {
    {ReferrerPolicy::Empty, ""}, {ReferrerPolicy::NoReferrer, "no-referrer"},
    {ReferrerPolicy::NoReferrerWhenDowngrade, "no-referrer-when-downgrade"}, {ReferrerPolicy::SameOrigin, "same-origin"},
    {ReferrerPolicy::Origin, "origin"}, {ReferrerPolicy::StrictOrigin, "strict-origin"},
    {ReferrerPolicy::OriginWhenCrossOrigin, "origin-when-cross-origin"},
    {ReferrerPolicy::StrictOriginWhenCrossOrigin, "strict-origin-when-cross-origin"},
    {ReferrerPolicy::UnsafeUrl, "unsafe-url"}};

constexpr Word<EmbedderPolicy> embedderWords[] = {
    {EmbedderPolicy::UnsafeNone, "unsafe-none"}, {EmbedderPolicy::Credentialless, "credentialless"},
    {EmbedderPolicy::RequireCorp, "require-corp"}};

constexpr Word<PermissionState> permissionWords[] = {
    {PermissionState::Prompt, "prompt"}, {PermissionState::Granted, "granted"}, {PermissionState::Denied, "denied"}};

template<typename Enum, size_t N>
QByteArray wordOf(const Word<Enum> (&words)[N], Enum value)
{
    const auto it = std::find_if(std::begin(words), std::end(words), [&](const auto& w) { return w.value == value; });
    return it == std::end(words) ? QByteArray() : QByteArray::fromRawData(it->bytes.data(), it->bytes.size());
}

template<typename Enum, size_t N>
std::optional<Enum> valueOf(const Word<Enum> (&words)[N], QByteArrayView bytes)
{
    const auto it = std::find_if(std::begin(words), std::end(words), [&](const auto& w) { return bytes == w.bytes; });
    if (it == std::end(words))
        return std::nullopt;
    return it->value;
}

} // namespace

QByteArray toBytes(Destination destination) { return wordOf(destinationWords, destination); }
QByteArray toBytes(RequestMode mode) { return wordOf(modeWords, mode); }
QByteArray toBytes(CredentialsMode mode) { return wordOf(credentialsWords, mode); }
QByteArray toBytes(RedirectMode mode) { return wordOf(redirectWords, mode); }
QByteArray toBytes(CacheMode mode) { return wordOf(cacheWords, mode); }
QByteArray toBytes(ReferrerPolicy policy) { return wordOf(policyWords, policy); }
QByteArray toBytes(EmbedderPolicy policy) { return wordOf(embedderWords, policy); }
QByteArray toBytes(PermissionState state) { return wordOf(permissionWords, state); }
std::optional<RequestMode> requestModeFromBytes(QByteArrayView bytes) { return valueOf(modeWords, bytes); }
std::optional<CredentialsMode> credentialsModeFromBytes(QByteArrayView bytes) { return valueOf(credentialsWords, bytes); }
std::optional<RedirectMode> redirectModeFromBytes(QByteArrayView bytes) { return valueOf(redirectWords, bytes); }
std::optional<CacheMode> cacheModeFromBytes(QByteArrayView bytes) { return valueOf(cacheWords, bytes); }
std::optional<ReferrerPolicy> referrerPolicyFromBytes(QByteArrayView bytes) { return valueOf(policyWords, bytes); }
std::optional<EmbedderPolicy> embedderPolicyFromBytes(QByteArrayView bytes) { return valueOf(embedderWords, bytes); }
std::optional<PermissionState> permissionStateFromBytes(QByteArrayView bytes) { return valueOf(permissionWords, bytes); }

} // namespace corscope

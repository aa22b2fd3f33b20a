#pragma once

#include "core/fetch/ContentSecurityPolicy.h"
#include "core/http/HeaderList.h"
#include "core/url/AddressSpace.h"
#include "core/url/Url.h"

#include <QList>
#include <memory>
#include <optional>

namespace corscope {

enum class RequestMode { SameOrigin, Cors, NoCors };
enum class CredentialsMode { Omit, SameOrigin, Include };
enum class CacheMode { Default, NoStore, Reload, NoCache, ForceCache, OnlyIfCached };
enum class RedirectMode { Follow, Error, Manual };
enum class ResponseTainting { Basic, Cors, Opaque };
enum class RedirectTaint { SameOrigin, SameSite, CrossSite };
enum class ReferrerPolicy {
    Empty, NoReferrer, NoReferrerWhenDowngrade, SameOrigin, Origin, StrictOrigin, OriginWhenCrossOrigin,
    StrictOriginWhenCrossOrigin, UnsafeUrl,
};
/// https://fetch.spec.whatwg.org/#concept-request-destination ; Empty is script's own fetch.
enum class Destination { Empty, Image, Script, Style };
/// https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value
enum class EmbedderPolicy { UnsafeNone, Credentialless, RequireCorp };
/// https://w3c.github.io/permissions/#permission-states ; Prompt where the person has yet to be asked.
enum class PermissionState { Prompt, Granted, Denied };

/// https://fetch.spec.whatwg.org/#concept-request-client : the page that fetches, as far as fetching can tell.
struct Client
{
    Origin origin;
    Origin topLevelOrigin;
    QByteArray networkPartitionKey; ///< the top-level origin's site, where it has been determined before; else empty
    Origin siteForCookies; ///< the top-level page's; opaque where a page of another site stands between
    Url url;               ///< the document's; invalid where the page has none that could be a referrer
    Url baseUrl;           ///< what relative URLs are resolved against; invalid where they cannot be
    bool secureContext = false;
    ReferrerPolicy referrerPolicy = ReferrerPolicy::Empty;
    EmbedderPolicy embedderPolicy = EmbedderPolicy::UnsafeNone;
    QList<ContentSecurityPolicy> contentSecurityPolicies;
    AddressSpace addressSpace = AddressSpace::Loopback;
    PermissionState localNetworkAccess = PermissionState::Prompt;
    bool operator==(const Client&) const = default;
};

/// https://fetch.spec.whatwg.org/#bodies
struct Body
{
    QByteArray bytes;
    bool sourceIsNull = false; ///< a stream: cannot be sent twice
    bool operator==(const Body&) const = default;
};

/// https://fetch.spec.whatwg.org/#concept-request (the parts that decide something here)
struct Request
{
    QByteArray method = "GET";
    QList<Url> urlList;
    HeaderList headerList;
    bool unsafeRequest = false;
    std::optional<Body> body;
    std::shared_ptr<const Client> client;
    Origin origin;
    RequestMode mode = RequestMode::NoCors;
    bool useCorsPreflight = false;
    CredentialsMode credentialsMode = CredentialsMode::SameOrigin;
    bool useUrlCredentials = false;
    CacheMode cacheMode = CacheMode::Default;
    RedirectMode redirectMode = RedirectMode::Follow;
    bool keepalive = false;
    Destination destination = Destination::Empty;
    QByteArray integrityMetadata;
    std::optional<Url> referrer; ///< null: "no-referrer"
    bool referrerIsClient = true;
    ReferrerPolicy referrerPolicy = ReferrerPolicy::Empty;
    ResponseTainting responseTainting = ResponseTainting::Basic;
    int redirectCount = 0;
    std::optional<AddressSpace> targetAddressSpace; ///< of Local Network Access: how private an address script expects

    // What some browsers remember of earlier hops (core/fetch/Profile.h):
    std::optional<Url> firstReferrer;///< what the first hop sent
    HeaderList removedHeaders;     ///< headers that a redirect took away
    bool preflightedBefore = false;///< an earlier hop was preflighted
    bool keepsOriginHeader = false;///< `Origin` was sent, and stays

    const Url& url() const { return urlList.first(); }
    const Url& currentUrl() const { return urlList.last(); }
    Url& currentUrl() { return urlList.last(); }
};

/// https://fetch.spec.whatwg.org/#concept-request-tainted-origin
RedirectTaint redirectTaint(const Request& request);
/// https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin : `null` after a tainting redirect.
QByteArray byteSerializedOrigin(const Request& request);
/// https://fetch.spec.whatwg.org/#network-partition-keys : the top-level site, serialised.
QByteArray networkPartitionKey(const Request& request);
/// https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site , serialised.
QByteArray siteOf(const Origin& origin);

QByteArray toBytes(Destination destination); ///< "empty", "image", "script", "style"
QByteArray toBytes(RequestMode mode);
QByteArray toBytes(CredentialsMode mode);
QByteArray toBytes(RedirectMode mode);
QByteArray toBytes(CacheMode mode);
QByteArray toBytes(ReferrerPolicy policy);
QByteArray toBytes(EmbedderPolicy policy);
QByteArray toBytes(PermissionState state);
std::optional<RequestMode> requestModeFromBytes(QByteArrayView bytes);
std::optional<CredentialsMode> credentialsModeFromBytes(QByteArrayView bytes);
std::optional<RedirectMode> redirectModeFromBytes(QByteArrayView bytes);
std::optional<CacheMode> cacheModeFromBytes(QByteArrayView bytes);
std::optional<ReferrerPolicy> referrerPolicyFromBytes(QByteArrayView bytes);
std::optional<EmbedderPolicy> embedderPolicyFromBytes(QByteArrayView bytes);
std::optional<PermissionState> permissionStateFromBytes(QByteArrayView bytes);

} // namespace corscope

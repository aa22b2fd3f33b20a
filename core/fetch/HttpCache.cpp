#include "core/fetch/HttpCache.h"

#include "core/base/Ascii.h"
#include "core/http/CacheControl.h"
#include "core/http/Method.h"

#include <algorithm>
#include <iterator>

namespace corscope {

using std::chrono::duration_cast;
using std::chrono::seconds;

namespace {

/// How many bytes of bodies are kept; the oldest go first.
constexpr qsizetype bodyBytesLimit = 64 * 1024 * 1024;
/// Longer than any scenario: for what is never to change.
constexpr seconds permanently{qint64(1) << 31};

// RFC 9110 section 7.1
Url targetUri(const Url& url)
{
    return url.withFragment(std::nullopt).withoutCredentials();
}

// RFC 9110 section 15.1, without those that are not kept here: stored even where nothing says for how long.
bool isHeuristicallyCacheable(int status)
{
    static constexpr int statuses[] = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501};
    return std::find(std::begin(statuses), std::end(statuses), status) != std::end(statuses);
}

// Statuses that tell of something for good.
bool isPermanent(int status)
{
    return status == 300 || status == 301 || status == 308 || status == 410;
}

// Section 3.
bool mayStore(const Request& request, const Response& response)
{
    // NB: of what RFC 9111 allows to be stored, browsers keep the complete answers to GET.
    if (request.method != "GET" || request.headerList.contains("Range") || request.cacheMode == CacheMode::NoStore)
        return false;
    if (response.isNetworkError() || response.status < 200 || response.status == 206 || response.status == 304
        || response.bodyError != BodyError::None)
        return false;
    const auto control = CacheControl::of(response.headerList);
    // "must-understand" takes the place of "no-store", for caches that know it.
    const bool forbidden = control.has("must-understand") ? reasonPhrase(response.status).isEmpty() : control.has("no-store");
    if (forbidden || CacheControl::of(request.headerList).has("no-store"))
        return false;
    return control.has("public") || control.has("private") || control.has("max-age")
        || response.headerList.contains("Expires") || isHeuristicallyCacheable(response.status);
}

// Section 3.2: what belongs to the connection, or describes a body that a 304 does not have.
bool isKeptWhenFreshening(const QByteArray& name)
{
    static constexpr const char* names[] = {"connection", "keep-alive", "proxy-authenticate", "proxy-authentication-info",
                                            "proxy-authorization", "proxy-connection", "te", "trailer",
                                            "transfer-encoding", "upgrade", "content-length", "content-encoding",
                                            "content-type", "content-range"};
    return std::any_of(std::begin(names), std::end(names), [&](const char* n) { return ascii::equalIgnoringCase(name, n); });
}

void takeTimes(StoredResponse& stored, const HeaderList& headers, Instant now, Milliseconds delay)
{
    stored.received = now;
    stored.date = httpDate(headers.get("Date")).value_or(now);
    const auto ages = headers.getDecodeSplit("Age").value_or(QList<QByteArray>());
    const auto age = ages.isEmpty() ? seconds(0) : deltaSeconds(ages.first()).value_or(seconds(0));
    stored.age = age + duration_cast<seconds>(delay);
}

} // namespace

bool HttpCachePartition::isSame(const HttpCachePartition& other, const Profile& profile) const
{
    const bool sameFrame = (!document.isOpaque() && !other.document.isOpaque()) || document.isSameOrigin(other.document);
    return site == other.site && (sameFrame || !profile.opaqueFramesHaveOwnHttpCache)
        && (!profile.httpCacheKeptApartByCredentials || credentials == other.credentials);
}

bool StoredResponse::variesBy(QByteArrayView headerName) const
{
    const auto names = response.headerList.getDecodeSplit("Vary").value_or(QList<QByteArray>());
    return std::any_of(names.begin(), names.end(), [&](const QByteArray& name) {
        return name == "*" || ascii::equalIgnoringCase(name, headerName);
    });
}

bool StoredResponse::matchesVary(const Request& request) const
{
    const auto names = response.headerList.getDecodeSplit("Vary").value_or(QList<QByteArray>());
    return std::all_of(names.begin(), names.end(), [&](const QByteArray& name) {
        return name != "*" && requestHeaders.get(name) == request.headerList.get(name);
    });
}

bool StoredResponse::hasValidator() const
{
    return response.headerList.contains("ETag") || response.headerList.contains("Last-Modified");
}

seconds StoredResponse::freshnessLifetime() const
{
    const auto control = CacheControl::of(response.headerList);
    if (const auto maxAge = control.seconds("max-age"))
        return *maxAge;
    if (response.headerList.contains("Expires")) {
        const auto expires = httpDate(response.headerList.get("Expires"));
        return expires ? std::max(seconds(0), duration_cast<seconds>(*expires - date)) : seconds(0);
    }
    // Section 4.2.2: nothing said, so guess: a tenth of the time since it was last changed.
    // NB: redirects that call themselves permanent are taken at their word, as browsers do.
    if (control.has("must-revalidate"))
        return seconds(0);
    if (isPermanent(response.status))
        return permanently;
    const auto lastModified = httpDate(response.headerList.get("Last-Modified"));
    if (!lastModified || !(control.has("public") || isHeuristicallyCacheable(response.status)))
        return seconds(0);
    return std::max(seconds(0), duration_cast<seconds>(date - *lastModified) / 10);
}

seconds StoredResponse::currentAge(Instant now) const
{
    const auto apparentAge = std::max(seconds(0), duration_cast<seconds>(received - date));
    return std::max(apparentAge, age) + duration_cast<seconds>(now - received);
}

static bool saysPragmaNoCache(const HeaderList& headers)
{
    return !headers.contains("Cache-Control") && ascii::equalIgnoringCase(headers.get("Pragma").value_or(""), "no-cache");
}

bool StoredResponse::mayBeUsedStale() const
{
    const auto control = CacheControl::of(response.headerList);
    return !control.has("no-cache") && !control.has("must-revalidate") && !saysPragmaNoCache(response.headerList);
}

StoredResponse::State StoredResponse::state(Instant now) const
{
    const auto control = CacheControl::of(response.headerList);
    if (control.has("no-cache") || saysPragmaNoCache(response.headerList))
        return State::Stale;
    const auto left = freshnessLifetime() - currentAge(now);
    if (left > seconds(0))
        return State::Fresh;
    const auto onceMore = mayBeUsedStale() ? control.seconds("stale-while-revalidate") : std::nullopt;
    return onceMore && left + *onceMore > seconds(0) ? State::StaleWhileRevalidate : State::Stale;
}

StoredResponse::State StoredResponse::stateFor(const Request& request, Instant now) const
{
    if (request.cacheMode == CacheMode::NoCache)
        return State::Stale;

    // Section 5.2.1: what the request itself puts up with.
    // NB: a request that is not to leave a trace in the cache is taken as one that wants nothing from it either.
    const auto wanted = CacheControl::of(request.headerList);
    if (wanted.has("no-cache") || wanted.has("no-store") || saysPragmaNoCache(request.headerList))
        return State::Stale;
    const auto currentAge = this->currentAge(now);
    // NB: on a clock that stands still even an answer of age 0 would pass "at most 0 seconds old"; to browsers it is a wish
    // to ask again.
    if (const auto maxAge = wanted.seconds("max-age"); maxAge && (*maxAge == seconds(0) || currentAge > *maxAge))
        return State::Stale;
    const auto left = freshnessLifetime() - currentAge;
    if (const auto minFresh = wanted.seconds("min-fresh"); minFresh && left < *minFresh)
        return State::Stale;
    if (const auto maxStale = wanted.seconds("max-stale"); maxStale && mayBeUsedStale() && -left <= *maxStale)
        return State::Fresh;
    return state(now);
}

// https://fetch.spec.whatwg.org/#determine-the-http-cache-partition
std::optional<HttpCachePartition> determineHttpCachePartition(const Request& request, bool includeCredentials)
{
    // 1. The network partition key; 2. without one there is no cache. 3. Otherwise the cache that belongs to it.
    if (!request.client)
        return std::nullopt;
    return HttpCachePartition{networkPartitionKey(request), request.client->origin, includeCredentials};
}

HttpCache::Stored HttpCache::select(const HttpCachePartition& partition, const Request& request,
                                    const Profile& profile) const
{
    // NB: a part of a stored body could be handed out, but is not.
    if (request.method != "GET" || request.headerList.contains("Range"))
        return nullptr;
    const auto url = targetUri(request.currentUrl());
    const auto it = std::find_if(m_stored.rbegin(), m_stored.rend(), [&](const Stored& s) {
        return s->partition.isSame(partition, profile) && s->url == url && s->matchesVary(request);
    });
    return it == m_stored.rend() ? nullptr : *it;
}

HttpCache::Stored HttpCache::store(const HttpCachePartition& partition, const Request& request, const Response& response,
                                   Instant now, Milliseconds delay, const Profile& profile)
{
    if (!mayStore(request, response))
        return nullptr;
    auto stored = std::make_shared<StoredResponse>();
    stored->partition = partition;
    stored->url = targetUri(request.currentUrl());
    stored->mode = request.mode;
    stored->requestHeaders = request.headerList;
    stored->response = response;
    takeTimes(*stored, response.headerList, now, delay);

    // The newest answer to such a request takes the place of those before it.
    std::erase_if(m_stored, [&](const Stored& s) {
        return s->partition.isSame(partition, profile) && s->url == stored->url
            && (s->matchesVary(request) || s->variesBy("*"));
    });
    m_stored.push_back(stored);

    qsizetype bytes = 0;
    for (auto it = m_stored.rbegin(); it != m_stored.rend(); ++it) {
        bytes += (*it)->response.body.value_or(QByteArray()).size();
        if (bytes > bodyBytesLimit) {
            m_stored.erase(m_stored.begin(), it.base());
            break;
        }
    }
    return stored;
}

HttpCache::Stored HttpCache::freshen(const Stored& stored, const Response& notModified, Instant now, Milliseconds delay)
{
    auto fresh = std::make_shared<StoredResponse>(*stored);
    auto& headers = fresh->response.headerList;
    headers.remove("Age");
    HeaderList updates;
    for (const auto& header : notModified.headerList)
        if (!isKeptWhenFreshening(header.name))
            updates.append(header.name, header.value);
    for (const auto& header : updates)
        headers.remove(header.name);
    for (const auto& header : updates)
        headers.append(header.name, header.value);
    takeTimes(*fresh, notModified.headerList, now, delay);

    // The message as it would read now, for those who look.
    if (const auto& wire = stored->response.wire) {
        auto message = wire->response();
        message.headers = headers;
        fresh->response.wire = std::make_shared<const WireMessage>(WireMessage{wire->kind, message, wire->url});
    }
    std::replace(m_stored.begin(), m_stored.end(), stored, Stored(fresh));
    return fresh;
}

void HttpCache::invalidate(const HttpCachePartition& partition, const Request& request, const Response& response,
                           const Profile& profile)
{
    if (m_stored.empty())
        return;
    const auto& target = request.currentUrl();
    QList<Url> urls{targetUri(target)};
    // What the answer names as changed or made, as far as that is the same origin's business.
    for (const char* name : {"Location", "Content-Location"})
        if (const auto value = response.headerList.get(name))
            if (const auto url = Url::parse(*value, &target); url && url->origin().isSameOrigin(target.origin()))
                urls.append(targetUri(*url));
    std::erase_if(m_stored, [&](const Stored& s) { return s->partition.isSame(partition, profile) && urls.contains(s->url); });
}

void HttpCache::put(const Stored& stored)
{
    const auto isNewer = [](const Stored& a, const Stored& b) { return a->received < b->received; };
    m_stored.insert(std::upper_bound(m_stored.begin(), m_stored.end(), stored, isNewer), stored);
}

void HttpCache::remove(const Stored& stored)
{
    std::erase(m_stored, stored);
}

StateTable HttpCache::table(Instant now) const
{
    StateTable table{"http-cache", {"URL", "status", "asked with mode", "Origin", "Access-Control-Allow-Origin", "Vary",
                                    "seconds old", "seconds left", "key"}, {}};
    for (const auto& stored : m_stored) {
        const auto age = stored->currentAge(now);
        const auto left = stored->freshnessLifetime() - age;
        const auto state = stored->state(now);
        const bool fresh = state == StoredResponse::State::Fresh;
        if (state == StoredResponse::State::Stale && !stored->hasValidator())
            continue;
        const auto header = [&](const HeaderList& headers, const char* name) { return headers.get(name).value_or("-"); };
        table.rows.append({stored->url.serialized(), QByteArray::number(stored->response.status), toBytes(stored->mode),
                           header(stored->requestHeaders, "Origin"),
                           header(stored->response.headerList, "Access-Control-Allow-Origin"),
                           header(stored->response.headerList, "Vary"), QByteArray::number(qint64(age.count())),
                           fresh ? QByteArray::number(qint64(left.count())) : QByteArray("stale"), stored->partition.site});
    }
    return table;
}

} // namespace corscope

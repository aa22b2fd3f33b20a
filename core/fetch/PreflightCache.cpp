#include "core/fetch/PreflightCache.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Request.h"

#include <algorithm>

namespace corscope {

using Entry = PreflightCache::Entry;

static bool isForeverAlone(const Request& request, const Profile& profile)
{
    // A redirect that taints gives the request an opaque origin that no other request has.
    return profile.opaqueOriginsKeptApart && redirectTaint(request) != RedirectTaint::SameOrigin;
}

// https://fetch.spec.whatwg.org/#concept-cache-match
static bool matches(const Entry& entry, const Request& request, const Profile& profile, Instant now)
{
    const bool include = request.credentialsMode == CredentialsMode::Include;
    return !entry.expired(now) && entry.key == networkPartitionKey(request)
        && entry.origin == byteSerializedOrigin(request) && entry.url == request.currentUrl()
        && (entry.credentials == include || (entry.credentials && !profile.credentialsPartPreflightCache))
        && (!profile.opaqueOriginsKeptApart || entry.opaqueOrigin == request.origin.opaqueId())
        && !isForeverAlone(request, profile);
}

static bool matchesMethod(const Entry& entry, QByteArrayView method, const Profile& profile)
{
    return entry.headerName.isEmpty()
        && (entry.method == method || (entry.method == "*" && !profile.rememberedAsteriskLiteral));
}

static bool matchesHeaderName(const Entry& entry, QByteArrayView headerName, const Profile& profile)
{
    if (entry.headerName.isEmpty())
        return false;
    const bool covered = !isCorsNonWildcardRequestHeaderName(headerName) || profile.rememberedAsteriskCoversAuthorization;
    return ascii::equalIgnoringCase(entry.headerName, headerName)
        || (entry.headerName == "*" && covered && !profile.rememberedAsteriskLiteral);
}

static Entry newEntry(const Request& request, qint64 maxAge, Instant now)
{
    Entry entry;
    entry.key = networkPartitionKey(request);
    entry.origin = byteSerializedOrigin(request);
    entry.opaqueOrigin = request.origin.opaqueId();
    entry.url = request.currentUrl();
    entry.maxAge = maxAge;
    entry.credentials = request.credentialsMode == CredentialsMode::Include;
    entry.stored = now;
    return entry;
}

qint64 PreflightCache::Entry::remainingSeconds(Instant now) const
{
    const auto left = stored + std::chrono::seconds(maxAge) - now;
    return std::max<qint64>(0, std::chrono::ceil<std::chrono::seconds>(left).count());
}

bool PreflightCache::hasMethodMatch(QByteArrayView method, const Request& request, const Profile& profile, Instant now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return matchesMethod(entry, method, profile) && matches(entry, request, profile, now);
    });
}

bool PreflightCache::hasHeaderNameMatch(QByteArrayView headerName, const Request& request, const Profile& profile,
                                        Instant now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return matchesHeaderName(entry, headerName, profile) && matches(entry, request, profile, now);
    });
}

bool PreflightCache::hasMatch(const Request& request, const Profile& profile, Instant now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [&](const Entry& entry) { return matches(entry, request, profile, now); });
}

template<typename IsSame>
bool PreflightCache::renew(const Entry& entry, const Request& request, const Profile& profile, IsSame isSame)
{
    bool found = false;
    for (auto& other : m_entries) {
        if (isSame(other) && matches(other, request, profile, entry.stored)) {
            other.maxAge = entry.maxAge;
            other.stored = entry.stored;
            found = true;
        }
    }
    return found;
}

void PreflightCache::store(const QList<QByteArray>& methods, const QList<QByteArray>& headerNames, const Request& request,
                           qint64 maxAge, const Profile& profile, Instant now)
{
    removeExpired(now);
    if (maxAge == 0 && profile.zeroMaxAgeForgetsNothing)
        return;
    if (profile.preflightRememberedWhole)
        clear(request);
    const auto blank = newEntry(request, maxAge, now);
    if (m_entries.empty())
        m_entries.reserve(size_t(methods.size() + headerNames.size()));
    for (const auto& method : methods)
        if (!renew(blank, request, profile, [&](const Entry& other) { return matchesMethod(other, method, profile); }))
            m_entries.emplace_back(blank).method = method;
    for (const auto& headerName : headerNames)
        if (!renew(blank, request, profile, [&](const Entry& other) { return matchesHeaderName(other, headerName, profile); }))
            m_entries.emplace_back(blank).headerName = headerName;
    const auto isBlank = [](const Entry& other) { return other.method.isEmpty() && other.headerName.isEmpty(); };
    if (profile.anyPreflightCoversSafelistedMethods && methods.isEmpty() && headerNames.isEmpty()
        && !renew(blank, request, profile, isBlank))
        m_entries.push_back(blank);
}

void PreflightCache::clear(const Request& request)
{
    const auto key = networkPartitionKey(request);
    const auto origin = byteSerializedOrigin(request);
    std::erase_if(m_entries, [&](const Entry& entry) {
        return entry.key == key && entry.origin == origin && entry.url == request.currentUrl();
    });
}

void PreflightCache::removeExpired(Instant now)
{
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.expired(now); });
}

void PreflightCache::remove(const Entry& entry)
{
    std::erase(m_entries, entry);
}

void PreflightCache::put(const Entry& entry)
{
    std::erase_if(m_entries, [entry](Entry other) {
        other.maxAge = entry.maxAge;
        other.stored = entry.stored;
        return other == entry;
    });
    m_entries.push_back(entry);
}

void PreflightCache::setRemaining(const Entry& entry, qint64 seconds, Instant now)
{
    const auto found = std::find(m_entries.begin(), m_entries.end(), entry);
    if (found == m_entries.end())
        return;
    found->stored = now;
    found->maxAge = seconds;
}

StateTable PreflightCache::table(Instant now) const
{
    StateTable table{"preflight-cache", {"origin", "URL", "method", "header name", "credentials", "seconds left", "key"}, {}};
    for (const auto& entry : m_entries)
        table.rows.append({entry.origin, entry.url.serialized(), entry.method, entry.headerName,
                           entry.credentials ? "true" : "false", QByteArray::number(entry.remainingSeconds(now)),
                           entry.key});
    return table;
}

} // namespace corscope

#include "core/fetch/PreflightCache.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Request.h"

#include <algorithm>

namespace corscope {

using Entry = PreflightCache::Entry;

// https://fetch.spec.whatwg.org/#concept-cache-match
static bool matches(const Entry& entry, const Request& request, Instant now)
{
    return !entry.expired(now) && entry.key == networkPartitionKey(request)
        && entry.origin == byteSerializedOrigin(request) && entry.url == request.currentUrl()
        && (entry.credentials || request.credentialsMode != CredentialsMode::Include);
}

static bool matchesMethod(const Entry& entry, QByteArrayView method)
{
    return entry.headerName.isEmpty() && (entry.method == method || entry.method == "*");
}

static bool matchesHeaderName(const Entry& entry, QByteArrayView headerName)
{
    return !entry.headerName.isEmpty()
        && (ascii::equalIgnoringCase(entry.headerName, headerName)
            || (entry.headerName == "*" && !isCorsNonWildcardRequestHeaderName(headerName)));
}

static Entry newEntry(const Request& request, qint64 maxAge, Instant now)
{
    Entry entry;
    entry.key = networkPartitionKey(request);
    entry.origin = byteSerializedOrigin(request);
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

bool PreflightCache::hasMethodMatch(QByteArrayView method, const Request& request, Instant now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return matchesMethod(entry, method) && matches(entry, request, now);
    });
}

bool PreflightCache::hasHeaderNameMatch(QByteArrayView headerName, const Request& request, Instant now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return matchesHeaderName(entry, headerName) && matches(entry, request, now);
    });
}

void PreflightCache::storeMethod(const QByteArray& method, const Request& request, qint64 maxAge, Instant now)
{
    removeExpired(now);
    bool found = false;
    for (auto& entry : m_entries) {
        if (matchesMethod(entry, method) && matches(entry, request, now)) {
            entry.maxAge = maxAge;
            entry.stored = now;
            found = true;
        }
    }
    if (!found) {
        m_entries.push_back(newEntry(request, maxAge, now));
        m_entries.back().method = method;
    }
}

void PreflightCache::storeHeaderName(const QByteArray& headerName, const Request& request, qint64 maxAge, Instant now)
{
    removeExpired(now);
    bool found = false;
    for (auto& entry : m_entries) {
        if (matchesHeaderName(entry, headerName) && matches(entry, request, now)) {
            entry.maxAge = maxAge;
            entry.stored = now;
            found = true;
        }
    }
    if (!found) {
        m_entries.push_back(newEntry(request, maxAge, now));
        m_entries.back().headerName = headerName;
    }
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

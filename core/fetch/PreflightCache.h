#pragma once

#include "core/base/Clock.h"
#include "core/fetch/Profile.h"
#include "core/trace/Step.h"
#include "core/url/Url.h"

namespace corscope {

struct Request;

/// https://fetch.spec.whatwg.org/#concept-cache (the CORS-preflight cache)
class PreflightCache
{
public:
    struct Entry
    {
        QByteArray key;    ///< network partition key: the top-level site
        QByteArray origin; ///< byte-serialised origin
        QByteArray opaqueOrigin; ///< which one it is, if it is opaque
        Url url;
        qint64 maxAge = 0; ///< seconds
        bool credentials = false;
        QByteArray method;     ///< empty: null; may be `*`
        QByteArray headerName; ///< empty: null; may be `*`; both null: that there was a preflight
        Instant stored;
        bool operator==(const Entry&) const = default;
        bool expired(Instant now) const { return now >= stored + std::chrono::seconds(maxAge); }
        qint64 remainingSeconds(Instant now) const;
    };

    /// https://fetch.spec.whatwg.org/#concept-cache-match-method
    bool hasMethodMatch(QByteArrayView method, const Request& request, const Profile& profile, Instant now) const;
    /// https://fetch.spec.whatwg.org/#concept-cache-match-header
    bool hasHeaderNameMatch(QByteArrayView headerName, const Request& request, const Profile& profile, Instant now) const;
    /// Whether anything at all is remembered for such a request.
    bool hasMatch(const Request& request, const Profile& profile, Instant now) const;

    /// What a preflight allowed: steps 7.12 to 7.15 of CORS-preflight fetch set max-age on matching entries, or create them.
    void store(const QList<QByteArray>& methods, const QList<QByteArray>& headerNames, const Request& request,
               qint64 maxAge, const Profile& profile, Instant now);
    /// https://fetch.spec.whatwg.org/#concept-cache-clear
    void clear(const Request& request);
    void clear() { m_entries.clear(); }
    void remove(const Entry& entry);
    /// By hand. Takes the place of the entry for the same.
    void put(const Entry& entry);
    /// By hand: how long that entry still holds.
    void setRemaining(const Entry& entry, qint64 seconds, Instant now);
    void removeExpired(Instant now);

    const std::vector<Entry>& entries() const { return m_entries; }
    StateTable table(Instant now) const; ///< id "preflight-cache"
    bool operator==(const PreflightCache&) const = default;

private:
    /// Sets when the entries that match expire. \returns whether there are any.
    template<typename IsSame>
    bool renew(const Entry& entry, const Request& request, const Profile& profile, IsSame isSame);

    std::vector<Entry> m_entries;
};

} // namespace corscope

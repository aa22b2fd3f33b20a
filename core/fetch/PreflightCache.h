#pragma once

#include "core/base/Clock.h"
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
        Url url;
        qint64 maxAge = 0; ///< seconds
        bool credentials = false;
        QByteArray method;     ///< empty: null; may be `*`
        QByteArray headerName; ///< empty: null; may be `*`
        Instant stored;
        bool operator==(const Entry&) const = default;
        bool expired(Instant now) const { return now >= stored + std::chrono::seconds(maxAge); }
        qint64 remainingSeconds(Instant now) const;
    };

    /// https://fetch.spec.whatwg.org/#concept-cache-match-method
    bool hasMethodMatch(QByteArrayView method, const Request& request, Instant now) const;
    /// https://fetch.spec.whatwg.org/#concept-cache-match-header
    bool hasHeaderNameMatch(QByteArrayView headerName, const Request& request, Instant now) const;
    /// Sets max-age on matching entries, or creates one: steps 7.12 to 7.15 of CORS-preflight fetch.
    void storeMethod(const QByteArray& method, const Request& request, qint64 maxAge, Instant now);
    void storeHeaderName(const QByteArray& headerName, const Request& request, qint64 maxAge, Instant now);
    /// https://fetch.spec.whatwg.org/#concept-cache-clear
    void clear(const Request& request);
    void clear() { m_entries.clear(); }
    void removeExpired(Instant now);

    const std::vector<Entry>& entries() const { return m_entries; }
    StateTable table(Instant now) const;

private:
    std::vector<Entry> m_entries;
};

} // namespace corscope

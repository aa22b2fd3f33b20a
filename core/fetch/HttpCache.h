#pragma once

#include "core/base/Clock.h"
#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/trace/Step.h"

#include <memory>
#include <vector>

namespace corscope {

/// Which part of the cache a request may look into, and leaves its answer in.
struct HttpCachePartition
{
    QByteArray site;          ///< the network partition key
    Origin document;          ///< origin of the document that asks
    bool credentials = false; ///< cookies and the like go along
    bool operator==(const HttpCachePartition&) const = default;
    /// Whether the two are one part, to this browser.
    bool isSame(const HttpCachePartition& other, const Profile& profile) const;
};

/// A response the HTTP cache holds, with the request it was the answer to.
struct StoredResponse
{
    HttpCachePartition partition;
    Url url;                  ///< without fragment
    RequestMode mode = RequestMode::Cors;
    HeaderList requestHeaders; ///< what `Vary` is compared with
    Response response;
    Instant received;          ///< when it came, or was last confirmed; virtual time
    Instant date;              ///< when the server made it, by its `Date`; when it came, where it did not say
    std::chrono::seconds age{0}; ///< how old it was when it came: in caches on the way, by its `Age`, and on the way itself

    /// How it may be used (RFC 9111 section 4.2).
    enum class State {
        Fresh,
        StaleWhileRevalidate, ///< once more, while the server is asked (RFC 5861)
        Stale,
    };
    State state(Instant now) const;
    /// As state(), as far as the request agrees: its `Cache-Control` and its cache mode may ask for more.
    State stateFor(const Request& request, Instant now) const;
    std::chrono::seconds freshnessLifetime() const; ///< section 4.2.1
    std::chrono::seconds currentAge(Instant now) const; ///< section 4.2.3
    bool mayBeUsedStale() const; ///< nothing in it forbids (section 4.2.4)
    bool hasValidator() const; ///< something by which the server can tell whether it still holds (section 4.3.1)
    bool variesBy(QByteArrayView headerName) const; ///< `Vary` names it, or everything
    /// Whether the request has the headers that `Vary` names, as the one before had them (section 4.1).
    bool matchesVary(const Request& request) const;
};

/// https://fetch.spec.whatwg.org/#determine-the-http-cache-partition : null where the request has no page.
std::optional<HttpCachePartition> determineHttpCachePartition(const Request& request, bool includeCredentials);

/// A private cache (https://www.rfc-editor.org/rfc/rfc9111): of one person, so `private` and `s-maxage` mean nothing to
/// it. Time is passed in. Only complete answers to GET are kept.
class HttpCache
{
public:
    using Stored = std::shared_ptr<const StoredResponse>;

    /// Section 4, "Constructing Responses from Caches": the newest stored response to such a request; null where there is
    /// none. Whether it is fresh is for the caller to ask.
    Stored select(const HttpCachePartition& partition, const Request& request, const Profile& profile = {}) const;
    /// Section 3, "Storing Responses in Caches", where it may be stored. \returns what was stored, or null.
    /// \param delay how long the answer took, which counts as age.
    Stored store(const HttpCachePartition& partition, const Request& request, const Response& response, Instant now,
                 Milliseconds delay = Milliseconds(0), const Profile& profile = {});
    /// Section 3.2 and 4.3.4, "Freshening Stored Responses upon Validation". \returns the response as it is now.
    Stored freshen(const Stored& stored, const Response& notModified, Instant now, Milliseconds delay = Milliseconds(0));
    /// Section 4.4, "Invalidating Stored Responses": after a method that may have changed the resource.
    void invalidate(const HttpCachePartition& partition, const Request& request, const Response& response,
                    const Profile& profile = {});
    void put(const Stored& stored); ///< by hand, among the others by its age
    void remove(const Stored& stored);
    void clear() { m_stored.clear(); }

    const std::vector<Stored>& stored() const { return m_stored; }
    /// What could be an answer now, or after asking the server; id "http-cache". What is stale and has nothing to ask with
    /// is left out: only cache mode "force-cache" would still use it.
    StateTable table(Instant now) const;
    bool operator==(const HttpCache&) const = default; ///< holds the same responses, not only equal ones

private:
    std::vector<Stored> m_stored; ///< oldest first
};

} // namespace corscope

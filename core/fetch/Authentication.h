#pragma once

#include "core/fetch/Request.h"

#include <vector>

namespace corscope {

/// https://fetch.spec.whatwg.org/#authentication-entry : a user name and password that a server took, to be sent again
/// unasked within their protection space (RFC 7617 section 2.2).
class AuthenticationEntries
{
public:
    struct Entry
    {
        QByteArray origin; ///< of the server, serialised
        QByteArray path;   ///< up to and with the last "/" of the address that asked
        QByteArray realm;
        QByteArray value;  ///< of the `Authorization` header
        bool operator==(const Entry&) const = default;
    };

    /// The `Authorization` value for that address; null where nothing is known.
    std::optional<QByteArray> valueFor(const Url& url) const;
    /// Remembers the user name and password in the URL.
    void create(const Url& url, const QByteArray& realm);
    void clear() { m_entries.clear(); }
    const std::vector<Entry>& entries() const { return m_entries; }

private:
    std::vector<Entry> m_entries;
};

/// The URL's user name and password as an `Authorization` value, scheme Basic (RFC 7617 section 2).
QByteArray authorizationValue(const Url& url);

/// The realm of the Basic challenge among the `WWW-Authenticate` headers; null where there is no such challenge.
std::optional<QByteArray> basicRealm(const HeaderList& headers);

} // namespace corscope

#pragma once

#include "core/base/Result.h"
#include "core/url/Origin.h"

#include <QByteArray>
#include <optional>

namespace corscope {

/// A parsed URL, as the URL standard (https://url.spec.whatwg.org/) reads and writes it. This is the one file that
/// knows how. `http` and `https` are read completely (IDNA, IPv4 in every notation, IPv6, dot segments, tabs and
/// backslashes); other schemes are kept as scheme and opaque rest, enough to refuse them by name.
class Url
{
public:
    Url() = default;

    /// \param base what relative input is resolved against; absent: only absolute input is accepted.
    static Result<Url> parse(QByteArrayView input, const Url* base = nullptr);

    bool isValid() const { return !m_scheme.isEmpty(); }
    const QByteArray& scheme() const { return m_scheme; }     ///< lower case, without ":"
    const QByteArray& username() const { return m_username; } ///< percent-encoded
    const QByteArray& password() const { return m_password; } ///< percent-encoded
    const QByteArray& host() const { return m_host; }         ///< serialised: ASCII, IPv6 in brackets; may be empty
    std::optional<quint16> port() const { return m_port; }    ///< null for the scheme's default port
    quint16 portOrDefault() const;                            ///< 80, 443 or the port; 0 where the scheme has none
    const QByteArray& path() const { return m_path; }         ///< with its leading "/" where hierarchical
    const std::optional<QByteArray>& query() const { return m_query; }       ///< without "?"
    const std::optional<QByteArray>& fragment() const { return m_fragment; } ///< without "#"

    bool hasHttpScheme() const;  ///< scheme is an HTTP(S) scheme
    bool includesCredentials() const { return !m_username.isEmpty() || !m_password.isEmpty(); }
    bool hostIsIpAddress() const; ///< IPv4 or IPv6 literal
    bool hostIsLoopback() const;  ///< localhost, *.localhost (with or without trailing dot), 127.0.0.0/8, [::1]

    Origin origin() const;
    QByteArray serialized() const;                ///< href
    QByteArray serializedWithoutFragment() const;
    QByteArray requestTarget() const;             ///< path and query, as in an HTTP/1.1 request line
    QByteArray hostAndPort() const;               ///< as in a `Host` header: the port only where it is not the default

    Url withScheme(QByteArrayView scheme) const;
    Url withFragment(const std::optional<QByteArray>& fragment) const;
    Url withoutCredentials() const;
    /// https://url.spec.whatwg.org/#set-the-username and the same for the password; what is null stays.
    Url withCredentials(const std::optional<QByteArray>& username, const std::optional<QByteArray>& password) const;

    bool operator==(const Url&) const = default;

private:
    friend class UrlParser;
    QByteArray m_scheme;
    QByteArray m_username;
    QByteArray m_password;
    QByteArray m_host;
    std::optional<quint16> m_port;
    QByteArray m_path;
    std::optional<QByteArray> m_query;
    std::optional<QByteArray> m_fragment;
    bool m_opaquePath = false;
    bool m_hasHost = false;
};

/// 80 for http, 443 for https, and so on for the special schemes; nothing otherwise.
std::optional<quint16> defaultPort(QByteArrayView scheme);

} // namespace corscope

#pragma once

#include "core/base/Result.h"
#include "core/url/Origin.h"

#include <QByteArray>
#include <QSharedData>
#include <optional>

namespace corscope {

/// A parsed URL, as the URL standard (https://url.spec.whatwg.org/) reads and writes it. This is the one file that
/// knows how. `http` and `https` are read completely (IDNA, IPv4 in every notation, IPv6, dot segments, tabs and
/// backslashes); other schemes are kept as scheme and opaque rest, enough to refuse them by name.
///
/// A value, and cheap to copy: the copies share what was parsed, together with its serialisation and its origin.
class Url
{
public:
    Url() = default;

    /// \param base what relative input is resolved against; absent: only absolute input is accepted.
    static Result<Url> parse(QByteArrayView input, const Url* base = nullptr);

    bool isValid() const { return !parts().scheme.isEmpty(); }
    const QByteArray& scheme() const { return parts().scheme; }     ///< lower case, without ":"
    const QByteArray& username() const { return parts().username; } ///< percent-encoded
    const QByteArray& password() const { return parts().password; } ///< percent-encoded
    const QByteArray& host() const { return parts().host; }         ///< serialised: ASCII, IPv6 in brackets; may be empty
    std::optional<quint16> port() const { return parts().port; }    ///< null for the scheme's default port
    quint16 portOrDefault() const { return record().portOrDefault; } ///< 80, 443 or the port; 0 where the scheme has none
    const QByteArray& path() const { return parts().path; }         ///< with its leading "/" where hierarchical
    const std::optional<QByteArray>& query() const { return parts().query; }       ///< without "?"
    const std::optional<QByteArray>& fragment() const { return parts().fragment; } ///< without "#"

    bool hasHttpScheme() const { return record().hasHttpScheme; } ///< scheme is an HTTP(S) scheme
    bool includesCredentials() const { return !username().isEmpty() || !password().isEmpty(); }
    bool hostIsIpAddress() const; ///< IPv4 or IPv6 literal
    bool hostIsLoopback() const;  ///< localhost, *.localhost (with or without trailing dot), 127.0.0.0/8, [::1]

    const Origin& origin() const { return record().origin; }
    QByteArray serialized() const;                ///< href
    const QByteArray& serializedWithoutFragment() const { return record().serialized; }
    QByteArray requestTarget() const;             ///< path and query, as in an HTTP/1.1 request line
    QByteArray hostAndPort() const;               ///< as in a `Host` header: the port only where it is not the default

    Url withScheme(QByteArrayView scheme) const;
    Url withFragment(const std::optional<QByteArray>& fragment) const;
    Url withoutCredentials() const;
    /// The root of its origin: without credentials, query and fragment, and with the path "/". For HTTP(S) schemes.
    Url root() const;
    /// https://url.spec.whatwg.org/#set-the-username and the same for the password; what is null stays.
    Url withCredentials(const std::optional<QByteArray>& username, const std::optional<QByteArray>& password) const;

    bool operator==(const Url& other) const { return m_record == other.m_record || parts() == other.parts(); }

private:
    friend class UrlParser;
    struct Parts
    {
        QByteArray scheme, username, password, host;
        std::optional<quint16> port;
        QByteArray path;
        std::optional<QByteArray> query, fragment;
        bool opaquePath = false;
        bool hasHost = false;
        bool operator==(const Parts&) const = default;
    };
    struct Record : QSharedData
    {
        Record() = default;
        explicit Record(Parts parsed);
        Record(Parts parsed, const Origin& origin);
        Parts parts;
        QByteArray serialized; ///< without fragment
        Origin origin;
        quint16 portOrDefault = 0;
        bool hasHttpScheme = false;
    };
    static const Record& none();

    explicit Url(Parts parts) : m_record(new Record(std::move(parts))) {}
    Url(Parts parts, const Origin& origin) : m_record(new Record(std::move(parts), origin)) {}
    const Record& record() const { return m_record ? *m_record : none(); }
    const Parts& parts() const { return record().parts; }

    QExplicitlySharedDataPointer<const Record> m_record; ///< null: of the URL that is none
};

/// 80 for http, 443 for https, and so on for the special schemes; nothing otherwise.
std::optional<quint16> defaultPort(QByteArrayView scheme);

} // namespace corscope

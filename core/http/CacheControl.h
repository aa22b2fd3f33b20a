#pragma once

#include "core/base/Clock.h"
#include "core/http/HeaderList.h"

namespace corscope {

/// The directives of the `Cache-Control` headers of a message (RFC 9111 section 5.2), names lower-cased. Where one is
/// there twice, the first counts.
class CacheControl
{
public:
    static CacheControl of(const HeaderList& headers);

    bool has(QByteArrayView directive) const;
    /// The argument in seconds; null where the directive is absent. One that is no number counts as 0, which is the
    /// cautious reading; more than 2^31 is cut to it.
    std::optional<std::chrono::seconds> seconds(QByteArrayView directive) const;

private:
    struct Directive
    {
        QByteArray name;
        QByteArray argument; ///< without quotes
    };
    const Directive* find(QByteArrayView name) const;

    std::vector<Directive> m_directives;
};

/// RFC 9110 section 5.6.7, read leniently; null where it is no date.
std::optional<Instant> httpDate(const std::optional<QByteArray>& value);

/// RFC 9111 section 1.2.2; null where it is no such number.
std::optional<std::chrono::seconds> deltaSeconds(QByteArrayView value);

} // namespace corscope

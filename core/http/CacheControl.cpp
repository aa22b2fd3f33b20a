#include "core/http/CacheControl.h"

#include "core/base/Ascii.h"
#include "core/http/Cookie.h"

#include <algorithm>

namespace corscope {

std::optional<std::chrono::seconds> deltaSeconds(QByteArrayView value)
{
    constexpr qint64 most = qint64(1) << 31;
    if (value.isEmpty() || !std::all_of(value.begin(), value.end(), ascii::isDigit))
        return std::nullopt;
    qint64 number = 0;
    for (const char c : value)
        number = std::min(most, number * 10 + (c - '0'));
    return std::chrono::seconds(number);
}

std::optional<Instant> httpDate(const std::optional<QByteArray>& value)
{
    // NB: every form of an HTTP date is one that cookies may have as well.
    return value ? parseCookieDate(*value) : std::nullopt;
}

CacheControl CacheControl::of(const HeaderList& headers)
{
    CacheControl result;
    for (const auto& part : headers.getDecodeSplit("Cache-Control").value_or(QList<QByteArray>())) {
        const auto equals = part.indexOf('=');
        const auto name = ascii::trimmed(QByteArrayView(part).first(equals < 0 ? part.size() : equals));
        auto argument = equals < 0 ? QByteArrayView() : ascii::trimmed(QByteArrayView(part).sliced(equals + 1));
        if (argument.size() >= 2 && argument.startsWith('"') && argument.endsWith('"'))
            argument = argument.sliced(1, argument.size() - 2);
        if (!name.isEmpty())
            result.m_directives.push_back({ascii::lowered(name), argument.toByteArray()});
    }
    return result;
}

const CacheControl::Directive* CacheControl::find(QByteArrayView name) const
{
    const auto it = std::find_if(m_directives.begin(), m_directives.end(), [&](const auto& d) { return d.name == name; });
    return it == m_directives.end() ? nullptr : &*it;
}

bool CacheControl::has(QByteArrayView directive) const
{
    return find(directive);
}

std::optional<std::chrono::seconds> CacheControl::seconds(QByteArrayView directive) const
{
    const auto* found = find(directive);
    if (!found)
        return std::nullopt;
    return deltaSeconds(found->argument).value_or(std::chrono::seconds(0));
}

} // namespace corscope

#include "core/fetch/Authentication.h"

#include "core/base/Ascii.h"
#include "core/url/PercentEncoding.h"

#include <algorithm>

namespace corscope {

static QByteArray pathOf(const Url& url)
{
    return url.path().left(url.path().lastIndexOf('/') + 1);
}

std::optional<QByteArray> AuthenticationEntries::valueFor(const Url& url) const
{
    const auto origin = url.origin().serialized();
    const auto it = std::find_if(m_entries.rbegin(), m_entries.rend(), [&](const Entry& entry) {
        return entry.origin == origin && url.path().startsWith(entry.path);
    });
    return it == m_entries.rend() ? std::nullopt : std::optional(it->value);
}

void AuthenticationEntries::create(const Url& url, const QByteArray& realm)
{
    const Entry entry{url.origin().serialized(), pathOf(url), realm, authorizationValue(url)};
    std::erase_if(m_entries, [&](const Entry& e) { return e.origin == entry.origin && e.path == entry.path; });
    m_entries.push_back(entry);
}

QByteArray authorizationValue(const Url& url)
{
    const QByteArray userPass = percentDecoded(url.username()) + ':' + percentDecoded(url.password());
    return "Basic " + userPass.toBase64();
}

// RFC 9110 section 11.6.1: several challenges, and several parameters of one, are parted by the same commas.
std::optional<QByteArray> basicRealm(const HeaderList& headers)
{
    bool basic = false;
    for (const auto& part : headers.getDecodeSplit("WWW-Authenticate").value_or(QList<QByteArray>())) {
        QByteArrayView parameter = part;
        const auto equals = part.indexOf('=');
        const auto space = part.indexOf(' ');
        if (equals < 0 || (space >= 0 && space < equals)) { // a scheme begins
            if (basic)
                return QByteArray();
            basic = ascii::equalIgnoringCase(QByteArrayView(part).first(space < 0 ? part.size() : space), "Basic");
            parameter = ascii::trimmed(QByteArrayView(part).sliced(space < 0 ? part.size() : space));
        }
        if (!basic || !ascii::startsWithIgnoringCase(parameter, "realm="))
            continue;
        parameter = parameter.sliced(6);
        if (parameter.size() >= 2 && parameter.startsWith('"') && parameter.endsWith('"'))
            parameter = parameter.sliced(1, parameter.size() - 2);
        return parameter.toByteArray();
    }
    return basic ? std::optional(QByteArray()) : std::nullopt;
}

} // namespace corscope

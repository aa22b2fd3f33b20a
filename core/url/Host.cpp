#include "core/url/Host.h"

#include "core/base/Ascii.h"
#include "core/url/IpAddress.h"
#include "core/url/PercentEncoding.h"

#include <QUrl>
#include <algorithm>

namespace corscope {

static bool isForbiddenHostCodePoint(char c)
{
    return c == '\0' || QByteArrayView("\t\n\r #/:<>?@[\\]^|").contains(c);
}

static bool isForbiddenDomainCodePoint(char c)
{
    return isForbiddenHostCodePoint(c) || static_cast<unsigned char>(c) < 0x20 || c == '%' || c == 0x7f;
}

static bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The standard asks for neither STD3 nor hyphen nor length checks, QUrl makes them all. So ASCII labels are kept out of its way.
static QByteArray labelsToAscii(const QString& domain)
{
    QList<QByteArray> result;
    for (const auto& label : domain.split(u'.')) {
        const auto bytes = label.toUtf8();
        if (isAscii(bytes) && !ascii::startsWithIgnoringCase(bytes, "xn--")) {
            result.append(ascii::lowered(bytes));
            continue;
        }
        const auto ace = QUrl::toAce(label);
        if (ace.isEmpty())
            return {};
        result.append(ace);
    }
    return ascii::join(result, ".");
}

/// https://url.spec.whatwg.org/#concept-domain-to-ascii with beStrict false.
/// DEVIATION: QUrl does not check the rules for right-to-left labels, for joiners and for combining marks at the front
/// of a label, so some hosts beyond ASCII that browsers refuse are accepted.
static QByteArray domainToAscii(const QByteArray& domain)
{
    // An all-ASCII domain is only lower-cased, labels that begin with "xn--" included, as browsers do.
    if (isAscii(domain))
        return ascii::lowered(domain);
    auto text = QString::fromUtf8(domain);
    for (const auto fullStop : {u'\u3002', u'\uff0e', u'\uff61'})
        text.replace(fullStop, u'.');
    const auto ace = QUrl::toAce(text);
    return ascii::lowered(ace.isEmpty() ? labelsToAscii(text) : ace);
}

/// Nearly every host there is: nothing to decode, to map or to lower-case.
static bool isAsciiDomain(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || ascii::isDigit(c) || c == '-' || c == '.';
    });
}

std::optional<QByteArray> parseHost(QByteArrayView input, HostKind kind)
{
    if (input.startsWith('[')) {
        if (!input.endsWith(']'))
            return std::nullopt;
        const auto pieces = parseIpv6(input.sliced(1, input.size() - 2));
        if (!pieces)
            return std::nullopt;
        return '[' + serializedIpv6(*pieces) + ']';
    }
    if (kind == HostKind::Opaque) {
        if (std::any_of(input.begin(), input.end(), isForbiddenHostCodePoint))
            return std::nullopt;
        return percentEncoded(input, PercentEncodeSet::C0Control);
    }
    const bool plain = isAsciiDomain(input);
    const auto domain = plain ? input.toByteArray() : domainToAscii(percentDecoded(input));
    if (domain.isEmpty() || (!plain && std::any_of(domain.begin(), domain.end(), isForbiddenDomainCodePoint)))
        return std::nullopt;
    if (!endsInNumber(domain))
        return domain;
    const auto address = parseIpv4(domain);
    if (!address)
        return std::nullopt;
    return serializedIpv4(*address);
}

bool isIpAddress(QByteArrayView host)
{
    return host.startsWith('[') || (!host.isEmpty() && endsInNumber(host) && parseIpv4(host));
}

bool isLoopbackHost(QByteArrayView host)
{
    constexpr QByteArrayView name = "localhost";
    if (host == name || host == "[::1]")
        return true;
    if (isIpAddress(host))
        return !host.startsWith('[') && *parseIpv4(host) >> 24 == 127;
    if (host.endsWith('.'))
        host.chop(1);
    return ascii::equalIgnoringCase(host, name)
        || (host.size() > name.size() && host[host.size() - name.size() - 1] == '.'
            && ascii::equalIgnoringCase(host.last(name.size()), name));
}

} // namespace corscope

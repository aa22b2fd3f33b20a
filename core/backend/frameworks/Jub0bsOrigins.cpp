#include "core/backend/frameworks/Jub0bsOrigins.h"

#include "core/base/Ascii.h"
#include "core/url/Site.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <optional>

namespace corscope::jub0bs {

namespace {

constexpr qsizetype longestScheme = 64;
constexpr qsizetype longestHost = 253;
constexpr qsizetype longestLabel = 63;
constexpr qsizetype longestOrigin = longestScheme + 3 + longestHost + 6;

bool isLower(char c) { return c >= 'a' && c <= 'z'; }

/// A port above zero, in as many digits as it needs.
std::optional<int> parsedPort(const QByteArray& text)
{
    if (text.isEmpty() || text.size() > 5 || text[0] == '0' || !std::all_of(text.begin(), text.end(), ascii::isDigit))
        return {};
    const int port = text.toInt();
    return port <= 65535 ? std::optional(port) : std::nullopt;
}

/// Whether IDNA has nothing to say against the host, which is in lower case already.
bool isDomain(const QByteArray& host)
{
    auto labels = host.split('.');
    if (labels.size() > 1 && labels.last().isEmpty())
        labels.removeLast();
    if (host.isEmpty() || host.size() - (host.endsWith('.') ? 1 : 0) > longestHost)
        return false;
    return std::all_of(labels.begin(), labels.end(), [](const QByteArray& label) {
        if (label.isEmpty() || label.size() > longestLabel || label.startsWith('-') || label.endsWith('-'))
            return false;
        if (label.startsWith("xn--"))
            return QUrl::fromAce(label, QUrl::IgnoreIDNWhitelist) != QLatin1String(label);
        return label.mid(2, 2) != "--";
    });
}

/// An IP address in the one spelling that is accepted.
OriginPattern::Problem checkedAddress(const QByteArray& host, bool& loopback)
{
    const QHostAddress address(QString::fromLatin1(host));
    if (address.isNull() || host.contains('%'))
        return OriginPattern::Problem::Invalid;
    if (!host.contains(':')) {
        const auto parts = host.split('.');
        if (parts.size() != 4 || std::any_of(parts.begin(), parts.end(), [](const auto& part) {
                return part.isEmpty() || (part.size() > 1 && part[0] == '0');
            }))
            return OriginPattern::Problem::Invalid;
    } else if (host.startsWith("::ffff:") || address.toString().toLatin1() != host) {
        return OriginPattern::Problem::Prohibited;
    }
    loopback = address.isLoopback();
    return OriginPattern::Problem::None;
}

struct Origin
{
    QByteArray scheme, host;
    int port = OriginPattern::noPort;
};

/// An Origin header taken apart, without asking whether it is a good one.
std::optional<Origin> parsedOrigin(const QByteArray& text)
{
    const auto at = text.indexOf("://");
    if (at < 0 || text.size() > longestOrigin)
        return {};
    auto rest = text.mid(at + 3);
    QByteArray port;
    bool hasPort = false;
    if (rest.startsWith('[')) {
        const auto close = rest.lastIndexOf(']');
        if (close < 0 || (close + 1 < rest.size() && rest[close + 1] != ':'))
            return {};
        hasPort = close + 1 < rest.size();
        port = rest.mid(close + 2);
        rest = rest.mid(1, close - 1);
    } else if (const auto colon = rest.indexOf(':'); colon >= 0) {
        hasPort = true;
        port = rest.mid(colon + 1);
        rest = rest.left(colon);
    } else if (rest.isEmpty()) {
        return {};
    }
    const auto number = parsedPort(port);
    if (hasPort && !number)
        return {};
    return Origin{text.left(at), rest, hasPort ? *number : OriginPattern::noPort};
}

} // namespace

OriginPattern OriginPattern::parse(const QByteArray& text, Problem& problem)
{
    OriginPattern result;
    problem = Problem::Invalid;
    if (text.size() > longestOrigin)
        return result;
    if (text == "null") {
        problem = Problem::Prohibited;
        return result;
    }

    qsizetype at = 0;
    const auto isSchemeByte = [](char c) {
        return isLower(c) || ascii::isDigit(c) || c == '+' || c == '-' || c == '.' || c == '_';
    };
    while (at < std::min(text.size(), longestScheme) && (at == 0 ? isLower(text[0]) : isSchemeByte(text[at])))
        ++at;
    result.scheme = text.left(at);
    if (at == 0)
        return result;
    if (result.scheme == "file") {
        problem = Problem::Prohibited; // its origin is null
        return result;
    }
    auto rest = text.mid(at);
    if (!rest.startsWith("://"))
        return result;
    rest.remove(0, 3);

    bool isAddress = false;
    if (rest.startsWith('[')) {
        const auto close = rest.indexOf(']');
        if (close < 0)
            return result;
        result.host = rest.mid(1, close - 1);
        rest.remove(0, close + 1);
        isAddress = true;
    } else {
        result.subdomains = rest.startsWith("*.");
        if (result.subdomains)
            rest.remove(0, 2);
        qsizetype end = 0;
        while (end < rest.size()
               && (isLower(rest[end]) || ascii::isDigit(rest[end]) || rest[end] == '-' || rest[end] == '.'
                   || rest[end] == '_'))
            ++end;
        result.host = rest.left(end);
        rest.remove(0, end);
        // No top-level domain starts with a digit.
        auto whole = result.host;
        if (whole.endsWith('.'))
            whole.chop(1);
        const auto last = whole.mid(whole.lastIndexOf('.') + 1);
        if (last.isEmpty())
            return result;
        isAddress = ascii::isDigit(last[0]);
        if (isAddress && result.subdomains)
            return result;
    }
    if (isAddress) {
        problem = checkedAddress(result.host, result.loopback);
        if (problem != Problem::None)
            return result;
    } else if (result.subdomains && result.host.size() > longestHost - 2) {
        return result;
    } else if (!isDomain(result.host)) {
        problem = Problem::Prohibited;
        return result;
    }

    problem = Problem::Invalid;
    if (!rest.isEmpty()) {
        const auto port = parsedPort(rest.mid(1));
        if (rest[0] != ':' || (rest != ":*" && !port))
            return result;
        result.port = rest == ":*" ? anyPort : *port;
        if ((result.scheme == "http" && result.port == 80) || (result.scheme == "https" && result.port == 443)) {
            problem = Problem::Prohibited; // browsers leave it out
            return result;
        }
    }
    problem = Problem::None;
    return result;
}

bool OriginPattern::contains(const QByteArray& text) const
{
    const auto origin = parsedOrigin(text);
    if (!origin || origin->scheme != scheme || (port != anyPort && port != origin->port))
        return false;
    if (!subdomains)
        return origin->host == host;
    return origin->host.size() > host.size() + 1 && origin->host.endsWith(QByteArray('.' + host));
}

bool OriginPattern::isDeemedInsecure() const
{
    if (scheme == "https" || loopback)
        return false;
    auto name = host;
    if (name.endsWith('.'))
        name.chop(1);
    return name != "localhost" && !name.endsWith(".localhost");
}

bool OriginPattern::isOfPublicSuffix() const
{
    return subdomains && isPublicSuffix(host.endsWith('.') ? host.chopped(1) : host);
}

} // namespace corscope::jub0bs

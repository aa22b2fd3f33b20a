#include "core/url/UrlParser.h"

#include "core/base/Ascii.h"
#include "core/url/Host.h"
#include "core/url/PercentEncoding.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace corscope {

static bool isSpecialScheme(QByteArrayView scheme)
{
    return scheme == "file" || defaultPort(scheme).has_value();
}

static bool isWindowsDriveLetter(QByteArrayView bytes)
{
    return bytes.size() == 2 && ascii::isAlpha(bytes[0]) && (bytes[1] == ':' || bytes[1] == '|');
}

static bool startsWithWindowsDriveLetter(QByteArrayView bytes)
{
    return bytes.size() >= 2 && isWindowsDriveLetter(bytes.first(2))
        && (bytes.size() == 2 || QByteArrayView("/\\?#").contains(bytes[2]));
}

static bool isNormalizedWindowsDriveLetter(QByteArrayView bytes)
{
    return isWindowsDriveLetter(bytes) && bytes[1] == ':';
}

/// Dots are as good in percent-encoding.
static bool isDotSegment(QByteArrayView segment, int dots)
{
    for (; dots > 0; --dots) {
        if (segment.startsWith('.'))
            segment = segment.sliced(1);
        else if (ascii::startsWithIgnoringCase(segment, "%2e"))
            segment = segment.sliced(3);
        else
            return false;
    }
    return segment.isEmpty();
}

static QByteArrayView withoutBlanksAround(QByteArrayView input)
{
    const auto isBlank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!input.isEmpty() && isBlank(input.front()))
        input = input.sliced(1);
    while (!input.isEmpty() && isBlank(input.back()))
        input.chop(1);
    return input;
}

/// What input becomes that is not plain ASCII; null where it is.
static QByteArray cleanedInput(QByteArrayView input)
{
    if (std::all_of(input.begin(), input.end(), [](char c) { return c >= 0x20 && c < 0x7f; }))
        return {};
    // Through text once, so that bytes that are not UTF-8 become U+FFFD. A byte order mark is a character as good as any.
    using Flag = QStringDecoder::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    auto result = QString(decoder.decode(input)).toUtf8();
    result.removeIf([](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    return result;
}

static QByteArray schemeFrom(QByteArrayView bytes)
{
    if (bytes == "http")
        return "http"_ba;
    if (bytes == "https")
        return "https"_ba;
    return ascii::lowered(bytes);
}

UrlParser::UrlParser(QByteArrayView input, const Url* base)
    : m_original(input), m_cleaned(cleanedInput(withoutBlanksAround(input))),
      m_input(m_cleaned.isNull() ? withoutBlanksAround(input) : QByteArrayView(m_cleaned)),
      m_base(base ? &base->parts() : nullptr)
{
}

Result<Url> UrlParser::run()
{
    if (const auto failure = schemeStart(); failure != Failure::None)
        return error(failure);
    return Url(std::move(m_url));
}

/// Scheme start and scheme states, and the choice of what follows.
UrlParser::Outcome UrlParser::schemeStart()
{
    qsizetype end = 0;
    const auto isSchemeChar = [](char c) { return ascii::isAlphanumeric(c) || c == '+' || c == '-' || c == '.'; };
    while (end < m_input.size() && isSchemeChar(m_input[end]))
        ++end;
    if (end == m_input.size() || m_input[end] != ':' || !ascii::isAlpha(m_input[0]))
        return noScheme();

    m_url.scheme = schemeFrom(m_input.first(end));
    m_special = isSpecialScheme(m_url.scheme);
    m_at = end + 1;
    if (m_url.scheme == "file")
        return file();
    if (m_special) {
        if (m_base && m_base->scheme == m_url.scheme && !remaining().startsWith("//"))
            return relative();
        return specialAuthorityIgnoreSlashes();
    }
    if (remaining().startsWith("//")) {
        m_at += 2;
        return authority();
    }
    if (remaining().startsWith('/')) {
        ++m_at;
        return path();
    }
    return opaquePath();
}

UrlParser::Outcome UrlParser::noScheme()
{
    if (!m_base)
        return Failure::MissingScheme;
    m_url.scheme = m_base->scheme;
    m_special = isSpecialScheme(m_url.scheme);
    if (m_base->opaquePath) {
        if (current() != '#')
            return Failure::RelativeToOpaqueBase;
        m_url.opaquePath = true;
        m_url.path = m_base->path;
        m_url.query = m_base->query;
        return queryAndFragment();
    }
    return m_base->scheme == "file" ? file() : relative();
}

UrlParser::Outcome UrlParser::relative()
{
    if (atSlash())
        return relativeSlash();
    copyAuthorityFromBase();
    copyPathFromBase();
    if (atEnd() || current() == '?' || current() == '#')
        return queryAndFragment();
    m_url.query.reset();
    shortenPath();
    return path();
}

UrlParser::Outcome UrlParser::relativeSlash()
{
    ++m_at;
    if (atSlash()) {
        ++m_at;
        return m_special ? specialAuthorityIgnoreSlashes() : authority();
    }
    copyAuthorityFromBase();
    return path();
}

UrlParser::Outcome UrlParser::specialAuthorityIgnoreSlashes()
{
    while (atSlash())
        ++m_at;
    return authority();
}

UrlParser::Outcome UrlParser::authority()
{
    auto rest = takeSegment();
    const auto at = rest.lastIndexOf('@');
    if (at >= 0) {
        const auto credentials = rest.first(at);
        const auto colon = credentials.indexOf(':');
        m_url.username = percentEncoded(colon < 0 ? credentials : credentials.first(colon), PercentEncodeSet::Userinfo);
        if (colon >= 0)
            m_url.password = percentEncoded(credentials.sliced(colon + 1), PercentEncodeSet::Userinfo);
        rest = rest.sliced(at + 1);
        if (rest.isEmpty())
            return Failure::MissingHost;
    }
    const auto failure = hostAndPort(rest);
    return failure == Failure::None ? pathStart() : failure;
}

UrlParser::Outcome UrlParser::hostAndPort(QByteArrayView input)
{
    // Colons inside brackets belong to an IPv6 address.
    qsizetype colon = 0;
    for (bool insideBrackets = false; colon < input.size() && (input[colon] != ':' || insideBrackets); ++colon) {
        if (input[colon] == '[')
            insideBrackets = true;
        else if (input[colon] == ']')
            insideBrackets = false;
    }
    const auto host = input.first(colon);
    if (host.isEmpty() && (m_special || colon < input.size()))
        return Failure::MissingHost;
    const auto parsed = parseHost(host, m_special ? HostKind::Special : HostKind::Opaque);
    if (!parsed)
        return Failure::InvalidHost;
    m_url.host = *parsed;
    m_url.hasHost = true;
    if (colon == input.size())
        return Failure::None;

    const auto digits = input.sliced(colon + 1);
    if (digits.isEmpty())
        return Failure::None;
    int port = 0;
    for (const char c : digits) {
        if (!ascii::isDigit(c))
            return Failure::InvalidPort;
        port = port * 10 + (c - '0');
        if (port > 65535)
            return Failure::InvalidPort;
    }
    if (defaultPort(m_url.scheme) != quint16(port))
        m_url.port = quint16(port);
    return Failure::None;
}

UrlParser::Outcome UrlParser::file()
{
    m_url.scheme = "file";
    m_special = true;
    m_url.hasHost = true;
    if (atSlash())
        return fileSlash();
    if (!m_base || m_base->scheme != "file")
        return path();
    m_url.host = m_base->host;
    copyPathFromBase();
    if (atEnd() || current() == '?' || current() == '#')
        return queryAndFragment();
    m_url.query.reset();
    if (startsWithWindowsDriveLetter(remaining()))
        m_url.path.clear();
    else
        shortenPath();
    return path();
}

UrlParser::Outcome UrlParser::fileSlash()
{
    ++m_at;
    if (atSlash()) {
        ++m_at;
        return fileHost();
    }
    if (m_base && m_base->scheme == "file") {
        m_url.host = m_base->host;
        const auto first = m_base->path.mid(1).split('/').first();
        if (!startsWithWindowsDriveLetter(remaining()) && isNormalizedWindowsDriveLetter(first))
            m_url.path.append('/').append(first);
    }
    return path();
}

UrlParser::Outcome UrlParser::fileHost()
{
    const auto start = m_at;
    const auto host = takeSegment();
    if (isWindowsDriveLetter(host)) {
        m_at = start;
        return path();
    }
    if (!host.isEmpty()) {
        const auto parsed = parseHost(host, HostKind::Special);
        if (!parsed)
            return Failure::InvalidHost;
        if (*parsed != "localhost")
            m_url.host = *parsed;
    }
    return pathStart();
}

UrlParser::Outcome UrlParser::pathStart()
{
    if (!m_special && (atEnd() || current() == '?' || current() == '#'))
        return queryAndFragment();
    if (atSlash())
        ++m_at;
    return path();
}

UrlParser::Outcome UrlParser::path()
{
    m_url.path.reserve(m_url.path.size() + m_input.size() - m_at + 1);
    for (;;) {
        const auto segment = takeSegment();
        const bool slashFollows = atSlash();
        const bool doubleDot = isDotSegment(segment, 2);
        if (doubleDot)
            shortenPath();
        if (doubleDot || isDotSegment(segment, 1)) {
            // "a/.." names the directory, so its trailing slash stays.
            if (!slashFollows)
                m_url.path.append('/');
        } else {
            const bool isDrive = m_url.scheme == "file" && m_url.path.isEmpty() && isWindowsDriveLetter(segment);
            m_url.path.append('/');
            appendPercentEncoded(m_url.path, segment, PercentEncodeSet::Path);
            if (isDrive)
                m_url.path.back() = ':';
        }
        if (!slashFollows)
            return queryAndFragment();
        ++m_at;
    }
}

UrlParser::Outcome UrlParser::opaquePath()
{
    m_url.opaquePath = true;
    const auto start = m_at;
    while (!atEnd() && current() != '?' && current() != '#')
        ++m_at;
    m_url.path = percentEncoded(m_input.sliced(start, m_at - start), PercentEncodeSet::C0Control);
    // A space right before the query or fragment would be lost if those were removed later.
    if (!atEnd() && m_url.path.endsWith(' '))
        m_url.path.replace(m_url.path.size() - 1, 1, "%20");
    return queryAndFragment();
}

UrlParser::Outcome UrlParser::queryAndFragment()
{
    if (current() == '?') {
        const auto start = ++m_at;
        while (!atEnd() && current() != '#')
            ++m_at;
        m_url.query = percentEncoded(m_input.sliced(start, m_at - start),
                                       m_special ? PercentEncodeSet::SpecialQuery : PercentEncodeSet::Query);
    }
    if (current() == '#')
        m_url.fragment = percentEncoded(remaining().sliced(1), PercentEncodeSet::Fragment);
    return Failure::None;
}

QByteArrayView UrlParser::takeSegment()
{
    const auto start = m_at;
    while (!atEnd() && !isSlash(current()) && current() != '?' && current() != '#')
        ++m_at;
    return m_input.sliced(start, m_at - start);
}

void UrlParser::shortenPath()
{
    if (m_url.scheme == "file" && m_url.path.startsWith('/')
        && isNormalizedWindowsDriveLetter(QByteArrayView(m_url.path).sliced(1)))
        return;
    m_url.path.truncate(std::max<qsizetype>(0, m_url.path.lastIndexOf('/')));
}

void UrlParser::copyAuthorityFromBase()
{
    m_url.username = m_base->username;
    m_url.password = m_base->password;
    m_url.host = m_base->host;
    m_url.hasHost = m_base->hasHost;
    m_url.port = m_base->port;
}

void UrlParser::copyPathFromBase()
{
    m_url.path = m_base->path;
    m_url.query = m_base->query;
}

InputError UrlParser::error(Failure failure) const
{
    QString expected;
    switch (failure) {
    case Failure::MissingScheme:
        expected = QCoreApplication::translate("Url", "an absolute URL such as https://api.example.com/");
        break;
    case Failure::RelativeToOpaqueBase:
        expected = QCoreApplication::translate("Url", "an absolute URL, because the base URL has no path");
        break;
    case Failure::MissingHost:
        expected = QCoreApplication::translate("Url", "a URL with a host");
        break;
    case Failure::InvalidHost:
        expected = QCoreApplication::translate("Url", "a URL with a valid host name or IP address");
        break;
    case Failure::InvalidPort:
        expected = QCoreApplication::translate("Url", "a URL with a port from 0 to 65535");
        break;
    case Failure::None:
        Q_UNREACHABLE();
    }
    return {QString(), expected, u'"' + QString::fromUtf8(m_original) + u'"'};
}

} // namespace corscope

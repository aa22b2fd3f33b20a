#include "core/url/UrlParser.h"

#include "core/base/Ascii.h"
#include "core/url/Host.h"
#include "core/url/PercentEncoding.h"

#include <QCoreApplication>
#include <algorithm>

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

static QByteArray cleanedInput(QByteArrayView input)
{
    const auto isBlank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!input.isEmpty() && isBlank(input.front()))
        input = input.sliced(1);
    while (!input.isEmpty() && isBlank(input.back()))
        input.chop(1);
    if (std::all_of(input.begin(), input.end(), [](char c) { return c >= 0x20 && c < 0x7f; }))
        return input.toByteArray();
    // Through text once, so that bytes that are not UTF-8 become U+FFFD.
    auto result = QString::fromUtf8(input).toUtf8();
    result.removeIf([](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    return result;
}

UrlParser::UrlParser(QByteArrayView input, const Url* base)
    : m_original(input.toByteArray()), m_input(cleanedInput(input)), m_base(base)
{
}

Result<Url> UrlParser::run()
{
    if (const auto failure = schemeStart(); failure != Failure::None)
        return error(failure);
    if (!m_url.m_opaquePath) {
        for (const auto& segment : m_path)
            m_url.m_path += '/' + segment;
    }
    return m_url;
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

    m_url.m_scheme = ascii::lowered(m_input.left(end));
    m_special = isSpecialScheme(m_url.m_scheme);
    m_at = end + 1;
    if (m_url.m_scheme == "file")
        return file();
    if (m_special) {
        if (m_base && m_base->m_scheme == m_url.m_scheme && !remaining().startsWith("//"))
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
    m_url.m_scheme = m_base->m_scheme;
    m_special = isSpecialScheme(m_url.m_scheme);
    if (m_base->m_opaquePath) {
        if (current() != '#')
            return Failure::RelativeToOpaqueBase;
        m_url.m_opaquePath = true;
        m_url.m_path = m_base->m_path;
        m_url.m_query = m_base->m_query;
        return queryAndFragment();
    }
    return m_base->m_scheme == "file" ? file() : relative();
}

UrlParser::Outcome UrlParser::relative()
{
    if (atSlash())
        return relativeSlash();
    copyAuthorityFromBase();
    copyPathFromBase();
    if (atEnd() || current() == '?' || current() == '#')
        return queryAndFragment();
    m_url.m_query.reset();
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
        m_url.m_username = percentEncoded(colon < 0 ? credentials : credentials.first(colon), PercentEncodeSet::Userinfo);
        if (colon >= 0)
            m_url.m_password = percentEncoded(credentials.sliced(colon + 1), PercentEncodeSet::Userinfo);
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
    m_url.m_host = *parsed;
    m_url.m_hasHost = true;
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
    if (defaultPort(m_url.m_scheme) != quint16(port))
        m_url.m_port = quint16(port);
    return Failure::None;
}

UrlParser::Outcome UrlParser::file()
{
    m_url.m_scheme = "file";
    m_special = true;
    m_url.m_hasHost = true;
    if (atSlash())
        return fileSlash();
    if (!m_base || m_base->m_scheme != "file")
        return path();
    m_url.m_host = m_base->m_host;
    copyPathFromBase();
    if (atEnd() || current() == '?' || current() == '#')
        return queryAndFragment();
    m_url.m_query.reset();
    if (startsWithWindowsDriveLetter(remaining()))
        m_path.clear();
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
    if (m_base && m_base->m_scheme == "file") {
        m_url.m_host = m_base->m_host;
        const auto first = m_base->m_path.mid(1).split('/').first();
        if (!startsWithWindowsDriveLetter(remaining()) && isNormalizedWindowsDriveLetter(first))
            m_path.append(first);
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
            m_url.m_host = *parsed;
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
    for (;;) {
        auto segment = percentEncoded(takeSegment(), PercentEncodeSet::Path);
        const bool slashFollows = atSlash();
        const bool doubleDot = isDotSegment(segment, 2);
        if (doubleDot)
            shortenPath();
        if (doubleDot || isDotSegment(segment, 1)) {
            // "a/.." names the directory, so its trailing slash stays.
            if (!slashFollows)
                m_path.append(QByteArray());
        } else {
            if (m_url.m_scheme == "file" && m_path.isEmpty() && isWindowsDriveLetter(segment))
                segment[1] = ':';
            m_path.append(segment);
        }
        if (!slashFollows)
            return queryAndFragment();
        ++m_at;
    }
}

UrlParser::Outcome UrlParser::opaquePath()
{
    m_url.m_opaquePath = true;
    const auto start = m_at;
    while (!atEnd() && current() != '?' && current() != '#')
        ++m_at;
    m_url.m_path = percentEncoded(QByteArrayView(m_input).sliced(start, m_at - start), PercentEncodeSet::C0Control);
    // A space right before the query or fragment would be lost if those were removed later.
    if (!atEnd() && m_url.m_path.endsWith(' '))
        m_url.m_path.replace(m_url.m_path.size() - 1, 1, "%20");
    return queryAndFragment();
}

UrlParser::Outcome UrlParser::queryAndFragment()
{
    if (current() == '?') {
        const auto start = ++m_at;
        while (!atEnd() && current() != '#')
            ++m_at;
        m_url.m_query = percentEncoded(QByteArrayView(m_input).sliced(start, m_at - start),
                                       m_special ? PercentEncodeSet::SpecialQuery : PercentEncodeSet::Query);
    }
    if (current() == '#')
        m_url.m_fragment = percentEncoded(remaining().sliced(1), PercentEncodeSet::Fragment);
    return Failure::None;
}

QByteArrayView UrlParser::takeSegment()
{
    const auto start = m_at;
    while (!atEnd() && !isSlash(current()) && current() != '?' && current() != '#')
        ++m_at;
    return QByteArrayView(m_input).sliced(start, m_at - start);
}

void UrlParser::shortenPath()
{
    if (m_url.m_scheme == "file" && m_path.size() == 1 && isNormalizedWindowsDriveLetter(m_path.first()))
        return;
    if (!m_path.isEmpty())
        m_path.removeLast();
}

void UrlParser::copyAuthorityFromBase()
{
    m_url.m_username = m_base->m_username;
    m_url.m_password = m_base->m_password;
    m_url.m_host = m_base->m_host;
    m_url.m_hasHost = m_base->m_hasHost;
    m_url.m_port = m_base->m_port;
}

void UrlParser::copyPathFromBase()
{
    if (!m_base->m_path.isEmpty())
        m_path = m_base->m_path.mid(1).split('/');
    m_url.m_query = m_base->m_query;
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

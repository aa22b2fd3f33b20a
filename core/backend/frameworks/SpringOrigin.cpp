#include "core/backend/frameworks/SpringOrigin.h"

#include "core/backend/frameworks/ServletRequest.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope::spring {

namespace {

bool isHexDigit(char c) { return ascii::isDigit(c) || (ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'f'); }

bool isUnreservedOrSubDelimiter(char c)
{
    return ascii::isAlphanumeric(c) || QByteArrayView("-._~!$&'()*+,;=").contains(c);
}

/// Each % with two hexadecimal digits behind it; elsewhere what `plain` allows.
template<typename Plain>
bool isEncoded(QByteArrayView text, Plain plain)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            if (!plain(text[i]))
                return false;
            continue;
        }
        if (i + 2 >= text.size() || !isHexDigit(text[i + 1]) || !isHexDigit(text[i + 2]))
            return false;
        i += 2;
    }
    return true;
}

bool isAuthority(QByteArrayView text)
{
    auto host = text.sliced(text.lastIndexOf('@') + 1);
    const auto user = text.first(std::max(text.lastIndexOf('@'), qsizetype(0)));
    if (!isEncoded(user, [](char c) { return isUnreservedOrSubDelimiter(c) || c == ':'; }))
        return false;
    if (host.startsWith('[')) {
        const auto end = host.indexOf(']');
        const auto inside = host.sliced(1, std::max(end - 1, qsizetype(0)));
        if (end < 0 || !std::all_of(inside.begin(), inside.end(), [](char c) { return isHexDigit(c) || c == ':'; }))
            return false;
        host = host.sliced(end + 1);
        if (!host.startsWith(':')) // what follows is taken for a path
            return true;
    }
    const auto colon = host.indexOf(':');
    const auto port = colon < 0 ? QByteArrayView() : host.sliced(colon + 1);
    return isEncoded(colon < 0 ? host : host.first(colon), isUnreservedOrSubDelimiter)
        && std::all_of(port.begin(), port.end(), [](char c) { return ascii::isDigit(c); });
}

/// A whole text as an expression that stands for itself, its `*` for any text on one line.
QString starsAsWildcards(const QByteArray& text)
{
    QStringList parts;
    for (const auto& part : QString::fromUtf8(text).split(u'*'))
        parts.append(QRegularExpression::escape(part));
    return parts.join(QStringLiteral(".*"));
}

QRegularExpression anchored(const QString& pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

QString segmentExpression(const QString& segment)
{
    static const QRegularExpression wildcard(QStringLiteral(R"(\?|\*|\{([^/{}]+)\})"));
    QString result;
    qsizetype at = 0;
    for (auto it = wildcard.globalMatch(segment); it.hasNext();) {
        const auto match = it.next();
        result += QRegularExpression::escape(segment.mid(at, match.capturedStart() - at));
        const auto name = match.captured(1);
        const auto colon = name.indexOf(u':');
        result += match.captured() == u"?" ? QStringLiteral("[^/]")
            : colon >= 0                   ? QString(u'(' + name.mid(colon + 1) + u')')
                                           : QStringLiteral("[^/]*");
        at = match.capturedEnd();
    }
    return result + QRegularExpression::escape(segment.mid(at));
}

} // namespace

OriginParts originParts(const QByteArray& origin)
{
    static const QRegularExpression expression(
        QStringLiteral(
            R"(^(?:([^:/?#]+):)?(?://(?:[^@\[/?#]*@)?(\[[0-9A-Fa-f:.]*\]|[^\[/?#:]*)(?::(\d*))?)?.*$)"),
        QRegularExpression::DotMatchesEverythingOption);
    const auto match = expression.match(QString::fromLatin1(origin));
    const auto part = [&](int number) {
        return match.capturedStart(number) < 0 ? std::nullopt : std::optional(match.captured(number).toLatin1());
    };
    OriginParts parts{part(1), part(2), -1};
    if (const auto port = part(3); port && !port->isEmpty())
        parts.port = port->toInt();
    return parts;
}

bool isMalformedOrigin(const QByteArray& origin)
{
    QByteArrayView rest(origin);
    const auto schemeEnd =
        std::find_if(rest.begin(), rest.end(), [](char c) { return QByteArrayView(":/;?#%").contains(c); })
        - rest.begin();
    const bool hasScheme =
        schemeEnd > 0 && schemeEnd < rest.size() && rest[schemeEnd] == ':' && rest[0] != '.' && rest[0] != '*';
    if (hasScheme)
        rest = rest.sliced(schemeEnd + 1);
    if (rest.startsWith('*') && rest.size() > 1)
        return true;
    qsizetype pathStart = 0;
    if (rest.startsWith("//")) {
        const auto authority = rest.sliced(2);
        const auto end =
            std::find_if(authority.begin(), authority.end(), [](char c) { return QByteArrayView("/?#").contains(c); });
        if (!isAuthority(authority.first(end - authority.begin())))
            return true;
        pathStart = 2 + (end - authority.begin());
    }
    const auto path = rest.sliced(pathStart);
    const auto pathEnd =
        std::find_if(path.begin(), path.end(), [](char c) { return QByteArrayView("?#").contains(c); });
    return !isEncoded(path.first(pathEnd - path.begin()), [](char) { return true; });
}

OriginPattern::OriginPattern(const QByteArray& declared) : m_any(declared == "*")
{
    static const QRegularExpression withPorts = anchored(QStringLiteral(R"((.*):\[(\*|\d+(,\d+)*)\])"));
    const auto match = withPorts.match(QString::fromUtf8(declared));
    if (!match.hasMatch()) {
        m_expression = anchored(starsAsWildcards(declared));
        return;
    }
    auto ports = match.captured(2);
    m_expression = anchored(starsAsWildcards(match.captured(1).toUtf8())
                            + (ports == u"*" ? QStringLiteral("(:\\d+)?")
                                             : QString(QStringLiteral(":(") + ports.replace(u',', u'|') + u')')));
}

bool OriginPattern::matches(const QByteArray& origin) const
{
    return m_any || m_expression.match(QString::fromUtf8(origin)).hasMatch();
}

QByteArray withoutTrailingSlash(const QByteArray& origin) { return origin.endsWith('/') ? origin.chopped(1) : origin; }

QList<QByteArray> splitOrigins(const QByteArray& entry)
{
    if (!entry.contains(','))
        return {withoutTrailingSlash(entry)};
    QList<QByteArray> items;
    qsizetype start = 0;
    bool inPorts = false;
    const auto take = [&](qsizetype end) {
        items.append(withoutTrailingSlash(servlet::trimmed(entry.mid(start, end - start))));
        start = end + 1;
    };
    for (qsizetype i = 0; i < entry.size(); ++i) {
        if (entry[i] == '[' || entry[i] == ']')
            inPorts = entry[i] == '[';
        else if (entry[i] == ',' && !inPorts)
            take(i);
    }
    if (start < entry.size())
        take(entry.size());
    return items;
}

PathPattern::PathPattern(const QByteArray& pattern)
{
    QString expression;
    for (const auto& segment : QString::fromUtf8(pattern).split(u'/', Qt::SkipEmptyParts))
        expression += segment == u"**" ? QStringLiteral("(?:/[^/]*)*") : QString(u'/' + segmentExpression(segment));
    if (pattern.endsWith('/'))
        expression += u'/';
    m_expression = anchored(expression);
}

} // namespace corscope::spring

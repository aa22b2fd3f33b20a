#pragma once

#include <QByteArray>
#include <QRegularExpression>
#include <optional>
#include <vector>

namespace corscope::spring {

/// What Spring's UriComponentsBuilder finds in an Origin header.
struct OriginParts
{
    std::optional<QByteArray> scheme;
    std::optional<QByteArray> host;
    int port = -1; ///< -1 where none is named
};
OriginParts originParts(const QByteArray& origin);

/// Whether the parser after RFC 3986, which Spring has since 6.2, gives up on the text. It is strict about host and
/// port, and about little else.
bool isMalformedOrigin(const QByteArray& origin);

/// An entry of allowedOriginPatterns: `*` is any text, `:[8080,8081]` and `:[*]` at the end are ports.
class OriginPattern
{
public:
    explicit OriginPattern(const QByteArray& declared);
    bool matches(const QByteArray& origin) const;

private:
    bool m_any;
    QRegularExpression m_expression;
};

/// The items of one entry: commas divide, except within the brackets of ports. A slash at the end is taken off.
QList<QByteArray> splitOrigins(const QByteArray& entry);
QByteArray withoutTrailingSlash(const QByteArray& origin);

/// Whether a path fits a pattern in Ant's style: `?`, `*`, `**` and `{name}`.
class PathPattern
{
public:
    explicit PathPattern(const QByteArray& pattern);
    bool isValid() const { return m_expression.isValid(); }
    bool matches(const QByteArray& path) const { return m_expression.match(QString::fromUtf8(path)).hasMatch(); }

private:
    QRegularExpression m_expression;
};

} // namespace corscope::spring

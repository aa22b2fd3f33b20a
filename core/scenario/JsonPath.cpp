#include "core/scenario/JsonPath.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace corscope {

std::optional<JsonPath> JsonPath::parse(const QString& text)
{
    static const QRegularExpression segment(QStringLiteral(
        "\\G(?:(?<=^|\\.)([^.\\[\\]]+)|\\[(\\d{1,6})\\]|\\[\"((?:[^\"\\\\]|\\\\.)+)\"\\])(\\.(?=[^.\\[\\]])|(?=\\[)|$)"));
    static const QRegularExpression escaped(QStringLiteral("\\\\(.)"));
    JsonPath path;
    qsizetype at = 0;
    while (at < text.size() || path.m_segments.empty()) {
        const auto match = segment.match(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        if (match.capturedLength(1) > 0)
            path.m_segments.push_back(match.captured(1));
        else if (match.capturedLength(3) > 0)
            path.m_segments.push_back(match.captured(3).replace(escaped, QStringLiteral("\\1")));
        else
            path.m_segments.push_back(match.captured(2).toInt());
        at = match.capturedEnd();
    }
    return path;
}

QString JsonPath::root() const
{
    const auto* key = std::get_if<QString>(&m_segments.front());
    return key ? *key : QString();
}

std::optional<QJsonValue> JsonPath::set(const QJsonValue& whole, const QJsonValue& value) const
{
    return setFrom(0, whole, value);
}

QJsonValue JsonPath::value(const QJsonValue& whole) const
{
    QJsonValue at = whole;
    for (const auto& segment : m_segments) {
        if (const auto* key = std::get_if<QString>(&segment))
            at = at.isObject() ? at.toObject().value(*key) : QJsonValue(QJsonValue::Undefined);
        else if (const int index = std::get<int>(segment); at.isArray() && index < at.toArray().size())
            at = at.toArray().at(index);
        else
            at = QJsonValue(QJsonValue::Undefined);
    }
    return at;
}

std::optional<JsonPath> JsonPath::parent() const
{
    if (m_segments.size() < 2)
        return std::nullopt;
    JsonPath result;
    result.m_segments.assign(m_segments.begin(), m_segments.end() - 1);
    return result;
}

bool JsonPath::isInside(const JsonPath& other) const
{
    return m_segments.size() >= other.m_segments.size()
        && std::equal(other.m_segments.begin(), other.m_segments.end(), m_segments.begin());
}

QString JsonPath::member(const QString& path, const QString& key)
{
    static const QRegularExpression special(QStringLiteral("[.\\[\\]]|^$"));
    if (!key.contains(special))
        return path.isEmpty() ? key : QString(path + QLatin1Char('.') + key);
    auto quoted = key;
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return path + QLatin1String("[\"") + quoted + QLatin1String("\"]");
}

QString JsonPath::text() const
{
    QString result;
    for (const auto& segment : m_segments) {
        if (const auto* key = std::get_if<QString>(&segment))
            result = member(result, *key);
        else
            result += QStringLiteral("[%1]").arg(std::get<int>(segment));
    }
    return result;
}

JsonPath JsonPath::joined(const JsonPath& inner, const JsonPath& from) const
{
    JsonPath result = *this;
    result.m_segments.insert(result.m_segments.end(), inner.m_segments.begin() + qsizetype(from.m_segments.size()),
                             inner.m_segments.end());
    return result;
}

std::optional<QJsonValue> JsonPath::setFrom(size_t segment, const QJsonValue& whole, const QJsonValue& value) const
{
    if (segment == m_segments.size())
        return value;
    const bool isLast = segment + 1 == m_segments.size();
    if (const auto* key = std::get_if<QString>(&m_segments[segment])) {
        auto object = whole.toObject();
        if (!whole.isObject() || (!isLast && !object.contains(*key)))
            return std::nullopt;
        const auto inner = setFrom(segment + 1, object.value(*key), value);
        if (!inner)
            return std::nullopt;
        object.insert(*key, *inner);
        return object;
    }
    const int index = std::get<int>(m_segments[segment]);
    auto array = whole.toArray();
    if (!whole.isArray() || index >= array.size())
        return std::nullopt;
    const auto inner = setFrom(segment + 1, array.at(index), value);
    if (!inner)
        return std::nullopt;
    array.replace(index, *inner);
    return array;
}

} // namespace corscope

#include "core/backend/directives/NginxText.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

Result<NginxText, QString> NginxText::parse(const QByteArray& text)
{
    const auto invalid = [&] {
        return QCoreApplication::translate("NginxText", "a name after \"$\" in \"%1\"").arg(QString::fromUtf8(text));
    };
    NginxText result;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] != '$') {
            const auto end = text.indexOf('$', i);
            const auto size = (end < 0 ? text.size() : end) - i;
            result.m_parts.push_back({text.mid(i, size), false});
            i += size;
            continue;
        }
        const bool braces = i + 1 < text.size() && text[i + 1] == '{';
        const auto begin = i + (braces ? 2 : 1);
        auto end = begin;
        if (!braces && begin < text.size() && ascii::isDigit(text[begin]))
            ++end;
        else
            while (end < text.size() && (ascii::isAlphanumeric(text[end]) || text[end] == '_'))
                ++end;
        // A lone "$" at the end of a regular expression or a value stands for itself.
        if (end == begin && !braces && begin == text.size()) {
            result.m_parts.push_back({"$", false});
            break;
        }
        if (end == begin || (braces && (end >= text.size() || text[end] != '}')))
            return invalid();
        result.m_parts.push_back({text.mid(begin, end - begin), true});
        i = end + (braces ? 1 : 0);
    }
    return result;
}

QList<QByteArray> NginxText::variables() const
{
    QList<QByteArray> names;
    for (const auto& part : m_parts)
        if (part.isVariable)
            names.append(part.text);
    return names;
}

QByteArray NginxText::value(const Lookup& variable) const
{
    QByteArray result;
    for (const auto& part : m_parts)
        result += part.isVariable ? variable(part.text) : part.text;
    return result;
}

} // namespace corscope

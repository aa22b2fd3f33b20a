#pragma once

#include "core/base/Ascii.h"

#include <QJsonArray>
#include <QJsonValue>

namespace corscope {

/// What a Python middleware got where it asks for a sequence of strings: a list, or a plain string, which Python takes
/// for a sequence of its characters and searches for substrings.
class PythonSequence
{
public:
    explicit PythonSequence(const QJsonValue& value) : m_isString(value.isString()), m_text(value.toString().toUtf8())
    {
        for (const auto& item : value.toArray())
            m_items.append(item.toString().toUtf8());
        if (m_isString)
            for (const char c : m_text)
                m_items.append(QByteArray(1, c));
        m_joined = ascii::join(m_items, ", ");
    }

    bool isString() const { return m_isString; }
    const QByteArray& text() const { return m_text; }
    /// What iteration gives: the strings of a list, the characters of a string.
    const QList<QByteArray>& items() const { return m_items; }
    /// `value in sequence`
    bool contains(const QByteArray& value) const
    {
        return m_isString ? m_text.contains(value) : m_items.contains(value);
    }
    /// `", ".join(sequence)`
    const QByteArray& joined() const { return m_joined; }

private:
    bool m_isString;
    QByteArray m_text;
    QList<QByteArray> m_items;
    QByteArray m_joined;
};

} // namespace corscope

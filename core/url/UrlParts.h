#pragma once

#include "core/url/Url.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace corscope {

/// ":" and the port, as URLs and origins have it; nothing where there is none.
class PortText
{
public:
    explicit PortText(std::optional<quint16> port)
    {
        if (port)
            m_size = std::to_chars(m_text + 1, m_text + sizeof m_text, *port).ptr - m_text;
    }
    operator QByteArrayView() const { return {m_text, m_size}; }

private:
    char m_text[6] = {':'};
    qsizetype m_size = 0;
};

/// All of them, one behind the other, in one allocation.
inline QByteArray concatenated(std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const auto part : parts)
        size += part.size();
    QByteArray result(size, Qt::Uninitialized);
    char* to = result.data();
    for (const auto part : parts)
        to = std::copy(part.begin(), part.end(), to);
    return result;
}

} // namespace corscope

#pragma once

#include <QByteArray>

#include <charconv>

namespace corscope {

/// Writes ":" and the port, as URLs and origins have it.
inline void appendPort(QByteArray& bytes, quint16 port)
{
    char digits[5];
    const auto end = std::to_chars(digits, digits + sizeof digits, port).ptr;
    bytes.append(':').append(digits, end - digits);
}

} // namespace corscope

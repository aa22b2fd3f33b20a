#pragma once

#include <QByteArray>

#include <charconv>
#include <iterator>

namespace corscope {

/// A whole number as protocols write it. QByteArray::number() does the same by way of a locale, and takes ten times as long.
inline QByteArray decimal(qint64 number)
{
    char digits[20];
    return {digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr - digits};
}

} // namespace corscope

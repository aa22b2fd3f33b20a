#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace corscope {

/// Two byte strings side by side, cut into pieces for display.
struct ByteComparison
{
    enum class Piece { Same, Differing, First }; ///< First: the first byte that differs
    struct Part
    {
        Piece piece = Piece::Same;
        QString text; ///< readable: invisible bytes have a visible form
        bool operator==(const Part&) const = default;
    };
    QList<Part> value;
    QList<Part> other;
    qsizetype firstDifference = -1; ///< byte offset; -1 where they are equal
};

/// A place after the end of the shorter string counts as a difference, and is shown as an end mark.
ByteComparison compareBytes(QByteArrayView value, QByteArrayView other);

/// Bytes as people can read them: a space at either end, tabs, control characters and bytes that are not UTF-8 get a
/// visible form.
QString visibleBytes(QByteArrayView bytes);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QString>

namespace corscope {

/// A file of the user's, as it was when it was last read or written: so that a change by others is noticed.
struct KnownFile
{
    enum class State { AsKnown, Changed, Gone };

    QString path;      ///< absolute; empty: none
    QByteArray digest; ///< SHA-256 of its bytes, in hexadecimal

    static KnownFile of(const QString& path, const QByteArray& bytes);
    State state() const; ///< as the file is at this moment
    bool operator==(const KnownFile&) const = default;
};

} // namespace corscope

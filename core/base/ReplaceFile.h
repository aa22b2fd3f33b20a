#pragma once

#include <QByteArray>
#include <QString>

namespace corscope {

/// Writes a file in one piece: whoever reads it finds the old content or the new, and where it fails, as on a full disk,
/// the old one.
/// \returns the system's complaint; empty where there is none.
QString replaceFile(const QString& path, const QByteArray& bytes);

} // namespace corscope

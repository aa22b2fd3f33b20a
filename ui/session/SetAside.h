#pragma once

#include <QString>

namespace corscope {

/// Renames a file that cannot be read, so that a new one can take its place and nothing is lost.
/// \returns its new path; empty where it could not be renamed.
QString setAside(const QString& path);

} // namespace corscope

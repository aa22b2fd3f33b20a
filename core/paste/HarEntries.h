#pragma once

#include "core/base/Result.h"

#include <QIODevice>
#include <QJsonObject>

#include <functional>

namespace corscope::paste {

/// Reads the entries of a HAR file one after the other, without keeping the file: memory for one entry, whose long strings
/// (bodies) are cut. \param entry is told each of them; \returns false to stop.
Result<Done> readHarEntries(QIODevice& device, const std::function<bool(const QJsonObject& entry)>& entry);

} // namespace corscope::paste

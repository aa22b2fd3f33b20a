#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace corscope {

/// A key that stands twice in one object.
struct DuplicateKey
{
    QString path; ///< of the value: "servers[0].origin"
    qsizetype offset = 0; ///< where it stands the second time
};

/// The first such key; QJsonDocument would take the last value without a word.
/// \param json valid JSON
std::optional<DuplicateKey> findDuplicateKey(const QByteArray& json);

} // namespace corscope

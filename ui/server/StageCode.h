#pragma once

#include "core/backend/ServerConfig.h"

#include <QHash>
#include <QString>

namespace corscope {

/// A stage as its user writes it in the framework's own language.
struct StageCode
{
    QString text;                    ///< empty where there is no code to write
    QHash<QByteArray, int> lineOf;   ///< from an option's name to its line, from 0
};
StageCode stageCode(const StageConfig& stage);

} // namespace corscope

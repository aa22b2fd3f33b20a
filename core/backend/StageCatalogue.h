#pragma once

#include "core/backend/Stage.h"
#include "core/base/Result.h"

namespace corscope {

struct FrameworkDescription;

/// Settings of one stage, checked against its description: every option is there, with its default where the user
/// said nothing.
struct StageSettings
{
    QByteArray version; ///< of the framework, never empty where it has versions
    QJsonObject values;
    QString title; ///< the stage's title from its description
};

/// Makes the stage of a pipeline link. Errors carry a JSON path relative to the link ("settings.allow_origins[1]").
Result<std::shared_ptr<const Stage>> makeStage(const StageConfig& config);

/// What can be put into a pipeline, in the order in which it is offered.
std::vector<const FrameworkDescription*> stageDescriptions();
/// A fresh link of that kind, with nothing set but what it refuses to be without.
StageConfig freshStage(const FrameworkDescription& description);

} // namespace corscope

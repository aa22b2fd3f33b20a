#pragma once

#include "core/backend/FrameworkDescription.h"
#include "core/backend/ServerConfig.h"

#include <QString>

namespace corscope {

/// The description of a stage's options; null where there is none.
const FrameworkDescription* descriptionOf(const StageConfig& stage);
/// What the stage is called in a list: "CORSMiddleware".
QString stageTitle(const StageConfig& stage);

/// A stage as its user writes it in the framework's own language; empty where there is no code to write.
QString stageCode(const StageConfig& stage);

/// Where an option is set in code that somebody wrote; -1 where it is not. Lines count from 0.
int lineOfOption(const FrameworkDescription& description, const QString& code, const QByteArray& option);
/// The option that is set at a line, or that has its value there; empty where there is none.
QByteArray optionAtLine(const FrameworkDescription& description, const QString& code, int line);

/// A place in a text that an error names: "line 5", "settings.config: line 2, column 7". Counts from 1; 0 where it says
/// nothing.
struct TextPlace
{
    int line = 0;
    int column = 0;
};
TextPlace placeIn(const InputError& error);
/// The words in quotes, or the last word, of what was found: what to underline.
QString offendingText(const InputError& error);

} // namespace corscope

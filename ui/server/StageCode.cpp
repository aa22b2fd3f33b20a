#include "ui/server/StageCode.h"

#include "core/backend/code/FrameworkCode.h"
#include "ui/server/SettingsForm.h"

namespace corscope {

StageCode stageCode(const StageConfig& stage)
{
    StageCode code;
    const auto* description = descriptionOf(stage);
    if (!description)
        return code;
    const auto lines = writtenCode(*description, stage.settings);
    code.text = QString::fromUtf8(codeText(lines)).trimmed();
    for (size_t i = 0; i < lines.size(); ++i)
        if (!lines[i].option.isEmpty())
            code.lineOf.insert(lines[i].option, int(i));
    return code;
}

} // namespace corscope

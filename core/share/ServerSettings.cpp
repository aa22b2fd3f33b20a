#include "core/share/ServerSettings.h"

#include "core/backend/code/FrameworkCode.h"

#include <QJsonDocument>

namespace corscope::share {

namespace {

QByteArray fenceLanguage(const QByteArray& language)
{
    return language == "web.xml" ? QByteArray("xml") : language;
}

} // namespace

std::vector<StageText> serverStages(const ServerConfig& server)
{
    std::vector<StageText> stages;
    for (const auto& stage : server.pipeline) {
        const auto id = stage.framework.isEmpty() ? stage.kind : stage.framework;
        const auto* description = findFrameworkDescription(id);
        StageText text;
        text.title = description ? description->title : QString::fromUtf8(id);
        if (!stage.version.isEmpty())
            text.title += QLatin1Char(' ') + QString::fromUtf8(stage.version);
        text.enabled = stage.enabled;
        if (description)
            text.code = codeText(writtenCode(*description, stage.settings)).trimmed();
        text.language = description && !text.code.isEmpty() ? fenceLanguage(description->code.language) : QByteArray();
        if (text.code.isEmpty()) {
            // A server that is set up by directives has their text for its only setting.
            const auto config = stage.settings.value(QLatin1String("config")).toString();
            text.language = config.isEmpty() ? QByteArray("json") : QByteArray("text");
            text.code = config.isEmpty() ? QJsonDocument(stage.settings).toJson().trimmed() : config.toUtf8().trimmed();
        }
        stages.push_back(text);
    }
    return stages;
}

} // namespace corscope::share

#include "core/backend/StageCatalogue.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/frameworks/AiohttpCors.h"
#include "core/backend/frameworks/Apache.h"
#include "core/backend/frameworks/Caddy.h"
#include "core/backend/frameworks/DjangoCors.h"
#include "core/backend/frameworks/EchoCors.h"
#include "core/backend/frameworks/ExpressCors.h"
#include "core/backend/frameworks/FalconCors.h"
#include "core/backend/frameworks/FastifyCors.h"
#include "core/backend/frameworks/FlaskCors.h"
#include "core/backend/frameworks/GinCors.h"
#include "core/backend/frameworks/GorillaCors.h"
#include "core/backend/frameworks/H3Cors.h"
#include "core/backend/frameworks/HapiCors.h"
#include "core/backend/frameworks/Haproxy.h"
#include "core/backend/frameworks/HonoCors.h"
#include "core/backend/frameworks/JettyCors.h"
#include "core/backend/frameworks/Jub0bsCors.h"
#include "core/backend/frameworks/KoaCors.h"
#include "core/backend/frameworks/MicroCors.h"
#include "core/backend/frameworks/MiddyCors.h"
#include "core/backend/frameworks/Nginx.h"
#include "core/backend/frameworks/PhpCors.h"
#include "core/backend/frameworks/PhpHeaders.h"
#include "core/backend/frameworks/RackCors.h"
#include "core/backend/frameworks/RsCors.h"
#include "core/backend/frameworks/SpringCors.h"
#include "core/backend/frameworks/Starlette.h"
#include "core/backend/frameworks/TomcatCors.h"
#include "core/backend/stages/Auth.h"
#include "core/backend/stages/ErrorHandler.h"
#include "core/backend/stages/Fault.h"
#include "core/backend/stages/OptionsAnswer.h"
#include "core/backend/stages/RawHeaders.h"
#include "core/backend/stages/Redirect.h"
#include "core/backend/stages/ReverseProxy.h"
#include "core/backend/stages/SharedCache.h"

#include <QCoreApplication>

namespace corscope {

namespace {

using Factory = Result<std::shared_ptr<const Stage>> (*)(const StageSettings&);

/// Every stage the pipeline knows, by the id of its description. A new framework or stage is one line here.
constexpr struct
{
    const char* id;
    Factory make;
} catalogue[] = {
    {"fastapi", makeStarlette},
    {"express", makeExpressCors},
    {"flask", makeFlaskCors},
    {"rs-cors", makeRsCors},
    {"django", makeDjangoCors}, {"aiohttp", makeAiohttpCors}, {"falcon", makeFalconCors},
    {"rack-cors", makeRackCors}, {"laravel", makePhpCors}, {"php", makePhpHeaders},
    {"chi-cors", makeChiCors}, {"gin-cors", makeGinCors}, {"echo-cors", makeEchoCors},
    {"gorilla-cors", makeGorillaCors}, {"jub0bs-cors", makeJub0bsCors}, {"jetty", makeJettyCors},
    {"spring", makeSpringCors}, {"tomcat", makeTomcatCors},
    {"fastify", makeFastifyCors}, {"koa", makeKoaCors}, {"hono", makeHonoCors}, {"hapi", makeHapiCors},
    {"h3", makeH3Cors}, {"middy", makeMiddyCors}, {"micro-cors", makeMicroCors},
    {"nginx", makeNginx},
    {"apache", makeApache},
    {"haproxy", makeHaproxy},
    {"caddy", makeCaddy},
    {"raw-headers", makeRawHeaders},
    {"auth", makeAuth},
    {"error-handler", makeErrorHandler},
    {"reverse-proxy", makeReverseProxy},
    {"https-redirect", makeHttpsRedirect},
    {"trailing-slash-redirect", makeTrailingSlashRedirect},
    {"options-answer", makeOptionsAnswer},
    {"shared-cache", makeSharedCache},
    {"fault", makeFault},
};

QString tr(const char* text) { return QCoreApplication::translate("StageCatalogue", text); }

/// What could have been written instead, for an error.
QString knownIds(bool frameworks)
{
    QStringList ids;
    if (!frameworks)
        ids.append(QStringLiteral("cors"));
    for (const auto& entry : catalogue) {
        const auto* description = findFrameworkDescription(entry.id);
        if (description && (description->kind == "cors") == frameworks)
            ids.append(QLatin1String(entry.id));
    }
    return ids.join(QStringLiteral(", "));
}

} // namespace

Result<std::shared_ptr<const Stage>> makeStage(const StageConfig& config)
{
    const bool cors = config.kind == "cors";
    const auto id = cors ? config.framework : config.kind;
    const auto unknown = [&] {
        return InputError{cors ? QStringLiteral("framework") : QStringLiteral("kind"),
                          tr("one of %1").arg(knownIds(cors)), QStringLiteral("\"%1\"").arg(QString::fromUtf8(id))};
    };
    const auto* description = findFrameworkDescription(id);
    if (!description || (description->kind == "cors") != cors)
        return unknown();
    const auto entry =
        std::find_if(std::begin(catalogue), std::end(catalogue), [&](const auto& e) { return id == e.id; });
    if (entry == std::end(catalogue))
        return unknown();

    const auto version = config.version.isEmpty() ? description->defaultVersion : config.version;
    if (version != description->defaultVersion && !description->versions.contains(version))
        return InputError{QStringLiteral("version"),
                          description->versions.isEmpty()
                              ? tr("nothing, this stage has no versions")
                              : tr("one of %1").arg(QString::fromLatin1(description->versions.join(", "))),
                          QStringLiteral("\"%1\"").arg(QString::fromUtf8(version))};

    const auto inSettings = [](InputError error) {
        error.where.prepend(QStringLiteral("settings."));
        return error;
    };
    auto values = description->completed(config.settings, version);
    if (!values)
        return inSettings(values.error());
    auto stage = entry->make({version, *values, description->stageTitle});
    if (!stage)
        return inSettings(stage.error());
    return stage;
}

std::vector<const FrameworkDescription*> stageDescriptions()
{
    std::vector<const FrameworkDescription*> descriptions;
    for (const auto& entry : catalogue)
        if (const auto* description = findFrameworkDescription(entry.id))
            descriptions.push_back(description);
    return descriptions;
}

StageConfig freshStage(const FrameworkDescription& description)
{
    if (description.kind == "cors")
        return {"cors", description.id, {}, true, description.fresh};
    return {description.id, {}, {}, true, description.fresh};
}

} // namespace corscope

#include "core/advise/OptionList.h"
#include "core/advise/Remedies.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "core/url/Url.h"

#include <QCoreApplication>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("PipelineRemedies", text); }

static const FrameworkDescription* descriptionOf(const StageConfig& stage)
{
    return findFrameworkDescription(stage.kind == "cors" ? stage.framework : stage.kind);
}

static QString titleOf(const StageConfig& stage)
{
    const auto* description = descriptionOf(stage);
    return description ? description->stageTitle : QString::fromUtf8(stage.kind);
}

static Remedy enabling(const Situation& at, int stage, bool enabled)
{
    const auto title = titleOf(at.serverConfig().pipeline[size_t(stage)]);
    return {enabled ? tr("Switch %1 on").arg(title) : tr("Switch %1 off").arg(title),
            enabled ? cost::correct : cost::relax, Who::Server,
            [place = StagePlace(at.state, at.server, stage), enabled](Scenario& s) {
                if (auto* stage = place.in(s))
                    stage->enabled = enabled;
            }};
}

static Remedy moving(const Situation& at, int from, int to)
{
    const auto& pipeline = at.serverConfig().pipeline;
    return {tr("Move %1 in front of %2").arg(titleOf(pipeline[size_t(from)]), titleOf(pipeline[size_t(to)])),
            cost::reorder, Who::Server,
            [server = size_t(at.server), from, to, place = StagePlace(at.state, at.server, from)](Scenario& s) {
                if (!place.in(s))
                    return;
                auto& stages = s.servers[server].pipeline;
                const auto stage = stages[size_t(from)];
                stages.erase(stages.begin() + from);
                stages.insert(stages.begin() + to, stage);
            },
            tr("Whatever stands in front may answer by itself, and those answers never see the headers.")};
}

static Remedy inserting(const Situation& at, const FrameworkDescription& description)
{
    return {tr("Put %1 in front").arg(description.stageTitle), cost::add, Who::Server,
            [server = size_t(at.server), stage = freshStage(description)](Scenario& s) {
                auto& stages = s.servers[server].pipeline;
                stages.insert(stages.begin(), stage);
            },
            tr("Nothing on the server answers for CORS yet.")};
}

/// Where a middleware leaves preflights to the application, that has to answer them.
static Remedy answeringPreflight(const Situation& at)
{
    RouteConfig route;
    route.method = "OPTIONS";
    const auto url = Url::parse(at.url);
    route.path = url.ok() ? url->path() : QByteArray("/");
    route.status = 204;
    return {tr("Answer OPTIONS %1 with 204 in the application").arg(QString::fromUtf8(route.path)), cost::add,
            Who::Server,
            [server = size_t(at.server), route](Scenario& s) {
                auto& routes = s.servers[server].routes;
                routes.insert(routes.begin(), route);
            },
            tr("A preflight has to be answered with a status from 200 to 299.")};
}

/// A handler that fails takes the answer out of the hands of everything that stands around it.
static void mendHandlers(const Situation& at, std::vector<Bundle>& bundles)
{
    const auto& routes = at.serverConfig().routes;
    for (size_t i = 0; i < routes.size(); ++i)
        if (routes[i].raises)
            bundles.push_back({{tr("Mend the handler of %1 %2: it fails")
                                    .arg(QString::fromUtf8(routes[i].method), QString::fromUtf8(routes[i].path)),
                                cost::add, Who::Server,
                                [server = size_t(at.server), i](Scenario& s) {
                                    if (auto& all = s.servers[server].routes; i < all.size())
                                        all[i].raises = false;
                                },
                                tr("An exception ends the chain: the page that is made for it has no CORS headers. The "
                                   "server's own log says what failed.")}});
}

static bool isBrokenConnection(Why why)
{
    return why == Why::ConnectionReset || why == Why::ConnectionClosed || why == Why::TimedOut
        || why == Why::MalformedResponse;
}

std::vector<Bundle> connectionRemedies(const Situation& at)
{
    std::vector<Bundle> bundles;
    if (at.server < 0 || !isBrokenConnection(at.blocked.why))
        return bundles;
    const auto& pipeline = at.serverConfig().pipeline;
    for (int i = 0; i < int(pipeline.size()); ++i)
        if (pipeline[size_t(i)].enabled && pipeline[size_t(i)].kind == "fault")
            bundles.push_back({{tr("Mend the connection"), cost::correct, Who::Server,
                                [place = StagePlace(at.state, at.server, i)](Scenario& s) {
                                    if (auto* stage = place.in(s))
                                        stage->enabled = false;
                                },
                                tr("The answer does not get through, whatever its headers say. The logs of the server and "
                                   "of what stands in front of it say why.")}});
    return bundles;
}

std::vector<Bundle> redirectRemedies(const Situation& at)
{
    std::vector<Bundle> bundles;
    if (at.outcome.finalUrl.isEmpty() || at.outcome.finalUrl == at.outcome.url)
        return bundles;
    for (size_t server = 0; server < at.state.servers.size(); ++server) {
        const auto& pipeline = at.state.servers[server].pipeline;
        for (size_t i = 0; i < pipeline.size(); ++i) {
            const auto* description = pipeline[i].kind == "cors" ? nullptr : descriptionOf(pipeline[i]);
            if (!description || !pipeline[i].enabled)
                continue;
            for (const auto& option : description->options)
                for (const auto& choice : option.choices)
                    if (const auto name = QString::fromUtf8(option.name);
                        settingOf(option, pipeline[i].settings).toString() != QString(choice))
                        bundles.push_back(
                            {{tr("Set %1 of %2 to %3").arg(name, description->stageTitle, QString(choice)), cost::correct,
                              Who::Server,
                              [place = StagePlace(at.state, int(server), int(i)), name, choice](Scenario& s) {
                                  if (auto* stage = place.in(s))
                                      stage->settings.insert(name, QString(choice));
                              },
                              tr("The redirect leads where the browser may not follow.")}});
        }
    }
    return bundles;
}

std::vector<Bundle> pipelineRemedies(const Situation& at, const QByteArray& framework)
{
    std::vector<Bundle> bundles;
    const auto& pipeline = at.serverConfig().pipeline;
    bool middleware = false;
    int firstEnabled = -1;
    for (int i = 0; i < int(pipeline.size()); ++i) {
        const auto& stage = pipeline[size_t(i)];
        if (stage.kind == "cors") {
            middleware = true;
            if (!stage.enabled)
                bundles.push_back({enabling(at, i, true)});
            else if (at.blocked.why == Why::MultipleAllowOrigin)
                bundles.push_back({enabling(at, i, false)});
        }
        const auto* described = descriptionOf(stage);
        if (!stage.enabled && stage.kind != "cors" && described && described->option(OptionRole::AnswerHeaders))
            bundles.push_back({enabling(at, i, true)});
        if (!stage.enabled)
            continue;
        if (firstEnabled >= 0 && stage.kind == "cors")
            bundles.push_back({moving(at, i, firstEnabled)});
        if (firstEnabled < 0)
            firstEnabled = i;
        const auto* description = descriptionOf(stage);
        if (!description || stage.kind == "cors")
            continue;
        const auto setting = [&](const OptionDescription& option, const QJsonValue& value, int cost,
                                 const QString& title, const QString& note) {
            bundles.push_back({{title, cost, Who::Server,
                                [place = StagePlace(at.state, at.server, i), name = QString::fromUtf8(option.name),
                                 value](Scenario& s) {
                                    if (auto* stage = place.in(s))
                                        stage->settings.insert(name, value);
                                },
                                note}});
        };
        for (const auto& option : description->options) {
            const auto value = settingOf(option, stage.settings);
            const bool onPreflight = at.blocked.on == Blocked::On::Preflight;
            if (option.role == OptionRole::PreflightExempt && onPreflight && value != QJsonValue(true))
                setting(option, true, cost::grant, tr("Let preflights pass %1").arg(titleOf(stage)),
                        tr("A browser never sends credentials with a preflight, so nobody can be known by one."));
            if (option.role == OptionRole::CacheVary && !option.choices.isEmpty()
                && value.toString() != option.choices.first())
                setting(option, option.choices.first(), cost::correct, tr("Let %1 mind Vary").arg(titleOf(stage)),
                        tr("An answer made for one origin must not be given to another."));
            if (option.role == OptionRole::HiddenRequestHeaders
                && OptionList(option, value).contains(QStringLiteral("Origin"), Qt::CaseInsensitive)) {
                QStringList rest = OptionList(option, value).names();
                rest.removeIf([](const QString& name) {
                    return name.compare(QLatin1String("Origin"), Qt::CaseInsensitive) == 0;
                });
                setting(option, OptionList(option, value).holding(rest), cost::correct,
                        tr("Let Origin pass %1").arg(titleOf(stage)),
                        tr("Who does not see the origin cannot answer it."));
            }
            if (option.role == OptionRole::HiddenAnswerHeaders) {
                const auto name = QStringLiteral("Access-Control-Allow-Origin");
                const OptionList list(option, value);
                if (at.blocked.why == Why::MultipleAllowOrigin && !list.contains(name, Qt::CaseInsensitive))
                    setting(option, list.with(name), cost::grant,
                            tr("Let %1 take %2 off the application's answers").arg(titleOf(stage), name), {});
                if (at.blocked.why != Why::MultipleAllowOrigin && list.contains(name, Qt::CaseInsensitive)) {
                    QStringList rest = list.names();
                    rest.removeIf([&](const QString& n) {
                        return n.startsWith(QLatin1String("Access-Control-"), Qt::CaseInsensitive);
                    });
                    setting(option, list.holding(rest), cost::correct, tr("Let %1 pass %2").arg(name, titleOf(stage)),
                            {});
                }
            }
        }
    }
    mendHandlers(at, bundles);
    if (middleware && at.blocked.why == Why::PreflightStatusNotOk)
        bundles.push_back({answeringPreflight(at)});
    if (!middleware)
        if (const auto* description = findFrameworkDescription(framework))
            bundles.push_back({inserting(at, *description)});
    return bundles;
}

} // namespace corscope::advise

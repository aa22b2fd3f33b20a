#include "core/advise/OptionList.h"
#include "core/advise/Remedies.h"

#include "core/backend/FrameworkDescription.h"
#include "core/base/Ascii.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("HeaderRemedies", text); }

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char allowMethods[] = "Access-Control-Allow-Methods";
constexpr char allowHeaders[] = "Access-Control-Allow-Headers";
constexpr char allowCredentials[] = "Access-Control-Allow-Credentials";

/// A place of a server where headers of answers are written as they stand.
struct HeaderPlace
{
    int server = 0;
    int stage = -1; ///< -1: a route
    int route = -1;
    const OptionDescription* option = nullptr; ///< of the stage
    std::optional<StagePlace> place = {};

    HeaderList headers(Scenario& s) const
    {
        if (route >= 0) {
            const auto& routes = s.servers[size_t(server)].routes;
            return size_t(route) < routes.size() ? routes[size_t(route)].headers : HeaderList();
        }
        HeaderList list;
        const auto* config = place->in(s);
        if (!config)
            return list;
        for (const auto& item : settingOf(*option, config->settings).toArray()) {
            const auto text = item.toString();
            if (item.isArray())
                list.append(item.toArray().at(0).toString().toLatin1(), item.toArray().at(1).toString().toLatin1());
            else
                list.append(text.section(QLatin1Char(':'), 0, 0).trimmed().toLatin1(),
                            text.section(QLatin1Char(':'), 1).trimmed().toLatin1());
        }
        return list;
    }
    void write(Scenario& s, const HeaderList& headers) const
    {
        if (route >= 0) {
            if (auto& routes = s.servers[size_t(server)].routes; size_t(route) < routes.size())
                routes[size_t(route)].headers = headers;
            return;
        }
        auto* config = place->in(s);
        if (!config)
            return;
        QJsonArray list;
        for (const auto& header : headers) {
            const auto name = QString::fromLatin1(header.name);
            const auto value = QString::fromLatin1(header.value);
            if (option->type == OptionDescription::Type::HeaderList)
                list.append(QJsonArray{name, value});
            else
                list.append(QString(name + QStringLiteral(": ") + value));
        }
        config->settings.insert(QString::fromUtf8(option->name), list);
    }

    Remedy changing(const QString& title, int cost, const std::function<void(HeaderList&)>& change) const
    {
        return {title, cost, Who::Server, [place = *this, change](Scenario& s) {
                    auto headers = place.headers(s);
                    change(headers);
                    place.write(s, headers);
                }};
    }
    Remedy setting(const QByteArray& name, const QByteArray& value, int cost) const
    {
        return changing(tr("Send %1: %2").arg(QString::fromLatin1(name), QString::fromLatin1(value)), cost,
                        [name, value](HeaderList& headers) { headers.set(name, value); });
    }
    Remedy naming(const QByteArray& name, const QByteArray& item) const
    {
        return changing(tr("Name %1 in %2").arg(QString::fromLatin1(item), QString::fromLatin1(name)), cost::grant,
                        [name, item](HeaderList& headers) {
                            const auto before = headers.get(name);
                            headers.set(name, before && !before->isEmpty() ? QByteArray(*before + ", " + item) : item);
                        });
    }
};

bool writesCors(const HeaderList& headers)
{
    return std::any_of(headers.begin(), headers.end(), [](const Header& header) {
        return ascii::startsWithIgnoringCase(header.name, "Access-Control-");
    });
}

std::vector<HeaderPlace> placesOf(const Situation& at)
{
    std::vector<HeaderPlace> places;
    const auto& server = at.serverConfig();
    for (size_t i = 0; i < server.pipeline.size(); ++i) {
        const auto& stage = server.pipeline[i];
        const auto* description = findFrameworkDescription(stage.kind == "cors" ? stage.framework : stage.kind);
        if (!stage.enabled || !description)
            continue;
        for (const auto& option : description->options)
            if (option.role == OptionRole::AnswerHeaders)
                places.push_back({at.server, int(i), -1, &option, StagePlace(at.state, at.server, int(i))});
    }
    for (size_t i = 0; i < server.routes.size(); ++i)
        places.push_back({at.server, -1, int(i), nullptr});
    return places;
}

/// Everything this request needs of a place.
Bundle needed(const Situation& at, const HeaderPlace& place)
{
    auto state = at.state;
    const auto headers = place.headers(state);
    Bundle bundle;
    if (headers.values(allowOrigin) != QList<QByteArray>{at.origin})
        bundle.push_back(
            place.setting(allowOrigin, at.origin, headers.contains(allowOrigin) ? cost::grant : cost::reorder));
    if (at.credentialed && headers.get(allowCredentials) != "true")
        bundle.push_back(place.setting(allowCredentials, "true", cost::credentials));
    if (at.preflighted) {
        const auto missing = [&](const char* name, const QByteArray& item) {
            const auto listed = headers.getDecodeSplit(name);
            return !listed || std::none_of(listed->begin(), listed->end(), [&](const QByteArray& value) {
                return name == allowMethods ? value == item : ascii::equalIgnoringCase(value, item);
            });
        };
        if (missing(allowMethods, at.method))
            bundle.push_back(place.naming(allowMethods, at.method));
        for (const auto& header : at.headers)
            if (missing(allowHeaders, header))
                bundle.push_back(place.naming(allowHeaders, header));
    }
    if (place.stage < 0)
        return bundle;
    // What the stage does besides.
    const auto& stage = at.serverConfig().pipeline[size_t(place.stage)];
    const auto* description = findFrameworkDescription(stage.kind == "cors" ? stage.framework : stage.kind);
    const auto option = [&](OptionRole role, const QJsonValue& value, int cost, const QString& title) {
        const auto* found = description->option(role, stage.version);
        if (!found || settingOf(*found, stage.settings) == value)
            return;
        bundle.push_back({title, cost, Who::Server, [place = *place.place, found, value](Scenario& s) {
                              if (auto* stage = place.in(s))
                                  stage->settings.insert(QString::fromUtf8(found->name), value);
                          }});
    };
    option(OptionRole::AnswerStatuses, QStringLiteral("always"), cost::grant, tr("Send the headers with every status"));
    if (at.preflighted)
        if (const auto* found = description->option(OptionRole::PreflightAnswer, stage.version))
            option(found->role,
                   found->type == OptionDescription::Type::Boolean ? QJsonValue(true)
                                                                   : QJsonValue(found->choices.last()),
                   cost::reorder, tr("Answer preflights there"));
    return bundle;
}

/// A route for the preflight, where headers are the routes' business.
Remedy preflightRoute(const Situation& at)
{
    RouteConfig route;
    route.method = "OPTIONS";
    route.path = Url::parse(at.url).ok() ? Url::parse(at.url)->path() : QByteArray("/");
    route.status = 204;
    route.headers.append(allowOrigin, at.origin);
    route.headers.append(allowMethods, at.method);
    if (!at.headers.isEmpty())
        route.headers.append(allowHeaders, ascii::join(at.headers, ", "));
    if (at.credentialed)
        route.headers.append(allowCredentials, "true");
    return {tr("Answer OPTIONS %1 with 204 and what is allowed").arg(QString::fromUtf8(route.path)), cost::add,
            Who::Server, [server = size_t(at.server), route](Scenario& s) {
                auto& routes = s.servers[server].routes;
                routes.insert(routes.begin(), route);
            }};
}

} // namespace

std::vector<Bundle> headerRemedies(const Situation& at)
{
    std::vector<Bundle> bundles;
    const auto& pipeline = at.serverConfig().pipeline;
    const bool middleware = std::any_of(pipeline.begin(), pipeline.end(), [](const StageConfig& stage) {
        const auto* description =
            stage.enabled && stage.kind == "cors" ? findFrameworkDescription(stage.framework) : nullptr;
        return description && !description->option(OptionRole::AnswerHeaders);
    });
    Bundle routes;
    auto state = at.state;
    for (const auto& place : placesOf(at)) {
        const auto headers = place.headers(state);
        const bool writes = writesCors(headers);
        if (writes && (at.blocked.why == Why::MultipleAllowOrigin || at.blocked.why == Why::AllowOriginMismatch)) {
            auto remedy = place.changing(
                place.route < 0 ? tr("Take %1 off the headers added here").arg(QLatin1String(allowOrigin))
                                : tr("Take %1 off the route's own headers").arg(QLatin1String(allowOrigin)),
                cost::correct, [](HeaderList& headers) {
                    for (const auto* name : {allowOrigin, allowCredentials, allowMethods, allowHeaders})
                        headers.remove(name);
                });
            remedy.note = tr("Two places that both answer for CORS spoil each other: one of them has to be silent.");
            bundles.push_back({remedy});
        }
        if (headers.values(allowOrigin).size() > 1) {
            auto remedy = place.setting(allowOrigin, at.origin, cost::correct);
            remedy.title = tr("Send one line %1: %2").arg(QLatin1String(allowOrigin), QString::fromUtf8(at.origin));
            bundles.push_back({remedy});
        }
        if (place.route >= 0) {
            if (at.outcome.fromCache && !at.outcome.fromCache->variesByOrigin) {
                auto remedy = place.naming("Vary", "Origin");
                remedy.note = tr("Caches then keep apart what was asked from different origins.");
                bundles.push_back({remedy});
            }
            if (!writes)
                continue;
            const auto bundle = needed(at, place);
            routes.insert(routes.end(), bundle.begin(), bundle.end());
        } else if (writes || !middleware) {
            bundles.push_back(needed(at, place));
        }
    }
    if (!routes.empty() || !middleware) {
        if (at.preflighted)
            routes.push_back(preflightRoute(at));
        bundles.push_back(routes);
    }
    return bundles;
}

} // namespace corscope::advise

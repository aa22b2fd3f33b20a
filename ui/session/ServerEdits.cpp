#include "ui/session/ServerEdits.h"

#include "ui/session/ListPlaces.h"
#include "ui/session/ScenarioAccess.h"

#include <algorithm>

namespace corscope::serveredits {

namespace {

QString listOf(int server, const char* list)
{
    return QStringLiteral("servers[%1].%2[").arg(QString::number(server), QLatin1String(list));
}

template<typename Entry>
void insert(Scenario& scenario, int server, const char* name, std::vector<Entry> ServerConfig::*list, int place,
            const Entry& entry)
{
    auto* config = scenarioaccess::server(scenario, server);
    if (!config || place < 0 || place > int((config->*list).size()))
        return;
    (config->*list).insert((config->*list).begin() + place, entry);
    followPaths(scenario, listOf(server, name), inserted(place));
}

template<typename Entry>
void remove(Scenario& scenario, int server, const char* name, std::vector<Entry> ServerConfig::*list, int place)
{
    auto* config = scenarioaccess::server(scenario, server);
    if (!config || place < 0 || place >= int((config->*list).size()))
        return;
    (config->*list).erase((config->*list).begin() + place);
    followPaths(scenario, listOf(server, name), removed(place));
}

template<typename Entry>
void move(Scenario& scenario, int server, const char* name, std::vector<Entry> ServerConfig::*list, int from, int to)
{
    auto* config = scenarioaccess::server(scenario, server);
    if (!config)
        return;
    auto& entries = config->*list;
    const int count = int(entries.size());
    if (from < 0 || from >= count || to < 0 || to >= count || from == to)
        return;
    const auto entry = entries[size_t(from)];
    entries.erase(entries.begin() + from);
    entries.insert(entries.begin() + to, entry);
    followPaths(scenario, listOf(server, name), moved(from, to));
}

bool isTaken(const Scenario& scenario, const QByteArray& id)
{
    return std::any_of(scenario.servers.begin(), scenario.servers.end(),
                       [&](const ServerConfig& server) { return server.id == id; });
}

QByteArray freeId(const Scenario& scenario, const QByteArray& stem)
{
    for (int i = 2;; ++i)
        if (const QByteArray id = stem + '-' + QByteArray::number(i); !isTaken(scenario, id))
            return id;
}

quint16 freePort(const Scenario& scenario, quint16 after)
{
    quint16 port = after < 1024 ? 5000 : after == 65535 ? 1024 : quint16(after + 1);
    while (std::any_of(scenario.servers.begin(), scenario.servers.end(),
                       [&](const ServerConfig& server) { return server.port == port; }))
        ++port;
    return port;
}

} // namespace

void insertStage(Scenario& scenario, int server, int place, const StageConfig& stage)
{
    insert(scenario, server, "pipeline", &ServerConfig::pipeline, place, stage);
}

void removeStage(Scenario& scenario, int server, int place)
{
    remove(scenario, server, "pipeline", &ServerConfig::pipeline, place);
}

void moveStage(Scenario& scenario, int server, int from, int to)
{
    move(scenario, server, "pipeline", &ServerConfig::pipeline, from, to);
}

void insertRoute(Scenario& scenario, int server, int place, const RouteConfig& route)
{
    insert(scenario, server, "routes", &ServerConfig::routes, place, route);
}

void removeRoute(Scenario& scenario, int server, int place)
{
    remove(scenario, server, "routes", &ServerConfig::routes, place);
}

void moveRoute(Scenario& scenario, int server, int from, int to)
{
    move(scenario, server, "routes", &ServerConfig::routes, from, to);
}

void addServer(Scenario& scenario, const ServerConfig& server)
{
    scenario.servers.push_back(server);
}

void removeServer(Scenario& scenario, int place)
{
    if (!scenarioaccess::server(scenario, place))
        return;
    scenario.servers.erase(scenario.servers.begin() + place);
    followPaths(scenario, QStringLiteral("servers["), removed(place));
}

ServerConfig freshServer(const Scenario& scenario)
{
    ServerConfig server;
    server.id = isTaken(scenario, "server") ? freeId(scenario, "server") : QByteArray("server");
    server.port = freePort(scenario, scenario.servers.empty() ? 4999 : scenario.servers.back().port);
    RouteConfig route;
    route.headers.append("content-type", "application/json");
    route.body = "{}";
    server.routes.push_back(route);
    return server;
}

ServerConfig copiedServer(const Scenario& scenario, int place)
{
    const auto* original = scenarioaccess::server(scenario, place);
    if (!original)
        return freshServer(scenario);
    auto copy = *original;
    copy.id = freeId(scenario, original->id);
    copy.port = freePort(scenario, original->port);
    return copy;
}

} // namespace corscope::serveredits

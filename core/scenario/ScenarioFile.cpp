#include "core/scenario/ScenarioFile.h"

#include "core/base/ReplaceFile.h"
#include "core/scenario/JsonPath.h"
#include "core/scenario/ScenarioReader.h"
#include "core/scenario/ScenarioWriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace corscope::scenariofile {

static QString tr(const char* text)
{
    return QCoreApplication::translate("ScenarioFile", text);
}

static Result<Scenario> read(const QJsonObject& object, const QString& name)
{
    JsonReader reader(name);
    auto scenario = readScenario(object, reader);
    if (reader.error())
        return *reader.error();
    return scenario;
}

/// Every change of the scenario, one after the other, must lead to a scenario again.
static std::optional<InputError> wrongChange(Scenario scenario, const QString& name)
{
    for (size_t i = 0; i < scenario.actions.size(); ++i) {
        const auto* change = std::get_if<ChangeAction>(&scenario.actions[i]);
        if (!change)
            continue;
        auto next = changed(scenario, *change);
        if (!next.ok()) {
            auto error = next.error();
            const auto place = QStringLiteral("actions[%1]").arg(i);
            error.where = (name.isEmpty() ? QString() : QString(name + QStringLiteral(": "))) + place
                + QStringLiteral(": ") + error.where;
            return error;
        }
        scenario = *std::move(next);
    }
    return std::nullopt;
}

Result<Scenario> parse(const QByteArray& json, const QString& name)
{
    const auto object = parseJsonObject(json, name);
    if (!object.ok())
        return object.error();
    auto scenario = read(*object, name);
    if (!scenario.ok())
        return scenario;
    if (const auto error = wrongChange(*scenario, name))
        return *error;
    return scenario;
}

QByteArray serialize(const Scenario& scenario)
{
    return scenarioTree(scenario).written();
}

Result<Scenario> load(const QString& path)
{
    const auto bytes = read(path);
    if (!bytes)
        return bytes.error();
    return parse(*bytes, QFileInfo(path).fileName());
}

Result<QByteArray> read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return InputError{path, tr("a scenario file that can be read"), file.errorString()};
    constexpr qint64 largest = 64 << 20; // a scenario of that size has been something else
    if (file.size() > largest)
        return InputError{path, tr("a scenario file of at most 64 MiB"), tr("%1 bytes").arg(file.size())};
    return file.readAll();
}

Result<Done> save(const Scenario& scenario, const QString& path)
{
    if (const auto trouble = replaceFile(path, serialize(scenario)); !trouble.isEmpty())
        return InputError{path, tr("a place that can be written to"), trouble};
    return Done();
}

QJsonObject completeForm(const Scenario& scenario)
{
    auto object = QJsonDocument::fromJson(serialize(scenario)).object();
    auto servers = object.value(QLatin1String("servers")).toArray();
    for (qsizetype i = 0; i < servers.size(); ++i) {
        auto server = servers[i].toObject();
        auto pipeline = server.value(QLatin1String("pipeline")).toArray();
        for (qsizetype k = 0; k < pipeline.size(); ++k) {
            auto stage = pipeline[k].toObject();
            if (!stage.contains(QLatin1String("settings")))
                stage.insert(QLatin1String("settings"), QJsonObject());
            pipeline[k] = stage;
        }
        if (!pipeline.isEmpty())
            server.insert(QLatin1String("pipeline"), pipeline);
        servers[i] = server;
    }
    if (!servers.isEmpty())
        object.insert(QLatin1String("servers"), servers);
    return object;
}

Result<Scenario> changed(const Scenario& scenario, const ChangeAction& change)
{
    const auto path = JsonPath::parse(change.path);
    const InputError nowhere{change.path, tr("a setting of the pages or servers of this scenario"), {}};
    if (!path || (path->root() != QLatin1String("pages") && path->root() != QLatin1String("servers")))
        return nowhere;
    const auto whole = path->set(completeForm(scenario), change.value);
    if (!whole)
        return nowhere;
    return read(whole->toObject(), {});
}

Result<Scenario> edited(const Scenario& scenario, const std::vector<ChangeAction>& edits)
{
    static const QStringList roots{QStringLiteral("pages"), QStringLiteral("servers"), QStringLiteral("actions")};
    QJsonValue whole = completeForm(scenario);
    for (const auto& edit : edits) {
        const auto path = JsonPath::parse(edit.path);
        const auto next = path && roots.contains(path->root()) ? path->set(whole, edit.value) : std::nullopt;
        if (!next)
            return InputError{edit.path, tr("a place in the pages, servers or actions of this scenario"), {}};
        whole = *next;
    }
    return read(whole.toObject(), {});
}

QList<LibraryEntry> library()
{
    QList<LibraryEntry> result;
    QFile index(QStringLiteral(":/scenarios/index.json"));
    if (!index.open(QIODevice::ReadOnly))
        return result;
    for (const auto& id : QJsonDocument::fromJson(index.readAll()).array())
        result.append({id.toString(), QStringLiteral(":/scenarios/%1.corscope").arg(id.toString())});
    return result;
}

} // namespace corscope::scenariofile

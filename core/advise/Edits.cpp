#include "core/advise/Edits.h"

#include "core/scenario/JsonPath.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace corscope::advise {

namespace {

const QString pipelineKey = QStringLiteral("pipeline");

bool isStructure(const QJsonValue& value)
{
    const auto array = value.toArray();
    return value.isArray() && !array.isEmpty() && array.at(0).isObject();
}

/// Whether stages stand where they stood.
bool isSameChain(const QJsonArray& a, const QJsonArray& b)
{
    for (qsizetype i = 0; i < a.size(); ++i)
        for (const auto* key : {"kind", "framework"})
            if (a.at(i).toObject().value(QLatin1String(key)) != b.at(i).toObject().value(QLatin1String(key)))
                return false;
    return true;
}

class Comparison
{
public:
    std::vector<ChangeAction> edits;

    void object(const QString& path, const QJsonObject& before, const QJsonObject& after, bool isSettings)
    {
        for (auto it = before.begin(); it != before.end(); ++it)
            if (!after.contains(it.key())) { // a change cannot remove a key
                edits.push_back({path, after});
                return;
            }
        for (auto it = after.begin(); it != after.end(); ++it)
            value(JsonPath::member(path, it.key()), it.key(), before.value(it.key()), it.value(), isSettings);
    }
    void value(const QString& path, const QString& key, const QJsonValue& before, const QJsonValue& after,
               bool isSetting)
    {
        if (before == after)
            return;
        const bool isSettings = key == QLatin1String("settings");
        if (!isSetting && before.isObject() && after.isObject() && (isSettings || path.endsWith(QLatin1Char(']'))))
            return object(path, before.toObject(), after.toObject(), isSettings);
        const auto a = before.toArray(), b = after.toArray();
        if (!isSetting && isStructure(before) && isStructure(after) && a.size() == b.size()
            && (key != pipelineKey || isSameChain(a, b))) {
            for (qsizetype i = 0; i < a.size(); ++i)
                value(path + QStringLiteral("[%1]").arg(i), key + QStringLiteral("[]"), a.at(i), b.at(i), false);
            return;
        }
        edits.push_back({path, after});
    }
};

/// Where each stage of a chain went: by kind and framework, in order.
std::vector<int> newPlaces(const QJsonArray& before, const QJsonArray& after)
{
    std::vector<int> places(size_t(before.size()), -1);
    std::vector<bool> taken(size_t(after.size()));
    const auto same = [](const QJsonValue& a, const QJsonValue& b) {
        return isSameChain(QJsonArray{a}, QJsonArray{b});
    };
    for (const bool exactly : {true, false})
        for (qsizetype i = 0; i < before.size(); ++i)
            for (qsizetype k = 0; k < after.size() && places[size_t(i)] < 0; ++k)
                if (!taken[size_t(k)] && (exactly ? before.at(i) == after.at(k) : same(before.at(i), after.at(k)))) {
                    places[size_t(i)] = int(k);
                    taken[size_t(k)] = true;
                }
    return places;
}

} // namespace

std::vector<ChangeAction> editsBetween(const Scenario& before, const Scenario& after)
{
    const auto a = scenariofile::completeForm(before);
    const auto b = scenariofile::completeForm(after);
    Comparison comparison;
    for (const auto* root : {"pages", "servers", "actions"}) {
        const auto key = QLatin1String(root);
        comparison.value(key, key, a.value(key), b.value(key), false);
    }
    return comparison.edits;
}

std::vector<ChangeAction> beforeItsChanges(const std::vector<ChangeAction>& edits, const Scenario& scenario, int action)
{
    std::vector<ChangeAction> result;
    const QJsonValue form = scenariofile::completeForm(scenario);
    for (const auto& edit : edits) {
        const auto path = JsonPath::parse(edit.path);
        if (!path)
            return {};
        bool rewritten = false;
        const bool moves = edit.path.endsWith(pipelineKey);
        const auto places = moves ? newPlaces(path->value(form).toArray(), edit.value.toArray()) : std::vector<int>();
        for (int i = int(scenario.actions.size()) - 1; i >= 0; --i) {
            const auto* change = std::get_if<ChangeAction>(&scenario.actions[size_t(i)]);
            const auto changed = change ? JsonPath::parse(change->path) : std::nullopt;
            if (!changed)
                continue;
            const QString where = QStringLiteral("actions[%1]").arg(i);
            if (i < action && !rewritten && path->isInside(*changed)) {
                const auto value = JsonPath::parse(where + QStringLiteral(".value"));
                result.push_back({value->joined(*path, *changed).text(), edit.value});
                rewritten = true;
            } else if (moves && changed->isInside(*path) && !(*changed == *path)) {
                const auto rest = change->path.mid(edit.path.size()); // "[1].settings..."
                const int old = QStringView(rest).mid(1, rest.indexOf(QLatin1Char(']')) - 1).toInt();
                if (size_t(old) < places.size() && places[size_t(old)] >= 0 && places[size_t(old)] != old)
                    result.push_back({where + QStringLiteral(".path"),
                                      QString(edit.path + QStringLiteral("[%1]").arg(places[size_t(old)])
                                              + rest.mid(rest.indexOf(QLatin1Char(']')) + 1))});
            }
        }
        if (!rewritten)
            result.push_back(edit);
    }
    return result;
}

Result<std::vector<ChangeAction>> undoing(const Scenario& scenario, const std::vector<ChangeAction>& edits)
{
    std::vector<ChangeAction> result;
    QJsonValue whole = scenariofile::completeForm(scenario);
    for (const auto& edit : edits) {
        auto path = JsonPath::parse(edit.path);
        const auto next = path ? path->set(whole, edit.value) : std::nullopt;
        if (!next)
            return InputError{edit.path, QCoreApplication::translate("Edits", "a place of this scenario"), {}};
        // A key that is added is taken away again with what holds it.
        while (path && path->value(whole).isUndefined())
            path = path->parent();
        result.insert(result.begin(), {path->text(), path->value(whole)});
        whole = *next;
    }
    return result;
}

} // namespace corscope::advise

#include "ui/server/FrameworkChange.h"

#include "core/backend/StageCatalogue.h"
#include "ui/server/StageCode.h"

#include <QJsonArray>

#include <algorithm>
#include <map>

namespace corscope {

namespace {

using Type = OptionDescription::Type;

/// What an option is about, by the words of its name that frameworks agree on; otherwise the name itself.
QByteArray roleOf(const OptionDescription& option)
{
    auto name = option.name.toLower();
    name.replace('_', "").replace('-', "");
    for (const char* start : {"dangerously", "allowed", "allow", "supports", "preflight"})
        if (name.startsWith(start) && name.size() > qsizetype(qstrlen(start)) + 3)
            name = name.mid(qsizetype(qstrlen(start)));
    static const std::map<QByteArray, QByteArray> roles{
        {"origin", "origins"},           {"requestheaders", "headers"},   {"exposedheaders", "exposeheaders"},
        {"responseheaders", "exposeheaders"}, {"credentialed", "credentials"}, {"maxageinseconds", "maxage"},
        {"optionsresponsestatuscode", "optionsstatus"}, {"optionssuccessstatus", "optionsstatus"},
        {"optionstatuscode", "optionsstatus"}};
    const auto known = roles.find(name);
    return known == roles.end() ? name : known->second;
}

bool isList(const OptionDescription& option)
{
    return option.type == Type::StringList || option.type == Type::MatchList;
}

/// A list as every framework could mean it: its items one by one. Undefined where it is none.
QJsonValue asItems(const OptionDescription& option, const QJsonValue& value)
{
    if (value.isArray())
        return value;
    if (value.isObject() && option.type == Type::MatchList)
        return QJsonArray{value};
    if (!value.isString())
        return QJsonValue(QJsonValue::Undefined);
    QJsonArray items;
    for (const auto& part : value.toString().split(u',', Qt::SkipEmptyParts))
        items.append(part.trimmed());
    return items;
}

/// What an option of the one framework says, as a value of the same option of the other; undefined where it cannot.
QJsonValue carriedOver(const OptionDescription& from, const QJsonValue& value, const OptionDescription& to)
{
    const QJsonValue nothing(QJsonValue::Undefined);
    const bool textList = to.type == Type::String && !to.multiline; // "GET,POST"
    const bool wasTextList = from.type == Type::String && !from.multiline;
    if ((isList(from) || wasTextList) && (isList(to) || textList)) {
        const auto items = asItems(from, value);
        if (!items.isArray())
            return nothing;
        const auto list = items.toArray();
        const bool onlyText = std::all_of(list.begin(), list.end(), [](const auto& item) { return item.isString(); });
        if (!onlyText && to.type != Type::MatchList)
            return nothing;
        if (to.type == Type::MatchList && to.stringAllowed && list == QJsonArray{QStringLiteral("*")})
            return QStringLiteral("*");
        if (!textList)
            return list;
        QStringList parts;
        for (const auto& item : list)
            parts.append(item.toString());
        return parts.join(u',');
    }
    return from.type == to.type ? value : nothing;
}

QJsonObject with(QJsonObject settings, const QJsonObject& more)
{
    for (auto it = more.begin(); it != more.end(); ++it)
        settings[it.key()] = it.value();
    return settings;
}

} // namespace

StageConfig changedFramework(const StageConfig& stage, const FrameworkDescription& framework)
{
    auto changed = freshStage(framework);
    changed.enabled = stage.enabled;
    const auto* before = descriptionOf(stage);
    if (!before)
        return changed;
    QJsonObject kept;
    QList<QByteArray> taken;
    for (const auto& option : before->options) {
        const auto value = stage.settings.value(QString::fromUtf8(option.name));
        if (value.isUndefined() || taken.contains(roleOf(option)))
            continue;
        const auto other = std::find_if(framework.options.begin(), framework.options.end(), [&](const auto& candidate) {
            return roleOf(candidate) == roleOf(option) && framework.knows(candidate, {});
        });
        if (other == framework.options.end())
            continue;
        const auto name = QString::fromUtf8(other->name);
        const auto carried = carriedOver(option, value, *other);
        if (carried.isUndefined() || !framework.completed({{name, carried}}))
            continue;
        taken.append(roleOf(option));
        kept[name] = carried;
    }
    // The kept ones alone, where the framework takes them; else on top of what it starts with; else fewer of them.
    const auto fresh = changed.settings;
    for (;;) {
        for (const auto& base : {QJsonObject(), fresh}) {
            changed.settings = with(base, kept);
            const auto made = makeStage(changed);
            if (made)
                return changed;
            if (kept.isEmpty())
                continue;
            const auto refused = made.error().where.section(u'.', 1).section(u'[', 0, 0);
            if (base == fresh)
                kept.erase(kept.contains(refused) ? kept.find(refused) : std::prev(kept.end()));
        }
        if (kept.isEmpty()) {
            changed.settings = fresh;
            return changed;
        }
    }
}

StageConfig changedVersion(const StageConfig& stage, const QByteArray& version)
{
    auto changed = stage;
    const auto* description = descriptionOf(stage);
    if (!description)
        return changed;
    changed.version = version == description->defaultVersion ? QByteArray() : version;
    for (const auto& option : description->options)
        if (!description->knows(option, changed.version))
            changed.settings.remove(QString::fromUtf8(option.name));
    return changed;
}

} // namespace corscope

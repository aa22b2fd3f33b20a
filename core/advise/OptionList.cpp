#include "core/advise/OptionList.h"

#include <QJsonArray>

namespace corscope::advise {

using Type = OptionDescription::Type;

static QStringList parts(const QString& text)
{
    QStringList result;
    for (const auto& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty())
            result.append(part.trimmed());
    return result;
}

OptionList::OptionList(const OptionDescription& option, const QJsonValue& value) : m_option(option), m_value(value)
{
    if (value.isString())
        m_names = parts(value.toString());
    for (const auto& item : value.toArray())
        if (item.isString())
            m_names.append(item.toString());
    if (value.isObject() && option.type == Type::PathMap)
        m_names = value.toObject().keys();
}

QJsonValue OptionList::written(const QStringList& names) const
{
    if (m_option.type == Type::String)
        return names.join(QLatin1Char(','));
    if (m_value.isObject() && m_option.type == Type::PathMap) {
        const auto before = m_value.toObject();
        QJsonObject object;
        for (const auto& name : names)
            object.insert(name, before.contains(name) ? before.value(name) : QJsonValue(QJsonObject()));
        return object;
    }
    QJsonArray list;
    const auto before = m_value.toArray();
    for (const auto& item : before)
        if (!item.isString() || names.contains(item.toString()))
            list.append(item);
    if (m_option.type == Type::MatchList && m_value.toObject().contains(QLatin1String("regex")))
        list.append(m_value);
    for (const auto& name : names)
        if (!list.contains(name))
            list.append(name);
    return list;
}

QJsonValue OptionList::with(const QString& name) const
{
    QStringList names = m_names.isEmpty() && m_value.toArray().isEmpty() ? m_option.implied : m_names;
    names.append(name);
    return written(names);
}

QJsonValue OptionList::replacing(const QString& old, const QString& name) const
{
    QStringList names = m_names;
    names[names.indexOf(old)] = name;
    if (!m_value.isArray())
        return written(names);
    auto list = m_value.toArray(); // in its place
    for (qsizetype i = 0; i < list.size(); ++i)
        if (list.at(i).toString() == old)
            list.replace(i, name);
    return list;
}

QJsonValue OptionList::holding(const QStringList& names) const { return written(names); }

QJsonValue settingOf(const OptionDescription& option, const QJsonObject& settings)
{
    const auto value = settings.value(QString::fromUtf8(option.name));
    return value.isUndefined() ? option.defaultValue : value;
}

} // namespace corscope::advise

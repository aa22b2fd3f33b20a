#pragma once

#include "core/backend/FrameworkDescription.h"

#include <QJsonValue>

namespace corscope::advise {

/// The value of an option that holds names (origins, methods, headers), however its framework writes it: a list, one
/// text, a text with commas, an object with the names as keys.
class OptionList
{
public:
    OptionList(const OptionDescription& option, const QJsonValue& value);

    /// The names that are told apart; patterns among them are not.
    const QStringList& names() const { return m_names; }
    bool contains(const QString& name, Qt::CaseSensitivity sensitivity = Qt::CaseSensitive) const
    {
        return m_names.contains(name, sensitivity);
    }
    /// Whether it stands for everything: it holds `*`.
    bool isWild() const { return m_names.contains(QStringLiteral("*")); }
    /// A list where one was written as a text although the framework wants a list.
    bool isText() const { return m_value.isString(); }

    /// What the option becomes. What an empty list stands for is written out before something is added to it.
    QJsonValue with(const QString& name) const;
    QJsonValue replacing(const QString& old, const QString& name) const;
    /// Only these, and the patterns.
    QJsonValue holding(const QStringList& names) const;

private:
    QJsonValue written(const QStringList& names) const;

    const OptionDescription& m_option;
    QJsonValue m_value;
    QStringList m_names;
};

/// The option's value in these settings: its default where they say nothing.
QJsonValue settingOf(const OptionDescription& option, const QJsonObject& settings);

} // namespace corscope::advise

#include "core/backend/FunctionSetting.h"
#include "ui/server/OptionEdits.h"
#include "ui/widgets/ChipList.h"
#include "ui/widgets/Field.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QRegularExpression>

#include <algorithm>

namespace corscope {

ListEdit::ListEdit(const OptionDescription& option, const LiteralWords& words)
    : OptionEdit(option, words), m_chips(new ChipList)
{
    m_chips->setObjectName(objectNameOf("_chips"));
    m_chips->line()->setObjectName(objectNameOf());
    m_chips->line()->setAccessibleName(QString::fromUtf8(option.name));
    const bool commaIsText = option.type != OptionDescription::Type::StringList || option.patternsInside;
    m_chips->setSeparator(commaIsText ? QChar() : QChar(u','));
    addInput(m_chips);
    const auto how = isHeaders() ? tr("Name: value, then Enter")
        : option.type == OptionDescription::Type::MatchList ? tr("Enter adds it; /…/i is a regular expression")
                                                            : tr("Enter adds it");
    m_chips->setToolTip(help() + QStringLiteral("\n\n") + how);
    connect(m_chips, &ChipList::entered, this, &OptionEdit::entered);
    connect(m_chips, &ChipList::edited, this, [this](const QStringList& items) { Q_EMIT edited(valueOf(items), false); });
}

void ListEdit::display(const QJsonValue& value)
{
    QStringList items;
    for (const auto& item : value.toArray())
        items.append(item.isArray() ? readable(item[0]) + QStringLiteral(": ") + readable(item[1]) : readable(item));
    if (value.isBool())
        items.append(value.toBool() ? QStringLiteral("true") : QStringLiteral("false"));
    if (value.isObject())
        items.append(readable(value));
    if (value.isString()) // frameworks that take a plain string where a list belongs
        items.append(value.toString());
    m_chips->setPlaceholder(value.isUndefined() ? readable(m_option.defaultValue)
                            : value.isNull()    ? m_words.nothing : tr("empty list"));
    m_chips->setItems(items);
    const bool star = value.toString() == QLatin1String("*")
        && (m_option.type == OptionDescription::Type::MatchList || m_option.defaultValue.isString());
    setRemark(value.isString() && !star ? tr("One plain text, not a list.") : QString());
}

void ListEdit::showMistake(const QString& sentence, int, int)
{
    setLook(m_chips, "invalid", !sentence.isEmpty());
}

bool ListEdit::wantsWidth() const
{
    const auto items = m_chips->items();
    return std::any_of(items.begin(), items.end(), [](const QString& item) { return item.size() > 12; });
}

QJsonValue ListEdit::valueOf(const QStringList& items) const
{
    if (items.isEmpty()) {
        // An empty list is a value of its own, unless that, or nothing, is the default.
        const auto& standard = m_option.defaultValue;
        const bool same = standard.isNull() || (standard.isArray() && standard.toArray().isEmpty());
        return same ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QJsonArray());
    }
    const bool isMatch = m_option.type == OptionDescription::Type::MatchList;
    if (items.size() == 1) {
        // Alone these are words of the framework; in a list they would only be text.
        if (const auto function = FunctionSetting::read(items[0]); function && m_option.function(function->name))
            return function->json();
        if (items[0] == QLatin1String("*") && m_option.stringAllowed && (isMatch || m_option.defaultValue.isString()))
            return items[0];
        if (m_option.booleanAllowed && (items[0] == QLatin1String("true") || items[0] == QLatin1String("false")))
            return items[0] == QLatin1String("true");
    }
    static const QRegularExpression pattern(QStringLiteral("^/(.+)/([a-z]*)$"));
    QJsonArray array;
    for (const auto& item : items) {
        const auto match = pattern.match(item);
        if (isMatch && match.hasMatch()) {
            QJsonObject object{{QStringLiteral("regex"), match.captured(1)}};
            if (!match.captured(2).isEmpty())
                object[QStringLiteral("flags")] = match.captured(2);
            array.append(object);
        } else if (!isHeaders()) {
            array.append(item);
        } else {
            array.append(QJsonArray{item.section(u':', 0, 0).trimmed(), item.section(u':', 1).trimmed()});
        }
    }
    return array;
}

} // namespace corscope

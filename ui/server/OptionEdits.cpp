#include "ui/server/OptionEdits.h"

#include "core/backend/FunctionSetting.h"
#include "ui/widgets/Checks.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/Segmented.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>

namespace corscope {

BooleanEdit::BooleanEdit(const OptionDescription& option, const LiteralWords& words) : OptionEdit(option, words)
{
    QList<Segmented::Choice> choices{{"false", words.no, option.help}, {"true", words.yes, option.help}};
    if (option.nullable && option.defaultValue.isNull())
        choices.append({"nothing", words.nothing, option.help});
    m_choice = new Segmented(choices);
    m_choice->setObjectName(objectNameOf());
    m_choice->setAccessibleName(QString::fromUtf8(option.name));
    addInput(m_choice);
    for (auto* button : m_choice->findChildren<QAbstractButton*>())
        watchFocus(button);
    connect(m_choice, &Segmented::chosen, this, [this](const QByteArray& value) {
        Q_EMIT edited(value == "nothing" ? QJsonValue() : QJsonValue(value == "true"), false);
    });
}

void BooleanEdit::display(const QJsonValue& value)
{
    const auto shown = value.isUndefined() ? m_option.defaultValue : value;
    m_choice->setValue(shown.isNull() ? "nothing" : !shown.isBool() ? "" : shown.toBool() ? "true" : "false");
    setRemark(shown.isString() ? tr("Now the text “%1”.").arg(shown.toString()) : QString());
}

ChoiceEdit::ChoiceEdit(const OptionDescription& option, const LiteralWords& words)
    : OptionEdit(option, words), m_combo(new QComboBox)
{
    m_combo->setObjectName(objectNameOf());
    m_combo->setAccessibleName(QString::fromUtf8(option.name));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(8);
    for (const auto& choice : option.choices) {
        m_combo->addItem(choice);
        m_combo->setItemData(m_combo->count() - 1, QString::fromUtf8(option.code.functions.value(choice)), Qt::ToolTipRole);
    }
    addInput(m_combo);
    watchFocus(m_combo);
    connect(m_combo, &QComboBox::textActivated, this, [this](const QString& text) { Q_EMIT edited(text, false); });
}

void ChoiceEdit::display(const QJsonValue& value)
{
    const auto chosen = (value.isUndefined() ? m_option.defaultValue : value).toString();
    m_combo->setCurrentText(chosen);
    const auto function = QString::fromUtf8(m_option.code.functions.value(chosen));
    m_combo->setToolTip(function.isEmpty() ? m_option.help : QString(m_option.help + QStringLiteral("\n\n") + function));
}

void ChoiceEdit::showMistake(const QString& sentence, int, int)
{
    setLook(m_combo, "invalid", !sentence.isEmpty());
}

LineOptionEdit::LineOptionEdit(const OptionDescription& option, const LiteralWords& words) : OptionEdit(option, words)
{
    const auto check = option.type == OptionDescription::Type::Integer ? &checks::wholeNumber
        : option.type == OptionDescription::Type::Regex && option.functions.empty() ? &checks::regularExpression
                                                                                    : nullptr;
    m_field = new Field(check ? Field::Check(check) : Field::Check());
    m_field->setName(objectNameOf(), QString::fromUtf8(option.name));
    addInput(m_field);
    watchFocus(m_field->line());
    connect(m_field, &Field::edited, this, [this](const QString& text) { Q_EMIT edited(valueOf(text), true); });
}

QJsonValue LineOptionEdit::valueOf(const QString& text) const
{
    if (const auto function = FunctionSetting::read(text); function && m_option.function(function->name))
        return function->json();
    if (const auto json = QJsonDocument::fromJson(text.toUtf8()); m_option.listAllowed && json.isArray())
        return json.array();
    if (m_option.type == OptionDescription::Type::Integer)
        return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text.toLongLong());
    // The empty text is a value of its own, unless that, or nothing, is the default.
    const bool same = m_option.defaultValue.toString().isEmpty();
    return text.isEmpty() && same ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

void LineOptionEdit::display(const QJsonValue& value)
{
    m_field->line()->setPlaceholderText(value.isUndefined() ? readable(m_option.defaultValue)
                                        : value.isNull()    ? m_words.nothing : tr("empty"));
    const auto list = QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact); // it is read back as JSON
    m_field->setText(value.isUndefined() || value.isNull() ? QString()
                     : value.isArray() ? QString::fromUtf8(list) : readable(value));
    if (!m_field->line()->hasFocus() && !value.isUndefined())
        m_field->line()->setToolTip(help() + QStringLiteral("\n\n") + readable(value));
    const bool asText = m_option.type == OptionDescription::Type::Integer && value.isString();
    setRemark(asText ? tr("A text, not a number.") : QString());
}

void LineOptionEdit::showMistake(const QString& sentence, int, int)
{
    if (m_field->isValid())
        setLook(m_field->line(), "invalid", !sentence.isEmpty());
}

bool LineOptionEdit::wantsWidth() const
{
    return m_field->text().size() > 16;
}

TextOptionEdit::TextOptionEdit(const OptionDescription& option, const LiteralWords& words)
    : OptionEdit(option, words), m_text(new CodeEdit(CodeEdit::Colours::Code))
{
    m_text->setObjectName(objectNameOf());
    m_text->setAccessibleName(QString::fromUtf8(option.name));
    m_text->setPlaceholderText(readable(option.defaultValue));
    m_text->setLines(6, 24);
    addInput(m_text);
    watchFocus(m_text);
    m_text->setToolTip({}); // it would stand on the text
    m_text->viewport()->setToolTip({});
    connect(m_text, &CodeEdit::edited, this, [this](const QString& text) {
        Q_EMIT edited(text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text), true);
    });
}

void TextOptionEdit::display(const QJsonValue& value)
{
    m_text->setCode(value.toString());
}

void TextOptionEdit::showMistake(const QString& sentence, int line, int column)
{
    setLook(m_text, "invalid", !sentence.isEmpty());
    m_text->markMistake(sentence.isEmpty() ? -1 : line - 1, {}, column - 1);
}

PathsEdit::PathsEdit(const OptionDescription& option, const LiteralWords& words)
    : OptionEdit(option, words), m_text(new CodeEdit(CodeEdit::Colours::Code))
{
    m_text->setObjectName(objectNameOf());
    m_text->setAccessibleName(QString::fromUtf8(option.name));
    m_text->setPlaceholderText(readable(option.defaultValue));
    m_text->setLines(1, 14);
    addInput(m_text);
    watchFocus(m_text);
    m_text->setToolTip(option.type == OptionDescription::Type::ObjectList
                           ? tr("%1\n\nAs JSON: [{option: value}]").arg(help())
                           : tr("%1\n\nOne path a line, or {\"/path/*\": {option: value}}").arg(help()));
    connect(m_text, &CodeEdit::edited, this, &PathsEdit::take);
}

void PathsEdit::take(const QString& text)
{
    QJsonValue value(QJsonValue::Undefined);
    const auto trimmed = text.trimmed();
    setLook(m_text, "invalid", false);
    m_text->markMistake(-1);
    setRemark({});
    const bool onlyJson = m_option.type == OptionDescription::Type::ObjectList;
    if (trimmed.startsWith(u'{') || (onlyJson && !trimmed.isEmpty())) {
        QJsonParseError error;
        const auto json = QJsonDocument::fromJson(text.toUtf8(), &error);
        if (!json.isObject() && !(onlyJson && json.isArray())) {
            const auto before = QString::fromUtf8(text.toUtf8().left(error.offset));
            const int line = int(before.count(u'\n'));
            setLook(m_text, "invalid", true);
            m_text->markMistake(line, {}, int(before.size() - before.lastIndexOf(u'\n') - 1));
            setRemark(tr("Line %1: not JSON yet (%2).").arg(QString::number(line + 1), json.isNull() ? error.errorString() : tr("a list is expected")));
            return;
        }
        value = json.isArray() ? QJsonValue(json.array()) : QJsonValue(json.object());
    } else if (!trimmed.isEmpty()) {
        const auto lines = text.split(u'\n', Qt::SkipEmptyParts);
        value = lines.size() == 1 ? QJsonValue(lines.first()) : QJsonValue(QJsonArray::fromStringList(lines));
    }
    m_value = value;
    Q_EMIT edited(value, true);
}

void PathsEdit::display(const QJsonValue& value)
{
    if (value == m_value && (m_text->hasMistake() || !m_text->code().isEmpty()))
        return; // as it is being typed
    m_value = value;
    QString text;
    if (value.isObject())
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Indented)).trimmed();
    else if (value.isArray() && m_option.type == OptionDescription::Type::ObjectList)
        text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Indented)).trimmed();
    else if (value.isArray())
        for (const auto& path : value.toArray())
            text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + path.toString();
    else
        text = value.toString();
    m_text->markMistake(-1);
    setLook(m_text, "invalid", false);
    setRemark({});
    m_text->setCode(text);
}

void PathsEdit::showMistake(const QString& sentence, int, int)
{
    if (!m_text->hasMistake())
        setLook(m_text, "invalid", !sentence.isEmpty());
}

bool PathsEdit::wantsWidth() const
{
    return m_text->document()->blockCount() > 1 || m_text->code().size() > 16;
}

} // namespace corscope

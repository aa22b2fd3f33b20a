#include "ui/server/OptionEdit.h"

#include "core/backend/FunctionSetting.h"
#include "ui/widgets/Checks.h"
#include "ui/widgets/ChipList.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/Segmented.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace corscope {

QString readable(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("True") : QStringLiteral("False");
    case QJsonValue::Double: return QString::number(value.toInteger());
    case QJsonValue::String: return value.toString();
    case QJsonValue::Array: {
        QStringList parts;
        for (const auto& item : value.toArray())
            parts.append(item.isArray() ? readable(item[0]) + QStringLiteral(": ") + readable(item[1]) : readable(item));
        return parts.isEmpty() ? QCoreApplication::translate("OptionEdit", "none") : parts.join(QStringLiteral(", "));
    }
    case QJsonValue::Object: {
        const auto object = value.toObject();
        if (const auto function = FunctionSetting::of(value))
            return function->text();
        if (!object.contains(QLatin1String("regex")))
            return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
        return u'/' + object[QLatin1String("regex")].toString() + u'/' + object[QLatin1String("flags")].toString();
    }
    default: return QCoreApplication::translate("OptionEdit", "none");
    }
}

OptionEdit::OptionEdit(const OptionDescription& option) : m_option(option)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

QString OptionEdit::help() const
{
    QStringList lines{m_option.help};
    if (!m_option.functions.empty())
        lines.append(tr("Or a function, written as its name with values in brackets:"));
    for (const auto& function : m_option.functions) {
        const auto source = QString::fromUtf8(function.source);
        const bool values = source.contains(QLatin1String("VALUES"));
        const bool otherwise = source.contains(QLatin1String("OTHERWISE"));
        lines.append(QString::fromUtf8(function.name) + (values ? QStringLiteral("(… …)") : QStringLiteral("()"))
                     + (otherwise ? QStringLiteral(" else …") : QString()) + QStringLiteral(": ") + function.help);
    }
    return lines.join(u'\n');
}

void OptionEdit::watchFocus(QWidget* widget)
{
    widget->setToolTip(help());
    widget->installEventFilter(this);
}

bool OptionEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        Q_EMIT entered();
    return QWidget::eventFilter(watched, event);
}

namespace {

QString objectNameOf(const OptionDescription& option)
{
    return QStringLiteral("option_") + QString::fromUtf8(option.name);
}

class BooleanEdit : public OptionEdit
{
public:
    explicit BooleanEdit(const OptionDescription& option)
        : OptionEdit(option),
          m_choice(new Segmented({{"false", QStringLiteral("False"), option.help}, {"true", QStringLiteral("True"), option.help}}))
    {
        m_choice->setObjectName(objectNameOf(option));
        m_choice->setAccessibleName(QString::fromUtf8(option.name));
        layout()->addWidget(m_choice);
        for (auto* button : m_choice->findChildren<QAbstractButton*>())
            watchFocus(button);
        connect(m_choice, &Segmented::chosen, this, [this](const QByteArray& value) { Q_EMIT edited(value == "true", false); });
    }
    void setValue(const QJsonValue& value) override
    {
        const bool shown = value.isUndefined() ? m_option.defaultValue.toBool() : value.toBool();
        m_choice->setValue(shown ? "true" : "false");
    }

private:
    Segmented* m_choice;
};

/// One line of text: a string, a regular expression, a number; empty is "not set".
class LineOptionEdit : public OptionEdit
{
public:
    explicit LineOptionEdit(const OptionDescription& option) : OptionEdit(option)
    {
        const auto check = option.type == OptionDescription::Type::Integer ? &checks::wholeNumber
            : option.type == OptionDescription::Type::Regex                ? &checks::regularExpression
                                                                           : nullptr;
        m_field = new Field(check ? Field::Check(check) : Field::Check());
        m_field->setName(objectNameOf(option), QString::fromUtf8(option.name));
        m_field->line()->setPlaceholderText(readable(option.defaultValue));
        layout()->addWidget(m_field);
        watchFocus(m_field->line());
        connect(m_field, &Field::edited, this, [this](const QString& text) { Q_EMIT edited(valueOf(text), true); });
    }
    void setValue(const QJsonValue& value) override
    {
        const auto list = value.toArray(); // of paths, as JSON: the line is read back as JSON
        m_field->setText(value.isUndefined() || value.isNull() ? QString()
                             : value.isArray() ? QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact))
                                               : readable(value));
    }

private:
    QJsonValue valueOf(const QString& text) const
    {
        if (text.isEmpty())
            return QJsonValue(QJsonValue::Undefined);
        if (const auto function = FunctionSetting::read(text); function && m_option.function(function->name))
            return function->json();
        if (m_option.type == OptionDescription::Type::Integer)
            return QJsonValue(text.toLongLong());
        const auto json = QJsonDocument::fromJson(text.toUtf8());
        const bool isJson = m_option.type == OptionDescription::Type::PathMap
            || m_option.type == OptionDescription::Type::ObjectList;
        if (isJson && !json.isNull())
            return json.isObject() ? QJsonValue(json.object()) : QJsonValue(json.array());
        if (m_option.listAllowed && json.isArray())
            return json.array();
        return text;
    }
    Field* m_field;
};

/// Many lines of text: directives, a file.
class TextOptionEdit : public OptionEdit
{
public:
    explicit TextOptionEdit(const OptionDescription& option) : OptionEdit(option), m_text(new QPlainTextEdit)
    {
        m_text->setObjectName(objectNameOf(option));
        m_text->setAccessibleName(QString::fromUtf8(option.name));
        m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        m_text->setPlaceholderText(readable(option.defaultValue));
        m_text->setTabChangesFocus(true);
        m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 9);
        layout()->addWidget(m_text);
        watchFocus(m_text);
        connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
            const auto text = m_text->toPlainText();
            Q_EMIT edited(text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text), true);
        });
    }
    void setValue(const QJsonValue& value) override
    {
        if (value.toString() == m_text->toPlainText())
            return; // the cursor stays where the user has it
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText(value.toString());
    }
    bool wantsWidth() const override { return true; }

private:
    QPlainTextEdit* m_text;
};

class ChoiceEdit : public OptionEdit
{
public:
    explicit ChoiceEdit(const OptionDescription& option) : OptionEdit(option), m_combo(new QComboBox)
    {
        m_combo->setObjectName(objectNameOf(option));
        m_combo->setAccessibleName(QString::fromUtf8(option.name));
        m_combo->addItems(option.choices);
        layout()->addWidget(m_combo);
        watchFocus(m_combo);
        connect(m_combo, &QComboBox::textActivated, this, [this](const QString& text) { Q_EMIT edited(text, false); });
    }
    void setValue(const QJsonValue& value) override
    {
        m_combo->setCurrentText((value.isUndefined() ? m_option.defaultValue : value).toString());
    }

private:
    QComboBox* m_combo;
};

/// A list of strings, or of "Name: value" header lines, as chips.
class ListEdit : public OptionEdit
{
public:
    explicit ListEdit(const OptionDescription& option) : OptionEdit(option), m_chips(new ChipList)
    {
        m_chips->setObjectName(objectNameOf(option) + QStringLiteral("_chips"));
        m_chips->line()->setObjectName(objectNameOf(option));
        m_chips->line()->setAccessibleName(QString::fromUtf8(option.name));
        m_chips->setPlaceholder(readable(option.defaultValue));
        m_chips->setSeparator(isHeaders() ? QChar() : QChar(u','));
        layout()->addWidget(m_chips);
        m_chips->setToolTip(help());
        connect(m_chips, &ChipList::entered, this, &OptionEdit::entered);
        connect(m_chips, &ChipList::edited, this, [this](const QStringList& items) { Q_EMIT edited(valueOf(items), false); });
    }
    void setValue(const QJsonValue& value) override
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
        m_chips->setItems(items);
    }
    bool wantsWidth() const override
    {
        const auto items = m_chips->items();
        return std::any_of(items.begin(), items.end(), [](const QString& item) { return item.size() > 12; });
    }

private:
    bool isHeaders() const { return m_option.type == OptionDescription::Type::HeaderList; }
    QJsonValue valueOf(const QStringList& items) const
    {
        if (items.isEmpty())
            return QJsonValue(QJsonValue::Undefined);
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
            } else if (!isHeaders())
                array.append(item);
            else
                array.append(QJsonArray{item.section(u':', 0, 0).trimmed(), item.section(u':', 1).trimmed()});
        }
        return array;
    }
    ChipList* m_chips;
};

} // namespace

OptionEdit* OptionEdit::create(const OptionDescription& option)
{
    switch (option.type) {
    case OptionDescription::Type::Boolean: return new BooleanEdit(option);
    case OptionDescription::Type::Choice: return new ChoiceEdit(option);
    case OptionDescription::Type::StringList:
    case OptionDescription::Type::MatchList:
    case OptionDescription::Type::HeaderList: return new ListEdit(option);
    case OptionDescription::Type::String:
    case OptionDescription::Type::Regex:
    case OptionDescription::Type::PathMap:
    case OptionDescription::Type::ObjectList:
    case OptionDescription::Type::Integer: break;
    }
    if (option.multiline)
        return new TextOptionEdit(option);
    return new LineOptionEdit(option);
}

} // namespace corscope

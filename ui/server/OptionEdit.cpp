#include "ui/server/OptionEdit.h"

#include "core/backend/FunctionSetting.h"
#include "ui/server/OptionEdits.h"
#include "ui/widgets/Field.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

LiteralWords LiteralWords::of(const QByteArray& language)
{
    if (language == "python")
        return {QStringLiteral("True"), QStringLiteral("False"), QStringLiteral("None")};
    return {QStringLiteral("true"), QStringLiteral("false"),
            language == "go" ? QStringLiteral("nil") : QStringLiteral("null")};
}

QString readable(const QJsonValue& value, const LiteralWords& words)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? words.yes : words.no;
    case QJsonValue::Double: return QString::number(value.toInteger());
    case QJsonValue::String: return value.toString();
    case QJsonValue::Array: {
        QStringList parts;
        for (const auto& item : value.toArray())
            parts.append(item.isArray() ? readable(item[0], words) + QStringLiteral(": ") + readable(item[1], words)
                                        : readable(item, words));
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

OptionEdit::OptionEdit(const OptionDescription& option, const LiteralWords& words)
    : m_option(option), m_words(words), m_line(new QHBoxLayout), m_reset(new QToolButton), m_note(noteLabel())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_line->setSpacing(fontMetrics().height() / 6);
    column->addLayout(m_line);
    column->addWidget(m_note);
    const auto name = QString::fromUtf8(option.name);
    if (option.nullable && !option.defaultValue.isNull()) {
        m_nothing = new QToolButton;
        m_nothing->setText(words.nothing);
        m_nothing->setCheckable(true);
        m_nothing->setObjectName(objectNameOf("_nothing"));
        m_nothing->setAccessibleName(tr("%1 is %2").arg(name, words.nothing));
        m_nothing->setToolTip(tr("Set %1 to %2, which is not the default").arg(name, words.nothing));
        m_line->addWidget(m_nothing, 0, Qt::AlignTop);
        connect(m_nothing, &QToolButton::clicked, this, [this](bool on) {
            Q_EMIT edited(QJsonValue(on ? QJsonValue::Null : QJsonValue::Undefined), false);
        });
        watchFocus(m_nothing);
    }
    m_reset->setText(QStringLiteral("↺"));
    m_reset->setProperty("role", QStringLiteral("chip-remove"));
    m_reset->setObjectName(objectNameOf("_reset"));
    m_reset->setAccessibleName(tr("Put %1 back").arg(name));
    m_reset->setToolTip(tr("Back to the default: %1").arg(readable(option.defaultValue).left(200)));
    m_reset->setParent(this);
    m_reset->hide();
    connect(m_reset, &QToolButton::clicked, this, [this] { Q_EMIT edited(QJsonValue(QJsonValue::Undefined), false); });
    m_note->setObjectName(objectNameOf("_note"));
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

void OptionEdit::addInput(QWidget* input)
{
    m_line->insertWidget(0, input, 1);
    setFocusProxy(input);
}

QString OptionEdit::objectNameOf(const char* part) const
{
    return QStringLiteral("option_") + QString::fromUtf8(m_option.name) + QLatin1String(part);
}

QString OptionEdit::readable(const QJsonValue& value) const
{
    return corscope::readable(value, m_words);
}

void OptionEdit::setValue(const QJsonValue& value)
{
    m_reset->setVisible(!value.isUndefined());
    if (m_nothing)
        m_nothing->setChecked(value.isNull());
    display(value);
}

void OptionEdit::setMistake(const QString& sentence, int line, int column)
{
    m_mistake = sentence;
    showMistake(sentence, line, column);
    showNote();
}

void OptionEdit::setRemark(const QString& remark)
{
    m_remark = remark;
    showNote();
}

void OptionEdit::showNote()
{
    const auto& sentence = m_mistake.isEmpty() ? m_remark : m_mistake;
    setLook(m_note, "invalid", !m_mistake.isEmpty());
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
    if (focusProxy())
        focusProxy()->setAccessibleDescription(sentence);
}

void OptionEdit::watchFocus(QWidget* widget)
{
    if (widget != m_nothing)
        widget->setToolTip(help());
    widget->installEventFilter(this);
}

bool OptionEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        Q_EMIT entered();
    return QWidget::eventFilter(watched, event);
}

OptionEdit* OptionEdit::create(const OptionDescription& option, const QByteArray& language)
{
    const auto words = LiteralWords::of(language);
    switch (option.type) {
    case OptionDescription::Type::Boolean: return new BooleanEdit(option, words);
    case OptionDescription::Type::Choice: return new ChoiceEdit(option, words);
    case OptionDescription::Type::StringList:
    case OptionDescription::Type::MatchList:
    case OptionDescription::Type::HeaderList: return new ListEdit(option, words);
    case OptionDescription::Type::ObjectList:
    case OptionDescription::Type::PathMap: return new PathsEdit(option, words);
    case OptionDescription::Type::String:
    case OptionDescription::Type::Regex:
    case OptionDescription::Type::Integer: break;
    }
    if (option.multiline)
        return new TextOptionEdit(option, words);
    return new LineOptionEdit(option, words);
}

} // namespace corscope

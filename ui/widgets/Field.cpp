#include "ui/widgets/Field.h"

#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>

namespace corscope {

Field::Field(Check check, QWidget* parent) : QWidget(parent), m_check(std::move(check)), m_line(new QLineEdit)
{
    build();
}

Field::Field(const QStringList& suggestions, Check check, QWidget* parent)
    : QWidget(parent), m_check(std::move(check)), m_combo(new QComboBox)
{
    m_combo->setEditable(true);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->addItems(suggestions);
    m_combo->setCompleter(nullptr); // it would change the case of what is typed, and case matters here
    m_line = m_combo->lineEdit();
    build();
}

void Field::build()
{
    QWidget* input = m_combo ? static_cast<QWidget*>(m_combo) : m_line;
    input->setProperty("role", QStringLiteral("code"));
    input->setFont(Theme::fixedLike(input->font()));
    m_line->setFont(input->font());
    m_noteLabel = noteLabel();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(input);
    column->addWidget(m_noteLabel);
    setFocusProxy(input);
    if (m_combo)
        connect(m_combo, &QComboBox::textActivated, this, &Field::take);
    connect(m_line, &QLineEdit::textEdited, this, &Field::take);
    connect(m_line, &QLineEdit::textChanged, this, &Field::showWhole);
    m_line->installEventFilter(this);
}

bool Field::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && (event->type() == QEvent::Resize || event->type() == QEvent::FontChange))
        showWhole();
    return QWidget::eventFilter(watched, event);
}

/// What does not fit into the line can be read in its tooltip, where that is not used for something else.
void Field::showWhole()
{
    if (m_line->toolTip() != m_whole)
        return;
    const bool fits = m_line->fontMetrics().horizontalAdvance(m_line->text()) <= m_line->width() - m_line->fontMetrics().height() * 4 / 3;
    m_whole = fits ? QString() : m_line->text();
    m_line->setToolTip(m_whole);
}

void Field::setName(const QString& objectName, const QString& accessibleName)
{
    setObjectName(objectName + QStringLiteral("Field"));
    QWidget* input = m_combo ? static_cast<QWidget*>(m_combo) : m_line;
    input->setObjectName(objectName);
    input->setAccessibleName(accessibleName);
}

void Field::setCharacters(int count)
{
    QWidget* input = m_combo ? static_cast<QWidget*>(m_combo) : m_line;
    const auto metrics = input->fontMetrics();
    const int width = metrics.averageCharWidth() * (count + (m_combo ? 3 : 0)) + metrics.height() * 5 / 4;
    input->setMinimumWidth(width);
}

QString Field::text() const
{
    return m_line->text();
}

void Field::setText(const QString& text)
{
    if (text == m_accepted && !m_accepted.isNull())
        return;
    m_accepted = text.isNull() ? QLatin1String("") : text;
    if (m_line->text() != text) {
        const QSignalBlocker blocker(m_line);
        m_line->setText(text);
        if (!m_line->hasFocus())
            m_line->setCursorPosition(0); // shows the beginning of what is longer than the line
    }
    showWhole();
    mark({});
}

bool Field::isValid() const
{
    return m_error.isEmpty();
}

void Field::take(const QString& text)
{
    const auto error = m_check ? m_check(text) : QString();
    mark(error);
    if (!error.isEmpty())
        return;
    m_accepted = text;
    Q_EMIT edited(text);
}

void Field::setNote(const QString& note)
{
    m_note = note;
    mark(m_error);
}

void Field::setNoteLabel(QLabel* label)
{
    delete m_noteLabel;
    m_noteLabel = label;
}

void Field::mark(const QString& error)
{
    m_error = error;
    QWidget* input = m_combo ? static_cast<QWidget*>(m_combo) : m_line;
    setLook(input, "invalid", !error.isEmpty());
    setLook(m_noteLabel, "invalid", !error.isEmpty());
    const auto& sentence = error.isEmpty() ? m_note : error;
    m_noteLabel->setText(sentence);
    m_noteLabel->setVisible(!sentence.isEmpty());
    input->setAccessibleDescription(sentence);
}

void setLook(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

QLabel* noteLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("role", QStringLiteral("note"));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->hide();
    return label;
}

} // namespace corscope

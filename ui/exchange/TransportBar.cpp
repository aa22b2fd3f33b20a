#include "ui/exchange/TransportBar.h"

#include "ui/session/TraceCursor.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

namespace corscope {

static void explainKey(QAction* action)
{
    const auto key = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(key.isEmpty() ? action->text() : QString(action->text() + QStringLiteral(" (") + key
                                                                 + QLatin1Char(')')));
}

QAction* TransportBar::add(const QString& id, const QString& text, const QKeySequence& key,
                           void (TraceCursor::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(id);
    action->setShortcut(key);
    explainKey(action);
    addAction(action);
    if (slot)
        connect(action, &QAction::triggered, &m_cursor, slot);
    return action;
}

QToolButton* TransportBar::button(QAction* action)
{
    auto* result = new QToolButton;
    result->setDefaultAction(action);
    result->setObjectName(action->objectName() + QStringLiteral("Button"));
    result->setAccessibleName(action->text());
    result->setFocusPolicy(Qt::StrongFocus);
    const int side = fontMetrics().height() * 4 / 5;
    result->setIconSize({side, side});
    return result;
}

TransportBar::TransportBar(TraceCursor& cursor, QWidget* parent) : QWidget(parent), m_cursor(cursor)
{
    const auto key = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
    m_first = add(QStringLiteral("first"), tr("First step"), key("Alt+Home"), &TraceCursor::first);
    m_back = add(QStringLiteral("back"), tr("Step back"), key("Alt+Left"), &TraceCursor::back);
    m_play = add(QStringLiteral("play"), tr("Play"), key("Ctrl+Space"), nullptr);
    m_next = add(QStringLiteral("next"), tr("Step forward"), key("Alt+Right"), &TraceCursor::next);
    m_last = add(QStringLiteral("last"), tr("Last step"), key("Alt+End"), &TraceCursor::last);
    m_decision = add(QStringLiteral("decision"), tr("To the decision"), key("Ctrl+D"), &TraceCursor::toDecision);
    m_over = add(QStringLiteral("over"), tr("Step over this part"), key("Alt+Down"), &TraceCursor::over);
    m_out = add(QStringLiteral("out"), tr("Step out of this part"), key("Alt+Up"), &TraceCursor::out);
    m_goTo = add(QStringLiteral("goTo"), tr("Go to step…"), key("Ctrl+G"), nullptr);
    connect(m_goTo, &QAction::triggered, this, &TransportBar::askForStep);
    m_everyRule = add(QStringLiteral("everyRule"), tr("Every rule"), key("Ctrl+E"), nullptr);
    m_everyRule->setCheckable(true);
    m_everyRule->setToolTip(tr("Stop at every numbered rule, not only at messages and decisions (%1)")
                                .arg(m_everyRule->shortcut().toString(QKeySequence::NativeText)));
    connect(m_everyRule, &QAction::toggled, this, [this](bool every) {
        m_cursor.setStopsMode(every ? walk::Stops::EveryStep : walk::Stops::Landmarks);
    });
    connect(m_play, &QAction::triggered, this, [this] { setPlaying(!isPlaying()); });

    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setObjectName(QStringLiteral("stepSlider"));
    m_slider->setAccessibleName(tr("Step"));
    m_slider->setToolTip(tr("Drag to any step (arrow keys move by one)"));
    m_slider->setMinimumWidth(fontMetrics().height() * 3);
    m_slider->setPageStep(1);
    connect(m_slider, &QSlider::valueChanged, &m_cursor, &TraceCursor::moveToStop);
    m_place = new QLabel;
    m_place->setObjectName(QStringLiteral("stepPlace"));
    m_place->setProperty("role", QStringLiteral("muted"));
    keepRoomForPlace();
    m_place->setToolTip(tr("Click, or %1, to go to a step by its number").arg(m_goTo->shortcut().toString(QKeySequence::NativeText)));
    m_place->setCursor(Qt::PointingHandCursor);
    m_place->installEventFilter(this);
    m_question = new QSpinBox;
    m_question->setObjectName(QStringLiteral("goToStep"));
    m_question->setAccessibleName(tr("Go to step"));
    m_question->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_question->setToolTip(tr("Return goes there, Escape does not"));
    m_question->installEventFilter(this);
    m_question->hide();
    m_speed = new QComboBox;
    m_speed->setObjectName(QStringLiteral("speed"));
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("How long each step stays while playing"));
    for (const double seconds : {4.0, 2.0, 1.2, 0.6, 0.25})
        m_speed->addItem(tr("%1 s").arg(seconds), seconds);
    m_speed->setCurrentIndex(2);
    m_timer.setInterval(1200);
    connect(m_speed, &QComboBox::currentIndexChanged, this, [this] {
        m_timer.setInterval(int(m_speed->currentData().toDouble() * 1000));
    });
    connect(&m_timer, &QTimer::timeout, this, &TransportBar::tick);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() / 4);
    for (auto* action : {m_first, m_back, m_play, m_next, m_last, m_decision})
        row->addWidget(button(action));
    row->addSpacing(fontMetrics().height() / 4);
    row->addWidget(m_slider, 1);
    row->addWidget(m_place);
    row->addWidget(m_question);
    row->addWidget(m_speed);
    auto* every = button(m_everyRule);
    every->setToolButtonStyle(Qt::ToolButtonTextOnly);
    row->addWidget(every);
    ensurePolished();
    const int height = std::max(m_speed->sizeHint().height(), every->sizeHint().height());
    for (auto* each : findChildren<QToolButton*>()) {
        each->setFixedHeight(height);
        if (each != every)
            each->setFixedWidth(height);
    }
    m_speed->setFixedHeight(height);
    m_question->setFixedHeight(height);

    connect(&cursor, &TraceCursor::cursorChanged, this, &TransportBar::refresh);
    connect(&cursor, &TraceCursor::traceChanged, this, &TransportBar::refresh);
    connect(&cursor, &TraceCursor::traceGrew, this, &TransportBar::refresh);
    connect(&cursor, &TraceCursor::stopsModeChanged, this, &TransportBar::refresh);
    connect(&cursor, &TraceCursor::liveChanged, this, &TransportBar::refresh);
    drawSigns();
    refresh();
}

void TransportBar::refresh()
{
    const int count = int(m_cursor.stops().size());
    const int at = m_cursor.stopIndex();
    const QSignalBlocker blocker(m_slider);
    m_slider->setRange(0, std::max(0, count - 1));
    m_slider->setValue(std::max(0, at));
    m_slider->setEnabled(count > 1);
    keepRoomForPlace();
    m_place->setText(count ? tr("step %1 of %2").arg(std::max(0, at) + 1).arg(count) : tr("no steps yet"));
    m_first->setEnabled(!m_cursor.atFirst());
    m_back->setEnabled(!m_cursor.atFirst());
    const bool ahead = !m_cursor.atLast() || m_cursor.isLive();
    m_next->setEnabled(ahead);
    m_last->setEnabled(!m_cursor.atLast());
    m_over->setEnabled(ahead);
    m_out->setEnabled(ahead);
    m_decision->setEnabled(count > 0);
    m_goTo->setEnabled(count > 1);
    m_play->setEnabled(count > 1 || m_cursor.isLive());
    const QSignalBlocker everyBlocker(m_everyRule);
    m_everyRule->setChecked(m_cursor.stopsMode() == walk::Stops::EveryStep);
}

void TransportBar::askForStep()
{
    m_question->setRange(1, int(m_cursor.stops().size()));
    m_question->setValue(m_cursor.stopIndex() + 1);
    m_question->setFixedWidth(m_place->width());
    m_place->hide();
    m_question->show();
    m_question->setFocus(Qt::ShortcutFocusReason);
    m_question->selectAll();
}

void TransportBar::leaveQuestion()
{
    m_question->hide();
    m_place->show();
}

bool TransportBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_place && event->type() == QEvent::MouseButtonRelease && m_goTo->isEnabled()) {
        askForStep();
    } else if (watched == m_question && event->type() == QEvent::FocusOut) {
        leaveQuestion();
    } else if (watched == m_question && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_question->interpretText();
            m_cursor.moveToStop(m_question->value() - 1);
            m_slider->setFocus();
            return true;
        }
        if (key == Qt::Key_Escape) {
            m_slider->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TransportBar::setPlaying(bool playing)
{
    if (playing == isPlaying())
        return;
    if (playing) {
        if (m_cursor.atLast() && !m_cursor.isLive())
            m_cursor.first();
        m_timer.start();
    } else {
        m_timer.stop();
    }
    m_play->setText(playing ? tr("Pause") : tr("Play"));
    explainKey(m_play);
    drawSigns();
    Q_EMIT playingChanged(playing);
}

void TransportBar::setSecondsPerStep(double seconds)
{
    const QSignalBlocker blocker(m_speed);
    m_speed->setCurrentIndex(m_speed->findData(seconds));
    m_timer.setInterval(int(seconds * 1000));
}

void TransportBar::tick()
{
    m_cursor.next();
    if (m_cursor.atLast() && !m_cursor.isLive())
        setPlaying(false);
}

void TransportBar::drawSigns()
{
    const auto theme = Theme::of(*this);
    const int side = fontMetrics().height() * 4 / 5;
    m_first->setIcon(signIcon(Sign::First, theme, side));
    m_back->setIcon(signIcon(Sign::Back, theme, side));
    m_play->setIcon(signIcon(isPlaying() ? Sign::Pause : Sign::Play, theme, side));
    m_next->setIcon(signIcon(Sign::Next, theme, side));
    m_last->setIcon(signIcon(Sign::Last, theme, side));
    m_decision->setIcon(signIcon(Sign::Decision, theme, side));
}

void TransportBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        drawSigns();
    if (event->type() == QEvent::FontChange && m_place)
        keepRoomForPlace();
}

/// NB: as wide as it may become, so that nothing beside it moves while stepping, and the window is not laid out anew.
void TransportBar::keepRoomForPlace()
{
    int widest = 88;
    while (widest < m_cursor.trace()->size())
        widest = widest * 10 + 8;
    const auto size = m_place->fontMetrics().size(Qt::TextSingleLine, tr("step %1 of %2").arg(widest).arg(widest));
    if (m_place->minimumSize() != size)
        m_place->setFixedSize(size);
}

} // namespace corscope

#pragma once

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;

namespace corscope {

class TraceCursor;

/// Moves the cursor like a film: first, back, play, next, last, to the decision, to a number, a slider, and whether every rule is a
/// stop. Its actions (QWidget::actions) carry the shortcuts and can be put into a menu.
class TransportBar : public QWidget
{
    Q_OBJECT
public:
    explicit TransportBar(TraceCursor& cursor, QWidget* parent = nullptr);
    bool isPlaying() const { return m_timer.isActive(); }

public Q_SLOTS:
    void setPlaying(bool playing);
    /// Seconds that each step stays.
    void setSecondsPerStep(double seconds);

Q_SIGNALS:
    void playingChanged(bool playing);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAction* add(const QString& id, const QString& text, const QKeySequence& key, void (TraceCursor::*slot)());
    QToolButton* button(QAction* action);
    void refresh();
    void drawSigns();
    void askForStep();
    void leaveQuestion();
    void keepRoomForPlace();
    void tick();

    TraceCursor& m_cursor;
    QTimer m_timer;
    QAction* m_first;
    QAction* m_back;
    QAction* m_play;
    QAction* m_next;
    QAction* m_last;
    QAction* m_decision;
    QAction* m_over;
    QAction* m_out;
    QAction* m_everyRule;
    QAction* m_goTo;
    QSlider* m_slider;
    QLabel* m_place;
    QSpinBox* m_question; ///< in the place of m_place, while a number is asked for
    QComboBox* m_speed;
};

} // namespace corscope

#pragma once

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QTextBrowser;

namespace corscope {

class Presentation;
class ScenarioDocument;

/// What only the speaker sees, on a screen of its own where there is one: the step that is shown with its answer, the one
/// that comes next, the notes of the scenario and of the action, and the time since the start. The notes can be written
/// here.
class SpeakerWindow : public QWidget
{
    Q_OBJECT
public:
    SpeakerWindow(ScenarioDocument& document, Presentation& presentation, QWidget* parent);

    /// On another screen than that window's, where there is one.
    void showBeside(const QWidget& window);

Q_SIGNALS:
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void refresh();
    void showTime();
    void showNotes();
    void takeNotes(std::optional<int> action, const QString& text);
    int action() const;

    ScenarioDocument& m_document;
    Presentation& m_presentation;
    QTimer m_timer;
    QLabel* m_time;
    QLabel* m_place;
    QTextBrowser* m_now;
    QTextBrowser* m_next;
    QPlainTextEdit* m_notes;
    QPlainTextEdit* m_actionNotes;
    QLabel* m_actionTitle;
};

} // namespace corscope

#pragma once

#include "ui/present/Presentation.h"

#include <QList>
#include <QPointer>

class QAction;
class QMainWindow;
class QVBoxLayout;

namespace corscope {

class Actions;
class ExchangeColumn;
class PresentBar;
class ScenarioDocument;
class SpeakerWindow;

/// Turns the window into a stage and back: only the exchange is left, large, on the whole screen, with the keys of a
/// clicker; notes for the speaker stand in a window of their own.
class PresentMode : public QObject
{
    Q_OBJECT
public:
    /// What of the window takes part.
    struct Stage
    {
        QMainWindow& window;
        Actions& actions;
        ExchangeColumn& exchange;
        QVBoxLayout& column;        ///< gets the bar at its top
        QList<QWidget*> offStage;   ///< is hidden meanwhile
    };
    PresentMode(const Stage& stage, ScenarioDocument& document, Presentation& presentation);

    /// For the bar of the window.
    QWidget* button() const { return m_button; }
    bool isOn() const { return m_presentation.isOn(); }

public Q_SLOTS:
    void toggle();
    void toggleNotes();

private:
    void addActions();
    void setUp(bool on);

    Stage m_stage;
    ScenarioDocument& m_document;
    Presentation& m_presentation;
    PresentBar* m_bar = nullptr;
    SpeakerWindow* m_speaker = nullptr;
    QList<QAction*> m_keys; ///< count only while presenting
    QAction* m_notes = nullptr;
    QWidget* m_button = nullptr;
    QList<QPointer<QWidget>> m_hidden;
    Qt::WindowStates m_statesBefore;
};

} // namespace corscope

#pragma once

#include "ui/session/KeptRuns.h"

#include <QDialog>
#include <QObject>

class QAction;
class QToolButton;

namespace corscope {

class CompareView;
class Preview;
class ScenarioDocument;
class TraceCursor;

/// Keeps runs and opens the comparison: what the window needs of it are the actions and a button.
class RunComparison : public QObject
{
    Q_OBJECT
public:
    /// \param window the comparison opens above it, in its size.
    RunComparison(ScenarioDocument& document, TraceCursor& cursor, const Preview& preview, QWidget& window);

    /// Keep, compare with what was kept, compare with what was sent: for a menu.
    const QList<QAction*>& actions() const { return m_actions; }
    /// A button with the same actions.
    QToolButton* button() const;
    KeptRuns& runs() { return m_runs; }

Q_SIGNALS:
    void kept(const QString& name);

private:
    QAction* action(const QString& name, const QString& text, const QKeySequence& key, const QString& tip);
    CompareView& opened();
    void refresh();

    QWidget& m_window;
    TraceCursor& m_cursor;
    KeptRuns m_runs;
    QList<QAction*> m_actions;
    QAction* m_keep;
    QAction* m_withKept;
    QAction* m_withSent;
    QDialog* m_dialog = nullptr;
    CompareView* m_view = nullptr;
};

} // namespace corscope

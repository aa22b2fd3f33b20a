#pragma once

#include <QWidget>

class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace corscope {

class RunController;
class ScenarioDocument;
class TraceCursor;

/// The right column: one panel per server, as tabs where there are several.
class ServerSide : public QWidget
{
    Q_OBJECT
public:
    ServerSide(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QWidget* parent = nullptr);

public Q_SLOTS:
    /// The keyboard comes to the pipeline of the server that is shown.
    void focusPipeline();

Q_SIGNALS:
    void roomWanted(bool much); ///< of the window's width; or the usual part of it again

private:
    void refresh();
    void nameTabs();
    QWidget* tabs(int count, int shown);
    QWidget* panel(int server);

    ScenarioDocument& m_document;
    RunController& m_run;
    TraceCursor& m_cursor;
    QVBoxLayout* m_column;
    QWidget* m_content = nullptr;
    QTabWidget* m_tabs = nullptr; ///< null where there is one server only
    int m_count = -1;             ///< servers that have a panel
};

} // namespace corscope

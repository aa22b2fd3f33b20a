#pragma once

#include <QWidget>

#include <vector>

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

private:
    void refresh();
    QWidget* panel(int server);

    ScenarioDocument& m_document;
    RunController& m_run;
    TraceCursor& m_cursor;
    QVBoxLayout* m_column;
    QWidget* m_content = nullptr;
    QList<QByteArray> m_shown; ///< ids of the servers that have a panel
};

} // namespace corscope

#pragma once

#include <QWidget>

#include <vector>

class QAbstractButton;
class QLabel;
class QVBoxLayout;

namespace corscope {

class ScenarioDocument;

/// The stages of a server in the order in which a request meets them, each with a switch; choosing one shows its
/// settings.
class PipelineList : public QWidget
{
    Q_OBJECT
public:
    PipelineList(ScenarioDocument& document, int server, QWidget* parent = nullptr);

    int chosenStage() const { return m_chosen; }

Q_SIGNALS:
    void stageChosen(int stage);

private:
    struct Row
    {
        QWidget* widget;
        QAbstractButton* enabled;
        QLabel* state;
        QAbstractButton* settings;
    };
    void refresh();
    void addRow();
    void choose(int stage);

    ScenarioDocument& m_document;
    int m_server;
    int m_chosen = -1;
    QVBoxLayout* m_column;
    std::vector<Row> m_rows;
};

} // namespace corscope

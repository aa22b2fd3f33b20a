#pragma once

#include "ui/widgets/Card.h"

namespace corscope {

class AddressRow;
class PipelineList;
class RunController;
class ScenarioDocument;

/// A server's address and the stages of its pipeline.
class ServerCard : public Card
{
    Q_OBJECT
public:
    ServerCard(ScenarioDocument& document, RunController& run, int server, QWidget* parent = nullptr);
    int chosenStage() const;

Q_SIGNALS:
    void stageChosen(int stage);

private:
    void refresh();
    void showListening();

    ScenarioDocument& m_document;
    RunController& m_run;
    int m_server;
    AddressRow* m_address;
    PipelineList* m_pipeline;
    QLabel* m_listening;
};

} // namespace corscope

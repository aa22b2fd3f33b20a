#pragma once

#include "ui/widgets/Card.h"

#include <functional>

class QComboBox;
class QMenu;
class QPushButton;
class QToolButton;

namespace corscope {

class AddressRow;
class Field;
class FormGrid;
class PipelineList;
class RunController;
class ScenarioDocument;
struct ServerConfig;

/// A server's name and address, whether it runs, and the stages of its pipeline.
class ServerCard : public Card
{
    Q_OBJECT
public:
    ServerCard(ScenarioDocument& document, RunController& run, int server, QWidget* parent = nullptr);
    int chosenStage() const;

Q_SIGNALS:
    void stageChosen(int stage); ///< index, or PipelineList::routes

private:
    void buildHeading();
    void buildForm();
    void fillMenu(QMenu& menu);
    void edit(const QString& name, const QByteArray& field, const std::function<void(ServerConfig&)>& change);
    QString nameProblem(const QString& name) const;
    void refresh();
    void showListening();

    ScenarioDocument& m_document;
    RunController& m_run;
    int m_server;
    FormGrid* m_form;
    Field* m_name;
    QWidget* m_nameLabel;
    AddressRow* m_address;
    QWidget* m_spaceLabel = nullptr;
    QComboBox* m_space; ///< there once an address space was set
    PipelineList* m_pipeline;
    QLabel* m_listening;
    QWidget* m_portTaken;
    QLabel* m_portSentence;
    QPushButton* m_otherPort;
    quint16 m_freePort = 0;
};

} // namespace corscope

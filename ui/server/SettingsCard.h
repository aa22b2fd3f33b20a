#pragma once

#include "ui/widgets/Card.h"

#include <QHash>

class QToolButton;

namespace corscope {

class CodeView;
class ScenarioDocument;
class SettingsForm;

/// The chosen stage's settings, as a form and as the code that a user of the framework writes.
class SettingsCard : public Card
{
    Q_OBJECT
public:
    SettingsCard(ScenarioDocument& document, int server, QWidget* parent = nullptr);

public Q_SLOTS:
    void showStage(int stage);

private:
    void refresh();

    ScenarioDocument& m_document;
    int m_server;
    SettingsForm* m_form;
    CodeView* m_code;
    QToolButton* m_copy;
    QByteArray m_option; ///< whose line is pointed at
};

} // namespace corscope

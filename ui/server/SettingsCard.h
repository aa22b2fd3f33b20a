#pragma once

#include "ui/widgets/Card.h"

class QBoxLayout;
class QToolButton;

namespace corscope {

class ElidedButton;
class ScenarioDocument;
class SettingsForm;
class StageCodePanel;

/// The chosen stage's settings, as a form and as the code that a user of the framework writes: beside each other where
/// there is room, otherwise below each other.
class SettingsCard : public Card
{
    Q_OBJECT
public:
    SettingsCard(ScenarioDocument& document, int server, QWidget* parent = nullptr);

public Q_SLOTS:
    void showStage(int stage);

Q_SIGNALS:
    /// The user wants form and code beside each other, or the usual width back.
    void roomWanted(bool much);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void arrange();

    ScenarioDocument& m_document;
    int m_server;
    SettingsForm* m_form;
    StageCodePanel* m_code;
    QLabel* m_banner;
    QBoxLayout* m_sides;
    QToolButton* m_copy;
    ElidedButton* m_change;
    QToolButton* m_room;
};

} // namespace corscope

#pragma once

#include "core/scenario/Scenario.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace corscope {

class FormGrid;
class OptionEdit;
class ScenarioDocument;
struct FrameworkDescription;

/// The settings of one stage, under the framework's own names, generated from its description.
class SettingsForm : public QWidget
{
    Q_OBJECT
public:
    SettingsForm(ScenarioDocument& document, int server, QWidget* parent = nullptr);

    void showStage(int stage);
    int stage() const { return m_stage; }

Q_SIGNALS:
    void optionEntered(const QByteArray& name); ///< the keyboard is in that option's input

private:
    void refresh();
    void rebuild(const StageConfig& stage);
    void edit(const QString& name, const QByteArray& key, const std::function<void(StageConfig&)>& change);

    ScenarioDocument& m_document;
    int m_server;
    int m_stage = -1;
    QByteArray m_shown; ///< description and version the form was made of
    QVBoxLayout* m_column;
    FormGrid* m_form = nullptr;
    QComboBox* m_version = nullptr;
    std::vector<OptionEdit*> m_edits;
    QLabel* m_error;
};

/// The description of a stage's options; null where there is none.
const FrameworkDescription* descriptionOf(const StageConfig& stage);

} // namespace corscope

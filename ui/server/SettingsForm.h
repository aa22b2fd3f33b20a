#pragma once

#include "core/base/Result.h"
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

/// The settings of one stage, under the framework's own names, generated from its description. What the framework would
/// refuse is said at the option that it names.
class SettingsForm : public QWidget
{
    Q_OBJECT
public:
    SettingsForm(ScenarioDocument& document, int server, QWidget* parent = nullptr);

    void showStage(int stage);
    int stage() const { return m_stage; }

public Q_SLOTS:
    /// Marks the name of an option; none where that is empty.
    void mark(const QByteArray& option);

Q_SIGNALS:
    void optionEntered(const QByteArray& name); ///< the keyboard is in that option's input

private:
    struct Row
    {
        OptionEdit* edit;
        QLabel* label;
    };
    void refresh();
    void rebuild(const StageConfig& stage);
    void addVersion(const FrameworkDescription& description);
    void edit(const QString& name, const QByteArray& key, const std::function<void(StageConfig&)>& change);

    ScenarioDocument& m_document;
    int m_server;
    int m_stage = -1;
    QByteArray m_shown; ///< description and version the form was made of
    QByteArray m_marked;
    QVBoxLayout* m_column;
    FormGrid* m_form = nullptr;
    QComboBox* m_version = nullptr;
    std::vector<Row> m_rows;
};

} // namespace corscope

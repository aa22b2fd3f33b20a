#include "ui/server/PipelineList.h"

#include "core/backend/FrameworkDescription.h"
#include "ui/server/SettingsForm.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Field.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

PipelineList::PipelineList(ScenarioDocument& document, int server, QWidget* parent)
    : QWidget(parent), m_document(document), m_server(server), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(fontMetrics().height() / 6);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &PipelineList::refresh);
    refresh();
}

void PipelineList::addRow()
{
    const int index = int(m_rows.size());
    auto* widget = new QWidget;
    auto* enabled = new QCheckBox;
    enabled->setObjectName(QStringLiteral("stageSwitch_%1").arg(index));
    auto* state = new QLabel;
    state->setProperty("role", QStringLiteral("badge"));
    auto* settings = new QToolButton;
    settings->setObjectName(QStringLiteral("stage_%1").arg(index));
    settings->setText(tr("Settings"));
    settings->setProperty("role", QStringLiteral("quiet"));
    settings->setCheckable(true);
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(enabled, 1);
    row->addWidget(state, 0, Qt::AlignVCenter);
    row->addWidget(settings, 0, Qt::AlignVCenter);
    connect(enabled, &QCheckBox::clicked, this, [this, index, enabled](bool on) {
        const auto title = enabled->text();
        m_document.edit(on ? tr("Switch %1 on").arg(title) : tr("Switch %1 off").arg(title), {}, [&](Scenario& scenario) {
            if (auto* stage = scenarioaccess::stage(scenario, m_server, index))
                stage->enabled = on;
        });
        choose(index);
    });
    connect(settings, &QToolButton::clicked, this, [this, index] { choose(index); });
    m_column->addWidget(widget);
    m_rows.push_back({widget, enabled, state, settings});
}

void PipelineList::choose(int stage)
{
    const bool isNew = stage != m_chosen;
    m_chosen = stage;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].settings->setChecked(int(i) == stage);
    }
    if (isNew)
        Q_EMIT stageChosen(stage);
}

void PipelineList::refresh()
{
    const auto* server = scenarioaccess::server(m_document.scenario(), m_server);
    const size_t count = server ? server->pipeline.size() : 0;
    while (m_rows.size() > count) {
        m_rows.back().widget->hide();
        m_rows.back().widget->deleteLater();
        m_rows.pop_back();
    }
    while (m_rows.size() < count)
        addRow();
    int cors = -1;
    for (size_t i = 0; i < count; ++i) {
        const auto& stage = server->pipeline[i];
        const auto* description = descriptionOf(stage);
        const auto title = description ? description->stageTitle : QString::fromUtf8(stage.kind);
        auto& row = m_rows[i];
        row.enabled->setText(title);
        row.enabled->setChecked(stage.enabled);
        row.enabled->setToolTip(description ? QString(description->title + u'\n' + description->summary) : QString());
        row.state->setText(stage.enabled ? tr("on") : tr("off"));
        row.state->setToolTip(stage.enabled ? tr("Requests pass through this stage") : tr("Requests go past this stage"));
        setLook(row.state, "look", stage.enabled ? QStringLiteral("good") : QStringLiteral("neutral"));
        row.settings->setVisible(count > 1);
        row.settings->setAccessibleName(tr("Settings of %1").arg(title));
        if (cors < 0 && stage.kind == "cors")
            cors = int(i);
    }
    if (m_chosen < 0 || m_chosen >= int(count))
        choose(cors >= 0 ? cors : count > 0 ? 0 : -1);
    else
        choose(m_chosen);
}

} // namespace corscope

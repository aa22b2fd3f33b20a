#include "ui/server/PipelineList.h"

#include "core/backend/FrameworkDescription.h"
#include "ui/server/SettingsForm.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Field.h"

#include <QCheckBox>
#include <QHBoxLayout>
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
    auto* widget = new QFrame;
    widget->setProperty("role", QStringLiteral("stage"));
    auto* enabled = new QCheckBox;
    enabled->setObjectName(QStringLiteral("stageSwitch_%1").arg(index));
    auto* title = new QToolButton;
    title->setObjectName(QStringLiteral("stage_%1").arg(index));
    title->setProperty("role", QStringLiteral("stage-title"));
    title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    title->setCheckable(true);
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(fontMetrics().height() / 3, 0, 0, 0);
    row->addWidget(enabled);
    row->addWidget(title, 1);
    connect(enabled, &QCheckBox::clicked, this, [this, index, title](bool on) {
        m_document.edit(on ? tr("Switch %1 on").arg(title->text()) : tr("Switch %1 off").arg(title->text()), {},
                        [&](Scenario& scenario) {
                            if (auto* stage = scenarioaccess::stage(scenario, m_server, index))
                                stage->enabled = on;
                        });
        choose(index);
    });
    connect(title, &QToolButton::clicked, this, [this, index] { choose(index); });
    m_column->addWidget(widget);
    m_rows.push_back({widget, enabled, title});
}

void PipelineList::choose(int stage)
{
    const bool isNew = stage != m_chosen;
    m_chosen = stage;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].title->setChecked(int(i) == stage);
        setLook(m_rows[i].widget, "chosen", int(i) == stage && m_rows.size() > 1);
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
        m_rows[i].title->setText(title);
        m_rows[i].title->setToolTip(description ? description->title + QStringLiteral("\n") + description->summary : QString());
        m_rows[i].enabled->setChecked(stage.enabled);
        m_rows[i].enabled->setAccessibleName(tr("%1 is on").arg(title));
        m_rows[i].enabled->setToolTip(tr("Whether requests pass through this stage"));
        if (cors < 0 && stage.kind == "cors")
            cors = int(i);
    }
    if (m_chosen < 0 || m_chosen >= int(count))
        choose(cors >= 0 ? cors : count > 0 ? 0 : -1);
    else
        choose(m_chosen);
}

} // namespace corscope

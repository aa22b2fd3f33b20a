#include "ui/server/SettingsCard.h"

#include "core/backend/FrameworkDescription.h"
#include "ui/server/SettingsForm.h"
#include "ui/server/StageCode.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/CodeView.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

SettingsCard::SettingsCard(ScenarioDocument& document, int server, QWidget* parent)
    : Card(tr("Settings"), parent), m_document(document), m_server(server), m_form(new SettingsForm(document, server)),
      m_code(new CodeView(CodeView::Language::Python)), m_copy(new QToolButton)
{
    m_copy->setText(tr("Copy code"));
    m_copy->setObjectName(QStringLiteral("copyStageCode"));
    m_copy->setProperty("role", QStringLiteral("quiet"));
    m_copy->setToolTip(tr("Copy these settings as code"));
    addToHeading(m_copy);
    m_code->setFullHeight();
    m_code->setObjectName(QStringLiteral("stageCode"));
    m_code->setAccessibleName(tr("The settings as code"));
    body()->addWidget(m_form);
    body()->addWidget(m_code);
    connect(m_copy, &QToolButton::clicked, m_code, &CodeView::copyAll);
    connect(m_form, &SettingsForm::optionEntered, this, [this](const QByteArray& name) {
        m_option = name;
        refresh();
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &SettingsCard::refresh);
}

void SettingsCard::showStage(int stage)
{
    m_option.clear();
    m_form->showStage(stage);
    refresh();
}

void SettingsCard::refresh()
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_form->stage());
    setVisible(stage);
    if (!stage)
        return;
    const auto* description = descriptionOf(*stage);
    setTitle(description ? description->title : QString::fromUtf8(stage->kind));
    const auto code = stageCode(*stage);
    m_code->setCode(code.text);
    m_code->pointAt(code.lineOf.value(m_option, -1));
    m_code->setVisible(!code.text.isEmpty());
    m_code->setEnabled(stage->enabled);
    m_copy->setVisible(!code.text.isEmpty());
}

} // namespace corscope

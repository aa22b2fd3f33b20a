#include "ui/server/SettingsCard.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "ui/server/FrameworkChange.h"
#include "ui/server/SettingsForm.h"
#include "ui/server/StageChooser.h"
#include "ui/server/StageCode.h"
#include "ui/server/StageCodePanel.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/ElidedButton.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

static constexpr int widthForBoth = 29; ///< line heights from which form and code stand side by side

SettingsCard::SettingsCard(ScenarioDocument& document, int server, QWidget* parent)
    : Card(tr("Settings"), parent), m_document(document), m_server(server), m_form(new SettingsForm(document, server)),
      m_code(new StageCodePanel(document, server)), m_banner(new QLabel), m_sides(new QBoxLayout(QBoxLayout::TopToBottom)),
      m_copy(new QToolButton), m_change(new ElidedButton),
      m_room(new QToolButton)
{
    m_change->setObjectName(QStringLiteral("changeFramework"));
    m_change->setProperty("role", QStringLiteral("chooser"));
    m_change->setAutoDefault(false);
    m_copy->setText(tr("Copy"));
    m_copy->setObjectName(QStringLiteral("copyStageCode"));
    m_copy->setProperty("role", QStringLiteral("quiet"));
    m_copy->setToolTip(tr("Copy these settings as code"));
    m_copy->setAccessibleName(tr("Copy the code"));
    m_room->setText(QStringLiteral("⇔"));
    m_room->setObjectName(QStringLiteral("roomForCode"));
    m_room->setCheckable(true);
    m_room->setProperty("role", QStringLiteral("quiet"));
    m_room->setToolTip(tr("Form and code side by side: gives the server side more of the window"));
    m_room->setAccessibleName(tr("Form and code side by side"));
    connect(m_room, &QToolButton::clicked, this, &SettingsCard::roomWanted);
    addToHeading(m_copy);
    addToHeading(m_room);
    m_banner->setObjectName(QStringLiteral("settingsError"));
    m_banner->setProperty("role", QStringLiteral("banner"));
    m_banner->setProperty("look", QStringLiteral("warning"));
    m_banner->setTextFormat(Qt::PlainText);
    m_banner->setWordWrap(true);
    m_banner->hide();
    m_sides->setSpacing(fontMetrics().height() / 2);
    m_sides->addWidget(m_form, 1);
    m_sides->addWidget(m_code, 1);
    body()->addWidget(m_change);
    body()->addWidget(m_banner);
    body()->addLayout(m_sides);

    connect(m_copy, &QToolButton::clicked, m_code, &StageCodePanel::copyAll);
    connect(m_form, &SettingsForm::optionEntered, m_code, &StageCodePanel::pointAt);
    connect(m_code, &StageCodePanel::optionEntered, m_form, &SettingsForm::mark);
    connect(m_change, &QPushButton::clicked, this, [this] {
        const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_form->stage());
        if (!stage)
            return;
        auto* chooser = new StageChooser(StageChooser::Purpose::ChangeFramework, stage->framework, this);
        connect(chooser, &StageChooser::chosen, this, [this](const QByteArray& id) {
            const auto* framework = findFrameworkDescription(id);
            if (!framework)
                return;
            m_document.edit(tr("Change the framework to %1").arg(framework->title), {}, [&](Scenario& scenario) {
                auto* changed = scenarioaccess::stage(scenario, m_server, m_form->stage());
                if (changed && changed->framework != id)
                    *changed = changedFramework(*changed, *framework);
            });
        });
        chooser->openAt(m_change);
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &SettingsCard::refresh);
}

void SettingsCard::showStage(int stage)
{
    m_form->showStage(stage);
    m_code->showStage(stage);
    m_form->mark({});
    refresh();
}

void SettingsCard::refresh()
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_form->stage());
    setVisible(stage);
    if (!stage)
        return;
    const auto* description = descriptionOf(*stage);
    const bool isCors = stage->kind == "cors";
    setTitle(description && !isCors ? description->title : stageTitle(*stage));
    m_change->setVisible(isCors);
    m_change->say(description ? QString(description->title + QStringLiteral("  ▾")) : QString());
    m_change->setToolTip(tr("%1\nChoose another framework: what both know is kept").arg(description ? description->summary : QString()));
    m_change->setAccessibleName(tr("Framework: %1").arg(description ? description->title : QString()));
    m_copy->setVisible(m_code->hasCode());
    m_room->setVisible(m_code->hasCode());
    const auto made = makeStage(*stage);
    m_banner->setVisible(!made);
    if (!made) {
        const auto where = made.error().where.section(QStringLiteral("settings."), 1);
        m_banner->setText(tr("%1 does not start with these settings%2. The server goes on with the last ones that worked; "
                                 "the run that is shown was made with those.")
                              .arg(stageTitle(*stage), where.isEmpty() ? QString() : tr(" (%1)").arg(where)));
        m_banner->setToolTip(made.error().sentence());
    }
    arrange();
}

void SettingsCard::arrange()
{
    const int em = fontMetrics().height();
    const bool beside = isVisible() && m_code->hasCode() && width() >= em * widthForBoth;
    // Beside each other they must not keep the user from making the column narrow again.
    setMinimumWidth(beside ? qMax(m_form->minimumSizeHint().width(), m_code->minimumSizeHint().width()) + em * 2 : 0);
    m_sides->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_room->setChecked(beside);
}

void SettingsCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    arrange();
}

} // namespace corscope

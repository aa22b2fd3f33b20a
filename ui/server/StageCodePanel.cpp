#include "ui/server/StageCodePanel.h"

#include "core/backend/code/FrameworkCode.h"
#include "ui/server/StageCode.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/widgets/Field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace corscope {

StageCodePanel::StageCodePanel(ScenarioDocument& document, int server, QWidget* parent)
    : QWidget(parent), m_document(document), m_server(server), m_code(new CodeEdit(CodeEdit::Colours::Code)),
      m_note(noteLabel()), m_back(new QToolButton)
{
    m_code->setObjectName(QStringLiteral("stageCode"));
    m_code->setAccessibleName(tr("The settings as code"));
    m_code->setLines(3, 60);
    m_note->setObjectName(QStringLiteral("codeNote"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_code);
    column->addWidget(m_note);
    m_back->setObjectName(QStringLiteral("bringCodeBack"));
    m_back->setProperty("role", QStringLiteral("quiet"));
    m_back->setText(tr("Bring back what was typed"));
    m_back->setToolTip(tr("The settings changed while the code had a mistake in it. This puts the unread text back."));
    m_back->hide();
    column->addWidget(m_back, 0, Qt::AlignLeft);
    column->addStretch(1);
    connect(m_back, &QToolButton::clicked, this, &StageCodePanel::bringBack);
    connect(m_code, &CodeEdit::edited, this, &StageCodePanel::read);
    connect(m_code, &CodeEdit::lineEntered, this, &StageCodePanel::enterLine);
    connect(m_code, &CodeEdit::entered, this, [this] { enterLine(m_code->textCursor().blockNumber()); });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &StageCodePanel::refresh);
}

void StageCodePanel::enterLine(int line)
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_stage);
    const auto* description = stage ? descriptionOf(*stage) : nullptr;
    if (!description)
        return;
    m_option = optionAtLine(*description, m_code->code(), line);
    m_code->pointAt(lineOfOption(*description, m_code->code(), m_option));
    Q_EMIT optionEntered(m_option);
}

void StageCodePanel::showStage(int stage)
{
    m_aside.clear();
    m_back->hide();
    m_code->markMistake(-1); // of another stage
    m_stage = stage;
    m_seen = {};
    m_option.clear();
    refresh();
}

void StageCodePanel::refresh()
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_stage);
    const auto* description = stage ? descriptionOf(*stage) : nullptr;
    m_hasCode = description && !description->code.language.isEmpty();
    setVisible(m_hasCode);
    if (!m_hasCode)
        return;
    auto now = *stage;
    now.enabled = true; // which is not in the code
    if (now == m_seen)
        return; // what is typed, and its mistake, are left alone
    m_seen = now;
    setAside();
    m_code->setCode(stageCode(now));
    clearMistake();
    pointAt(m_option);
}

void StageCodePanel::read(const QString& code)
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_stage);
    const auto* description = stage ? descriptionOf(*stage) : nullptr;
    if (!description)
        return;
    const auto settings = readCode(*description, code.toUtf8());
    if (!settings) {
        complain(settings.error());
        return;
    }
    clearMistake();
    auto changed = *stage;
    const auto before = description->completed(stage->settings, stage->version);
    const auto after = description->completed(*settings, stage->version);
    if (before && after && *before == *after)
        return; // other words, the same settings
    changed.settings = *settings;
    m_seen = changed;
    m_seen.enabled = true;
    const auto key = QStringLiteral("server%1.stage%2.code").arg(m_server).arg(m_stage).toUtf8();
    m_document.edit(tr("Edit the code of %1").arg(description->stageTitle), key, [&](Scenario& scenario) {
        if (auto* edited = scenarioaccess::stage(scenario, m_server, m_stage))
            edited->settings = *settings;
    });
}

void StageCodePanel::setAside()
{
    if (!m_code->hasMistake())
        return;
    m_aside = m_code->code();
    m_back->show();
}

void StageCodePanel::bringBack()
{
    const auto text = std::exchange(m_aside, {});
    m_back->hide();
    m_code->setCode(text);
    m_code->setFocus();
    read(text);
}

void StageCodePanel::complain(const InputError& error)
{
    const auto place = placeIn(error);
    setLook(m_code, "invalid", true);
    setLook(m_note, "invalid", true);
    m_code->markMistake(place.line > 0 ? place.line - 1 : 0, offendingText(error), place.column - 1);
    auto sentence = error.sentence();
    sentence[0] = sentence[0].toUpper();
    m_note->setText(tr("%1. The settings stay as they were.").arg(sentence));
    m_note->show();
    m_code->setAccessibleDescription(m_note->text());
    m_document.setMistake(this, sentence);
}

void StageCodePanel::clearMistake()
{
    setLook(m_code, "invalid", false);
    m_code->markMistake(-1);
    m_note->clear();
    m_note->hide();
    m_code->setAccessibleDescription(tr("What is typed here changes the settings"));
    m_document.setMistake(this, {});
}

void StageCodePanel::pointAt(const QByteArray& option)
{
    m_option = option;
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, m_stage);
    const auto* description = stage ? descriptionOf(*stage) : nullptr;
    m_code->pointAt(description ? lineOfOption(*description, m_code->code(), option) : -1);
}

void StageCodePanel::copyAll()
{
    QGuiApplication::clipboard()->setText(m_code->code());
}

} // namespace corscope

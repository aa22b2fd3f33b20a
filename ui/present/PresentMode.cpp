#include "ui/present/PresentMode.h"

#include "ui/present/PresentBar.h"
#include "ui/present/SpeakerWindow.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/verdict/VerdictBar.h"
#include "ui/window/Actions.h"
#include "ui/window/ExchangeColumn.h"

#include <QAction>
#include <QMainWindow>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

PresentMode::PresentMode(const Stage& stage, ScenarioDocument& document, Presentation& presentation)
    : QObject(&stage.window), m_stage(stage), m_document(document), m_presentation(presentation)
{
    addActions();
    connect(&presentation, &Presentation::onChanged, this, &PresentMode::setUp);
    connect(&presentation, &Presentation::changed, &stage.exchange.verdict(), [this] {
        m_stage.exchange.verdict().setQuestion(m_presentation.question());
    });
    connect(&document, &ScenarioDocument::scenarioReplaced, &presentation, &Presentation::end);
}

void PresentMode::addActions()
{
    const auto key = [](std::initializer_list<QKeyCombination> keys) {
        QList<QKeySequence> list;
        for (const auto each : keys)
            list.append(QKeySequence(each));
        return list;
    };
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& keys, auto&& does) {
        auto* action = m_stage.actions.add(Actions::Category::View, QLatin1String(id), text, keys, does);
        action->setToolTip(Actions::hint(*action));
        return action;
    };
    m_stage.actions.separate(Actions::Category::View);
    auto* present = add("present", tr("Present"), key({Qt::Key_F5}), [this] { toggle(); });
    present->setToolTip(Actions::hint(*present, tr("Large, for an audience that predicts each verdict before it is revealed")));
    auto* button = new QPushButton(Actions::words(*present));
    button->setObjectName(QStringLiteral("presentButton"));
    button->setToolTip(present->toolTip());
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, present, &QAction::trigger);
    m_button = button;
    m_notes = add("speakerNotesWindow", tr("Speaker notes"), key({Qt::CTRL | Qt::SHIFT | Qt::Key_N}), [this] { toggleNotes(); });
    m_notes->setCheckable(true);
    m_keys = {
        add("presentBack", tr("Present: back"), key({Qt::Key_PageUp, Qt::Key_Left, Qt::Key_Up}), [this] { m_presentation.back(); }),
        add("presentForward", tr("Present: answer or next step"), key({Qt::Key_PageDown, Qt::Key_Right, Qt::Key_Down}),
            [this] { m_presentation.forward(); }),
        add("presentReveal", tr("Present: reveal"), key({Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter}),
            [this] { m_presentation.reveal(); }),
        add("presentAgain", tr("Present: from the first step"), key({Qt::Key_Home}), [this] { m_presentation.again(); }),
        add("presentLeave", tr("Present: leave"), key({Qt::Key_Escape}), [this] { m_presentation.end(); })};
    for (auto* action : m_keys)
        action->setEnabled(false);
    m_bar = new PresentBar(m_document, m_presentation, {m_keys[0], m_keys[1], m_keys[2], m_notes, m_keys[4]});
    m_bar->hide();
    m_stage.column.insertWidget(0, m_bar);
}

void PresentMode::toggle()
{
    if (m_presentation.isOn())
        m_presentation.end();
    else
        m_presentation.start();
}

void PresentMode::toggleNotes()
{
    if (!m_speaker) {
        m_speaker = new SpeakerWindow(m_document, m_presentation, &m_stage.window);
        m_speaker->addActions({m_keys[0], m_keys[1], m_keys[4]});
        connect(m_speaker, &SpeakerWindow::closed, m_notes, [this] { m_notes->setChecked(false); });
    }
    const bool show = !m_speaker->isVisible();
    if (show)
        m_speaker->showBeside(m_stage.window);
    else
        m_speaker->close();
    m_notes->setChecked(show);
}

void PresentMode::setUp(bool on)
{
    for (auto* action : m_keys)
        action->setEnabled(on);
    if (on) {
        m_statesBefore = m_stage.window.windowState();
        for (auto* widget : m_stage.offStage)
            if (!widget->isHidden()) {
                widget->hide();
                m_hidden.append(widget);
            }
        m_stage.exchange.setEnlarged(true);
        m_bar->show();
        m_stage.window.setWindowState(m_statesBefore | Qt::WindowFullScreen);
        m_stage.exchange.setFocus();
    } else {
        m_bar->hide();
        m_stage.exchange.setEnlarged(false);
        for (const auto& widget : std::exchange(m_hidden, {}))
            if (widget)
                widget->show();
        m_stage.window.setWindowState(m_statesBefore);
    }
    m_stage.exchange.verdict().setQuestion(m_presentation.question());
}

} // namespace corscope

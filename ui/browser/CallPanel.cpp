#include "ui/browser/CallPanel.h"

#include "ui/browser/SmallButton.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/widgets/Field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QUndoStack>
#include <QVBoxLayout>

#include <utility>

namespace corscope {

CallPanel::CallPanel(ScenarioDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_code(new CodeEdit(CodeEdit::Colours::Code)), m_note(noteLabel()),
      m_anew(smallButton("writeCodeAnew", tr("Write the code anew")))
{
    m_code->setObjectName(QStringLiteral("fetchCode"));
    m_code->setAccessibleName(tr("The request as code"));
    m_code->setLines(2, 60);
    m_note->setObjectName(QStringLiteral("fetchCodeNote"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_code);
    column->addWidget(m_note);
    column->addWidget(m_anew, 0, Qt::AlignLeft);
    m_anew->setToolTip(tr("As the form has the request; what is typed here goes"));
    m_anew->hide();
    connect(m_anew, &QPushButton::clicked, this, &CallPanel::writeAnew);
    connect(&document, &ScenarioDocument::scenarioReplaced, this, [this] {
        m_drafts.clear();
        m_send = -1;
    });
    connect(m_code, &CodeEdit::edited, this, &CallPanel::read);
    connect(&document, &ScenarioDocument::scenarioChanged, this, [this] { m_scenarioMoved = true; });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &CallPanel::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &CallPanel::refresh);
    connect(document.undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
        const bool isEdit = std::exchange(m_scenarioMoved, false);
        if (index < std::exchange(m_undoIndex, index) && isEdit && m_code->hasMistake())
            write(); // the mistake is undone with what was read before it
    });
    refresh();
}

void CallPanel::refresh()
{
    const auto* send = scenarioaccess::send(m_document.scenario(), m_document.selectedSend());
    if (const auto count = m_document.scenario().actions.size(); count != std::exchange(m_count, count))
        m_drafts.clear(); // their places are others' now
    if (!send || (m_send == m_document.selectedSend() && send->call == m_seen))
        return; // what is typed, and its mistake, are left alone
    const bool isSame = m_send == m_document.selectedSend();
    if (isSame && m_code->hasMistake())
        return; // the form has gone on; what cannot be read is not thrown away
    if (!isSame && m_code->hasMistake() && m_send >= 0)
        m_drafts[m_send] = m_code->code();
    m_send = m_document.selectedSend();
    write();
    const auto draft = m_drafts.take(m_send);
    if (isSame || draft.isEmpty())
        return;
    if (const auto call = readCallCode(draft, m_seen); !call) {
        m_code->setCode(draft);
        complain(call.error());
    }
}

void CallPanel::write()
{
    const auto* send = scenarioaccess::send(m_document.scenario(), m_send);
    if (!send)
        return;
    m_seen = send->call;
    m_code->setCode(callCode(m_seen));
    clearMistake();
}

void CallPanel::writeAnew()
{
    write();
    m_code->setFocus();
}

void CallPanel::read(const QString& code)
{
    const auto* send = scenarioaccess::send(m_document.scenario(), m_document.selectedSend());
    if (!send)
        return;
    const auto call = readCallCode(code, send->call);
    if (!call) {
        complain(call.error());
        return;
    }
    clearMistake();
    m_seen = *call;
    const int action = m_document.selectedSend();
    m_document.edit(tr("Edit the code of the request"), "request" + QByteArray::number(action) + ".code",
                    [&](Scenario& scenario) {
                        if (auto* edited = scenarioaccess::send(scenario, action))
                            edited->call = *call;
                    });
}

void CallPanel::complain(const CodeMistake& mistake)
{
    setLook(m_code, "invalid", true);
    setLook(m_note, "invalid", true);
    const auto line = m_code->code().section(u'\n', mistake.line - 1, mistake.line - 1);
    m_code->markMistake(mistake.line - 1, line.mid(mistake.column - 1, mistake.length), mistake.column - 1);
    m_note->setText(tr("Line %1, column %2: %3 The request stays as it was.")
                        .arg(QString::number(mistake.line), QString::number(mistake.column), mistake.sentence));
    m_note->show();
    m_anew->show();
    m_code->setAccessibleDescription(m_note->text());
    m_document.setMistake(this, mistake.sentence);
}

void CallPanel::clearMistake()
{
    setLook(m_code, "invalid", false);
    m_code->markMistake(-1);
    m_note->clear();
    m_note->hide();
    m_anew->hide();
    m_code->setAccessibleDescription(tr("What is typed here changes the request"));
    m_document.setMistake(this, {});
}

void CallPanel::copyAll()
{
    QGuiApplication::clipboard()->setText(m_code->code());
}

} // namespace corscope

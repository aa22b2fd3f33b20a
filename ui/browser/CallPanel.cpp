#include "ui/browser/CallPanel.h"

#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/widgets/Field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

namespace corscope {

CallPanel::CallPanel(ScenarioDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_code(new CodeEdit(CodeEdit::Colours::Code)), m_note(noteLabel())
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
    connect(m_code, &CodeEdit::edited, this, &CallPanel::read);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &CallPanel::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &CallPanel::refresh);
    refresh();
}

void CallPanel::refresh()
{
    const auto* send = scenarioaccess::send(m_document.scenario(), m_document.selectedSend());
    if (!send || (m_send == m_document.selectedSend() && send->call == m_seen))
        return; // what is typed, and its mistake, are left alone
    m_send = m_document.selectedSend();
    m_seen = send->call;
    m_code->setCode(callCode(m_seen));
    clearMistake();
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
    m_code->setAccessibleDescription(m_note->text());
}

void CallPanel::clearMistake()
{
    setLook(m_code, "invalid", false);
    m_code->markMistake(-1);
    m_note->clear();
    m_note->hide();
    m_code->setAccessibleDescription(tr("What is typed here changes the request"));
}

void CallPanel::copyAll()
{
    QGuiApplication::clipboard()->setText(m_code->code());
}

} // namespace corscope

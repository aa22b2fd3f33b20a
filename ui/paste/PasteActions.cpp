#include "ui/paste/PasteActions.h"

#include "ui/paste/PasteDialog.h"
#include "ui/session/ScenarioDocument.h"

#include <QAction>
#include <QWidget>

namespace corscope {

PasteActions::PasteActions(ScenarioDocument& document, std::function<bool()> mayDiscard, QWidget* window)
    : QObject(window), m_document(document), m_mayDiscard(std::move(mayDiscard)), m_window(window)
{
    m_paste = new QAction(tr("Paste a bug report…"), this);
    m_paste->setObjectName(QStringLiteral("pasteReport"));
    m_paste->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    connect(m_paste, &QAction::triggered, this, [this] { openPasteDialog(); });
}

PasteDialog& PasteActions::dialog()
{
    if (!m_dialog) {
        m_dialog = new PasteDialog(m_window);
        connect(m_dialog, &PasteDialog::openWanted, this, &PasteActions::openInSandbox);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    return *m_dialog;
}

void PasteActions::openPasteDialog(const QString& text)
{
    if (!text.isEmpty())
        dialog().setText(text);
    else
        dialog();
}

void PasteActions::openPastedFile(const QString& path)
{
    dialog().readFile(path);
}

void PasteActions::openInSandbox(const Scenario& scenario)
{
    if (!m_mayDiscard())
        return;
    m_dialog->close();
    m_document.setScenario(scenario);
    Q_EMIT sendWanted();
}

} // namespace corscope

#include "ui/share/ShareActions.h"

#include "core/scenario/Runner.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/share/OpenLinkDialog.h"
#include "ui/share/ShareDialog.h"

#include <QAction>

namespace corscope {

ShareActions::ShareActions(ScenarioDocument& document, QWidget& window) : QObject(&window), m_document(document), m_window(window)
{
    const auto add = [&](const char* id, const QString& text, const char* keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setObjectName(QLatin1String(id));
        action->setShortcut(QKeySequence(QLatin1String(keys)));
        connect(action, &QAction::triggered, this, slot);
        m_actions.append(action);
    };
    add("share", tr("Share…"), "Ctrl+Shift+E", &ShareActions::share);
    add("openLink", tr("Open link…"), "Ctrl+Shift+O", &ShareActions::openLink);
}

void ShareActions::share()
{
    const auto trace = runInProcess(m_document.scenario());
    if (!trace) {
        Q_EMIT failed(trace.error().sentence());
        return;
    }
    auto* dialog = new ShareDialog(m_document.scenario(), *trace, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ShareActions::openLink()
{
    auto* dialog = new OpenLinkDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OpenLinkDialog::opened, this, &ShareActions::scenarioWanted);
    dialog->open();
}

} // namespace corscope

#include "core/scenario/ScenarioFile.h"
#include "ui/library/LibraryDialog.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/window/ActionPalette.h"
#include "ui/window/Actions.h"
#include "ui/window/DocumentActions.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace corscope {

void MainWindow::showLibrary()
{
    auto* library = new LibraryDialog(LibraryDialog::Of::Library, m_document->libraryId(), this);
    library->setAttribute(Qt::WA_DeleteOnClose);
    connect(library, &LibraryDialog::chosen, m_files, &DocumentActions::open);
    library->open();
}

void MainWindow::showTemplates()
{
    auto* templates = new LibraryDialog(LibraryDialog::Of::Templates, {}, this);
    templates->setAttribute(Qt::WA_DeleteOnClose);
    connect(templates, &LibraryDialog::chosen, m_files, &DocumentActions::openTemplate);
    templates->open();
}

void MainWindow::showPalette()
{
    if (findChild<ActionPalette*>())
        return;
    const auto cards = scenariocards::read(scenariofile::library());
    new ActionPalette([this, cards](const QString& typed) {
        std::vector<ActionPalette::Item> items;
        bool isNumber = false;
        const int number = typed.toInt(&isNumber);
        const int stops = int(m_cursor->stops().size());
        if (isNumber && number >= 1 && number <= stops)
            items.push_back({tr("Go to step %1 of %2").arg(number).arg(stops), tr("Run"), {}, true,
                             [this, number] { m_cursor->moveToStop(number - 1); }});
        for (const auto& entry : m_actions->entries())
            items.push_back({Actions::words(*entry.action), Actions::title(entry.category), Actions::keys(*entry.action),
                             entry.action->isEnabled(), [action = entry.action] { action->trigger(); }});
        for (const auto& path : m_preferences.recentFiles())
            items.push_back({QFileInfo(path).fileName(), tr("Recent file"), {}, true, [this, path] { m_files->open(path); }});
        if (!typed.isEmpty())
            for (const auto& card : cards)
                items.push_back({card.title, tr("Library"), {}, true, [this, path = card.path] { m_files->open(path); }, 1});
        return items;
    }, *this);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

/// A scenario file is opened; everything else may be a bug report.
void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    const auto urls = event->mimeData()->urls();
    const auto path = urls.isEmpty() ? QString() : urls.first().toLocalFile();
    if (path.isEmpty()) {
        Q_EMIT pasteWanted(event->mimeData()->text());
    } else if (path.endsWith(QStringLiteral(".corscope"), Qt::CaseInsensitive)) {
        m_files->open(path);
    } else {
        Q_EMIT pasteFileWanted(path);
    }
}

} // namespace corscope

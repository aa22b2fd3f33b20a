#include "ui/window/DocumentActions.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/Preferences.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace corscope {

DocumentActions::DocumentActions(ScenarioDocument& document, Preferences& preferences, QWidget& window)
    : QObject(&window), m_document(document), m_preferences(preferences), m_window(window)
{
}

void DocumentActions::remember()
{
    if (m_document.path().isEmpty())
        return;
    m_preferences.addRecentFile(m_document.path());
    Q_EMIT recentFilesChanged();
}

Result<Done> DocumentActions::openScenario(const QString& pathOrId)
{
    const bool isFile = pathOrId.endsWith(QStringLiteral(".corscope")) || QFileInfo::exists(pathOrId);
    auto opened = isFile ? m_document.open(pathOrId) : m_document.openLibrary(pathOrId);
    if (opened)
        remember();
    return opened;
}

bool DocumentActions::open(const QString& pathOrId)
{
    if (!mayDiscard())
        return false;
    const auto opened = openScenario(pathOrId);
    if (opened)
        Q_EMIT succeeded({});
    else
        Q_EMIT failed(opened.error().sentence());
    return opened.ok();
}

bool DocumentActions::openTemplate(const QString& path)
{
    if (!mayDiscard())
        return false;
    const auto beginning = scenariofile::load(path);
    if (!beginning) {
        Q_EMIT failed(beginning.error().sentence());
        return false;
    }
    m_document.setScenario(*beginning);
    Q_EMIT succeeded(tr("A new scenario. Save gives it a file of its own."));
    return true;
}

void DocumentActions::choose()
{
    const auto path = QFileDialog::getOpenFileName(&m_window, tr("Open scenario"), m_document.path(),
                                                   tr("Scenarios (*.corscope);;All files (*)"));
    if (!path.isEmpty())
        open(path);
}

bool DocumentActions::save()
{
    if (m_document.path().isEmpty())
        return saveAs();
    const auto saved = m_document.save();
    if (saved)
        Q_EMIT succeeded(tr("Saved."));
    else
        Q_EMIT failed(saved.error().sentence());
    return saved.ok();
}

bool DocumentActions::saveAs()
{
    auto path = QFileDialog::getSaveFileName(&m_window, tr("Save scenario"), m_document.path(), tr("Scenarios (*.corscope)"));
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".corscope");
    if (const auto saved = m_document.saveAs(path); !saved) {
        Q_EMIT failed(saved.error().sentence());
        return false;
    }
    remember();
    Q_EMIT succeeded(tr("Saved."));
    return true;
}

bool DocumentActions::mayDiscard()
{
    if (!m_document.isModified() || !m_preferences.areKept())
        return true;
    const auto answer = QMessageBox::question(&m_window, tr("Unsaved changes"),
                                              tr("“%1” has changes that are not saved.").arg(m_document.title()),
                                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Save)
        return save();
    return answer == QMessageBox::Discard;
}

} // namespace corscope

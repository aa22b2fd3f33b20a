#include "ui/browser/BrowserSide.h"
#include "ui/compare/RunComparison.h"
#include "ui/exchange/DiagramExport.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/exchange/TransportBar.h"
#include "ui/fix/FixActions.h"
#include "ui/paste/PasteActions.h"
#include "ui/present/PresentMode.h"
#include "ui/server/ServerSide.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/share/ShareActions.h"
#include "ui/window/AboutDialog.h"
#include "ui/window/Actions.h"
#include "ui/window/AppearanceMenu.h"
#include "ui/window/DocumentActions.h"
#include "ui/window/ExchangeColumn.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"
#include "ui/window/RecoveryBanner.h"
#include "ui/window/ScenarioMenu.h"
#include "ui/window/ShortcutsDialog.h"
#include "ui/window/TopBar.h"

#include <QAction>
#include <QDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QUndoStack>
#include <QVBoxLayout>

namespace corscope {

using Category = Actions::Category;

static QList<QKeySequence> key(QKeySequence::StandardKey standard)
{
    return QKeySequence::keyBindings(standard);
}

static QList<QKeySequence> key(const char* words)
{
    return {QKeySequence(QString::fromLatin1(words))};
}

static void show(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::buildActions()
{
    addFileActions();
    addEditActions();
    addRunActions();
    addViewActions();
    addDiagramActions();
    addPanelActions();
    addHelpActions();
}

void MainWindow::addEditActions()
{
    auto* undo = m_document->undoStack()->createUndoAction(this, tr("Undo"));
    undo->setObjectName(QStringLiteral("undo"));
    undo->setShortcut(QKeySequence(QKeySequence::Undo)); // NB: the others are keys that few keyboards have
    auto* redo = m_document->undoStack()->createRedoAction(this, tr("Redo"));
    redo->setObjectName(QStringLiteral("redo"));
    redo->setShortcuts(QKeySequence::Redo);
    m_actions->adopt(Category::Edit, undo);
    m_actions->adopt(Category::Edit, redo);
    m_actions->separate(Category::Edit);
    m_actions->add(Category::Edit, QStringLiteral("showPalette"), tr("Find an action…"), key("Ctrl+K"), [this] { showPalette(); });
}

void MainWindow::addFileActions()
{
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& keys, auto slot) {
        auto* action = m_actions->add(Category::File, QLatin1String(id), text, keys);
        connect(action, &QAction::triggered, m_files, slot);
        return action;
    };
    m_actions->add(Category::File, QStringLiteral("newScenario"), tr("New from template…"), key(QKeySequence::New),
                   [this] { showTemplates(); });
    m_actions->add(Category::File, QStringLiteral("showLibrary"), tr("Library…"), key("Ctrl+L"), [this] { showLibrary(); });
    add("openFile", tr("Open file…"), key(QKeySequence::Open), &DocumentActions::choose);
    addRecentFiles();
    m_actions->adopt(Category::File, m_pastes->paste());
    m_actions->separate(Category::File);
    add("save", tr("Save"), key(QKeySequence::Save), &DocumentActions::save);
    add("saveAs", tr("Save as…"), key("Ctrl+Shift+S"), &DocumentActions::saveAs);
    m_actions->separate(Category::File);
    auto* sharing = new ShareActions(*m_document, *this);
    connect(sharing, &ShareActions::failed, this, &MainWindow::complain);
    connect(sharing, &ShareActions::scenarioWanted, this, [this](const Scenario& scenario) {
        if (m_files->mayDiscard())
            m_document->setScenario(scenario);
    });
    for (auto* action : sharing->actions())
        m_actions->adopt(Category::File, action);
    m_actions->add(Category::File, QStringLiteral("exportDiagram"), tr("Export diagram…"), key("Ctrl+Shift+X"), [this] { exportDiagram(); });
    m_actions->separate(Category::File);
    m_actions->add(Category::File, QStringLiteral("quit"), tr("Quit"), key("Ctrl+Q"), [this] { close(); })
        ->setMenuRole(QAction::QuitRole);
}

/// A part of the menu that is made anew whenever it is looked at; the same list stands behind the scenario's name.
void MainWindow::addRecentFiles()
{
    auto* recent = new QMenu(tr("Open recent"), this);
    recent->setObjectName(QStringLiteral("recentFiles"));
    recent->setToolTipsVisible(true);
    const auto fill = [this, recent] {
        recent->clear();
        for (const auto& path : m_preferences.recentFiles())
            recent->addAction(QFileInfo(path).fileName(), m_files, [this, path] { m_files->open(path); })->setToolTip(path);
        recent->setEnabled(!recent->isEmpty());
    };
    connect(m_files, &DocumentActions::recentFilesChanged, recent, fill);
    fill();
    m_actions->menu(Category::File)->addMenu(recent);
    auto* ways = m_top->scenarios()->menu();
    for (const auto* id : {"showLibrary", "newScenario", "openFile"})
        ways->addAction(m_actions->find(QLatin1String(id)));
    ways->addMenu(recent);
}

void MainWindow::addRunActions()
{
    m_actions->add(Category::Run, QStringLiteral("sendRequest"), tr("Send"),
                   {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)}, [this] { send(); });
    auto* toEnd = m_actions->add(Category::Run, QStringLiteral("runToEnd"), tr("Run to the end"), key("Ctrl+Shift+Return"),
                                 [this] { m_run->runToEnd(); });
    toEnd->setEnabled(false);
    connect(m_run.get(), &RunController::runningChanged, toEnd, &QAction::setEnabled);
    auto* pause = m_actions->add(Category::Run, QStringLiteral("pauseAtEachStep"), tr("Pause before each step"), key("Ctrl+P"));
    pause->setCheckable(true);
    connect(pause, &QAction::toggled, m_run.get(), &RunController::setPauseBeforeEachStep);
    connect(m_run.get(), &RunController::pauseChanged, pause, &QAction::setChecked);
    m_actions->separate(Category::Run);
    for (auto* action : m_transport->actions())
        m_actions->adopt(Category::Run, action);
    m_actions->separate(Category::Run);
    for (auto* action : QList<QAction*>{m_fixes->why(), m_fixes->fix()} + m_comparison->actions())
        m_actions->adopt(Category::Run, action);
    m_actions->separate(Category::Run);
    m_actions->add(Category::Run, QStringLiteral("resetBrowserAction"), tr("Reset the browser"), {}, [this] { m_browser->resetBrowser(); });
    m_actions->add(Category::Run, QStringLiteral("clearLogsAction"), tr("Clear the server logs"), {}, [this] { m_run->clearLogs(); });
}

void MainWindow::addViewActions()
{
    addAppearance(*m_actions, *m_appearance, m_preferences);
}

void MainWindow::addDiagramActions()
{
    m_actions->separate(Category::View);
    for (auto* action : m_exchange->viewActions())
        m_actions->adopt(Category::View, action);
    auto* animate = m_actions->add(Category::View, QStringLiteral("animateSteps"), tr("Animate steps"));
    animate->setCheckable(true);
    animate->setToolTip(tr("Messages travel along their arrows, and the diagram glides to the step"));
    connect(animate, &QAction::toggled, this, [this](bool on) {
        m_exchange->diagram().setAnimated(on);
        m_preferences.setValue(QStringLiteral("diagram/animated"), on ? "yes" : "no");
    });
    animate->setChecked(m_preferences.areKept() && m_preferences.value(QStringLiteral("diagram/animated")) != "no");
}

void MainWindow::exportDiagram()
{
    const auto told = exportDiagramAs(this, *m_cursor->trace(), {m_document->title(), {}, m_exchange->diagram().filter()});
    told ? say(*told) : complain(told.error().sentence());
}

void MainWindow::addPanelActions()
{
    m_actions->separate(Category::View);
    const auto go = [this](const char* id, const QString& text, const char* keys, const char* widget) {
        m_actions->add(Category::View, QLatin1String(id), text, key(keys), [this, widget] {
            if (auto* found = findChild<QWidget*>(QLatin1String(widget)); found && found->isVisible())
                found->setFocus(Qt::ShortcutFocusReason);
        });
    };
    go("goToRequest", tr("Go to the request"), "Alt+1", "requestUrl");
    go("goToDiagram", tr("Go to the diagram"), "Alt+2", "diagram");
    go("goToInspector", tr("Go to the inspector"), "Alt+3", "rule");
    m_actions->add(Category::View, QStringLiteral("goToPipeline"), tr("Go to the pipeline"), key("Alt+4"),
                   [this] { m_servers->focusPipeline(); });
    m_present = new PresentMode({*this, *m_actions, *m_exchange, *static_cast<QVBoxLayout*>(centralWidget()->layout()),
                                 {m_top, m_recovery, m_browser, m_servers, menuBar(), statusBar()}},
                                *m_document, *m_presentation);
    m_top->addAtEnd(m_present->button());
}

void MainWindow::addHelpActions()
{
    m_actions->add(Category::Help, QStringLiteral("showShortcuts"), tr("Keyboard shortcuts"), key("F1"),
                   [this] { corscope::show(new ShortcutsDialog(*m_actions, this)); });
    m_actions->add(Category::Help, QStringLiteral("about"), tr("About Corscope"), {}, [this] { corscope::show(new AboutDialog(this)); })
        ->setMenuRole(QAction::AboutRole);
}

} // namespace corscope

#include "ui/exchange/TransportBar.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/AboutDialog.h"
#include "ui/window/Actions.h"
#include "ui/window/DocumentActions.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"
#include "ui/window/ShortcutsDialog.h"

#include <QAction>
#include <QActionGroup>
#include <QUndoStack>

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

void MainWindow::buildActions()
{
    addFileActions();
    auto* undo = m_document->undoStack()->createUndoAction(this, tr("Undo"));
    undo->setObjectName(QStringLiteral("undo"));
    undo->setShortcuts(QKeySequence::Undo);
    auto* redo = m_document->undoStack()->createRedoAction(this, tr("Redo"));
    redo->setObjectName(QStringLiteral("redo"));
    redo->setShortcuts(QKeySequence::Redo);
    m_actions->adopt(Category::Edit, undo);
    m_actions->adopt(Category::Edit, redo);
    addRunActions();
    addViewActions();
    addHelpActions();
}

void MainWindow::addFileActions()
{
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& keys, auto slot) {
        auto* action = m_actions->add(Category::File, QLatin1String(id), text, keys);
        connect(action, &QAction::triggered, m_files, slot);
        return action;
    };
    add("openFile", tr("Open file…"), key(QKeySequence::Open), &DocumentActions::choose);
    m_actions->separate(Category::File);
    add("save", tr("Save"), key(QKeySequence::Save), &DocumentActions::save);
    add("saveAs", tr("Save as…"), key("Ctrl+Shift+S"), &DocumentActions::saveAs);
    m_actions->separate(Category::File);
    m_actions->add(Category::File, QStringLiteral("quit"), tr("Quit"), key("Ctrl+Q"), [this] { close(); })
        ->setMenuRole(QAction::QuitRole);
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
    m_actions->add(Category::Run, QStringLiteral("resetBrowserAction"), tr("Reset the browser"), {}, [this] { m_run->resetBrowser(); });
    m_actions->add(Category::Run, QStringLiteral("clearLogsAction"), tr("Clear the server logs"), {}, [this] { m_run->clearLogs(); });
}

void MainWindow::addViewActions()
{
    auto* themes = new QActionGroup(this);
    const auto add = [&](const char* id, const QString& name, Theme::Kind kind) {
        auto* action = m_actions->add(Category::View, QLatin1String(id), name, {}, [this, kind] { setTheme(kind); });
        action->setCheckable(true);
        action->setChecked(m_preferences.theme() == kind);
        themes->addAction(action);
    };
    add("themeLight", tr("Light"), Theme::Kind::Light);
    add("themeDark", tr("Dark"), Theme::Kind::Dark);
    add("themeHighContrast", tr("High contrast"), Theme::Kind::HighContrast);
}

void MainWindow::addHelpActions()
{
    m_actions->add(Category::Help, QStringLiteral("showShortcuts"), tr("Keyboard shortcuts"), key("F1"),
                   [this] { ShortcutsDialog(*m_actions, this).exec(); });
    m_actions->add(Category::Help, QStringLiteral("about"), tr("About Corscope"), {}, [this] { AboutDialog(this).exec(); })
        ->setMenuRole(QAction::AboutRole);
}

} // namespace corscope

#include "ui/exchange/TransportBar.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/AboutDialog.h"
#include "ui/window/AppearanceMenu.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QMenuBar>

namespace corscope {

void MainWindow::buildMenus()
{
    buildFileMenu();
    auto* edit = menuBar()->addMenu(tr("&Edit"));
    auto* undo = m_document->undoStack()->createUndoAction(this, tr("Undo"));
    undo->setObjectName(QStringLiteral("undo"));
    undo->setShortcuts(QKeySequence::Undo);
    auto* redo = m_document->undoStack()->createRedoAction(this, tr("Redo"));
    redo->setObjectName(QStringLiteral("redo"));
    redo->setShortcuts(QKeySequence::Redo);
    edit->addActions({undo, redo});
    buildRunMenu();
    buildViewMenu();
    auto* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("About Corscope"), this, &MainWindow::about)->setMenuRole(QAction::AboutRole);
}

void MainWindow::buildFileMenu()
{
    auto* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("Open…"), QKeySequence::Open, this, [this] { openFile({}); });
    file->addSeparator();
    file->addAction(tr("Save"), QKeySequence::Save, this, [this] { save(); });
    file->addAction(tr("Save as…"), QKeySequence::SaveAs, this, [this] { saveAs(); });
    file->addSeparator();
    file->addAction(tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close)->setMenuRole(QAction::QuitRole);
}

void MainWindow::buildRunMenu()
{
    auto* run = menuBar()->addMenu(tr("&Run"));
    auto* send = run->addAction(tr("Send"), this, &MainWindow::send);
    send->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    auto* toEnd = run->addAction(tr("Run to the end"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), m_run.get(),
                                 &RunController::runToEnd);
    toEnd->setEnabled(false);
    connect(m_run.get(), &RunController::runningChanged, toEnd, &QAction::setEnabled);
    auto* pause = run->addAction(tr("Pause before each step"));
    pause->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    pause->setCheckable(true);
    connect(pause, &QAction::toggled, m_run.get(), &RunController::setPauseBeforeEachStep);
    connect(m_run.get(), &RunController::pauseChanged, pause, &QAction::setChecked);
    run->addSeparator();
    run->addActions(m_transport->actions());
    run->addSeparator();
    run->addAction(tr("Reset the browser"), m_run.get(), &RunController::resetBrowser);
    run->addAction(tr("Clear the server logs"), m_run.get(), &RunController::clearLogs);
}

void MainWindow::buildViewMenu()
{
    auto* view = menuBar()->addMenu(tr("&View"));
    addAppearance(*view, *m_appearance, m_preferences);
}

void MainWindow::about()
{
    AboutDialog(this).exec();
}

} // namespace corscope

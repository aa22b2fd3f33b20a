#include "ui/compare/RunComparison.h"
#include "ui/exchange/DiagramExport.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/exchange/TransportBar.h"
#include "ui/fix/FixActions.h"
#include "ui/paste/PasteActions.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/share/ShareActions.h"
#include "ui/session/TraceCursor.h"
#include "ui/window/AboutDialog.h"
#include "ui/window/ExchangeColumn.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QActionGroup>
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
    file->addAction(m_pastes->paste());
    file->addSeparator();
    file->addAction(tr("Save"), QKeySequence::Save, this, [this] { save(); });
    file->addAction(tr("Save as…"), QKeySequence::SaveAs, this, [this] { saveAs(); });
    file->addAction(tr("Export diagram…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), this, &MainWindow::exportDiagram);
    file->addSeparator();
    file->addActions(shareActions());
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
    run->addActions({m_fixes->why(), m_fixes->fix()});
    run->addActions(m_comparison->actions());
    run->addSeparator();
    run->addAction(tr("Reset the browser"), m_run.get(), &RunController::resetBrowser);
    run->addAction(tr("Clear the server logs"), m_run.get(), &RunController::clearLogs);
}

void MainWindow::buildViewMenu()
{
    auto* view = menuBar()->addMenu(tr("&View"));
    auto* themes = new QActionGroup(this);
    const auto add = [&](const QString& name, Theme::Kind kind) {
        auto* action = view->addAction(name, this, [this, kind] { setTheme(kind); });
        action->setCheckable(true);
        action->setChecked(m_preferences.theme() == kind);
        themes->addAction(action);
    };
    add(tr("Light"), Theme::Kind::Light);
    add(tr("Dark"), Theme::Kind::Dark);
    add(tr("High contrast"), Theme::Kind::HighContrast);
    view->addSeparator();
    view->addActions(m_exchange->viewActions());
    auto* animate = view->addAction(tr("Animate steps"));
    animate->setObjectName(QStringLiteral("animateSteps"));
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

QList<QAction*> MainWindow::shareActions()
{
    auto* sharing = new ShareActions(*m_document, *this);
    connect(sharing, &ShareActions::failed, this, &MainWindow::complain);
    connect(sharing, &ShareActions::scenarioWanted, this, [this](const Scenario& scenario) {
        if (mayDiscard())
            m_document->setScenario(scenario);
    });
    return sharing->actions();
}

void MainWindow::about()
{
    AboutDialog(this).exec();
}

} // namespace corscope

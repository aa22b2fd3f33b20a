#include "ui/window/MainWindow.h"

#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "ui/browser/BrowserSide.h"
#include "ui/compare/RunComparison.h"
#include "ui/exchange/TransportBar.h"
#include "ui/fix/FixActions.h"
#include "ui/paste/PasteActions.h"
#include "ui/present/PresentMode.h"
#include "ui/server/ServerSide.h"
#include "ui/session/Preview.h"
#include "ui/session/RunController.h"
#include "ui/session/RunFollower.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Appearance.h"
#include "ui/verdict/VerdictBar.h"
#include "ui/widgets/CodeEdit.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/ReadingOrder.h"
#include "ui/window/Actions.h"
#include "ui/window/DocumentActions.h"
#include "ui/window/ExchangeColumn.h"
#include "ui/window/FoldingColumns.h"
#include "ui/window/Preferences.h"
#include "ui/window/RecoveryBanner.h"
#include "ui/window/ScenarioMenu.h"
#include "ui/window/TopBar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QSplitter>
#include <QStandardPaths>
#include <QStatusBar>
#include <QVBoxLayout>

namespace corscope {

static const QString geometryKey = QStringLiteral("window/geometry");
static const QString columnsKey = QStringLiteral("window/columns");

MainWindow::MainWindow(Preferences& preferences, QWidget* parent)
    : QMainWindow(parent), m_preferences(preferences),
      m_appearance(std::make_unique<Appearance>(*qApp, preferences.theme(), preferences.textSize())),
      m_document(std::make_unique<ScenarioDocument>()),
      m_cursor(std::make_unique<TraceCursor>()), m_run(std::make_unique<RunController>(*m_document)),
      m_follower(std::make_unique<RunFollower>(*m_run, *m_cursor)),
      m_preview(std::make_unique<Preview>(*m_document, *m_run, *m_cursor)),
      m_presentation(std::make_unique<Presentation>(*m_cursor, *m_run, *m_follower))
{
    m_actions = new Actions(*this);
    m_files = new DocumentActions(*m_document, m_preferences, *this);
    connect(m_files, &DocumentActions::succeeded, this, &MainWindow::say);
    connect(m_files, &DocumentActions::failed, this, &MainWindow::complain);
    buildWorkspace();
    m_message = new QLabel;
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setProperty("role", QStringLiteral("note"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    statusBar()->addWidget(m_message, 1);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(fontMetrics().height() / 2, 0, fontMetrics().height() / 2, 0);
    buildActions();
    setAcceptDrops(true);

    connect(m_run.get(), &RunController::failed, this, &MainWindow::complain);
    connect(m_run.get(), &RunController::settingsTaken, this, [this] {
        if (m_message->property("invalid").toBool())
            say({});
    });
    connect(m_run.get(), &RunController::noticed, this, &MainWindow::say);
    connect(m_run.get(), &RunController::finished, this, [this](const std::shared_ptr<const Trace>& trace) {
        m_exchange->verdict().setUnmetExpectations(trace ? unmetExpectations(m_document->scenario(), *trace) : QStringList());
    });
    connect(m_document.get(), &ScenarioDocument::fileChanged, this, &MainWindow::showTitle);
    connect(m_document.get(), &ScenarioDocument::scenarioChanged, this, &MainWindow::showTitle);
    connect(m_document.get(), &ScenarioDocument::scenarioReplaced, this, [this] {
        m_run->abandon();
        m_run->resetBrowser();
        m_run->clearLogs();
        m_cursor->clear();
    });
    qApp->installEventFilter(this);
    restoreLayout();
    showTitle();
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
    // A line that loses the keyboard tells what was typed: while it is whole, and not while it is taken down.
    if (auto* focus = QApplication::focusWidget(); focus && isAncestorOf(focus))
        focus->clearFocus();
    // NB: the widgets, which are children, look at these until the end.
    delete centralWidget();
    delete m_comparison;
}

void MainWindow::buildWorkspace()
{
    m_exchange = new ExchangeColumn(*m_cursor, *m_run);
    m_fixes = new FixActions(*m_document, *m_run, *m_cursor, this);
    connect(m_fixes, &FixActions::sendWanted, this, &MainWindow::send);
    m_exchange->verdict().setCorner(m_fixes->buttons());
    m_pastes = new PasteActions(*m_document, [this] { return m_files->mayDiscard(); }, this);
    connect(m_pastes, &PasteActions::sendWanted, this, &MainWindow::send);
    connect(this, &MainWindow::pasteWanted, m_pastes, &PasteActions::openPasteDialog);
    connect(this, &MainWindow::pasteFileWanted, m_pastes, &PasteActions::openPastedFile);
    m_comparison = new RunComparison(*m_document, *m_cursor, *m_preview, *this);
    connect(m_comparison, &RunComparison::kept, this, [this](const QString& name) { say(tr("Kept to compare: %1").arg(name)); });
    m_exchange->addToExchangeHeading(m_comparison->button());
    m_transport = new TransportBar(*m_cursor);
    m_transport->setObjectName(QStringLiteral("transport"));
    m_top = new TopBar(*m_document, *m_run, m_transport);
    connect(m_top, &TopBar::sendWanted, this, &MainWindow::send);

    m_browser = new BrowserSide(*m_document, *m_cursor, *m_run);
    auto* columns = new FoldingColumns;
    m_columns = columns->splitter();
    m_columns->setObjectName(QStringLiteral("columns"));
    columns->add(m_browser, tr("Browser"), 2);
    columns->add(m_exchange, tr("Exchange"), 3);
    m_servers = new ServerSide(*m_document, *m_run, *m_cursor);
    columns->add(m_servers, tr("Server"), 1);
    connect(m_servers, &ServerSide::roomWanted, this, [this](bool much) {
        const int em = fontMetrics().height();
        m_columns->setSizes(much ? QList<int>{em * 15, em * 20, em * 48} : QList<int>{em * 19, em * 44, em * 20});
    });
    connect(m_document.get(), &ScenarioDocument::scenarioChanged, m_servers, [this] {
        m_servers->setVisible(!m_document->scenario().servers.empty() && !m_presentation->isOn());
    });
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 3);
    m_columns->setStretchFactor(2, 1);

    auto* workspace = new QWidget;
    const int em = fontMetrics().height();
    auto* inset = new QVBoxLayout(workspace);
    inset->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    inset->addWidget(columns);
    auto* central = new QWidget;
    auto* all = new QVBoxLayout(central);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    m_recovery = new RecoveryBanner(*m_document, *m_files);
    connect(m_recovery, &RecoveryBanner::failed, this, &MainWindow::complain);
    connect(m_document.get(), &ScenarioDocument::recoveryFailed, m_recovery, &RecoveryBanner::tell);
    all->addWidget(m_top);
    all->addWidget(m_recovery);
    all->addWidget(workspace, 1);
    setCentralWidget(central);
    if (!m_preferences.trouble().isEmpty())
        m_recovery->tell(m_preferences.trouble());
    m_top->setFocus();
}

void MainWindow::restoreLayout()
{
    const int em = fontMetrics().height();
    const QSize comfortable(em * 85, em * 53);
    resize(comfortable);
    // A projector has little room: the window then takes all there is.
    const auto room = screen()->availableSize();
    if (!restoreGeometry(m_preferences.value(geometryKey)) && (room.width() < comfortable.width() || room.height() < comfortable.height()))
        setWindowState(Qt::WindowMaximized);
    if (!m_columns->restoreState(m_preferences.value(columnsKey)))
        m_columns->setSizes({em * 19, em * 44, em * 20});
}

Result<Done> MainWindow::openScenario(const QString& pathOrId)
{
    return m_files->openScenario(pathOrId);
}

void MainWindow::openSomething()
{
    const auto library = scenariofile::library();
    if (library.isEmpty())
        return;
    if (const auto opened = m_document->open(library.first().path); !opened)
        complain(opened.error().sentence());
}

void MainWindow::keepUnsavedChanges()
{
    if (!m_preferences.areKept())
        return;
    m_document->keepRecovery(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    m_recovery->refresh();
}

void MainWindow::send()
{
    // What stands in a line but was not yet entered counts.
    if (auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget()))
        Q_EMIT line->editingFinished();
    say({});
    m_run->send();
}

void MainWindow::say(const QString& sentence)
{
    setLook(m_message, "invalid", false);
    m_message->setText(sentence);
}

void MainWindow::complain(const QString& sentence)
{
    setLook(m_message, "invalid", true);
    m_message->setText(sentence);
    m_message->setToolTip(sentence);
}

void MainWindow::showTitle()
{
    setWindowTitle(m_document->title() + QStringLiteral("[*] — Corscope"));
    setWindowModified(m_document->isModified());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_files->mayDiscard()) {
        event->ignore();
        return;
    }
    m_presentation->end(); // the size to be remembered is the usual one
    m_run->runToEnd();
    m_preferences.setValue(geometryKey, saveGeometry());
    m_preferences.setValue(columnsKey, m_columns->saveState());
    event->accept();
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return focusInReadingOrder(*this, next);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Undo is the document's, also while the keyboard is in a line that has an undo of its own.
    if (event->type() == QEvent::ShortcutOverride && watched->isWidgetType()
        && static_cast<QWidget*>(watched)->window() == this) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto* code = qobject_cast<CodeEdit*>(watched);
        if ((key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) && !(code && code->undoesItself(*key))) {
            event->ignore();
            return true;
        }
    }
    // Turning the wheel over a form scrolls it, and changes nothing in passing.
    if (event->type() == QEvent::Wheel && qobject_cast<QComboBox*>(watched) && !static_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace corscope

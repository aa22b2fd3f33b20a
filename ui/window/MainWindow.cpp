#include "ui/window/MainWindow.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/browser/BrowserSide.h"
#include "ui/exchange/TransportBar.h"
#include "ui/server/ServerSide.h"
#include "ui/session/RunController.h"
#include "ui/session/RunFollower.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/widgets/Field.h"
#include "ui/window/ExchangeColumn.h"
#include "ui/window/Preferences.h"
#include "ui/window/ScenarioMenu.h"
#include "ui/window/TopBar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QScreen>
#include <QSplitter>
#include <QStandardPaths>
#include <QStatusBar>
#include <QVBoxLayout>

namespace corscope {

static const QString geometryKey = QStringLiteral("window/geometry");
static const QString columnsKey = QStringLiteral("window/columns");

MainWindow::MainWindow(Preferences& preferences, QWidget* parent)
    : QMainWindow(parent), m_preferences(preferences), m_document(std::make_unique<ScenarioDocument>()),
      m_cursor(std::make_unique<TraceCursor>()), m_run(std::make_unique<RunController>(*m_document)),
      m_follower(std::make_unique<RunFollower>(*m_run, *m_cursor))
{
    Theme::named(m_preferences.theme()).apply(*qApp);
    buildWorkspace();
    buildMenus();
    m_message = new QLabel;
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setProperty("role", QStringLiteral("note"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    statusBar()->addWidget(m_message, 1);
    statusBar()->setSizeGripEnabled(false);

    connect(m_run.get(), &RunController::failed, this, &MainWindow::complain);
    connect(m_run.get(), &RunController::settingsTaken, this, [this] {
        if (m_message->property("invalid").toBool())
            say({});
    });
    connect(m_run.get(), &RunController::noticed, this, &MainWindow::say);
    connect(m_document.get(), &ScenarioDocument::fileChanged, this, &MainWindow::showTitle);
    connect(m_document.get(), &ScenarioDocument::scenarioChanged, this, &MainWindow::showTitle);
    connect(m_document.get(), &ScenarioDocument::scenarioChanged, this, &MainWindow::showStaleness);
    connect(m_document.get(), &ScenarioDocument::scenarioReplaced, this, [this] {
        m_run->abandon();
        m_run->resetBrowser();
        m_cursor->clear();
    });
    qApp->installEventFilter(this);
    restoreLayout();
    showTitle();
}

MainWindow::~MainWindow()
{
    // NB: the widgets, which are children, look at these until the end.
    delete takeCentralWidget();
}

void MainWindow::buildWorkspace()
{
    auto* exchange = new ExchangeColumn(*m_cursor, *m_run);
    m_transport = new TransportBar(*m_cursor);
    m_transport->setObjectName(QStringLiteral("transport"));
    m_top = new TopBar(*m_document, *m_run, m_transport);
    connect(m_top, &TopBar::sendWanted, this, &MainWindow::send);
    m_top->scenarios()->setRecentFiles(m_preferences.recentFiles());
    connect(m_top->scenarios(), &ScenarioMenu::libraryWanted, this, &MainWindow::openFile);
    connect(m_top->scenarios(), &ScenarioMenu::fileWanted, this, &MainWindow::openFile);

    auto* browser = new BrowserSide(*m_document, *m_cursor, *m_run);
    connect(browser, &BrowserSide::resetBrowserWanted, this, [this] {
        m_run->resetBrowser();
        say(tr("The browser was reset: its cookies, its caches and its clock."));
    });
    m_columns = new QSplitter(Qt::Horizontal);
    m_columns->setObjectName(QStringLiteral("columns"));
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(fontMetrics().height() / 2);
    m_columns->addWidget(browser);
    m_columns->addWidget(exchange);
    auto* servers = new ServerSide(*m_document, *m_run, *m_cursor);
    m_columns->addWidget(servers);
    connect(servers, &ServerSide::roomWanted, this, [this](bool much) {
        const int em = fontMetrics().height();
        m_columns->setSizes(much ? QList<int>{em * 15, em * 20, em * 48} : QList<int>{em * 19, em * 44, em * 20});
    });
    connect(m_document.get(), &ScenarioDocument::scenarioChanged, servers,
            [this, servers] { servers->setVisible(!m_document->scenario().servers.empty()); });
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 3);
    m_columns->setStretchFactor(2, 1);

    auto* workspace = new QWidget;
    const int em = fontMetrics().height();
    auto* inset = new QVBoxLayout(workspace);
    inset->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    inset->addWidget(m_columns);
    auto* central = new QWidget;
    auto* all = new QVBoxLayout(central);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_top);
    all->addWidget(workspace, 1);
    setCentralWidget(central);
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
    const bool isFile = pathOrId.endsWith(QStringLiteral(".corscope")) || QFileInfo::exists(pathOrId);
    auto opened = isFile ? m_document->open(pathOrId) : m_document->openLibrary(pathOrId);
    if (opened && !m_document->path().isEmpty()) {
        m_preferences.addRecentFile(m_document->path());
        m_top->scenarios()->setRecentFiles(m_preferences.recentFiles());
    }
    return opened;
}

void MainWindow::openSomething()
{
    if (m_preferences.areKept()) {
        const auto place = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
        m_document->keepRecovery(place + QStringLiteral("/unsaved.corscope"));
        if (m_document->recover()) {
            say(tr("Corscope did not end well last time. Here is the scenario you had not saved."));
            return;
        }
    }
    const auto library = scenariofile::library();
    if (library.isEmpty())
        return;
    if (const auto opened = m_document->open(library.first().path); !opened)
        complain(opened.error().sentence());
}

void MainWindow::openFile(const QString& path)
{
    if (!mayDiscard())
        return;
    const auto wanted = !path.isEmpty() ? path
                                        : QFileDialog::getOpenFileName(this, tr("Open scenario"), m_document->path(),
                                                                       tr("Scenarios (*.corscope);;All files (*)"));
    if (wanted.isEmpty())
        return;
    if (const auto opened = openScenario(wanted); !opened)
        complain(opened.error().sentence());
    else
        say({});
}

bool MainWindow::save()
{
    if (m_document->path().isEmpty())
        return saveAs();
    const auto saved = m_document->save();
    if (!saved)
        complain(saved.error().sentence());
    else
        say(tr("Saved."));
    return saved.ok();
}

bool MainWindow::saveAs()
{
    auto path = QFileDialog::getSaveFileName(this, tr("Save scenario"), m_document->path(), tr("Scenarios (*.corscope)"));
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".corscope");
    const auto saved = m_document->saveAs(path);
    if (!saved) {
        complain(saved.error().sentence());
        return false;
    }
    m_preferences.addRecentFile(m_document->path());
    m_top->scenarios()->setRecentFiles(m_preferences.recentFiles());
    say(tr("Saved."));
    return true;
}

/// What was changed in a library entry goes without asking when nothing but trying was done: only files are asked for.
bool MainWindow::mayDiscard()
{
    if (!m_document->isModified() || !m_preferences.areKept())
        return true;
    const auto answer = QMessageBox::question(this, tr("Unsaved changes"),
                                              tr("“%1” has changes that are not saved.").arg(m_document->title()),
                                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Save)
        return save();
    return answer == QMessageBox::Discard;
}

void MainWindow::send()
{
    // What stands in a line but was not yet entered counts.
    if (auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget()))
        Q_EMIT line->editingFinished();
    say({});
    m_sent = m_document->scenario();
    m_run->send();
}

void MainWindow::setTheme(Theme::Kind theme)
{
    m_preferences.setTheme(theme);
    Theme::named(theme).apply(*qApp);
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

/// What is shown was run with other settings, unless a run is under way: that takes them up.
void MainWindow::showStaleness()
{
    if (m_cursor->isEmpty() || m_cursor->isLive() || m_message->property("invalid").toBool())
        return;
    say(m_document->scenario() == m_sent ? QString() : tr("Changed since this run. Send again to see what it does."));
}

void MainWindow::showTitle()
{
    setWindowTitle(m_document->title() + QStringLiteral("[*] — Corscope"));
    setWindowModified(m_document->isModified());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayDiscard()) {
        event->ignore();
        return;
    }
    m_run->runToEnd();
    m_preferences.setValue(geometryKey, saveGeometry());
    m_preferences.setValue(columnsKey, m_columns->saveState());
    event->accept();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Undo is the document's, also while the keyboard is in a line that has an undo of its own.
    if (event->type() == QEvent::ShortcutOverride && watched->isWidgetType()
        && static_cast<QWidget*>(watched)->window() == this) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
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

#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"

#include <QMainWindow>

#include <memory>

class QLabel;
class QSplitter;

namespace corscope {

class Actions;
class Appearance;
class BrowserSide;
class DocumentActions;
class ExchangeColumn;
class FixActions;
class PasteActions;
class Preferences;
class PresentMode;
class Presentation;
class Preview;
class RecoveryBanner;
class RunComparison;
class RunController;
class RunFollower;
class ScenarioDocument;
class TopBar;
class TraceCursor;
class TransportBar;
class ServerSide;

/// The window: the sandbox workspace between the menus and one line of messages. Puts the rooms side by side; what
/// happens, happens in them.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// A file's path, or the id of a library entry. On an error the scenario stays as it was.
    Result<Done> openScenario(const QString& pathOrId);
    /// The first scenario of the library.
    void openSomething();
    /// From now on a crash loses nothing; what earlier ones left unsaved is offered.
    void keepUnsavedChanges();

    ScenarioDocument& document() { return *m_document; }
    RunController& run() { return *m_run; }
    TraceCursor& cursor() { return *m_cursor; }
    Preview& preview() { return *m_preview; }
    /// Menus, palette and shortcuts are made from these; add yours.
    Actions& actions() { return *m_actions; }
    DocumentActions& files() { return *m_files; }
    Appearance& appearance() { return *m_appearance; }

public Q_SLOTS:
    void send();
    void say(const QString& sentence); ///< in the status bar
    void complain(const QString& sentence); ///< there too, in the colour of errors
    void showLibrary();
    void showTemplates();
    void showPalette();

Q_SIGNALS:
    /// Something was dropped that is not a scenario: a console line, code.
    void pasteWanted(const QString& text);
    /// The same as a file, which may be a HAR file of any size.
    void pasteFileWanted(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildWorkspace();
    void buildActions();
    void addFileActions();
    void addRecentFiles();
    void addEditActions();
    void addRunActions();
    void addViewActions();
    void addPanelActions();
    void addHelpActions();
    void addDiagramActions();
    void exportDiagram();
    void showTitle();
    void restoreLayout();

    Preferences& m_preferences;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<ScenarioDocument> m_document;
    std::unique_ptr<TraceCursor> m_cursor;
    std::unique_ptr<RunController> m_run;
    std::unique_ptr<RunFollower> m_follower;
    std::unique_ptr<Preview> m_preview;
    std::unique_ptr<Presentation> m_presentation;
    RunComparison* m_comparison = nullptr;
    FixActions* m_fixes = nullptr;
    PasteActions* m_pastes = nullptr;
    Actions* m_actions = nullptr;
    DocumentActions* m_files = nullptr;
    PresentMode* m_present = nullptr;
    RecoveryBanner* m_recovery = nullptr;
    ExchangeColumn* m_exchange = nullptr;
    BrowserSide* m_browser = nullptr;
    ServerSide* m_servers = nullptr;
    TopBar* m_top = nullptr;
    TransportBar* m_transport = nullptr;
    QSplitter* m_columns = nullptr;
    QLabel* m_message = nullptr;
};

} // namespace corscope

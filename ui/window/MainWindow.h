#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"
#include "ui/theme/Theme.h"

#include <QMainWindow>

#include <memory>

class QLabel;
class QSplitter;

namespace corscope {

class Actions;
class DocumentActions;
class Preferences;
class RunController;
class RunFollower;
class ScenarioDocument;
class TopBar;
class TraceCursor;
class TransportBar;

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
    /// Unsaved changes of a run that did not end well, else the first scenario of the library.
    void openSomething();

    ScenarioDocument& document() { return *m_document; }
    RunController& run() { return *m_run; }
    TraceCursor& cursor() { return *m_cursor; }
    /// Menus, palette and shortcuts are made from these; add yours.
    Actions& actions() { return *m_actions; }
    DocumentActions& files() { return *m_files; }

public Q_SLOTS:
    void send();
    void setTheme(corscope::Theme::Kind theme);
    void say(const QString& sentence); ///< in the status bar
    void complain(const QString& sentence); ///< there too, in the colour of errors

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildWorkspace();
    void buildActions();
    void addFileActions();
    void addRunActions();
    void addViewActions();
    void addHelpActions();
    void showTitle();
    void showStaleness();
    void restoreLayout();

    Preferences& m_preferences;
    std::unique_ptr<ScenarioDocument> m_document;
    std::unique_ptr<TraceCursor> m_cursor;
    std::unique_ptr<RunController> m_run;
    std::unique_ptr<RunFollower> m_follower;
    Scenario m_sent; ///< what the run that is shown was made of
    Actions* m_actions = nullptr;
    DocumentActions* m_files = nullptr;
    TopBar* m_top = nullptr;
    TransportBar* m_transport = nullptr;
    QSplitter* m_columns = nullptr;
    QLabel* m_message = nullptr;
};

} // namespace corscope

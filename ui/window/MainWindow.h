#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"

#include <QMainWindow>

#include <memory>

class QLabel;
class QSplitter;

namespace corscope {

class Appearance;
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
    Appearance& appearance() { return *m_appearance; }

public Q_SLOTS:
    void send();
    void say(const QString& sentence); ///< in the status bar
    void complain(const QString& sentence); ///< there too, in the colour of errors

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildWorkspace();
    void buildMenus();
    void buildFileMenu();
    void buildRunMenu();
    void buildViewMenu();
    void openFile(const QString& path);
    bool save();
    bool saveAs();
    bool mayDiscard();
    void showTitle();
    void showStaleness();
    void restoreLayout();
    void about();

    Preferences& m_preferences;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<ScenarioDocument> m_document;
    std::unique_ptr<TraceCursor> m_cursor;
    std::unique_ptr<RunController> m_run;
    std::unique_ptr<RunFollower> m_follower;
    Scenario m_sent; ///< what the run that is shown was made of
    TopBar* m_top = nullptr;
    TransportBar* m_transport = nullptr;
    QSplitter* m_columns = nullptr;
    QLabel* m_message = nullptr;
};

} // namespace corscope

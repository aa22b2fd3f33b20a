#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"
#include "ui/theme/Theme.h"

#include <QMainWindow>

#include <memory>

class QLabel;
class QSplitter;

namespace corscope {

class FixActions;
class PasteActions;
class Preferences;
class Preview;
class RunComparison;
class RunController;
class RunFollower;
class ScenarioDocument;
class TopBar;
class TraceCursor;
class ExchangeColumn;
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
    Preview& preview() { return *m_preview; }

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
    void buildMenus();
    void buildFileMenu();
    QList<QAction*> shareActions();
    void buildRunMenu();
    void buildViewMenu();
    void openFile(const QString& path);
    bool save();
    bool saveAs();
    bool mayDiscard();
    void showTitle();
    void restoreLayout();
    void exportDiagram();
    void about();

    Preferences& m_preferences;
    std::unique_ptr<ScenarioDocument> m_document;
    std::unique_ptr<TraceCursor> m_cursor;
    std::unique_ptr<RunController> m_run;
    std::unique_ptr<RunFollower> m_follower;
    FixActions* m_fixes = nullptr;
    PasteActions* m_pastes = nullptr;
    std::unique_ptr<Preview> m_preview;
    RunComparison* m_comparison = nullptr;
    TopBar* m_top = nullptr;
    TransportBar* m_transport = nullptr;
    ExchangeColumn* m_exchange = nullptr;
    QSplitter* m_columns = nullptr;
    QLabel* m_message = nullptr;
};

} // namespace corscope

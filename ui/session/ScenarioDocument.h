#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"
#include "ui/session/KnownFile.h"

#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <chrono>
#include <functional>
#include <memory>

namespace corscope {

class RecoveryFile;

/// The one holder of the scenario being edited. Every change goes through edit(), so every change can be undone; views
/// take the scenario whole when scenarioChanged() tells them to.
class ScenarioDocument : public QObject
{
    Q_OBJECT
public:
    using Change = std::function<void(Scenario&)>;

    explicit ScenarioDocument(QObject* parent = nullptr);
    ~ScenarioDocument() override;

    const Scenario& scenario() const { return m_scenario; }
    /// Steps of others may stand between: what they change is not in the scenario, and nothing to be saved.
    QUndoStack* undoStack() { return &m_undoStack; }

    /// Changes the scenario as one step of undo.
    /// \param name what Edit > Undo calls it: "Change method".
    /// \param mergeKey consecutive edits with the same key become one step (typing in a field); empty: never merged.
    void edit(const QString& name, const QByteArray& mergeKey, const Change& change);

    /// On an error the scenario stays as it was.
    Result<Done> open(const QString& path);
    Result<Done> openLibrary(const QString& id);
    Result<Done> save();
    Result<Done> saveAs(const QString& path);
    void setScenario(const Scenario& scenario); ///< which belongs to no file yet
    /// Another scenario, which belongs to no file yet, as one step of undo: taken back, the old one has its file again.
    void replace(const QString& name, const Scenario& scenario);

    QString path() const { return m_file.path; } ///< empty where it is not (yet) a file of the user's
    QString libraryId() const { return m_libraryId; }
    QString title() const;
    bool isModified() const;

    /// Index into Scenario::actions of the send whose request the forms show; -1 where there is none.
    int selectedSend() const { return m_selectedSend; }
    void selectSend(int action);
    QList<int> sends() const;

    /// Text of a form or an editor that cannot be read is not in the scenario, and what is shown is without it: whoever
    /// holds such text says so here.
    /// \param sentence what is wrong with it; empty: nothing any more
    void setMistake(const QObject* holder, const QString& sentence);
    QString mistake() const; ///< the first one; empty where there is none

    /// Keeps unsaved changes in a file of that folder, so that a crash loses none that is older than the interval.
    void keepRecovery(const QString& folder, std::chrono::milliseconds interval = std::chrono::seconds(1));
    /// Files with the unsaved changes of runs that did not end well; each is to be taken up or given up.
    QStringList leftBehind() const;
    /// Goes on with them, unsaved as they are; save() then goes to the file that they belonged to. On an error the scenario stays as it was, and the file too.
    Result<Done> takeUp(const QString& leftBehind);
    void giveUp(const QString& leftBehind);
    /// It is damaged. \returns where it is kept from now on; empty where it could not be renamed.
    QString putAside(const QString& leftBehind);

Q_SIGNALS:
    void scenarioChanged();
    void scenarioReplaced(); ///< another one was opened; scenarioChanged follows
    void selectedSendChanged();
    void mistakeChanged();
    void fileChanged();      ///< path, title or the modified state
    void recoveryFailed(const QString& sentence); ///< unsaved changes cannot be kept; said once until they can again

private:
    friend class EditCommand;
    friend class ReplaceCommand;
    void begin(const Scenario& scenario, const KnownFile& file);
    void assign(const Scenario& scenario);
    bool writeRecovery(); ///< \returns whether there is nothing that a crash would lose
    void removeRecovery();

    Scenario m_scenario;
    QUndoStack m_undoStack;
    KnownFile m_file;
    Scenario m_saved; ///< as it was when it was last opened or saved
    QString m_savedPath;
    QString m_libraryId;
    int m_selectedSend = -1;
    bool m_recovered = false;
    std::unique_ptr<RecoveryFile> m_recovery;
    bool m_recoveryFails = false;
    QTimer m_recoveryTimer;
    std::vector<std::pair<const QObject*, QString>> m_mistakes;
};

} // namespace corscope

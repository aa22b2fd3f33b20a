#pragma once

#include "core/base/Result.h"

#include <QObject>

class QWidget;

namespace corscope {

class Preferences;
class ScenarioDocument;

/// Opening, saving and giving up the scenario: what asks the user, and what is remembered of files.
class DocumentActions : public QObject
{
    Q_OBJECT
public:
    /// \param window what questions belong to; it owns this.
    DocumentActions(ScenarioDocument& document, Preferences& preferences, QWidget& window);

    /// A file's path, or the id of a library entry. On an error the scenario stays as it was.
    Result<Done> openScenario(const QString& pathOrId);
    /// The same for a user who may have unsaved changes, and who is told of an error.
    bool open(const QString& pathOrId);
    /// A new scenario made from a file that is only a beginning.
    bool openTemplate(const QString& path);
    void choose(); ///< a file to open
    bool save();
    bool saveAs();
    /// Asks about unsaved changes. What was changed in a library entry counts as well.
    bool mayDiscard();

Q_SIGNALS:
    void recentFilesChanged();
    void succeeded(const QString& sentence); ///< empty: nothing to say
    void failed(const QString& sentence);

private:
    void remember();

    ScenarioDocument& m_document;
    Preferences& m_preferences;
    QWidget& m_window;
};

} // namespace corscope

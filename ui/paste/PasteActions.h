#pragma once

#include "core/scenario/Scenario.h"

#include <QObject>
#include <functional>

class QAction;
class QWidget;

namespace corscope {

class PasteDialog;
class ScenarioDocument;

/// *Paste a bug report…*: its action, and what happens to the scenario that comes of it.
class PasteActions : public QObject
{
    Q_OBJECT
public:
    /// \param mayDiscard asks where the scenario at hand has changes that are not saved; false: it stays.
    PasteActions(ScenarioDocument& document, std::function<bool()> mayDiscard, QWidget* window);

    QAction* paste() const { return m_paste; }

public Q_SLOTS:
    /// \param text may be empty: then what was pasted last is still there.
    void openPasteDialog(const QString& text = {});
    /// A file that was dropped on the window, of any size.
    void openPastedFile(const QString& path);

Q_SIGNALS:
    void sendWanted();

private:
    PasteDialog& dialog();
    void openInSandbox(const Scenario& scenario);

    ScenarioDocument& m_document;
    std::function<bool()> m_mayDiscard;
    QWidget* m_window;
    QAction* m_paste;
    PasteDialog* m_dialog = nullptr;
};

} // namespace corscope

#pragma once

#include "core/scenario/Scenario.h"

#include <QList>
#include <QObject>

class QAction;
class QWidget;

namespace corscope {

class ScenarioDocument;

/// "Share…" and "Open link…", to be put into a menu.
class ShareActions : public QObject
{
    Q_OBJECT
public:
    /// \param window what dialogs belong to; it owns this.
    ShareActions(ScenarioDocument& document, QWidget& window);

    const QList<QAction*>& actions() const { return m_actions; }

Q_SIGNALS:
    void scenarioWanted(const corscope::Scenario& scenario); ///< of a link that was opened
    void failed(const QString& sentence);

private:
    void share();
    void openLink();

    ScenarioDocument& m_document;
    QWidget& m_window;
    QList<QAction*> m_actions;
};

} // namespace corscope

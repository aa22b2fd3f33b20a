#pragma once

#include "core/scenario/Scenario.h"

#include <QObject>

#include <functional>

namespace corscope {

class ScenarioDocument;

/// The page that the browser side shows: the one whose script makes the selected request, or one that makes none.
class ChosenPage : public QObject
{
    Q_OBJECT
public:
    explicit ChosenPage(ScenarioDocument& document, QObject* parent = nullptr);

    int place() const { return m_place; } ///< in Scenario::pages; -1 where there is none
    const PageConfig* config() const;
    /// Whether the selected request is this page's.
    bool makesSelectedSend() const;
    /// Selects a request of that page as well, where it makes one.
    void choose(int place);
    /// As one step of undo. \param mergeKey of ScenarioDocument::edit(), told apart by page.
    void edit(const QString& name, const QByteArray& mergeKey, const std::function<void(PageConfig&)>& change);

Q_SIGNALS:
    void changed(); ///< another page, or its settings

private:
    void followSend();
    void followScenario();

    ScenarioDocument& m_document;
    int m_place = -1;
};

} // namespace corscope

#pragma once

#include "core/fetch/Browser.h"

#include <QObject>

#include <functional>
#include <utility>
#include <vector>

namespace corscope {

class RunController;
class ScenarioDocument;

/// What the simulated browser remembers between runs, for those who show and change it. A fresh browser has its
/// scenario's cookies already.
class Memory : public QObject
{
    Q_OBJECT
public:
    Memory(ScenarioDocument& document, RunController& run, QObject* parent = nullptr);

    const Browser& browser() const { return m_browser; }
    Instant now() const { return m_browser.clock.now(); }
    /// While a run is under way the browser belongs to it.
    bool canChange() const;
    /// As one step of undo; the scenario stays as it is.
    /// \param mergeKey as in ScenarioDocument::edit().
    void change(const QString& name, const QByteArray& mergeKey, const std::function<void(Browser&)>& change);
    /// Does what led from one memory to the other, at once or when the run under way has ended.
    void changeAlike(const Browser& from, const Browser& to);
    /// Forgets everything; while a run is under way, also what that will leave, and for good.
    void reset();
    /// Makes the cookies as they are now those that a fresh browser begins with.
    void keepCookies();
    bool cookiesAreKept() const; ///< they are those already

Q_SIGNALS:
    void changed();

private:
    void refresh();

    ScenarioDocument& m_document;
    RunController& m_run;
    Browser m_browser;
    std::vector<std::pair<Browser, Browser>> m_waiting; ///< for the end of the run
};

} // namespace corscope

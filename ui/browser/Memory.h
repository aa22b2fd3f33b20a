#pragma once

#include "core/fetch/Browser.h"

#include <QObject>

#include <functional>

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
    void change(const std::function<void(Browser&)>& change);
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
};

} // namespace corscope

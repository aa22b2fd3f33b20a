#pragma once

#include "core/advise/FixSearch.h"
#include "ui/session/Background.h"

#include <QTimer>

namespace corscope {

/// Looks for fixes of one send, away from the window's thread. Holds what it found and for which scenario.
class FixFinder : public QObject
{
    Q_OBJECT
public:
    explicit FixFinder(QObject* parent = nullptr);

    /// A search under way is given up for it.
    void search(const Scenario& scenario, int action);
    void cancel();
    /// Nothing is known any more.
    void forget();

    bool isSearching() const { return m_background.isBusy(); }
    bool isCancelled() const { return m_cancelled; }
    /// Null where nothing was searched to its end.
    const std::optional<advise::Advice>& advice() const { return m_advice; }
    const Scenario& scenario() const { return m_scenario; }
    int action() const { return m_action; }

Q_SIGNALS:
    void changed(); ///< started, found, cancelled or forgotten
    void progressed(int trials);

private:
    Background m_background;
    std::shared_ptr<std::atomic_int> m_trials;
    QTimer m_ticks;
    Scenario m_scenario;
    int m_action = -1;
    bool m_cancelled = false;
    std::optional<advise::Advice> m_advice;
};

} // namespace corscope

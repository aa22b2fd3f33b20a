#include "ui/fix/FixFinder.h"

#include <chrono>

namespace corscope {

FixFinder::FixFinder(QObject* parent) : QObject(parent)
{
    m_ticks.setInterval(std::chrono::milliseconds(120));
    connect(&m_ticks, &QTimer::timeout, this, [this] { Q_EMIT progressed(*m_trials); });
}

void FixFinder::search(const Scenario& scenario, int action)
{
    m_scenario = scenario;
    m_action = action;
    m_advice.reset();
    m_cancelled = false;
    m_trials = std::make_shared<std::atomic_int>(0);
    m_background.start(
        [scenario, action, trials = m_trials](const Background::Stop& stop) {
            advise::SearchOptions options;
            options.cancelled = [&] {
                ++*trials;
                return stop->load();
            };
            return advise::advise(scenario, action, options);
        },
        [this](advise::Advice advice) {
            m_ticks.stop();
            m_advice = std::move(advice);
            Q_EMIT changed();
        });
    m_ticks.start();
    Q_EMIT changed();
}

void FixFinder::cancel()
{
    if (!isSearching())
        return;
    m_background.cancel();
    m_ticks.stop();
    m_cancelled = true;
    Q_EMIT changed();
}

void FixFinder::forget()
{
    m_background.cancel();
    m_ticks.stop();
    m_advice.reset();
    m_cancelled = false;
    m_scenario = {};
    m_action = -1;
    Q_EMIT changed();
}

} // namespace corscope

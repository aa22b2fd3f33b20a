// Walking through a long trace with the keyboard, scrolling and zooming it, a run under way that adds to it.
#include "tests/bench/window/Measurements.h"
#include "tests/bench/window/Measuring.h"

#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "ui/session/Preview.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/window/MainWindow.h"

#include <QAbstractScrollArea>
#include <QTabBar>
#include <QTest>
#include <QWheelEvent>

using namespace corscope;

namespace {

/// A run of so many preflighted sends that its trace has at least that many steps.
std::shared_ptr<const Trace> traceOf(int steps)
{
    auto scenario = *scenariofile::load(QStringLiteral(CORSCOPE_SCENARIOS "/fastapi-put-json-preflight.corscope"));
    const auto send = scenario.actions.front();
    scenario.expectations.clear();
    scenario.actions.clear();
    for (int i = 0; i < steps / 150; ++i) {
        scenario.actions.push_back(send);
        scenario.actions.push_back(WaitAction{7'200'000});
    }
    return std::make_shared<const Trace>(*runInProcess(scenario));
}

QAbstractScrollArea* show(MainWindow& window, const std::shared_ptr<const Trace>& trace)
{
    window.setWindowState(Qt::WindowNoState); // the screen may be small
    window.resize(1280, 720);
    window.show();
    window.cursor().setTrace(trace, TraceCursor::Start::First);
    Stopwatch::paint();
    return window.findChild<QAbstractScrollArea*>(QStringLiteral("diagram"));
}

void turnWheel(QAbstractScrollArea& area, int by, Qt::KeyboardModifiers modifiers)
{
    const QPointF at(area.viewport()->rect().center());
    QWheelEvent wheel(at, area.viewport()->mapToGlobal(at), {}, {0, by}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(area.viewport(), &wheel);
}

} // namespace

int measurements::steps(MainWindow& window, int steps, const QByteArray& page)
{
    show(window, traceOf(steps));
    if (page == "list")
        QTest::mouseClick(window.findChild<QWidget*>(QStringLiteral("exchangeChooser"))->findChild<QWidget*>(QStringLiteral("steps")), Qt::LeftButton);
    if (page == "state")
        window.findChild<QTabBar*>(QStringLiteral("inspectorTabs"))->setCurrentIndex(1);
    // From the middle, where there is as much before as behind; twice over the same, forward and back.
    window.cursor().moveToStop(int(window.cursor().stops().size()) / 2);
    Stopwatch::paint();
    Stopwatch stopwatch;
    for (const auto key : {Qt::Key_Right, Qt::Key_Left})
        for (int i = 0; i < 40; ++i)
            stopwatch.measure([&] { QTest::keyClick(&window, key, Qt::AltModifier); });
    return stopwatch.print();
}

int measurements::live(MainWindow& window, int steps)
{
    const auto whole = traceOf(steps);
    const int last = 200;
    std::vector<std::shared_ptr<const Step>> all;
    for (int i = 0; i < whole->size(); ++i)
        all.push_back(std::make_shared<const Step>(whole->at(i)));
    show(window, nullptr);
    window.cursor().setLive(true);
    window.cursor().append(whole->lanes, {all.begin(), all.end() - last});
    Stopwatch::paint();
    Stopwatch stopwatch;
    for (int i = whole->size() - last; i < whole->size(); ++i)
        stopwatch.measure([&] { window.cursor().append({}, {all[size_t(i)]}); });
    return stopwatch.print();
}

int measurements::scroll(MainWindow& window, int steps)
{
    auto* area = show(window, traceOf(steps));
    Stopwatch stopwatch;
    for (int i = 0; i < 60; ++i)
        stopwatch.measure([&] { turnWheel(*area, -120, {}); });
    return stopwatch.print();
}

int measurements::zoom(MainWindow& window, int steps)
{
    auto* area = show(window, traceOf(steps));
    Stopwatch stopwatch;
    for (int i = 0; i < 40; ++i)
        stopwatch.measure([&] { turnWheel(*area, i % 10 < 5 ? 120 : -120, Qt::ControlModifier); });
    return stopwatch.print();
}

int measurements::edit(MainWindow& window)
{
    if (!window.openScenario(QStringLiteral("fastapi-no-middleware")))
        return 1;
    window.setWindowState(Qt::WindowNoState);
    window.resize(1280, 720);
    window.show();
    (void)QTest::qWaitForWindowActive(&window);
    auto* port = window.findChild<QWidget*>(QStringLiteral("pagePort"));
    port->setFocus();
    QTest::keyClick(port, Qt::Key_End);
    bool shown = false;
    QObject::connect(&window.preview(), &Preview::shown, port, [&] { shown = true; });
    Stopwatch stopwatch;
    for (int i = 0; i < 30; ++i)
        stopwatch.measure([&] {
            shown = false;
            QTest::keyClick(port, i % 2 ? Qt::Key_1 : Qt::Key_Backspace);
            while (!shown)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        });
    return stopwatch.print();
}

// What a user of the window waits for. One measurement per process; prints figures, one line each.
//   bench_window start empty|corscope   nanoseconds on the monotonic clock at the first painted frame; peak memory in kB
//   bench_window steps N                milliseconds from one step to the next in a trace of N steps, painted
//   bench_window scroll N               milliseconds from turning the wheel over that diagram to the painted frame
//   bench_window har MEGABYTES          milliseconds to read a HAR of that size; peak memory in kB
#include "core/paste/HarFile.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "ui/session/TraceCursor.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace corscope;

namespace {

long long monotonicNanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

long peakKilobytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const auto& line : file.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toLong();
    return 0;
}

/// Calls `seen` once, after the first frame that the window has painted whole.
class FirstFrame final : public QObject
{
public:
    FirstFrame(QWidget& window, std::function<void()> seen) : QObject(&window), m_seen(std::move(seen))
    {
        window.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_done) {
            m_done = true;
            QTimer::singleShot(0, this, m_seen);
        }
        return false;
    }

private:
    std::function<void()> m_seen;
    bool m_done = false;
};

int start(QMainWindow& window)
{
    new FirstFrame(window, [] {
        std::printf("%lld %ld\n", monotonicNanoseconds(), peakKilobytes());
        QApplication::quit();
    });
    window.show();
    return QApplication::exec();
}

void paintEverything()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
    return values[values.size() / 2];
}

void print(const std::vector<double>& values)
{
    std::printf("%.3f %.3f\n", median(values), *std::max_element(values.begin(), values.end()));
}

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

int walkSteps(MainWindow& window, int steps)
{
    window.resize(1280, 720);
    window.show();
    window.cursor().setTrace(traceOf(steps), TraceCursor::Start::First);
    paintEverything();
    std::vector<double> times;
    for (int i = 0; i < 60; ++i) {
        QElapsedTimer timer;
        timer.start();
        window.cursor().next();
        paintEverything();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    print(times);
    return 0;
}

int scroll(MainWindow& window, int steps)
{
    window.resize(1280, 720);
    window.show();
    window.cursor().setTrace(traceOf(steps), TraceCursor::Start::First);
    paintEverything();
    auto* area = window.findChild<QAbstractScrollArea*>(QStringLiteral("diagram"));
    if (!area)
        return 1;
    std::vector<double> times;
    for (int i = 0; i < 60; ++i) {
        const QPointF at(area->viewport()->rect().center());
        QWheelEvent wheel(at, area->viewport()->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QElapsedTimer timer;
        timer.start();
        QCoreApplication::sendEvent(area->viewport(), &wheel);
        paintEverything();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    print(times);
    return 0;
}

int readHar(int megabytes)
{
    const QByteArray body(20'000, 'x');
    QByteArray har = R"({"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[)";
    for (int i = 0; har.size() < megabytes * 1'000'000; ++i)
        har += (i ? "," : "") + QByteArray(R"({"startedDateTime":"2025-01-01T00:00:00.000Z","time":1,"request":{"method":"PUT","url":"http://localhost:5000/items/)")
            + QByteArray::number(i)
            + R"(","httpVersion":"HTTP/1.1","headers":[{"name":"Origin","value":"http://localhost:8000"},{"name":"Content-Type","value":"application/json"}],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":2},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[{"name":"content-type","value":"text/plain"}],"cookies":[],"content":{"size":20000,"mimeType":"text/plain","text":")"
            + body + R"("},"redirectURL":"","headersSize":-1,"bodySize":20000},"cache":{},"timings":{"send":0,"wait":1,"receive":0}})";
    har += "]}}";
    const auto before = peakKilobytes();
    QBuffer buffer(&har);
    buffer.open(QIODevice::ReadOnly);
    QElapsedTimer timer;
    timer.start();
    const auto exchanges = paste::readHarFile(buffer);
    const auto elapsed = timer.nsecsElapsed();
    if (!exchanges || exchanges->empty())
        return 1;
    std::printf("%.1f %ld\n", double(elapsed) / 1e6, peakKilobytes() - before);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("corscope-bench"));
    QApplication::setApplicationName(QStringLiteral("corscope-bench"));
    const auto argument = [&](int i) { return argc > i ? QByteArray(argv[i]) : QByteArray(); };
    if (argument(1) == "har")
        return readHar(argument(2).toInt());
    if (argument(1) == "start" && argument(2) == "empty") {
        QMainWindow window;
        window.resize(1280, 720);
        return start(window);
    }
    Preferences preferences(Preferences::Storage::ThisRunOnly);
    MainWindow window(preferences);
    window.openSomething();
    if (argument(1) == "start")
        return start(window);
    if (argument(1) == "steps")
        return walkSteps(window, argument(2).toInt());
    if (argument(1) == "scroll")
        return scroll(window, argument(2).toInt());
    return 2;
}

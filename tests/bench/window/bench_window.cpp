// What a user of the window waits for. One measurement per process; prints figures, one line each.
//   bench_window start empty|corscope   nanoseconds on the monotonic clock at the first painted frame; peak memory in kB
//   bench_window steps N [list|state]   milliseconds from a key that steps to the painted frame, in a trace of N steps; with
//                                       the step list in view instead of the diagram, or the state after the step
//   bench_window live N                 milliseconds from the next step of a run under way to the painted frame
//   bench_window scroll N               milliseconds from turning the wheel over the diagram to the painted frame
//   bench_window zoom N                 the same with Ctrl held
//   bench_window edit                   milliseconds from a key that changes the scenario to its painted preview
//   bench_window har MEGABYTES          milliseconds to read a HAR of that size; peak memory in kB
//   bench_window drop MEGABYTES         milliseconds from dropping it on the window to the painted diagnosis; the longest
//                                       turn of the event loop meanwhile; peak memory in kB
// All but start, har and drop print the median and the longest of many, and the median of the time that the window's thread
// worked.
#include "tests/bench/window/Measurements.h"
#include "tests/bench/window/Measuring.h"

#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QApplication>
#include <QTimer>

#include <functional>

using namespace corscope;

namespace {

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
        std::printf("%lld %ld\n", clockNanoseconds(CLOCK_MONOTONIC), peakKilobytes());
        QApplication::quit();
    });
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("corscope-bench"));
    QApplication::setApplicationName(QStringLiteral("corscope-bench"));
    const auto argument = [&](int i) { return argc > i ? QByteArray(argv[i]) : QByteArray(); };
    if (argument(1) == "har")
        return measurements::readHar(argument(2).toInt());
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
        return measurements::steps(window, argument(2).toInt(), argument(3));
    if (argument(1) == "live")
        return measurements::live(window, argument(2).toInt());
    if (argument(1) == "scroll")
        return measurements::scroll(window, argument(2).toInt());
    if (argument(1) == "zoom")
        return measurements::zoom(window, argument(2).toInt());
    if (argument(1) == "edit")
        return measurements::edit(window);
    if (argument(1) == "drop")
        return measurements::dropHar(window, argument(2).toInt());
    return 2;
}

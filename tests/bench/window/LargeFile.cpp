// A HAR file of a long day: read, and dropped on the window.
#include "tests/bench/window/Measurements.h"
#include "tests/bench/window/Measuring.h"

#include "core/paste/HarFile.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QBuffer>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>
#include <QWidget>

using namespace corscope;

static QByteArray har(int megabytes)
{
    const QByteArray body(20'000, 'x');
    QByteArray har = R"({"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[)";
    for (int i = 0; har.size() < megabytes * 1'000'000; ++i)
        har += (i ? "," : "") + QByteArray(R"({"startedDateTime":"2025-01-01T00:00:00.000Z","time":1,"request":{"method":"PUT","url":"http://localhost:5000/items/)")
            + QByteArray::number(i)
            + R"(","httpVersion":"HTTP/1.1","headers":[{"name":"Origin","value":"http://localhost:8000"},{"name":"Content-Type","value":"application/json"}],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":2},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[{"name":"content-type","value":"text/plain"}],"cookies":[],"content":{"size":20000,"mimeType":"text/plain","text":")"
            + body + R"("},"redirectURL":"","headersSize":-1,"bodySize":20000},"cache":{},"timings":{"send":0,"wait":1,"receive":0}})";
    return har + "]}}";
}

int measurements::readHar(int megabytes)
{
    auto bytes = har(megabytes);
    const auto before = peakKilobytes();
    QBuffer buffer(&bytes);
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

int measurements::dropHar(MainWindow& window, int megabytes)
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("long day.har"));
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(har(megabytes)) < 0)
            return 1;
    }
    // NB: what was allocated to write the file is forgotten, as far as the peak goes.
    if (QFile peak(QStringLiteral("/proc/self/clear_refs")); peak.open(QIODevice::WriteOnly))
        peak.write("5");
    window.resize(1280, 720);
    window.show();
    Stopwatch::paint();
    const auto before = peakKilobytes();

    // How long the event loop is kept from its next turn.
    double gap = 0;
    QElapsedTimer turn;
    QTimer pulse;
    pulse.setTimerType(Qt::PreciseTimer);
    pulse.setInterval(1);
    QObject::connect(&pulse, &QTimer::timeout, &pulse, [&] {
        gap = std::max(gap, double(turn.nsecsElapsed()) / 1e6);
        turn.start();
    });
    turn.start();
    pulse.start();

    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QElapsedTimer timer;
    timer.start();
    QDragEnterEvent enter({640, 360}, Qt::CopyAction, &mime, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window, &enter);
    QDropEvent drop({640, 360}, Qt::CopyAction, &mime, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window, &drop);
    const auto isRead = [] {
        for (auto* widget : QApplication::allWidgets())
            if (widget->objectName() == QStringLiteral("openPasted"))
                return widget->isEnabled();
        return false;
    };
    while (!isRead() && timer.elapsed() < 60'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    Stopwatch::paint();
    gap = std::max(gap, double(turn.nsecsElapsed()) / 1e6);
    std::printf("%.1f %.1f %ld\n", double(timer.nsecsElapsed()) / 1e6, gap, peakKilobytes() - before);
    return isRead() ? 0 : 1;
}

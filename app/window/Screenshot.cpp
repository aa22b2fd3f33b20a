#include "app/window/Screenshot.h"

#include "ui/session/RunController.h"
#include "ui/session/TraceCursor.h"
#include "ui/window/MainWindow.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QPixmap>
#include <QRegularExpression>
#include <QTimer>

#include <chrono>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("Screenshot", text);
}

Result<ScreenshotOrder> screenshotOrder(const QString& path, const QString& size, const QString& step)
{
    ScreenshotOrder order;
    order.path = path;
    const auto parts = QRegularExpression(QStringLiteral("^([1-9][0-9]{1,4})x([1-9][0-9]{1,4})$")).match(size);
    if (!parts.hasMatch())
        return InputError{QStringLiteral("--size"), tr("width and height like 1280x720"), u'"' + size + u'"'};
    order.size = QSize(parts.captured(1).toInt(), parts.captured(2).toInt());
    if (!step.isNull()) {
        bool ok = false;
        order.step = step.toInt(&ok);
        if (!ok || *order.step < 1)
            return InputError{QStringLiteral("--step"), tr("the number of a step, from 1"), u'"' + step + u'"'};
    }
    return order;
}

Result<Appearance::Choice> themeNamed(const QString& name)
{
    if (const auto choice = Appearance::named(name.toUtf8()))
        return *choice;
    return InputError{QStringLiteral("--theme"), tr("system, light, dark or high-contrast"), u'"' + name + u'"'};
}

Result<int> textSizeNamed(const QString& percent)
{
    bool ok = false;
    const int size = percent.toInt(&ok);
    if (ok && size >= Appearance::smallestText && size <= Appearance::largestText)
        return size;
    return InputError{QStringLiteral("--text-size"), tr("a whole number of per cent from %1 to %2")
                          .arg(QString::number(Appearance::smallestText), QString::number(Appearance::largestText)),
                      u'"' + percent + u'"'};
}

Result<Done> takeScreenshot(MainWindow& window, const ScreenshotOrder& order)
{
    window.setWindowState(Qt::WindowNoState); // the picture has its own size, whatever screen there is
    window.resize(order.size);
    window.show();
    QEventLoop loop;
    QString failure;
    QObject::connect(&window.run(), &RunController::finished, &loop, &QEventLoop::quit);
    QObject::connect(&window.run(), &RunController::failed, &loop, [&](const QString& sentence) {
        failure = sentence;
        loop.quit();
    });
    QTimer::singleShot(0, &window, &MainWindow::send);
    loop.exec();
    if (!failure.isEmpty())
        return InputError{tr("scenario"), tr("one that can run"), failure};

    auto& cursor = window.cursor();
    if (order.step) {
        const int stops = int(cursor.stops().size());
        if (*order.step > stops)
            return InputError{QStringLiteral("--step"), tr("at most %1, the number of steps").arg(stops),
                              QString::number(*order.step)};
        cursor.moveToStop(*order.step - 1);
    }
    // Layouts and logs settle before the picture is taken.
    QTimer::singleShot(std::chrono::milliseconds(400), &loop, &QEventLoop::quit);
    loop.exec();
    if (window.size() != order.size)
        return InputError{QStringLiteral("--size"), tr("at least %1x%2").arg(window.width()).arg(window.height()),
                          tr("%1x%2").arg(order.size.width()).arg(order.size.height())};
    if (!window.grab().save(order.path))
        return InputError{QStringLiteral("--screenshot"), tr("a PNG file that can be written"), order.path};
    return Done{};
}

} // namespace corscope

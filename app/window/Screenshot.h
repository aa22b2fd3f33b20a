#pragma once

#include "core/base/Result.h"
#include "ui/theme/Appearance.h"

#include <QSize>
#include <QString>

#include <optional>

namespace corscope {

class MainWindow;

/// A picture of the window, as it was asked for on the command line.
struct ScreenshotOrder
{
    QString path;
    QSize size;
    std::optional<int> step; ///< number in the diagram, from 1; absent: the step that decided
};

Result<ScreenshotOrder> screenshotOrder(const QString& path, const QString& size, const QString& step);
Result<Appearance::Choice> themeNamed(const QString& name);
Result<int> textSizeNamed(const QString& percent);

/// Runs the window's scenario to its end and writes the picture.
Result<Done> takeScreenshot(MainWindow& window, const ScreenshotOrder& order);

} // namespace corscope

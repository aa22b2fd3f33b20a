#include "app/window/Screenshot.h"
#include "core/scenario/Runner.h"
#include "ui/exchange/DiagramExport.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

using namespace corscope;

namespace {

constexpr int badUsage = 2;

int refuse(const QString& sentence)
{
    QTextStream(stderr) << "corscope: " << sentence << Qt::endl;
    return badUsage;
}

/// Pictures need no display.
void chooseOffscreen(int argc, char** argv)
{
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        return;
    for (int i = 1; i < argc; ++i) {
        const QByteArray argument(argv[i]);
        const bool picture = argument.startsWith("--screenshot") || argument.startsWith("--export-diagram");
        const bool words = argument == "--help" || argument == "-h" || argument == "--version" || argument == "-v";
        if (picture || (words && !display)) {
            qputenv("QT_QPA_PLATFORM", "offscreen");
            return;
        }
    }
}

/// Runs the scenario and writes what happened as a drawing.
Result<Done> drawDiagram(const ScenarioDocument& document, const QString& path)
{
    const auto trace = runInProcess(document.scenario());
    if (!trace)
        return trace.error();
    return exportDiagram(*trace, {document.title(), {}, {}}, path);
}

} // namespace

int main(int argc, char** argv)
{
    chooseOffscreen(argc, argv);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("corscope"));
    QApplication::setApplicationName(QStringLiteral("corscope"));
    QApplication::setApplicationDisplayName(QStringLiteral("Corscope"));
    QApplication::setApplicationVersion(QStringLiteral(CORSCOPE_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("main", "A sandbox in which CORS can be watched, step by step."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("SCENARIO"),
                                 QCoreApplication::translate("main", "A .corscope file, or the id of a library entry."),
                                 QStringLiteral("[SCENARIO]"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
        QCoreApplication::translate("main", "Run the scenario, write a picture of the window to FILE and end."), QStringLiteral("FILE.png"));
    const QCommandLineOption size(QStringLiteral("size"),
        QCoreApplication::translate("main", "Size of the picture, in pixels."), QStringLiteral("WxH"), QStringLiteral("1440x900"));
    const QCommandLineOption theme(QStringLiteral("theme"),
        QCoreApplication::translate("main", "system, light, dark or high-contrast."), QStringLiteral("THEME"));
    const QCommandLineOption step(QStringLiteral("step"),
        QCoreApplication::translate("main", "The picture shows this step, by its number in the diagram."), QStringLiteral("N"));
    const QCommandLineOption diagram(QStringLiteral("export-diagram"),
        QCoreApplication::translate("main", "Run the scenario, write its sequence diagram to FILE (.svg, .png or .pdf) and end."),
        QStringLiteral("FILE"));
    const QCommandLineOption textSize(QStringLiteral("text-size"),
        QCoreApplication::translate("main", "Size of the text, in per cent from 100 to 200."), QStringLiteral("PERCENT"));
    parser.addOptions({screenshot, size, theme, textSize, step, diagram});
    if (!parser.parse(QApplication::arguments()))
        return refuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp();
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    const auto scenarios = parser.positionalArguments();
    if (scenarios.size() > 1)
        return refuse(QCoreApplication::translate("main", "One scenario at a time, please; found %1.").arg(scenarios.size()));

    const bool picture = parser.isSet(screenshot) || parser.isSet(diagram);
    Preferences preferences(picture ? Preferences::Storage::ThisRunOnly : Preferences::Storage::Kept);
    if (parser.isSet(theme)) {
        const auto kind = themeNamed(parser.value(theme));
        if (!kind)
            return refuse(kind.error().sentence());
        preferences.setThemeForThisRun(*kind);
    }
    if (parser.isSet(textSize)) {
        const auto percent = textSizeNamed(parser.value(textSize));
        if (!percent)
            return refuse(percent.error().sentence());
        preferences.setTextSizeForThisRun(*percent);
    }
    MainWindow window(preferences);
    if (scenarios.isEmpty()) {
        window.openSomething();
    } else if (const auto opened = window.openScenario(scenarios.first()); !opened) {
        return refuse(opened.error().sentence());
    }
    if (parser.isSet(diagram)) {
        const auto drawn = drawDiagram(window.document(), parser.value(diagram));
        return drawn ? 0 : refuse(drawn.error().sentence());
    }
    if (!picture) {
        window.keepUnsavedChanges();
        window.show();
        return QApplication::exec();
    }
    const auto order = screenshotOrder(parser.value(screenshot), parser.value(size), parser.isSet(step) ? parser.value(step) : QString());
    if (!order)
        return refuse(order.error().sentence());
    const auto taken = takeScreenshot(window, *order);
    return taken ? 0 : refuse(taken.error().sentence());
}

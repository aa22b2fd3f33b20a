#include "ui/window/AppearanceMenu.h"

#include "ui/theme/Appearance.h"
#include "ui/window/Preferences.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("AppearanceMenu", text);
}

static void addThemes(QMenu& view, Appearance& appearance, Preferences& preferences)
{
    auto* themes = new QActionGroup(&view);
    const std::pair<Appearance::Choice, QString> choices[] = {
        {Appearance::Choice::System, tr("&As the system has it")},
        {Appearance::Choice::Light, tr("&Light")},
        {Appearance::Choice::Dark, tr("&Dark")},
        {Appearance::Choice::HighContrast, tr("&High contrast")}};
    for (const auto& [choice, name] : choices) {
        auto* action = view.addAction(name);
        action->setObjectName(QStringLiteral("theme_") + QLatin1String(Appearance::nameOf(choice)));
        action->setCheckable(true);
        action->setChecked(appearance.choice() == choice);
        themes->addAction(action);
        QObject::connect(action, &QAction::triggered, &appearance, [&appearance, &preferences, choice = choice] {
            preferences.setTheme(choice);
            appearance.choose(choice);
        });
        QObject::connect(&appearance, &Appearance::changed, action,
                         [&appearance, action, choice = choice] { action->setChecked(appearance.choice() == choice); });
    }
}

static void addTextSizes(QMenu& view, Appearance& appearance, Preferences& preferences)
{
    auto* menu = view.addMenu(tr("&Text size"));
    const auto add = [&](const QString& name, const char* objectName, const QList<QKeySequence>& keys, auto slot) {
        auto* action = menu->addAction(name);
        action->setObjectName(QLatin1String(objectName));
        action->setShortcuts(keys);
        QObject::connect(action, &QAction::triggered, &appearance, slot);
        return action;
    };
    // NB: where + needs Shift, the key is told as = with Shift; plain Ctrl and + is the diagram's.
    auto* larger = add(tr("&Larger"), "largerText", {Qt::CTRL | Qt::SHIFT | Qt::Key_Plus, Qt::CTRL | Qt::SHIFT | Qt::Key_Equal},
                       &Appearance::enlarge);
    auto* smaller = add(tr("&Smaller"), "smallerText", {Qt::CTRL | Qt::SHIFT | Qt::Key_Minus, Qt::CTRL | Qt::SHIFT | Qt::Key_Underscore},
                        &Appearance::reduce);
    menu->addSeparator();
    auto* sizes = new QActionGroup(&view);
    for (const int percent : Appearance::textSizes()) {
        auto* action = menu->addAction(tr("%1 %").arg(percent));
        action->setObjectName(QStringLiteral("text_%1").arg(percent));
        action->setCheckable(true);
        sizes->addAction(action);
        QObject::connect(action, &QAction::triggered, &appearance, [&appearance, percent] { appearance.setTextSize(percent); });
    }
    const auto show = [&appearance, &preferences, larger, smaller, sizes] {
        const auto all = Appearance::textSizes();
        for (qsizetype i = 0; i < all.size(); ++i)
            sizes->actions().at(i)->setChecked(all[i] == appearance.textSize());
        larger->setEnabled(appearance.textSize() < Appearance::largestText);
        smaller->setEnabled(appearance.textSize() > Appearance::smallestText);
        preferences.setTextSize(appearance.textSize());
    };
    QObject::connect(&appearance, &Appearance::changed, sizes, show);
    show();
}

void addAppearance(QMenu& view, Appearance& appearance, Preferences& preferences)
{
    addThemes(view, appearance, preferences);
    view.addSeparator();
    addTextSizes(view, appearance, preferences);
}

} // namespace corscope

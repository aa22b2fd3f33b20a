#include "ui/window/AppearanceMenu.h"

#include "ui/theme/Appearance.h"
#include "ui/window/Actions.h"
#include "ui/window/Preferences.h"

#include <QActionGroup>
#include <QAction>
#include <QCoreApplication>
#include <QMenu>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("AppearanceMenu", text);
}

static void addThemes(Actions& actions, Appearance& appearance, Preferences& preferences)
{
    auto* themes = new QActionGroup(&actions);
    const std::pair<Appearance::Choice, QString> choices[] = {
        {Appearance::Choice::System, tr("As the system has it")},
        {Appearance::Choice::Light, tr("Light")},
        {Appearance::Choice::Dark, tr("Dark")},
        {Appearance::Choice::HighContrast, tr("High contrast")}};
    for (const auto& [choice, name] : choices) {
        auto* action = actions.add(Actions::Category::View, QStringLiteral("theme_") + QLatin1String(Appearance::nameOf(choice)), name);
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

static void addTextSizes(Actions& actions, Appearance& appearance, Preferences& preferences)
{
    const auto add = [&](const QString& name, const char* objectName, const QList<QKeySequence>& keys, auto slot) {
        auto* action = actions.add(Actions::Category::View, QLatin1String(objectName), name, keys);
        QObject::connect(action, &QAction::triggered, &appearance, slot);
        return action;
    };
    // NB: where + needs Shift, the key is told as = with Shift; plain Ctrl and + is the diagram's.
    auto* larger = add(tr("Larger text"), "largerText", {Qt::CTRL | Qt::SHIFT | Qt::Key_Plus, Qt::CTRL | Qt::SHIFT | Qt::Key_Equal},
                       &Appearance::enlarge);
    auto* smaller = add(tr("Smaller text"), "smallerText", {Qt::CTRL | Qt::SHIFT | Qt::Key_Minus, Qt::CTRL | Qt::SHIFT | Qt::Key_Underscore},
                        &Appearance::reduce);
    auto* menu = actions.menu(Actions::Category::View)->addMenu(tr("Text size"));
    auto* sizes = new QActionGroup(&actions);
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

void addAppearance(Actions& actions, Appearance& appearance, Preferences& preferences)
{
    addThemes(actions, appearance, preferences);
    actions.separate(Actions::Category::View);
    addTextSizes(actions, appearance, preferences);
}

} // namespace corscope

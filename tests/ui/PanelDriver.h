#pragma once

#include "tests/ui/WindowDriver.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QToolButton>
#include <QUndoStack>

namespace corscope {

/// A user who works in the forms of the window's sides: also with menus and lists of words.
class PanelDriver : public WindowDriver
{
public:
    using WindowDriver::click;

    void open(const QString& id)
    {
        QVERIFY(window.openScenario(id).ok());
        QTest::qWait(60); // the panel is laid out
    }
    /// A PUT that the server allows, and whose preflight it lets the browser remember.
    void openAllowedPut()
    {
        open(QStringLiteral("fastapi-no-middleware"));
        type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        auto changed = scenario();
        auto& cors = changed.servers[0].pipeline[0];
        cors.enabled = true;
        cors.settings = QJsonObject{{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("http://localhost:8000")}},
                                    {QStringLiteral("allow_methods"), QJsonArray{QStringLiteral("*")}},
                                    {QStringLiteral("allow_credentials"), true}};
        window.document().setScenario(changed);
        QTest::qWait(60);
    }
    void click(const char* name)
    {
        auto* widget = find(QLatin1String(name));
        QVERIFY(widget);
        reveal(widget);
        click(widget);
    }
    /// Clicks an entry of a button's menu.
    void pick(const char* button, const char* entry)
    {
        auto* tool = find<QToolButton>(QLatin1String(button));
        QVERIFY(tool && tool->isEnabled());
        reveal(tool);
        QTest::mouseClick(tool, Qt::LeftButton);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto* action = menu->findChild<QAction*>(QLatin1String(entry));
        QVERIFY2(action && action->isEnabled(), entry);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
    void chooseWord(const char* name, const QString& text)
    {
        auto* combo = find<QComboBox>(QLatin1String(name));
        QVERIFY(combo && combo->isEnabled());
        const int wanted = combo->findText(text);
        QVERIFY2(wanted >= 0, qPrintable(text));
        reveal(combo);
        combo->setFocus();
        for (int guard = 0; guard < 20 && combo->currentIndex() != wanted; ++guard)
            QTest::keyClick(combo, combo->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(combo->currentIndex(), wanted);
    }
    void reveal(QWidget* widget)
    {
        for (auto* parent = widget->parentWidget(); parent; parent = parent->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(parent))
                area->ensureWidgetVisible(widget);
        QTest::qWait(1);
    }
    QString undoName() const { return window.document().undoStack()->undoText(); }
    void undo() { press(Qt::Key_Z, Qt::ControlModifier); }
    void undoEverything()
    {
        const auto* stack = window.document().undoStack();
        for (int guard = 0; guard < 50 && stack->canUndo(); ++guard)
            undo();
    }
};

} // namespace corscope

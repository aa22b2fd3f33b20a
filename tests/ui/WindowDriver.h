#pragma once

#include "core/trace/Trace.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

namespace corscope {

/// A user of the window: finds what has a name, clicks it, types into it, and waits for what comes.
class WindowDriver
{
public:
    WindowDriver() : m_preferences(Preferences::Storage::ThisRunOnly), window(m_preferences)
    {
        window.setWindowState(Qt::WindowNoState); // the screen of the test is small
        window.resize(1280, 720);
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
    }

    template<typename T = QWidget>
    T* find(const QString& name) const
    {
        auto* found = window.findChild<T*>(name);
        if (!found)
            qWarning("no widget is called %s", qPrintable(name));
        return found;
    }
    bool has(const QString& name) const { return window.findChild<QWidget*>(name); }

    void click(QWidget* widget)
    {
        QVERIFY2(widget && widget->isEnabled(), "nothing to click on");
        scrollTo(*widget);
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    /// Nobody aims at what has not found its place yet.
    static void settle()
    {
        for (int i = 0; i < 8; ++i)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    void scrollTo(QWidget& widget)
    {
        settle();
        for (auto* parent = widget.parentWidget(); parent; parent = parent->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(parent))
                area->ensureWidgetVisible(&widget);
    }
    void click(const QString& name) { click(find(name)); }
    /// A check box reacts to its box and text, not to the empty room beside them.
    void clickBox(const QString& name)
    {
        auto* box = find(name);
        QVERIFY(box);
        scrollTo(*box);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(box->fontMetrics().height() / 2, box->height() / 2));
    }
    /// Presses the button of that value in a row of choices.
    void choose(const QString& row, const QString& value)
    {
        auto* choices = find(row);
        QVERIFY(choices);
        click(choices->findChild<QWidget*>(value));
    }
    /// Replaces the text of a line.
    void type(const QString& name, const QString& text, bool enter = false)
    {
        auto* widget = find(name);
        QVERIFY(widget);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(widget, Qt::Key_Delete);
        QTest::keyClicks(widget, text);
        if (enter)
            QTest::keyClick(widget, Qt::Key_Return);
    }
    /// Takes every item out of a list by its button.
    void emptyList(const QString& option)
    {
        auto* chips = find(option + QStringLiteral("_chips"));
        QVERIFY(chips);
        for (int guard = 0; guard < 20; ++guard) {
            QWidget* remove = nullptr;
            for (auto* button : chips->findChildren<QWidget*>(QStringLiteral("remove_0")))
                if (!button->isHidden() && button->parentWidget()->isVisible())
                    remove = button;
            if (!remove)
                return;
            click(remove);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&window, key, modifiers); }

    /// Presses Send and waits for the end of the run.
    void send()
    {
        QSignalSpy finished(&window.run(), &RunController::finished);
        click(QStringLiteral("send"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10000);
    }
    SendOutcome outcome() const
    {
        const auto* send = window.cursor().trace()->lastSend();
        return send ? *send : SendOutcome();
    }
    const Scenario& scenario() const { return window.document().scenario(); }

private:
    Preferences m_preferences;

public:
    mutable MainWindow window;
};

} // namespace corscope

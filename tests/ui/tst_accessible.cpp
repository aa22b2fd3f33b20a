#include "tests/ui/WindowDriver.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/window/AboutDialog.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QAccessible>
#include <QComboBox>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStandardPaths>
#include <QTabBar>
#include <QTextBrowser>

using namespace corscope;

/// Walks the tree that screen readers read, and the way the Tab key goes.
class TestAccessible : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everythingOperableHasNameAndRole_data();
    void everythingOperableHasNameAndRole();
    void dialogsAreNamedToo();
    void tabGoesFromBrowserOverExchangeToServerAndReachesAll();
    void diagramTellsItsSteps();
    void everyMenuEntryHasAWayByKeyboard();

private:
    std::unique_ptr<WindowDriver> m_user;
};

namespace {

QString text(QAccessibleInterface& node, QAccessible::Text what)
{
    return node.text(what).remove(QLatin1Char('&')).trimmed();
}

QString described(const QWidget& widget)
{
    QStringList way{QStringLiteral("%1 %2").arg(QLatin1String(widget.metaObject()->className()), widget.objectName())};
    for (const auto* parent = widget.parentWidget(); parent && way.size() < 4; parent = parent->parentWidget())
        if (!parent->objectName().isEmpty() && !parent->objectName().startsWith(QLatin1String("qt_")))
            way.append(parent->objectName());
    return way.join(QStringLiteral(" < "));
}

QList<QWidget*> focusable(QWidget& root)
{
    QList<QWidget*> found;
    for (auto* widget : root.findChildren<QWidget*>())
        if (widget->isVisibleTo(&root) && widget->window() == &root && widget->isEnabled() && !widget->focusProxy()
            && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
            found.append(widget);
    return found;
}

/// What a screen reader can say of it: a kind of thing that can be operated or read.
bool roleFits(QWidget& widget, QAccessible::Role role)
{
    using A = QAccessible;
    if (qobject_cast<QTextBrowser*>(&widget))
        return role == A::StaticText || role == A::Document; // what Qt says of it
    if (const auto* button = qobject_cast<QAbstractButton*>(&widget))
        return role == A::CheckBox || role == A::RadioButton || role == A::PushButton || role == A::Button || role == A::ButtonMenu
            || role == A::ButtonDropDown ? true : (button->isCheckable() && role == A::CheckBox);
    static const QList<A::Role> fitting{A::EditableText, A::ComboBox, A::List, A::Table, A::Tree, A::Slider, A::SpinBox,
                                        A::PageTabList, A::Link, A::Document, A::MenuBar, A::Graphic, A::Chart, A::ListItem};
    return fitting.contains(role);
}

/// One sentence for each widget that cannot be told to somebody who does not see it.
QStringList untold(QWidget& root)
{
    QStringList wrong;
    QHash<QString, QWidget*> said;
    for (auto* widget : focusable(root)) {
        auto* node = QAccessible::queryAccessibleInterface(widget);
        if (!node) {
            wrong.append(QStringLiteral("not in the tree: ") + described(*widget));
            continue;
        }
        const auto name = text(*node, QAccessible::Name);
        if (name.size() < 2 || !std::any_of(name.begin(), name.end(), [](QChar c) { return c.isLetterOrNumber() || c == u'*'; }))
            wrong.append(QStringLiteral("no name in words: %1 (“%2”)").arg(described(*widget), name));
        if (!roleFits(*widget, node->role()))
            wrong.append(QStringLiteral("role %1 of %2").arg(QString::number(node->role()), described(*widget)));
        const auto key = QStringLiteral("%1|%2|%3").arg(quintptr(widget->parentWidget())).arg(node->role()).arg(name);
        if (const auto* twin = said.value(key))
            wrong.append(QStringLiteral("the same name “%1”: %2 and %3").arg(name, described(*widget), described(*twin)));
        said.insert(key, widget);
    }
    return wrong;
}

} // namespace

void TestAccessible::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QAccessible::setActive(true);
    m_user = std::make_unique<WindowDriver>();
}

void TestAccessible::everythingOperableHasNameAndRole_data()
{
    QTest::addColumn<QString>("scenario");
    for (const char* id : {"fastapi-no-middleware", "auth-answers-preflight", "preflight-cache", "three-urls-three-origins",
                           "nginx-and-application-both-add", "sandboxed-page-null-origin"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TestAccessible::everythingOperableHasNameAndRole()
{
    QFETCH(QString, scenario);
    QVERIFY(m_user->window.openScenario(scenario).ok());
    m_user->send();
    QVERIFY(focusable(m_user->window).size() > 15);
    const auto wrong = untold(m_user->window);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TestAccessible::dialogsAreNamedToo()
{
    AboutDialog about(&m_user->window);
    about.show();
    QVERIFY(!about.windowTitle().isEmpty());
    const auto wrong = untold(about);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TestAccessible::tabGoesFromBrowserOverExchangeToServerAndReachesAll()
{
    QVERIFY(m_user->window.openScenario(QStringLiteral("auth-answers-preflight")).ok());
    m_user->send();
    m_user->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_user->window));
    m_user->find(QStringLiteral("send"))->setFocus();
    auto* columns = m_user->find<QSplitter>(QStringLiteral("columns"));
    QList<QWidget*> reached;
    QList<int> order;
    for (int i = 0; i < 300; ++i) {
        auto* before = QApplication::focusWidget();
        QVERIFY(before);
        if (reached.contains(before))
            break;
        reached.append(before);
        for (int column = 0; column < columns->count(); ++column)
            if (columns->widget(column)->isAncestorOf(before) && (order.isEmpty() || order.last() != column))
                order.append(column);
        QTest::keyClick(before, Qt::Key_Tab);
        QVERIFY2(QApplication::focusWidget() != before, qPrintable(described(*before) + QStringLiteral(" does not let go")));
    }
    QStringList way;
    for (const auto* widget : reached)
        way.append(described(*widget));
    if (order != QList<int>{0, 1, 2})
        qWarning("%s", qPrintable(way.join(QLatin1Char('\n'))));
    QCOMPARE(order, (QList<int>{0, 1, 2}));
    QStringList missed;
    for (auto* widget : focusable(m_user->window)) {
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool inGroup = button && button->group() && button->group()->exclusive(); // arrow keys go there
        if (!reached.contains(widget) && !inGroup && !qobject_cast<QMenuBar*>(widget))
            missed.append(described(*widget));
    }
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
}

void TestAccessible::diagramTellsItsSteps()
{
    QVERIFY(m_user->window.openScenario(QStringLiteral("fastapi-no-middleware")).ok());
    m_user->send();
    auto* diagram = m_user->window.findChild<SequenceDiagram*>();
    QVERIFY(diagram);
    auto* node = QAccessible::queryAccessibleInterface(diagram);
    QVERIFY(node);
    QVERIFY(!node->text(QAccessible::Name).isEmpty());
    diagram->setFocus();
    QTest::keyClick(diagram, Qt::Key_Home);
    QStringList heard;
    for (size_t i = 0; i < diagram->diagram().rows.size(); ++i) {
        const auto now = node->text(QAccessible::Description);
        QVERIFY2(!now.isEmpty() && !heard.contains(now), qPrintable(now));
        heard.append(now);
        QTest::keyClick(diagram, Qt::Key_Down);
    }
    // The same steps beside it, as a table that can be read in any order.
    m_user->choose(QStringLiteral("exchangeChooser"), QStringLiteral("steps"));
    auto* list = QAccessible::queryAccessibleInterface(m_user->find(QStringLiteral("stepList")));
    QVERIFY(list && list->tableInterface());
    QCOMPARE(list->tableInterface()->rowCount(), int(heard.size()));
    m_user->choose(QStringLiteral("exchangeChooser"), QStringLiteral("diagram"));
}

void TestAccessible::everyMenuEntryHasAWayByKeyboard()
{
    QStringList wrong;
    QHash<QString, QString> shortcuts;
    const std::function<void(const QList<QAction*>&, const QString&)> walk = [&](const QList<QAction*>& actions, const QString& where) {
        QHash<QChar, QString> letters;
        for (const auto* action : actions) {
            if (action->isSeparator() || !action->isVisible())
                continue;
            const auto words = action->text();
            auto plain = words;
            plain.remove(QLatin1Char('&'));
            if (const auto at = words.indexOf(QLatin1Char('&')); at >= 0 && at + 1 < words.size()) {
                const auto letter = words[at + 1].toLower();
                if (letters.contains(letter))
                    wrong.append(QStringLiteral("%1: “%2” and “%3” have the same letter").arg(where, letters[letter], plain));
                letters.insert(letter, plain);
            }
            for (const auto& key : action->shortcuts()) {
                const auto name = key.toString();
                if (shortcuts.contains(name) && shortcuts[name] != plain)
                    wrong.append(QStringLiteral("%1: “%2” and “%3”").arg(name, shortcuts[name], plain));
                shortcuts.insert(name, plain);
            }
            if (action->menu())
                walk(action->menu()->actions(), where + QStringLiteral(" > ") + plain);
        }
    };
    walk(m_user->window.menuBar()->actions(), QStringLiteral("menu bar"));
    QVERIFY(shortcuts.size() > 10);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"

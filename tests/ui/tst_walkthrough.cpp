#include "tests/ui/WindowDriver.h"

#include "core/scenario/ScenarioFile.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QUndoStack>

using namespace corscope;

static const QString article = QStringLiteral("fastapi-no-middleware");

/// The main job, as a new user does it: in the window, with mouse and keyboard.
class WalkthroughTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void opensWithTheArticle()
    {
        WindowDriver user;
        user.window.openSomething();
        const auto first = scenariofile::load(scenariofile::library().first().path);
        QVERIFY(first.ok());
        QCOMPARE(user.scenario(), *first);
        QCOMPARE(user.window.document().libraryId(), article);
        QCOMPARE(user.find<QLineEdit>(QStringLiteral("pagePort"))->text(), QStringLiteral("8000"));
        QCOMPARE(user.find<QLineEdit>(QStringLiteral("serverPort"))->text(), QStringLiteral("5000"));
    }

    void fiveVerdictsAndBack()
    {
        WindowDriver user;
        user.window.openSomething();
        const Scenario original = user.scenario();
        auto* sentence = user.find<QLabel>(QStringLiteral("verdictText"));
        QVERIFY(sentence);

        // 1. No middleware: sent, handled, withheld.
        user.send();
        QVERIFY(!user.outcome().allowed());
        QVERIFY(user.outcome().blocked);
        QCOMPARE(user.outcome().blocked->why, Why::MissingAllowOrigin);
        QVERIFY(user.outcome().requestSent);
        QCOMPARE(user.outcome().handlerRuns, 1);
        QVERIFY(user.find<QLabel>(QStringLiteral("promise"))->text().contains(QStringLiteral("rejected")));
        QVERIFY(!user.find<QPlainTextEdit>(QStringLiteral("consoleView"))->toPlainText().isEmpty());

        // 2. The middleware on, the origin listed by typing it: allowed.
        user.clickBox(QStringLiteral("stageSwitch_0"));
        QVERIFY(user.scenario().servers[0].pipeline[0].enabled);
        user.emptyList(QStringLiteral("option_allow_origins"));
        user.type(QStringLiteral("option_allow_origins"), QStringLiteral("http://localhost:8000"), true);
        QCOMPARE(user.scenario().servers[0].pipeline[0].settings.value(QStringLiteral("allow_origins")).toArray(),
                 QJsonArray{QStringLiteral("http://localhost:8000")});
        QVERIFY(user.find<QPlainTextEdit>(QStringLiteral("stageCode"))->toPlainText().contains(QStringLiteral("http://localhost:8000")));
        user.send();
        QVERIFY(user.outcome().allowed());
        QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::NotNeeded);
        QVERIFY(user.find<QTextBrowser>(QStringLiteral("pageView"))->toPlainText().contains(QStringLiteral("200")));

        // 3. PUT with a JSON body: a preflight appears, allowed.
        user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        user.click(QStringLiteral("addHeader"));
        user.type(QStringLiteral("headerName_0"), QStringLiteral("Content-Type"));
        user.type(QStringLiteral("headerValue_0"), QStringLiteral("application/json"));
        QCOMPARE(user.find<QLabel>(QStringLiteral("headerMark_0"))->text(), QStringLiteral("unsafe"));
        user.type(QStringLiteral("requestBody"), QStringLiteral("{\"name\":\"pencil\"}"));
        const auto& call = std::get<SendAction>(user.scenario().actions.back()).call;
        QCOMPARE(call.method, QByteArray("PUT"));
        QCOMPARE(call.headers, HeaderList({{"Content-Type", "application/json"}}));
        QCOMPARE(call.body, std::optional<QByteArray>("{\"name\":\"pencil\"}"));
        user.send();
        QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Sent);
        QVERIFY(user.outcome().allowed());
        QCOMPARE(user.outcome().handlerRuns, 1);

        // 4. Credentials with "*": blocked at the preflight.
        user.choose(QStringLiteral("requestCredentials"), QStringLiteral("include"));
        user.emptyList(QStringLiteral("option_allow_origins"));
        user.type(QStringLiteral("option_allow_origins"), QStringLiteral("*"), true);
        user.send();
        QVERIFY(!user.outcome().allowed());
        QVERIFY(user.outcome().blocked);
        QCOMPARE(user.outcome().blocked->why, Why::WildcardWithCredentials);
        QCOMPARE(user.outcome().blocked->on, Blocked::On::Preflight);
        QVERIFY(!user.outcome().requestSent);
        QCOMPARE(user.outcome().handlerRuns, 0);
        QVERIFY(sentence->text().contains(QLatin1Char('*')));
        auto* log = user.find<QAbstractItemView>(QStringLiteral("accessLog"));
        QTRY_COMPARE(log->model()->index(log->model()->rowCount() - 1, 0).data().toString(),
                     QStringLiteral("PUT /items/1 was never sent"));

        // 5. Every step back to the first and forward to the last; the inspector follows.
        walkBothWays(user);

        // Undo takes everything back.
        auto* undo = user.window.document().undoStack();
        for (int guard = 0; guard < 500 && undo->canUndo(); ++guard)
            user.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!undo->canUndo());
        QCOMPARE(user.scenario(), original);
        QCOMPARE(user.find<QComboBox>(QStringLiteral("requestMethod"))->currentText(), QStringLiteral("GET"));
        QVERIFY(!user.window.isWindowModified());
    }

    void pausedRunHoldsAndNewSettingsCount()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(article).ok());
        QSignalSpy held(&user.window.run(), &RunController::held);
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        user.click(QStringLiteral("send"));
        QTRY_COMPARE(held.count(), 1);
        QTest::qWait(100);
        QCOMPARE(held.count(), 1); // it really waits
        QCOMPARE(finished.count(), 0);
        QVERIFY(user.window.cursor().isLive());

        // With the middleware off this would be blocked. It is switched on while the run is held.
        user.clickBox(QStringLiteral("stageSwitch_0"));
        QVERIFY(user.scenario().servers[0].pipeline[0].enabled);
        for (int guard = 0; guard < 100 && finished.isEmpty(); ++guard) {
            const auto before = held.count();
            user.click(QStringLiteral("nextButton"));
            QTRY_VERIFY(held.count() > before || !finished.isEmpty());
        }
        QCOMPARE(finished.count(), 1);
        QVERIFY(held.count() > 3);
        QVERIFY(user.outcome().allowed());
    }

    void secondSendWhileOneRunsIsSafe()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(article).ok());
        QSignalSpy held(&user.window.run(), &RunController::held);
        QSignalSpy started(&user.window.run(), &RunController::started);
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        user.click(QStringLiteral("send"));
        QTRY_COMPARE(held.count(), 1);
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        user.click(QStringLiteral("send"));
        user.click(QStringLiteral("send"));
        QTRY_VERIFY(!user.window.run().isRunning());
        QTest::qWait(100);
        QVERIFY(!user.window.run().isRunning());
        QCOMPARE(started.count(), finished.count()); // never two at once, none lost
        QVERIFY(finished.count() >= 2);
        QCOMPARE(user.window.run().accessLog(0).size(), finished.count());
        QCOMPARE(user.outcome().handlerRuns, 1);
    }

    void closingDuringAHeldRunEndsCleanly()
    {
        auto user = std::make_unique<WindowDriver>();
        QVERIFY(user->window.openScenario(article).ok());
        QSignalSpy held(&user->window.run(), &RunController::held);
        user->clickBox(QStringLiteral("pauseBeforeEachStep"));
        user->click(QStringLiteral("send"));
        QTRY_COMPARE(held.count(), 1);
        QVERIFY(user->window.close());
        user.reset(); // would wait forever if the run were still held
    }

    void anotherScenarioEndsAHeldRun()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(article).ok());
        QSignalSpy held(&user.window.run(), &RunController::held);
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        user.click(QStringLiteral("send"));
        QTRY_COMPARE(held.count(), 1);
        QVERIFY(user.window.openScenario(QStringLiteral("fastapi-list-of-origins")).ok());
        QTRY_VERIFY(!user.window.run().isRunning());
        QVERIFY(user.window.cursor().isEmpty());
        QVERIFY(!user.window.cursor().isLive());
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        user.send();
        QVERIFY(user.outcome().allowed());
    }

    void controlReturnSendsWhatStandsInTheLine()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(article).ok());
        user.clickBox(QStringLiteral("stageSwitch_0"));
        user.emptyList(QStringLiteral("option_allow_origins"));
        user.type(QStringLiteral("option_allow_origins"), QStringLiteral("http://localhost:8000")); // no Enter
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        QTest::keyClick(user.find(QStringLiteral("option_allow_origins")), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(user.outcome().allowed());
    }

    void brokenFileGetsOneSentenceAndChangesNothing()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(article).ok());
        const auto before = user.scenario();
        QTemporaryDir directory;
        const auto path = directory.filePath(QStringLiteral("broken.corscope"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"corscope": 1, "servers": [{"id": "api", "origin": 7}]})");
        file.close();
        const auto opened = user.window.openScenario(path);
        QVERIFY(!opened.ok());
        QVERIFY(opened.error().sentence().contains(QStringLiteral("broken.corscope")));
        QCOMPARE(user.scenario(), before);
    }

    void invalidInputIsMarkedAndTheLastValidStays()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(article).ok());
        user.type(QStringLiteral("serverPort"), QStringLiteral("99999"));
        auto* port = user.find<QLineEdit>(QStringLiteral("serverPort"));
        QCOMPARE(port->text(), QStringLiteral("99999"));
        QVERIFY(port->property("invalid").toBool());
        QVERIFY(port->accessibleDescription().contains(QStringLiteral("65535")));
        QCOMPARE(user.scenario().servers[0].port, quint16(9999)); // what stood there one key earlier
        user.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(user.scenario().servers[0].port, quint16(5000));
        QCOMPARE(port->text(), QStringLiteral("5000"));
        QVERIFY(!port->property("invalid").toBool());
    }

private:
    static void walkBothWays(WindowDriver& user)
    {
        auto& cursor = user.window.cursor();
        auto* title = user.find<QLabel>(QStringLiteral("stepTitle"));
        auto* place = user.find<QLabel>(QStringLiteral("stepPlace"));
        QVERIFY(title && place);
        user.click(QStringLiteral("firstButton"));
        const auto stops = cursor.stops();
        QVERIFY(stops.size() > 5);
        QStringList forward;
        for (size_t i = 0; i < stops.size(); ++i) {
            QCOMPARE(cursor.position(), stops[i]);
            QVERIFY(place->text().contains(QString::number(i + 1)));
            forward.append(title->text());
            if (i + 1 < stops.size())
                user.click(QStringLiteral("nextButton"));
        }
        QVERIFY(QSet<QString>(forward.begin(), forward.end()).size() > 5);
        for (size_t i = stops.size(); i-- > 0;) {
            QCOMPARE(cursor.position(), stops[i]);
            QCOMPARE(title->text(), forward[qsizetype(i)]);
            if (i > 0)
                user.press(Qt::Key_Left, Qt::AltModifier);
        }
        QVERIFY(cursor.atFirst());
    }
};

QTEST_MAIN(WalkthroughTest)
#include "tst_walkthrough.moc"

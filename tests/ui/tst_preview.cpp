#include "tests/ui/WindowDriver.h"

#include "core/scenario/Runner.h"
#include "ui/session/Preview.h"
#include "ui/verdict/VerdictBar.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QJsonArray>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTextBrowser>
#include <QUndoStack>

using namespace corscope;

static const QString article = QStringLiteral("fastapi-no-middleware");
static const QString origins = QStringLiteral("option_allow_origins");

/// Every edit shows at once what Send would do, says that it was not sent, and touches nothing that is remembered.
class PreviewTest : public QObject
{
    Q_OBJECT

    struct User : WindowDriver
    {
        explicit User(const QString& scenario = article)
        {
            if (!window.openScenario(scenario).ok())
                qFatal("the library has no such scenario");
        }
        /// The first word of it: "preview".
        QString mark() { return find<QLabel>(QStringLiteral("verdictStanding"))->text().section(u':', 0, 0); }
        QString exchangeMark() { return find<QLabel>(QStringLiteral("exchangeStanding"))->text(); }
        QString verdict() { return find<VerdictBar>(QStringLiteral("verdict"))->sentence(); }
        bool settled() { return !window.preview().isComputing(); }
        qsizetype requests() { return window.run().accessLog(0).size(); }
    };

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void anEditShowsWhatSendWouldDoAndSendTakesTheMarkAway()
    {
        User user;
        user.send();
        const auto sent = user.window.cursor().trace();
        QVERIFY(!user.outcome().allowed());
        QVERIFY(user.mark().isEmpty());
        QVERIFY(user.exchangeMark().isEmpty());
        QCOMPARE(user.requests(), 1);

        user.clickBox(QStringLiteral("stageSwitch_0"));
        user.emptyList(origins);
        user.type(origins, QStringLiteral("http://localhost:8000"), true);
        QTRY_COMPARE(user.mark(), QStringLiteral("preview"));
        QTRY_VERIFY(user.settled());
        QCOMPARE(user.exchangeMark(), QStringLiteral("preview"));
        QVERIFY(user.find(QStringLiteral("verdictStanding"))->isVisible());
        QVERIFY(user.outcome().allowed());
        QVERIFY(user.find(QStringLiteral("verdict"))->accessibleDescription().startsWith(QStringLiteral("preview")));
        QVERIFY(user.find<QTextBrowser>(QStringLiteral("pageView"))->toPlainText().contains(QStringLiteral("200")));
        const auto previewed = user.window.cursor().trace();
        const auto words = user.verdict();
        QTest::qWait(300); // the log is looked at four times a second
        QCOMPARE(user.requests(), 1); // nothing was sent
        QCOMPARE(user.window.preview().sentTrace(), sent);

        user.send();
        QVERIFY(user.mark().isEmpty());
        QVERIFY(user.exchangeMark().isEmpty());
        QCOMPARE(user.requests(), 2);
        QCOMPARE(user.verdict(), words);
        const auto& wire = *user.window.cursor().trace();
        QCOMPARE(wire.outcomes.size(), previewed->outcomes.size());
        QVERIFY(wire.outcomes == previewed->outcomes); // it kept its promise

        // Undo leads to another scenario than the one that was sent: a preview again.
        user.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(user.mark(), QStringLiteral("preview"));
        QTRY_VERIFY(user.settled() && !user.outcome().allowed());
        // And back at what was sent, the run itself.
        user.press(Qt::Key_Y, Qt::ControlModifier);
        QTRY_VERIFY(user.mark().isEmpty());
        QVERIFY(user.outcome().allowed());
        QCOMPARE(user.window.cursor().trace().get(), user.window.preview().sentTrace().get());
        QCOMPARE(user.requests(), 2);
    }

    void anOpenedScenarioWaitsAndItsFirstEditPreviews()
    {
        User user;
        QTest::qWait(200);
        QVERIFY(user.window.cursor().isEmpty());
        QVERIFY(user.mark().isEmpty());
        user.type(QStringLiteral("pagePort"), QStringLiteral("5000"));
        QTRY_COMPARE(user.mark(), QStringLiteral("preview"));
        QTRY_VERIFY(user.settled());
        QVERIFY(user.outcome().allowed()); // the server's own origin
        QCOMPARE(user.requests(), 0);
        // Another scenario takes it away.
        QVERIFY(user.window.openScenario(QStringLiteral("fastapi-list-of-origins")).ok());
        QTest::qWait(200);
        QVERIFY(user.window.cursor().isEmpty());
        QVERIFY(user.mark().isEmpty());
    }

    void typingKeepsTheFocusAndTheLastKeyCounts()
    {
        User user;
        user.send();
        QSignalSpy shown(&user.window.preview(), &Preview::shown);
        auto* port = user.find<QLineEdit>(QStringLiteral("pagePort"));
        port->setFocus();
        QTest::keyClick(port, Qt::Key_End);
        QTest::keyClicks(port, QStringLiteral("1"), {}, 5); // 80001 is no port: refused at the field
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(port, Qt::Key_Backspace, {}, 5);
        QTest::keyClicks(port, QStringLiteral("12"), {}, 5);
        QTRY_VERIFY(shown.count() > 0 && user.settled());
        QVERIFY(port->hasFocus());
        QCOMPARE(port->text(), QStringLiteral("8012"));
        QCOMPARE(port->cursorPosition(), 4);
        QCOMPARE(user.outcome().pageOrigin, QByteArray("http://localhost:8012"));
        QVERIFY(shown.count() < 8); // keys in quick succession share a run
    }

    void settingsThatTheServerRefusesGetASentenceAndThePictureStays()
    {
        User user(QStringLiteral("fastapi-list-of-origins"));
        user.send();
        const auto sent = user.window.cursor().trace();
        QSignalSpy refused(&user.window.preview(), &Preview::refused);
        user.window.document().edit(QStringLiteral("Break the pattern"), {}, [](Scenario& scenario) {
            scenario.servers[0].pipeline[0].settings.insert(QStringLiteral("allow_origin_regex"), QStringLiteral("("));
        });
        QTRY_COMPARE(refused.count(), 1);
        const auto sentence = refused[0][0].toString();
        QVERIFY(!sentence.isEmpty());
        QVERIFY(user.verdict().contains(sentence));
        QVERIFY(user.verdict().startsWith(QStringLiteral("No verdict")));
        QCOMPARE(user.exchangeMark(), QStringLiteral("before this change"));
        QCOMPARE(user.window.cursor().trace(), sent); // nothing is lost
        user.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(user.mark().isEmpty());
        QVERIFY(user.verdict().contains(QStringLiteral("llowed")) || user.outcome().allowed());
    }

    void aMistakeInTheCodeIsSaidToBeLeftOut()
    {
        User user(QStringLiteral("fastapi-list-of-origins"));
        user.send();
        auto* code = user.find<QPlainTextEdit>(QStringLiteral("stageCode"));
        QVERIFY(code);
        code->setFocus();
        code->moveCursor(QTextCursor::Start);
        QTest::keyClicks(code, QStringLiteral("\"open"));
        QTRY_COMPARE(user.mark(), QStringLiteral("mistake left out"));
        QVERIFY(user.outcome().allowed()); // the verdict on what can be read
        QVERIFY(code->hasFocus());
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(code, Qt::Key_Backspace);
        QTRY_VERIFY(user.mark().isEmpty());
    }

    void aHeldRunIsNotDisturbed()
    {
        User user;
        QSignalSpy held(&user.window.run(), &RunController::held);
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        user.click(QStringLiteral("send"));
        QTRY_COMPARE(held.count(), 1);
        const int at = user.window.cursor().position();
        const int size = user.window.cursor().trace()->size();
        user.type(QStringLiteral("pagePort"), QStringLiteral("8001"));
        user.clickBox(QStringLiteral("stageSwitch_0"));
        QTest::qWait(300);
        QCOMPARE(user.window.cursor().position(), at);
        QCOMPARE(user.window.cursor().trace()->size(), size);
        QVERIFY(user.window.cursor().isLive());
        QVERIFY(user.mark().isEmpty());
        user.clickBox(QStringLiteral("pauseBeforeEachStep"));
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(user.mark().isEmpty());
        // What was sent was half one scenario, half the other: coming back to the other previews it.
        user.type(QStringLiteral("pagePort"), QStringLiteral("8002"));
        QTRY_COMPARE(user.mark(), QStringLiteral("preview"));
        user.type(QStringLiteral("pagePort"), QStringLiteral("8001"));
        QTRY_VERIFY(user.settled());
        QCOMPARE(user.mark(), QStringLiteral("preview"));
    }

    void aPreviewStartsFromWhatTheBrowserRemembersAndLeavesIt()
    {
        User user(QStringLiteral("fastapi-list-of-origins"));
        user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        QTRY_VERIFY(user.settled() && !user.window.cursor().isEmpty());
        QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Sent);
        user.type(QStringLiteral("requestMethod"), QStringLiteral("DELETE"));
        QTRY_VERIFY(user.settled() && user.outcome().method == "DELETE");
        QVERIFY(user.window.run().browser()->preflightCache.entries().empty()); // two previews left nothing there
        user.send();
        QVERIFY(user.outcome().preflight == SendOutcome::Preflight::Sent);
        QVERIFY(!user.window.run().browser()->preflightCache.entries().empty());
        // The server stops allowing anything. As in a real browser, the preflight it allowed before is still good.
        user.clickBox(QStringLiteral("stageSwitch_0"));
        QTRY_COMPARE(user.mark(), QStringLiteral("preview"));
        QTRY_VERIFY(user.settled());
        QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Cached);
        // The reset makes the preview anew.
        user.click(QStringLiteral("resetBrowser"));
        QTRY_COMPARE(user.outcome().preflight, SendOutcome::Preflight::Sent);
        QCOMPARE(user.mark(), QStringLiteral("preview"));
    }

    void theCursorKeepsItsMeaning()
    {
        User user;
        user.send();
        auto& cursor = user.window.cursor();
        // At the decision it stays at the decision.
        QCOMPARE(cursor.position(), walk::decision(*cursor.trace()));
        user.clickBox(QStringLiteral("stageSwitch_0"));
        QTRY_VERIFY(user.settled() && user.mark() == QStringLiteral("preview"));
        QCOMPARE(cursor.position(), walk::decision(*cursor.trace()));
        // At the request on the wire it stays there, though a preflight now comes before it.
        user.emptyList(origins);
        user.type(origins, QStringLiteral("http://localhost:8000"), true);
        QTRY_VERIFY(user.settled() && user.outcome().allowed());
        for (int i = 0; i < cursor.trace()->size(); ++i)
            if (const auto& step = cursor.trace()->at(i); step.landmark && step.message && step.message->isRequest()
                && step.kind == StepKind::Message && cursor.trace()->lanes[size_t(step.lane)].kind == Lane::Kind::Browser)
                cursor.moveTo(i);
        QCOMPARE(cursor.step()->label, "GET /items/1");
        const int before = cursor.position();
        user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        QTRY_VERIFY(user.settled() && user.outcome().preflight == SendOutcome::Preflight::Sent);
        QCOMPARE(cursor.step()->label, "PUT /items/1");
        QVERIFY(cursor.step()->preflight < 0);
        QVERIFY(cursor.position() > before);
    }

    void thePreviewIsNotInTheServerLog()
    {
        User user;
        user.send();
        user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        QTRY_VERIFY(user.settled() && user.mark() == QStringLiteral("preview"));
        QVERIFY(!user.outcome().requestSent); // the preflight fails
        auto* log = user.find<QAbstractItemView>(QStringLiteral("accessLog"));
        QTest::qWait(300);
        QCOMPARE(log->model()->rowCount(), 1); // the GET that was sent; not the PUT that was not
    }
};

QTEST_MAIN(PreviewTest)
#include "tst_preview.moc"

#include "tests/ui/WindowDriver.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/present/Curtain.h"
#include "ui/present/SpeakerWindow.h"
#include "ui/window/Actions.h"

#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTextBrowser>

using namespace corscope;

/// A run in front of an audience: what they see, what they do not see yet, and the keys of a clicker.
class PresentTest : public QObject
{
    Q_OBJECT

    static void open(WindowDriver& user)
    {
        QVERIFY(user.window.openScenario(QStringLiteral("fastapi-put-json-preflight")).ok());
        user.send();
    }
    static QString sentence(const WindowDriver& user) { return user.find<QLabel>(QStringLiteral("verdictText"))->text(); }
    static bool lampsLit(const WindowDriver& user)
    {
        return !user.find<QLabel>(QStringLiteral("responseLamp"))->text().isEmpty();
    }
    static bool anyAnswer(const Step& step) { return step.verdict != Verdict::None || step.blocked; }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void nothingIsKnownBeforeItIsShown()
    {
        WindowDriver user;
        open(user);
        const auto whole = user.window.cursor().trace();
        for (int i = 0; i < whole->size(); ++i) {
            if (!whole->at(i).landmark)
                continue;
            const auto asked = curtain::shownUntil(*whole, i, curtain::LastStep::Asked);
            QCOMPARE(asked.size(), i + 1);
            QVERIFY(!anyAnswer(asked.at(i)));
            const auto answered = curtain::shownUntil(*whole, i, curtain::LastStep::Answered);
            QVERIFY(sameButTime(answered.at(i), whole->at(i)));
        }
        const auto everything = curtain::shownUntil(*whole, whole->size() - 1, curtain::LastStep::Answered);
        QVERIFY(everything.outcomes == whole->outcomes);
    }

    void aClickerAsksThenAnswersUntilTheVerdict()
    {
        WindowDriver user;
        open(user);
        const auto whole = user.window.cursor().trace();
        const auto verdict = sentence(user);
        auto& cursor = user.window.cursor();
        user.press(Qt::Key_F5);
        QVERIFY(user.find(QStringLiteral("presentBar"))->isVisible());
        QVERIFY(!user.find(QStringLiteral("serverSide"))->isVisible());
        QVERIFY(!user.find(QStringLiteral("requestUrl"))->isVisible());
        QCOMPARE(cursor.stopIndex(), 0);
        QVERIFY(!lampsLit(user));
        QVERIFY(sentence(user).contains(QStringLiteral("predict")));
        const auto* reveal = user.find(QStringLiteral("presentRevealButton"));
        int asked = 0;
        int guard = 0;
        while (cursor.isLive() && ++guard < 200) {
            const bool wasAsking = reveal->isEnabled();
            const int before = cursor.position();
            user.press(Qt::Key_PageDown);
            if (wasAsking) {
                QCOMPARE(cursor.position(), before); // the answer first
                QVERIFY(!reveal->isEnabled());
                QVERIFY(anyAnswer(*cursor.step()));
            } else {
                QVERIFY(cursor.position() > before);
            }
            if (reveal->isEnabled()) {
                ++asked;
                QVERIFY(!anyAnswer(*cursor.step()));
                QVERIFY(!lampsLit(user));
            }
        }
        QVERIFY2(asked >= 3, qPrintable(QString::number(asked)));
        QVERIFY(lampsLit(user));
        QCOMPARE(sentence(user), verdict);
        QVERIFY(cursor.trace()->outcomes == whole->outcomes);

        user.press(Qt::Key_Escape);
        QVERIFY(!user.find(QStringLiteral("presentBar"))->isVisible());
        QVERIFY(user.find(QStringLiteral("serverSide"))->isVisible());
        QCOMPARE(cursor.trace()->size(), whole->size());
        QVERIFY(!cursor.isLive());
    }

    void keysThatStep_data()
    {
        QTest::addColumn<int>("forward");
        QTest::addColumn<int>("back");
        QTest::newRow("clicker") << int(Qt::Key_PageDown) << int(Qt::Key_PageUp);
        QTest::newRow("arrows across") << int(Qt::Key_Right) << int(Qt::Key_Left);
        QTest::newRow("arrows along") << int(Qt::Key_Down) << int(Qt::Key_Up);
        QTest::newRow("space reveals and steps") << int(Qt::Key_Space) << int(Qt::Key_PageUp);
    }
    void keysThatStep()
    {
        QFETCH(int, forward);
        QFETCH(int, back);
        WindowDriver user;
        open(user);
        user.click(QStringLiteral("presentButton"));
        auto& cursor = user.window.cursor();
        for (int i = 0; i < 4; ++i)
            user.press(Qt::Key(forward));
        const int there = cursor.position();
        const auto known = cursor.trace()->size();
        QVERIFY(there > 0);
        user.press(Qt::Key(back));
        QVERIFY(cursor.position() < there);
        QCOMPARE(cursor.trace()->size(), known); // what was shown stays shown
        user.press(Qt::Key_F5);
        QVERIFY(!user.find(QStringLiteral("presentBar"))->isVisible());
    }

    void sendingWhilePresentingGivesNothingAway()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(QStringLiteral("fastapi-no-middleware")).ok());
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        bool givenAway = false;
        user.press(Qt::Key_F5); // nothing was run yet: it sends
        connect(&user.window.cursor(), &TraceCursor::cursorChanged, &user.window,
                [&] { givenAway = givenAway || !user.window.cursor().trace()->outcomes.empty(); });
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!givenAway);
        QCOMPARE(user.window.cursor().stopIndex(), 0);
        user.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(finished.count(), 2);
        QVERIFY(!givenAway);
        QVERIFY(!lampsLit(user));
    }

    void theSpeakerSeesWhatComesAndWritesNotes()
    {
        WindowDriver user;
        open(user);
        const Scenario before = user.scenario();
        user.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        auto* speaker = user.window.findChild<SpeakerWindow*>();
        QVERIFY(speaker && speaker->isVisible() && speaker->isWindow());
        auto* notes = speaker->findChild<QPlainTextEdit*>(QStringLiteral("speakerNotes"));
        QTest::keyClicks(notes, QStringLiteral("Hands first"));
        QTest::keyClicks(speaker->findChild<QPlainTextEdit*>(QStringLiteral("speakerActionNotes")), QStringLiteral("Why OPTIONS"));
        QCOMPARE(user.scenario().notes, (std::vector<SpeakerNote>{{std::nullopt, QStringLiteral("Hands first")},
                                                                  {0, QStringLiteral("Why OPTIONS")}}));
        const auto again = scenariofile::parse(scenariofile::serialize(user.scenario()), {});
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().sentence()));
        QCOMPARE(*again, user.scenario());

        user.window.activateWindow();
        user.press(Qt::Key_F5);
        auto* now = speaker->findChild<QTextBrowser*>(QStringLiteral("speakerNow"));
        auto* next = speaker->findChild<QTextBrowser*>(QStringLiteral("speakerNext"));
        QVERIFY(now->toPlainText().contains(QStringLiteral("fetch")));
        const auto coming = next->toPlainText().section(u'\n', 0, 0);
        user.press(Qt::Key_PageDown);
        QCOMPARE(now->toPlainText().section(u'\n', 0, 0), coming); // with its answer, which the audience does not have
        QVERIFY(!anyAnswer(*user.window.cursor().step()));
        QVERIFY(speaker->findChild<QLabel*>(QStringLiteral("speakerTime"))->text().startsWith(QStringLiteral("00:0")));

        user.press(Qt::Key_Z, Qt::ControlModifier);
        user.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(user.scenario(), before);
    }
};

QTEST_MAIN(PresentTest)
#include "tst_present.moc"

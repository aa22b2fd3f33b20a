#include "core/callcode/CallCode.h"
#include "ui/session/ScenarioDocument.h"

#include <QSignalSpy>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace corscope;

static Scenario twoSends()
{
    Scenario scenario;
    scenario.title = QStringLiteral("two sends");
    scenario.pages.push_back({});
    scenario.pages[0].id = "app";
    scenario.servers.push_back({});
    scenario.servers[0].id = "api";
    SendAction send;
    send.page = "app";
    send.call.url = "http://localhost/";
    scenario.actions = {send, send};
    return scenario;
}

class ScenarioDocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void consecutiveEditsOfOneFieldAreOneStepOfUndo()
    {
        ScenarioDocument document;
        document.setScenario(twoSends());
        for (const auto* text : {"a", "ab", "abc"})
            document.edit(QStringLiteral("Change host"), "host", [&](Scenario& s) { s.pages[0].host = text; });
        QCOMPARE(document.undoStack()->count(), 1);
        document.undoStack()->undo();
        QCOMPARE(document.scenario(), twoSends());
        document.undoStack()->redo();
        QCOMPARE(document.scenario().pages[0].host, QByteArray("abc"));
    }

    void editsWithoutKeyOrOfOtherFieldsStaySeparate()
    {
        ScenarioDocument document;
        document.setScenario(twoSends());
        document.edit(QStringLiteral("on"), {}, [](Scenario& s) { s.servers[0].port = 1; });
        document.edit(QStringLiteral("off"), {}, [](Scenario& s) { s.servers[0].port = 2; });
        document.edit(QStringLiteral("host"), "host", [](Scenario& s) { s.pages[0].host = "a"; });
        document.edit(QStringLiteral("port"), "port", [](Scenario& s) { s.pages[0].port = 3; });
        QCOMPARE(document.undoStack()->count(), 4);
        QCOMPARE(document.undoStack()->undoText(), QStringLiteral("port"));
    }

    void anEditThatChangesNothingLeavesNoStep()
    {
        ScenarioDocument document;
        document.setScenario(twoSends());
        QSignalSpy changed(&document, &ScenarioDocument::scenarioChanged);
        document.edit(QStringLiteral("same"), {}, [](Scenario&) {});
        QCOMPARE(document.undoStack()->count(), 0);
        QCOMPARE(changed.count(), 0);
    }

    void formsShowTheLastSendUntilAnotherIsChosen()
    {
        ScenarioDocument document;
        document.setScenario(twoSends());
        QCOMPARE(document.selectedSend(), 1);
        document.selectSend(0);
        document.edit(QStringLiteral("host"), {}, [](Scenario& s) { s.pages[0].host = "a"; });
        QCOMPARE(document.selectedSend(), 0);
        document.edit(QStringLiteral("none"), {}, [](Scenario& s) { s.actions.clear(); });
        QCOMPARE(document.selectedSend(), -1);
    }

    void savedIsUnmodifiedAndUndoneIsModifiedAgain()
    {
        QTemporaryDir directory;
        ScenarioDocument document;
        document.setScenario(twoSends());
        document.edit(QStringLiteral("host"), {}, [](Scenario& s) { s.pages[0].host = "a"; });
        QVERIFY(document.isModified());
        const auto path = directory.filePath(QStringLiteral("a.corscope"));
        const auto saved = document.saveAs(path);
        QVERIFY2(saved.ok(), saved.ok() ? "" : qPrintable(saved.error().sentence()));
        QVERIFY(!document.isModified());
        document.undoStack()->undo();
        QVERIFY(document.isModified());
        ScenarioDocument other;
        QVERIFY(other.open(path).ok());
        QCOMPARE(other.scenario().pages[0].host, QByteArray("a"));
    }

    void aFileThatIsNotThereChangesNothing()
    {
        ScenarioDocument document;
        document.setScenario(twoSends());
        QVERIFY(!document.open(QStringLiteral("/nowhere/at-all.corscope")).ok());
        QVERIFY(!document.openLibrary(QStringLiteral("no-such-entry")).ok());
        QCOMPARE(document.scenario(), twoSends());
    }

    void unsavedChangesSurviveACrash()
    {
        QTemporaryDir directory;
        QTemporaryDir crashed;
        const auto files = [](const QTemporaryDir& place) {
            return QDir(place.path()).entryList({QStringLiteral("*.corscope")}, QDir::Files);
        };
        auto* crashing = new ScenarioDocument; // a crash runs no destructor
        crashing->keepRecovery(directory.path());
        crashing->setScenario(twoSends());
        crashing->edit(QStringLiteral("host"), {}, [](Scenario& s) { s.pages[0].host = "a"; });
        QTRY_COMPARE(files(directory).size(), 1);
        QVERIFY(QFile::copy(directory.filePath(files(directory)[0]), crashed.filePath(files(directory)[0])));

        // A window beside it is not offered what another one is still working on.
        ScenarioDocument beside;
        beside.keepRecovery(directory.path());
        QVERIFY(beside.leftBehind().isEmpty());

        ScenarioDocument next;
        next.keepRecovery(crashed.path());
        QCOMPARE(next.leftBehind().size(), 1);
        next.setScenario(twoSends()); // what is opened meanwhile does not end the offer
        QCOMPARE(next.leftBehind().size(), 1);
        QVERIFY(next.takeUp(next.leftBehind()[0]).ok());
        QCOMPARE(next.scenario().pages[0].host, QByteArray("a"));
        QVERIFY(next.isModified());
        QVERIFY(next.leftBehind().isEmpty());
        QCOMPARE(files(crashed).size(), 1); // its own now: a second crash loses nothing either
        delete crashing;
        QVERIFY(files(directory).isEmpty()); // an orderly end leaves nothing behind
    }

    void fetchCodeLeavesOutDefaults_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing but the URL") << QByteArray() << QByteArray("GET")
                                             << QStringLiteral("await fetch(\"http://a/\");");
        QTest::newRow("quotes in the body") << QByteArray(R"({"a":1})") << QByteArray("PUT")
                                            << QStringLiteral("await fetch(\"http://a/\", {\n  method: \"PUT\",\n  body: '{\"a\":1}'\n});");
        QTest::newRow("both quotes and a line break")
            << QByteArray("\"'\n") << QByteArray("POST")
            << QStringLiteral("await fetch(\"http://a/\", {\n  method: \"POST\",\n  body: \"\\\"'\\n\"\n});");
    }
    void fetchCodeLeavesOutDefaults()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, method);
        FetchCall call;
        call.url = "http://a/";
        call.method = method;
        if (!body.isEmpty())
            call.body = body;
        QTEST(callCode(call), "code");
    }
};

QTEST_MAIN(ScenarioDocumentTest)
#include "tst_scenariodocument.moc"

#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace corscope;

class TestLibrary : public QObject
{
    Q_OBJECT

private:
    static void addEntries()
    {
        QTest::addColumn<QString>("path");
        for (const auto& entry : scenariofile::library())
            QTest::newRow(qPrintable(entry.id)) << entry.path;
    }

private Q_SLOTS:
    void theArticlesSetUpComesFirst()
    {
        const auto library = scenariofile::library();
        QVERIFY(library.size() >= 10);
        QCOMPARE(library.first().id, QStringLiteral("fastapi-no-middleware"));
    }

    void everyFileIsInTheReadingOrder()
    {
        QStringList files = QDir(QStringLiteral(CORSCOPE_SOURCE_DIR "/resources/scenarios"))
                                .entryList({QStringLiteral("*.corscope")}, QDir::Files);
        QStringList listed;
        for (const auto& entry : scenariofile::library())
            listed.append(entry.id + QStringLiteral(".corscope"));
        files.sort();
        listed.sort();
        QCOMPARE(listed, files);
    }

    void filesAreCanonical_data() { addEntries(); }
    void filesAreCanonical()
    {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        const auto scenario = scenariofile::parse(text, path);
        QVERIFY2(scenario.ok(), qPrintable(scenario.ok() ? QString() : scenario.error().sentence()));
        QCOMPARE(scenariofile::serialize(*scenario), text);
    }

    void filesTellTheirStory_data() { addEntries(); }
    void filesTellTheirStory()
    {
        QFETCH(QString, path);
        const auto scenario = scenariofile::load(path);
        QVERIFY(scenario.ok());
        QVERIFY(!scenario->title.isEmpty());
        QVERIFY(!scenario->story.isEmpty());
        QVERIFY(!scenario->topics.isEmpty());
        QVERIFY(!scenario->expectations.empty());
    }

    /// The library is listed by topic: one word per thing, and the framework's name.
    void topicsComeFromOneVocabulary_data() { addEntries(); }
    void topicsComeFromOneVocabulary()
    {
        QFETCH(QString, path);
        static const QStringList subjects{
            QStringLiteral("preflight"), QStringLiteral("credentials"), QStringLiteral("origin"), QStringLiteral("headers"),
            QStringLiteral("methods"), QStringLiteral("caching"), QStringLiteral("redirects"), QStringLiteral("order of stages"),
            QStringLiteral("errors"), QStringLiteral("proxies"), QStringLiteral("security"), QStringLiteral("mixed content"),
            QStringLiteral("private network"), QStringLiteral("not CORS")};
        static const QStringList frameworks{
            QStringLiteral("FastAPI"), QStringLiteral("Flask"), QStringLiteral("Django"), QStringLiteral("Express"),
            QStringLiteral("Fastify"), QStringLiteral("Hono"), QStringLiteral("AWS Lambda"), QStringLiteral("Laravel"),
            QStringLiteral("PHP"), QStringLiteral("Rails"), QStringLiteral("Go"), QStringLiteral("Gin"),
            QStringLiteral("Spring"), QStringLiteral("nginx")};
        const auto scenario = scenariofile::load(path);
        QVERIFY(scenario.ok());
        bool subject = false;
        for (const auto& topic : scenario->topics) {
            QVERIFY2(subjects.contains(topic) || frameworks.contains(topic), qPrintable(topic));
            subject |= subjects.contains(topic);
        }
        QVERIFY(subject);
    }

    void everyFixIsShownToWork_data() { addEntries(); }
    void everyFixIsShownToWork()
    {
        QFETCH(QString, path);
        const auto scenario = scenariofile::load(path);
        QVERIFY(scenario.ok());
        int lastChange = -1;
        int lastExpected = -1;
        for (size_t i = 0; i < scenario->actions.size(); ++i)
            if (std::holds_alternative<ChangeAction>(scenario->actions[i]))
                lastChange = int(i);
        for (const auto& expectation : scenario->expectations)
            lastExpected = std::max(lastExpected, expectation.action);
        QVERIFY(lastExpected > lastChange);
    }

    void expectationsAreMet_data() { addEntries(); }
    void expectationsAreMet()
    {
        QFETCH(QString, path);
        const auto scenario = scenariofile::load(path);
        QVERIFY(scenario.ok());
        const auto trace = runInProcess(*scenario);
        QVERIFY2(trace.ok(), qPrintable(trace.ok() ? QString() : trace.error().sentence()));
        QCOMPARE(trace->outcomes.size(), scenario->actions.size());
        QCOMPARE(unmetExpectations(*scenario, *trace), QStringList());
    }
};

QTEST_APPLESS_MAIN(TestLibrary)
#include "tst_library.moc"

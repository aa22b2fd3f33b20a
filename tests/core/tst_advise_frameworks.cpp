#include "core/advise/FixSearch.h"
#include "core/advise/Trial.h"
#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace corscope;

/// The usual failures, with every framework that is described: found by the parts its options play.
class tst_AdviseFrameworks : public QObject
{
    Q_OBJECT

    int m_rows = 0;
    int m_blocked = 0;
    int m_trials = 0;
    qint64 m_worst = 0;

    struct Failure
    {
        const char* name;
        FetchCall call;
    };

    static std::vector<Failure> failures()
    {
        FetchCall get;
        get.url = "https://api.example.test/items";
        FetchCall put = get;
        put.method = "PUT";
        FetchCall header = get;
        header.headers = {{"X-Requested-With", "XMLHttpRequest"}, {"X-Trace", "1"}};
        FetchCall credentials = get;
        credentials.credentials = "include";
        FetchCall everything = put;
        everything.headers = {{"Content-Type", "application/json"}, {"X-Trace", "1"}};
        everything.body = "{}";
        everything.credentials = "include";
        return {{"origin", get},
                {"method", put},
                {"header", header},
                {"credentials", credentials},
                {"everything", everything}};
    }

    static Scenario scenario(const StageConfig& stage, const FetchCall& call)
    {
        Scenario s;
        PageConfig page;
        page.id = "app";
        page.scheme = "https";
        page.host = "app.example.com";
        page.port = 443;
        s.pages = {page};
        ServerConfig server;
        server.id = "api";
        server.scheme = "https";
        server.host = "api.example.test";
        server.port = 443;
        server.pipeline = {stage};
        RouteConfig get;
        get.path = "/items";
        get.body = "{}";
        RouteConfig put = get;
        put.method = "PUT";
        server.routes = {get, put};
        s.servers = {server};
        s.actions = {SendAction{"app", call}};
        return s;
    }

    /// The framework as somebody has it who lets another page in, and nothing else.
    static StageConfig anotherOrigin(const FrameworkDescription& description)
    {
        auto stage = freshStage(description);
        const QString other = QStringLiteral("https://other.example.com");
        if (const auto* any = description.option(OptionRole::AnyOrigin))
            stage.settings.insert(QString::fromUtf8(any->name), false);
        const auto* list = description.option(OptionRole::Origins);
        const auto* one = description.option(OptionRole::OneOrigin);
        if (const auto* option = list ? list : one)
            stage.settings.insert(QString::fromUtf8(option->name),
                                  option->type == OptionDescription::Type::String ? QJsonValue(other)
                                                                                  : QJsonValue(QJsonArray{other}));
        if (const auto* text = description.option(OptionRole::ConfigText)) {
            auto line = QString::fromUtf8(text->lines.header);
            line.replace(QStringLiteral("%name%"), QStringLiteral("Access-Control-Allow-Origin"))
                .replace(QStringLiteral("%value%"), other);
            stage.settings.insert(QString::fromUtf8(text->name), line);
        }
        return stage;
    }

private Q_SLOTS:
    void everyMiddlewareSaysWhatItsOptionsAreFor()
    {
        for (const auto* description : stageDescriptions()) {
            if (description->kind != "cors")
                continue;
            const bool byOptions =
                (description->option(OptionRole::Origins) || description->option(OptionRole::OneOrigin))
                && description->option(OptionRole::Credentials);
            const bool byText =
                description->option(OptionRole::ConfigText) || description->option(OptionRole::AnswerHeaders);
            QVERIFY2(byOptions || byText, description->id);
            for (const auto& option : description->options) {
                if (option.role == OptionRole::ConfigText)
                    QVERIFY2(!option.lines.header.isEmpty() && !option.lines.preflight.isEmpty(), description->id);
                if (option.role == OptionRole::AnyOrigin || option.role == OptionRole::PreflightPassthrough)
                    QVERIFY2(option.type == OptionDescription::Type::Boolean, description->id);
            }
        }
    }

    void aLeastPrivilegeFixIsFound_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<int>("failure");
        QTest::addColumn<bool>("fresh");
        const auto all = failures();
        for (const auto* description : stageDescriptions())
            if (description->kind == "cors")
                for (size_t i = 0; i < all.size(); ++i)
                    for (const bool fresh : {true, false})
                        QTest::addRow("%s, %s, %s", description->id.constData(), all[i].name,
                                      fresh ? "as it comes" : "another origin")
                            << description->id << int(i) << fresh;
    }
    void aLeastPrivilegeFixIsFound()
    {
        QFETCH(QByteArray, framework);
        QFETCH(int, failure);
        QFETCH(bool, fresh);
        const auto& description = *findFrameworkDescription(framework);
        const auto s =
            scenario(fresh ? freshStage(description) : anotherOrigin(description), failures()[size_t(failure)].call);
        QVERIFY2(checkScenario(s).ok(),
                 qPrintable(checkScenario(s).ok() ? QString() : checkScenario(s).error().sentence()));
        ++m_rows;
        if (!advise::isBlocked(s, 0))
            return; // as it comes, it lets this through
        ++m_blocked;
        QElapsedTimer timer;
        timer.start();
        const auto advice = advise::advise(s, 0);
        m_worst = std::max(m_worst, timer.elapsed());
        m_trials += advice.trials;
        const auto server = std::find_if(advice.proposals.begin(), advice.proposals.end(),
                                         [](const auto& p) { return p.who == advise::Who::Server; });
        QVERIFY2(server != advice.proposals.end(), whyId(advice.blocked->why));
        QStringList opens;
        for (const auto& opening : server->opens)
            opens.append(QString::fromUtf8(opening.origin));
        QVERIFY2(server->opens.empty(),
                 qPrintable(server->title + QStringLiteral(" opens ") + opens.join(QLatin1Char(' '))));
        QVERIFY(advice.proposals[0].opens.empty());
        // By its own settings, not by another stage in front of it; or by the application, where preflights are its job.
        for (const auto& edit : server->edits)
            QVERIFY2(edit.path.startsWith(QLatin1String("servers[0].pipeline[0].settings"))
                         || (framework == "micro-cors" && edit.path == QLatin1String("servers[0].routes")),
                     qPrintable(edit.path));
        QVERIFY(!server->differences.empty());
        if (server->edits[0].path.contains(QLatin1String("settings")))
            QVERIFY(server->differences[0].codeBefore != server->differences[0].codeAfter);
    }

    void cleanupTestCase()
    {
        qInfo("%d set-ups, %d of them blocked; %d runs of a scenario on average, %lld ms at worst", m_rows, m_blocked,
              m_blocked ? m_trials / m_blocked : 0, m_worst);
    }
};

QTEST_GUILESS_MAIN(tst_AdviseFrameworks)
#include "tst_advise_frameworks.moc"

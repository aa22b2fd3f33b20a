#include "core/advise/FixSearch.h"
#include "core/advise/Trial.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace corscope;

/// Failures of order, of doubled headers, of redirects and of directives: each has a first proposal that is the thing to do.
class tst_AdvisePipelines : public QObject
{
    Q_OBJECT

    /// JSON with ' for ".
    static QJsonObject json(const char* text)
    {
        const auto document = QJsonDocument::fromJson(QByteArray(text).replace('\'', '"'));
        if (!document.isObject())
            qFatal("not JSON: %s", text);
        return document.object();
    }

    static StageConfig stage(const QByteArray& kind, const char* settings = "{}")
    {
        return {kind, {}, {}, true, json(settings)};
    }
    static StageConfig cors(const QByteArray& framework, const char* settings)
    {
        return {"cors", framework, {}, true, json(settings)};
    }
    static StageConfig fastapi()
    {
        return cors("fastapi",
                    "{'allow_origins': ['https://app.example.com'], 'allow_methods': ['*'], 'allow_headers': ['*']}");
    }
    static StageConfig nginx(const char* config)
    {
        return {"cors", "nginx", {}, true, QJsonObject{{QStringLiteral("config"), QString::fromUtf8(config)}}};
    }

    static Scenario scenario(const std::vector<StageConfig>& pipeline, const FetchCall& call)
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
        server.pipeline = pipeline;
        RouteConfig get;
        get.path = "/items";
        RouteConfig put = get;
        put.method = "PUT";
        RouteConfig fails = get;
        fails.path = "/fails";
        fails.raises = true;
        server.routes = {get, put, fails};
        s.servers = {server};
        s.actions = {SendAction{"app", call}};
        return s;
    }
    static FetchCall get(const QByteArray& path = "/items")
    {
        FetchCall call;
        call.url = "https://api.example.test" + path;
        return call;
    }
    static FetchCall put(const QByteArray& path = "/items")
    {
        auto call = get(path);
        call.method = "PUT";
        return call;
    }
    static FetchCall with(FetchCall call, const QByteArray& header, const QByteArray& value)
    {
        call.headers.append(header, value);
        return call;
    }

private Q_SLOTS:
    void theThingToDoIsProposed_data()
    {
        QTest::addColumn<Scenario>("broken");
        QTest::addColumn<QString>("title"); ///< of one of the first three proposals
        const auto row = [](const char* name, const Scenario& scenario, const char* title) {
            QTest::newRow(name) << scenario << QString::fromUtf8(title);
        };
        row("the error page is made outside", scenario({stage("error-handler"), fastapi()}, get("/fails")),
            "Move CORSMiddleware in front of Error handler");
        row("the router answers OPTIONS first", scenario({stage("options-answer"), fastapi()}, put()),
            "Move CORSMiddleware in front");
        row("a token is wanted of the preflight",
            scenario({stage("auth"), fastapi()}, with(put(), "Authorization", "x")), "Let preflights pass");
        row("the proxy adds what is there already",
            scenario({stage("reverse-proxy", "{'add': [['Access-Control-Allow-Origin', 'https://app.example.com']]}"),
                      fastapi()},
                     get()),
            "Take Access-Control-Allow-Origin off");
        row("the proxy hides the origin",
            scenario({stage("reverse-proxy", "{'hide_request': ['Origin']}"), fastapi()}, get()), "Let Origin pass");
        row("the proxy hides the header",
            scenario({stage("reverse-proxy", "{'hide': ['Access-Control-Allow-Origin']}"), fastapi()}, get()),
            "Let Access-Control-Allow-Origin pass");
        row("a preflight is redirected", scenario({stage("trailing-slash-redirect"), fastapi()}, put("/items/")),
            "Call https://api.example.test/items");
        row("no middleware at all", scenario({}, get()),
            "Put CORSMiddleware in front; Add https://app.example.com to allow_origins");
        row("capitals in the origin",
            scenario({cors("fastapi", "{'allow_origins': ['https://App.Example.com']}")}, get()),
            "Write https://app.example.com instead of https://App.Example.com");
        row("a port that goes without saying",
            scenario({cors("express", "{'origin': ['https://app.example.com:443']}")}, get()),
            "Write https://app.example.com instead of");
        row(
            "a method in small letters",
            [] {
                auto call = get();
                call.method = "patch";
                auto s = scenario({fastapi()}, call);
                RouteConfig patch = s.servers[0].routes[0];
                patch.method = "*";
                s.servers[0].routes.push_back(patch);
                return s;
            }(),
            "Write the method as PATCH");
        row(
            "mode same-origin",
            [] {
                auto call = get();
                call.mode = "same-origin";
                return scenario({fastapi()}, call);
            }(),
            "Set mode to cors");
        row("headers only on success",
            scenario(
                {stage("raw-headers",
                       "{'headers': [['Access-Control-Allow-Origin', 'https://app.example.com']], 'when': '2xx'}")},
                get("/nowhere")),
            "Send the headers with every status");
        row("nginx names another origin",
            scenario({nginx("add_header Access-Control-Allow-Origin https://other.example.com always;")}, get()),
            "Write https://app.example.com in the line for Access-Control-Allow-Origin");
        row("nginx without always", scenario({nginx("location / {\n    proxy_pass http://app;\n}")}, put()),
            "Add a line that sends Access-Control-Allow-Origin");
        row("two lines",
            scenario({stage("raw-headers",
                            "{'headers': [['Access-Control-Allow-Origin', 'https://app.example.com'], "
                            "['Access-Control-Allow-Origin', '*']]}")},
                     get()),
            "Send one line Access-Control-Allow-Origin");
        row(
            "a shared cache mixes origins up",
            [] {
                auto s = scenario(
                    {stage("shared-cache", "{'vary': 'ignore'}"),
                     cors("fastapi", "{'allow_origins': ['https://app.example.com', 'https://other.example.com']}")},
                    get());
                PageConfig other = s.pages[0];
                other.id = "other";
                other.host = "other.example.com";
                s.pages.push_back(other);
                s.actions.insert(s.actions.begin(), SendAction{"other", get()});
                return s;
            }(),
            "mind Vary");
    }
    void theThingToDoIsProposed()
    {
        QFETCH(Scenario, broken);
        QFETCH(QString, title);
        const auto checked = checkScenario(broken);
        QVERIFY2(checked.ok(), checked.ok() ? "" : qPrintable(checked.error().sentence()));
        const int action = int(broken.actions.size()) - 1;
        const auto advice = advise::advise(broken, action);
        QVERIFY(advice.blocked);
        QStringList titles;
        bool found = false;
        for (const auto& proposal : advice.proposals) {
            titles.append(proposal.title);
            found |= proposal.rank < 3 && proposal.title.contains(title);
            const auto edited = scenariofile::edited(broken, proposal.edits);
            QVERIFY2(edited.ok() && !advise::isBlocked(*edited, action), qPrintable(proposal.title));
        }
        QVERIFY2(found,
                 qPrintable(QString::fromLatin1(whyId(advice.blocked->why)) + QStringLiteral(": ")
                            + titles.join(QStringLiteral(" | "))));
        QVERIFY2(advice.proposals[0].opens.empty(), qPrintable(titles.first()));
    }

    void whatNobodyCanAllowIsNotProposed()
    {
        auto call = get();
        call.url = "https://api.example.test:6000/items";
        const auto advice = advise::advise(scenario({fastapi()}, call), 0);
        QCOMPARE(whyId(advice.blocked->why), QByteArray("bad-port"));
        for (const auto& proposal : advice.proposals)
            QCOMPARE(proposal.who, advise::Who::Page); // call it where it listens
        QVERIFY(!advice.otherwise.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_AdvisePipelines)
#include "tst_advise_pipelines.moc"

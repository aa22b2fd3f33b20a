#include "core/backend/Server.h"

#include <QJsonArray>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace corscope;

namespace {

RouteConfig route(const QByteArray& method, const QByteArray& path, int status, const QByteArray& body,
                  const QByteArray& effect = {})
{
    return {method, path, status, {{"content-type", "application/json"}}, body, effect};
}

StageConfig cors(const QJsonObject& settings) { return {"cors", "fastapi", {}, true, settings}; }

ServerConfig api(std::vector<StageConfig> pipeline = {})
{
    ServerConfig config{"api", "http", "localhost", 5000, std::move(pipeline), {}};
    config.routes = {route("GET", "/items", 200, "[]"), route("PUT", "/items", 200, "{}", "pen saved"),
                     route("*", "/files/*", 200, "file"), route("GET", "/boom", 200, "never")};
    config.routes.back().raises = true;
    return config;
}

RequestMessage request(const QByteArray& method, const QByteArray& target, HeaderList headers = {})
{
    return {method, target, std::move(headers), {}};
}

RequestMessage preflight(const QByteArray& method)
{
    return request("OPTIONS", "/items",
                   {{"Origin", "http://localhost:8000"}, {"Access-Control-Request-Method", method}});
}

struct Exchange
{
    explicit Exchange(const ServerConfig& config, const RequestMessage& request)
    {
        auto created = Server::create(config);
        if (!created)
            qFatal("%s", qUtf8Printable(created.error().sentence()));
        server = *created;
        Recorder recorder;
        entry = server->entryLane(recorder);
        answer = server->handle(request, Clock::start, recorder);
        recorder.enter(Algorithm::Wire, entry).step("after");
        trace = recorder.take();
    }

    /// "api/0 -> api/handler: GET /items", in order
    QStringList messages() const
    {
        QStringList result;
        for (const auto& step : trace.steps)
            if (step->toLane >= 0)
                result.append(QString::fromUtf8(trace.lanes[size_t(step->lane)].id + " -> "
                                                + trace.lanes[size_t(step->toLane)].id + ": " + step->label.toByteArray()));
        return result;
    }
    QList<QByteArray> laneIds() const
    {
        QList<QByteArray> ids;
        for (const auto& lane : trace.lanes)
            ids.append(lane.id);
        return ids;
    }
    const StateTable* state(const QByteArray& id) const
    {
        for (const auto& table : *trace.steps.back()->state)
            if (table->id == id)
                return table.get();
        return nullptr;
    }

    std::shared_ptr<Server> server;
    ServerAnswer answer;
    Trace trace;
    int entry = -1;
};

} // namespace

class PipelineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void routesAnswerAsFastApiDoes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("allow");
        QTest::newRow("path and method fit")
            << QByteArray("GET") << QByteArray("/items") << 200 << QByteArray("[]") << QByteArray();
        QTest::newRow("the query is no part of the path")
            << QByteArray("GET") << QByteArray("/items?a=1") << 200 << QByteArray("[]") << QByteArray();
        QTest::newRow("second route of the path")
            << QByteArray("PUT") << QByteArray("/items") << 200 << QByteArray("{}") << QByteArray();
        QTest::newRow("trailing star, any method")
            << QByteArray("PURGE") << QByteArray("/files/a/b") << 200 << QByteArray("file") << QByteArray();
        QTest::newRow("unknown path") << QByteArray("GET") << QByteArray("/item") << 404
                                      << QByteArray(R"({"detail":"Not Found"})") << QByteArray();
        QTest::newRow("a path below is another path") << QByteArray("GET") << QByteArray("/items/7") << 404
                                                      << QByteArray(R"({"detail":"Not Found"})") << QByteArray();
        QTest::newRow("wrong method: allow names the first route's")
            << QByteArray("DELETE") << QByteArray("/items") << 405 << QByteArray(R"({"detail":"Method Not Allowed"})")
            << QByteArray("GET");
        QTest::newRow("OPTIONS is a method like any other")
            << QByteArray("OPTIONS") << QByteArray("/items") << 405 << QByteArray(R"({"detail":"Method Not Allowed"})")
            << QByteArray("GET");
        QTest::newRow("HEAD is not GET") << QByteArray("HEAD") << QByteArray("/items") << 405
                                         << QByteArray(R"({"detail":"Method Not Allowed"})") << QByteArray("GET");
    }
    void routesAnswerAsFastApiDoes()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        const Exchange exchange(api(), request(method, target));
        QTEST(exchange.answer.response.status, "status");
        QTEST(exchange.answer.response.body, "body");
        QTEST(exchange.answer.response.headers.get("allow").value_or(QByteArray()), "allow");
        QCOMPARE(exchange.answer.response.headers.get("content-type"), QByteArray("application/json"));
        QCOMPARE(exchange.answer.handlerRan, exchange.answer.response.status == 200);
        QVERIFY(!exchange.answer.response.reason.isEmpty());
    }

    void messagesBetweenStagesAreRecordedBothWays()
    {
        const StageConfig auth{"auth", {}, {}, true, {{QStringLiteral("accepts"), QStringLiteral("cookie")}}};
        const Exchange exchange(api({cors({}), auth}), request("GET", "/items", {{"Cookie", "a=b"}}));
        const QStringList expected{
            QStringLiteral("api/0 -> api/1: GET /items"), QStringLiteral("api/1 -> api/handler: GET /items"),
            QStringLiteral("api/handler -> api/1: 200 OK"), QStringLiteral("api/1 -> api/0: 200 OK")};
        QCOMPARE(exchange.messages(), expected);
        for (const auto& step : exchange.trace.steps)
            if (step->kind == StepKind::Message) {
                QVERIFY(step->landmark);
                QVERIFY(step->message);
                QCOMPARE(step->message->url, QByteArray("http://localhost:5000/items"));
            }
    }

    void stageThatAnswersKeepsTheRestOut()
    {
        const Exchange exchange(api({{"auth", {}, {}, true, {}}, cors({})}), preflight("PUT"));
        QCOMPARE(exchange.answer.response.status, 401);
        QVERIFY(!exchange.answer.handlerRan);
        QVERIFY(exchange.messages().isEmpty());
        QVERIFY(!exchange.answer.response.headers.contains("Access-Control-Allow-Origin"));
    }

    void preflightsMayBeExemptFromAuthentication()
    {
        const StageConfig auth{"auth", {}, {}, true, {{QStringLiteral("exempt_preflight"), true}}};
        const Exchange exchange(api({auth, cors({{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("*")}}})}),
                                preflight("GET"));
        QCOMPARE(exchange.answer.response.status, 200);
    }

    void disabledStageIsLeftOutButKeepsItsNumber()
    {
        auto config = api({cors({}), {"raw-headers", {}, {}, true, {}}});
        config.pipeline[0].enabled = false;
        const Exchange exchange(config, request("GET", "/items"));
        QCOMPARE(exchange.laneIds(), QList<QByteArray>({"api/1", "api/handler"}));
        QCOMPARE(exchange.entry, 0);
        QCOMPARE(exchange.trace.lanes[1].kind, Lane::Kind::Handler);
    }

    void handlerLeavesItsEffectInLedgerAndLog()
    {
        const Exchange exchange(api({cors({})}), request("PUT", "/items", {{"Origin", "https://evil.test"}}));
        QCOMPARE(exchange.answer.effects, QList<QByteArray>{"pen saved"});
        QCOMPARE(exchange.server->ledger().size(), 1);
        QCOMPARE(exchange.server->accessLog().size(), 1);
        QCOMPARE(exchange.server->accessLog()[0].origin, QByteArray("https://evil.test"));
        const auto* ledger = exchange.state("ledger:api");
        QVERIFY(ledger);
        QCOMPARE(ledger->rows[0].last(), QByteArray("pen saved"));
        QVERIFY(exchange.state("access-log:api"));
        int effects = 0;
        for (const auto& step : exchange.trace.steps)
            if (step->kind == StepKind::Effect) {
                ++effects;
                QCOMPARE(step->label, "handler runs: pen saved");
                QVERIFY(!step->state->empty());
            }
        QCOMPARE(effects, 1);
    }

    void preflightIsLoggedAndRunsNoHandler()
    {
        const Exchange exchange(api({cors({})}), preflight("PUT"));
        QVERIFY(exchange.server->accessLog()[0].preflight);
        QVERIFY(!exchange.server->accessLog()[0].handlerRan);
        QVERIFY(exchange.server->ledger().isEmpty());
    }

    void rawHeadersAreAddedAsWritten_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("added");
        QTest::newRow("always, on success") << QStringLiteral("always") << QByteArray("/items") << true;
        QTest::newRow("always, on an error") << QStringLiteral("always") << QByteArray("/none") << true;
        QTest::newRow("2xx, on success") << QStringLiteral("2xx") << QByteArray("/items") << true;
        QTest::newRow("2xx, on an error") << QStringLiteral("2xx") << QByteArray("/none") << false;
        QTest::newRow("always, but a crash passes by") << QStringLiteral("always") << QByteArray("/boom") << false;
    }
    void rawHeadersAreAddedAsWritten()
    {
        QFETCH(QString, when);
        QFETCH(QByteArray, target);
        const QJsonArray pair{QStringLiteral("Access-Control-Allow-Origin"), QStringLiteral("*")};
        const StageConfig raw{"raw-headers",
                              {},
                              {},
                              true,
                              {{QStringLiteral("headers"), QJsonArray{pair, pair}}, {QStringLiteral("when"), when}}};
        const Exchange exchange(api({raw}), request("GET", target));
        const auto values = exchange.answer.response.headers.values("access-control-allow-origin");
        QFETCH(bool, added);
        QCOMPARE(values.size(), added ? 2 : 0);
    }

    void rawHeadersMayAnswerPreflights()
    {
        const QJsonArray pair{QStringLiteral("Access-Control-Allow-Origin"), QStringLiteral("*")};
        const StageConfig raw{"raw-headers",
                              {},
                              {},
                              true,
                              {{QStringLiteral("headers"), QJsonArray{QJsonValue(pair)}}, {QStringLiteral("preflight"), true}}};
        const Exchange exchange(api({raw}), preflight("PUT"));
        QCOMPARE(exchange.answer.response.status, 204);
        QCOMPARE(exchange.answer.response.headers.get("access-control-allow-origin"), QByteArray("*"));
        QCOMPARE(Exchange(api({raw}), request("OPTIONS", "/items")).answer.response.status, 405);
    }

    void exceptionIsAnsweredOutsideOfTheMiddleware()
    {
        const auto settings = QJsonObject{{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("*")}}};
        const auto boom = request("GET", "/boom", {{"Origin", "http://localhost:8000"}});
        const Exchange exchange(api({cors(settings)}), boom);
        QCOMPARE(exchange.answer.response.status, 500);
        QVERIFY(exchange.answer.handlerRan);
        QVERIFY(!exchange.answer.response.headers.contains("Access-Control-Allow-Origin"));
        QCOMPARE(exchange.messages().last(), QStringLiteral("api/handler -> api/0: exception"));

        const Exchange caughtInside(api({cors(settings), {"error-handler", {}, {}, true, {}}}), boom);
        QCOMPARE(caughtInside.answer.response.status, 500);
        QVERIFY(caughtInside.answer.response.headers.contains("Access-Control-Allow-Origin"));
    }

    void badSettingsAreNamedByPath_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QString>("where");
        QTest::newRow("unknown option") << QJsonObject{{QStringLiteral("origins"), 1}}
                                        << QStringLiteral("pipeline[1].settings.origins");
        QTest::newRow("wrong type") << QJsonObject{{QStringLiteral("allow_origins"), 1}}
                                    << QStringLiteral("pipeline[1].settings.allow_origins");
        QTest::newRow("wrong type inside a list")
            << QJsonObject{{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("*"), 1}}}
            << QStringLiteral("pipeline[1].settings.allow_origins[1]");
        QTest::newRow("pattern that does not compile")
            << QJsonObject{{QStringLiteral("allow_origin_regex"), QStringLiteral("*.example.com")}}
            << QStringLiteral("pipeline[1].settings.allow_origin_regex");
        QTest::newRow("escape that Python does not know")
            << QJsonObject{{QStringLiteral("allow_origin_regex"), QStringLiteral("\\Qa\\E")}}
            << QStringLiteral("pipeline[1].settings.allow_origin_regex");
    }
    void badSettingsAreNamedByPath()
    {
        QFETCH(QJsonObject, settings);
        auto config = api({{"auth", {}, {}, true, {}}, cors(settings)});
        config.pipeline[1].enabled = false; // looked at all the same: it may be switched on at any time
        const auto server = Server::create(config);
        QVERIFY(!server);
        QTEST(server.error().where, "where");
        QVERIFY(!server.error().expected.isEmpty());
    }

    void badServersAreNamedByPath()
    {
        const auto whereOf = [](const ServerConfig& config) { return Server::create(config).error().where; };
        auto config = api({{"cors", "rails", {}, true, {}}});
        QCOMPARE(whereOf(config), QStringLiteral("pipeline[0].framework"));
        config = api({{"cors", "fastapi", "0.1", true, {}}});
        QCOMPARE(whereOf(config), QStringLiteral("pipeline[0].version"));
        config = api({{"route", {}, {}, true, {}}});
        QCOMPARE(whereOf(config), QStringLiteral("pipeline[0].kind"));
        config = api();
        config.routes[1].path = "items";
        QCOMPARE(whereOf(config), QStringLiteral("routes[1].path"));
        config = api();
        config.port = 0;
        QCOMPARE(whereOf(config), QStringLiteral("port"));
    }

    void backendFindsServersByAddressAndRefusesTwins()
    {
        auto other = api();
        other.id = "other";
        other.host = "API.example.com";
        const auto backend = Backend::create({api(), other});
        QVERIFY(backend.ok());
        QVERIFY((*backend)->find("http", "api.example.com", 5000));
        QVERIFY(!(*backend)->find("https", "api.example.com", 5000));
        QVERIFY((*backend)->find("other"));
        QVERIFY((*backend)->knowsHost("localhost"));
        QVERIFY(!(*backend)->knowsHost("example.com"));

        other.host = "LOCALHOST";
        QCOMPARE(Backend::create({api(), other}).error().where, QStringLiteral("servers[1].port"));
        QCOMPARE(Backend::create({api(), api()}).error().where, QStringLiteral("servers[1].id"));
        other = api({cors({{QStringLiteral("max_age"), true}})});
        QCOMPARE(Backend::create({other}).error().where, QStringLiteral("servers[0].pipeline[0].settings.max_age"));
    }

    void badSettingsChangeNothing()
    {
        const auto server = *Server::create(api());
        QVERIFY(!server->configure(api({cors({{QStringLiteral("max_age"), true}})})));
        QCOMPARE(server->config(), api());
    }

    void settingsChangeWhileRequestsRun()
    {
        const auto server = *Server::create(api());
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i)
                    server->handle(request("PUT", "/items"), Clock::start, Recorder::silent());
            });
        for (int i = 0; i < 50; ++i)
            QVERIFY(server->configure(i % 2 ? api() : api({cors({})})));
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(server->ledger().size(), 800);
    }

    void logsKeepTheNewestLines()
    {
        const auto server = *Server::create(api());
        const auto handle = [&](int from, int to) {
            for (int i = from; i < to; ++i)
                server->handle(request("GET", "/" + QByteArray::number(i)), Clock::start, Recorder::silent());
        };
        const auto targets = [](const QList<AccessLogEntry>& log) {
            return log.isEmpty() ? QByteArray("none")
                                 : log.first().target + " to " + log.last().target + ": " + QByteArray::number(log.size());
        };
        handle(0, 300);
        QCOMPARE(targets(server->accessLog()), "/0 to /299: 300");
        QCOMPARE(targets(server->accessLogSince(290)), "/290 to /299: 10");
        handle(300, 2500);
        QCOMPARE(server->accessLogCount(), 2500u);
        QCOMPARE(targets(server->accessLog()), "/1500 to /2499: 1000");
        QCOMPARE(targets(server->accessLogSince(100)), "/1500 to /2499: 1000");
        QCOMPARE(targets(server->accessLogSince(2499)), "/2499 to /2499: 1");
        server->clearLogs();
        QCOMPARE(targets(server->accessLogSince(0)), "none");
        handle(2500, 2502);
        QCOMPARE(targets(server->accessLogSince(0)), "/2500 to /2501: 2");
        QCOMPARE(server->accessLogCount(), 2502u);
    }

    void traceShowsTheNewestLinesAsTheyWereThen_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("the first request") << 0 << "/watched to /watched: 1"_ba;
        QTest::newRow("few before") << 99 << "/0 to /watched: 100"_ba;
        QTest::newRow("more than are shown") << 100 << "/1 to /watched: 100"_ba;
        QTest::newRow("where another piece of the log begins") << 128 << "/29 to /watched: 100"_ba;
        QTest::newRow("more than the log keeps") << 3000 << "/2901 to /watched: 100"_ba;
    }
    void traceShowsTheNewestLinesAsTheyWereThen()
    {
        QFETCH(int, before);
        const auto server = *Server::create(api());
        const auto handle = [&](const QByteArray& target, Recorder& recorder) {
            const int lane = server->entryLane(recorder);
            server->handle(request("GET", target), Clock::start, recorder);
            recorder.enter(Algorithm::Wire, lane).step("after");
        };
        for (int i = 0; i < before; ++i)
            handle("/" + QByteArray::number(i), Recorder::silent());
        Recorder recorder;
        handle("/watched", recorder);
        for (int i = 0; i < 3000; ++i)
            handle("/later", Recorder::silent());
        server->clearLogs();

        const auto trace = recorder.take();
        const auto& state = *trace.steps.back()->state;
        const auto log = std::find_if(state.begin(), state.end(), [](const auto& table) { return table.id() == "access-log:api"; });
        QVERIFY(log != state.end());
        const auto& rows = (*log)->rows;
        QTEST(QByteArray(rows.first().at(2) + " to " + rows.last().at(2) + ": " + QByteArray::number(rows.size())), "shown");
    }
};

QTEST_GUILESS_MAIN(PipelineTest)
#include "tst_pipeline.moc"

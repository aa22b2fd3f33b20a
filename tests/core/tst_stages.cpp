#include "core/backend/Server.h"

#include <QJsonArray>
#include <QTest>

using namespace corscope;

namespace {

const QByteArray page = "http://localhost:8000";

StageConfig cors()
{
    return {"cors", "fastapi", {}, true,
            {{QStringLiteral("allow_origins"), QJsonArray{QString::fromUtf8(page), QStringLiteral("http://other.test")}},
             {QStringLiteral("allow_methods"), QJsonArray{QStringLiteral("*")}}}};
}

StageConfig stage(const QByteArray& kind, const QJsonObject& settings = {}) { return {kind, {}, {}, true, settings}; }

ServerConfig api(std::vector<StageConfig> pipeline)
{
    ServerConfig config{"api", "http", "localhost", 5000, std::move(pipeline), {}};
    config.routes = {{"GET", "/items", 200, {{"x-app", "1"}}, "[]", {}, false},
                     {"POST", "/items", 201, {}, "{}", "item added", false},
                     {"GET", "/slash/", 200, {}, "slash", {}, false},
                     {"GET", "/private", 200, {{"Cache-Control", "private"}}, "mine", {}, false},
                     {"GET", "/short", 200, {{"Cache-Control", "max-age=5"}}, "short", {}, false},
                     {"GET", "/missing", 404, {}, "no", {}, false},
                     {"GET", "/boom", 200, {}, "never", {}, true}};
    return config;
}

RequestMessage request(const QByteArray& method, const QByteArray& target, HeaderList headers = {}, QByteArray body = {})
{
    headers.append("Host", "localhost:5000");
    return {method, target, std::move(headers), std::move(body)};
}

RequestMessage corsGet(const QByteArray& target, const QByteArray& origin = page)
{
    return request("GET", target, {{"Origin", origin}});
}

RequestMessage preflight(const QByteArray& target)
{
    return request("OPTIONS", target, {{"Origin", page}, {"Access-Control-Request-Method", "PUT"}});
}

struct Api
{
    explicit Api(std::vector<StageConfig> pipeline)
    {
        auto created = Server::create(api(std::move(pipeline)));
        if (!created)
            qFatal("%s", qUtf8Printable(created.error().sentence()));
        server = *created;
    }
    ServerAnswer ask(const RequestMessage& request, std::chrono::seconds later = {})
    {
        return server->handle(request, Clock::start + later, Recorder::silent());
    }
    std::shared_ptr<Server> server;
};

std::optional<QByteArray> allowOrigin(const ServerAnswer& answer)
{
    return answer.response.headers.get("Access-Control-Allow-Origin");
}

} // namespace

class TestStages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proxyPagesLackTheApplicationsHeaders_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<RequestMessage>("message");
        QTest::addColumn<int>("status");

        const QJsonObject limit{{QStringLiteral("max_body"), 3}};
        QTest::newRow("over the limit") << QJsonObject{{QStringLiteral("over_limit"), true}} << corsGet("/items") << 429;
        QTest::newRow("preflights count") << QJsonObject{{QStringLiteral("over_limit"), true}} << preflight("/items") << 429;
        QTest::newRow("body too long") << limit << request("POST", "/items", {{"Origin", page}}, "long") << 413;
        QTest::newRow("application gone") << QJsonObject{{QStringLiteral("upstream"), QStringLiteral("unreachable")}}
                                          << corsGet("/items") << 502;
        QTest::newRow("application slow") << QJsonObject{{QStringLiteral("upstream"), QStringLiteral("too slow")}}
                                          << corsGet("/items") << 504;
        QTest::newRow("application fails") << QJsonObject{} << corsGet("/boom") << 500;
    }
    void proxyPagesLackTheApplicationsHeaders()
    {
        QFETCH(QJsonObject, settings);
        QFETCH(RequestMessage, message);
        QFETCH(int, status);
        const auto answer = Api({stage("reverse-proxy", settings), cors()}).ask(message);
        QCOMPARE(answer.response.status, status);
        QCOMPARE(allowOrigin(answer), std::nullopt);
    }

    void bodyWithinTheLimitReachesTheApplication()
    {
        Api api({stage("reverse-proxy", {{QStringLiteral("max_body"), 3}}), cors()});
        const auto answer = api.ask(request("POST", "/items", {{"Origin", page}}, "abc"));
        QCOMPARE(answer.response.status, 201);
        QCOMPARE(answer.effects, QList<QByteArray>{"item added"});
    }

    void proxyHeadersGoByStatusUnlessAlways_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("dressed");
        QTest::newRow("200") << "listed statuses" << QByteArray("/items") << true;
        QTest::newRow("404") << "listed statuses" << QByteArray("/missing") << false;
        QTest::newRow("500 of the application") << "listed statuses" << QByteArray("/boom") << false;
        QTest::newRow("404, always") << "always" << QByteArray("/missing") << true;
        QTest::newRow("500, always") << "always" << QByteArray("/boom") << true;
    }
    void proxyHeadersGoByStatusUnlessAlways()
    {
        QFETCH(QString, when);
        QFETCH(QByteArray, target);
        QFETCH(bool, dressed);
        const QJsonArray star{QJsonValue(QJsonArray{QStringLiteral("Access-Control-Allow-Origin"), QStringLiteral("*")})};
        Api api({stage("reverse-proxy", {{QStringLiteral("add"), star}, {QStringLiteral("when"), when}})});
        QCOMPARE(allowOrigin(api.ask(corsGet(target))).has_value(), dressed);
    }

    void proxyAddsBesideSetsInsteadAndHides()
    {
        const QJsonArray star{QJsonValue(QJsonArray{QStringLiteral("Access-Control-Allow-Origin"), QStringLiteral("*")})};
        const auto lines = [](const ServerAnswer& answer) {
            return answer.response.headers.values("Access-Control-Allow-Origin");
        };
        const QList<QByteArray> doubled{page, "*"};
        QCOMPARE(lines(Api({stage("reverse-proxy", {{QStringLiteral("add"), star}}), cors()}).ask(corsGet("/items"))),
                 doubled);
        QCOMPARE(lines(Api({stage("reverse-proxy", {{QStringLiteral("set"), star}}), cors()}).ask(corsGet("/items"))),
                 QList<QByteArray>{"*"});
        const QJsonObject hide{{QStringLiteral("hide"), QJsonArray{QStringLiteral("access-control-allow-origin")}}};
        QCOMPARE(lines(Api({stage("reverse-proxy", hide), cors()}).ask(corsGet("/items"))), QList<QByteArray>{});
    }

    void applicationDoesNotSeeAHiddenOrigin()
    {
        const QJsonObject hide{{QStringLiteral("hide_request"), QJsonArray{QStringLiteral("Origin")}}};
        QCOMPARE(allowOrigin(Api({stage("reverse-proxy", hide), cors()}).ask(corsGet("/items"))), std::nullopt);
    }

    void answersBreakForThoseWhoAreStruck_data()
    {
        QTest::addColumn<QString>("requests");
        QTest::addColumn<bool>("preflights");
        QTest::addColumn<bool>("others");
        QTest::newRow("any") << "any" << true << true;
        QTest::newRow("preflights") << "preflights" << true << false;
        QTest::newRow("all but preflights") << "all but preflights" << false << true;
    }
    void answersBreakForThoseWhoAreStruck()
    {
        QFETCH(QString, requests);
        QFETCH(bool, preflights);
        QFETCH(bool, others);
        Api api({cors(), stage("fault", {{QStringLiteral("fault"), QStringLiteral("hang")}, {QStringLiteral("requests"), requests},
                                         {QStringLiteral("delay"), 250}})});
        const Fault fault{Fault::Kind::Hang, Milliseconds(250)};
        QCOMPARE(api.ask(corsGet("/items")).fault, others ? fault : Fault());
        QCOMPARE(api.ask(request("OPTIONS", "/items")).fault, others ? fault : Fault());
        Api outside({stage("fault", {{QStringLiteral("fault"), QStringLiteral("hang")}, {QStringLiteral("requests"), requests},
                                     {QStringLiteral("delay"), 250}}), cors()});
        QCOMPARE(outside.ask(preflight("/items")).fault, preflights ? fault : Fault());
    }

    void applicationDoesItsWorkBeforeTheAnswerBreaks()
    {
        const auto answer = Api({stage("fault")}).ask(request("POST", "/items", {{"Origin", page}}));
        QCOMPARE(answer.fault.kind, Fault::Kind::Reset);
        QCOMPARE(answer.effects, QList<QByteArray>{"item added"});
    }

    void aDelayIsNotNegative()
    {
        const auto server = Server::create(api({stage("fault", {{QStringLiteral("delay"), -1}})}));
        QVERIFY(!server);
        QVERIFY2(server.error().sentence().contains(QStringLiteral("settings.delay: expected milliseconds, 0 or more, found -1")),
                 qPrintable(server.error().sentence()));
    }

    void applicationSeesTheProxysHeader()
    {
        const QJsonArray other{QJsonValue(QJsonArray{QStringLiteral("origin"), QStringLiteral("http://other.test")})};
        const auto answer = Api({stage("reverse-proxy", {{QStringLiteral("set_request"), other}}), cors()}).ask(corsGet("/items"));
        QCOMPARE(allowOrigin(answer), QByteArray("http://other.test"));
    }

    void httpIsSentToHttps()
    {
        Api api({stage("https-redirect", {{QStringLiteral("port"), 8443}, {QStringLiteral("status"), QStringLiteral("308")}}), cors()});
        const auto answer = api.ask(preflight("/items?a=1"));
        QCOMPARE(answer.response.status, 308);
        QCOMPARE(answer.response.headers.get("location"), QByteArray("https://localhost:8443/items?a=1"));
    }

    void httpsIsNotSentAway()
    {
        auto config = api({stage("https-redirect"), cors()});
        config.scheme = "https";
        const auto server = Server::create(config);
        QVERIFY(server);
        QCOMPARE((*server)->handle(corsGet("/items"), Clock::start, Recorder::silent()).response.status, 200);
    }

    void slashIsAddedOrRemovedWhereThatHasARoute_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("as routed") << QByteArray("/items") << 200 << QByteArray();
        QTest::newRow("one too many") << QByteArray("/items/?q=1") << 307 << QByteArray("/items?q=1");
        QTest::newRow("one too few") << QByteArray("/slash") << 307 << QByteArray("/slash/");
        QTest::newRow("neither") << QByteArray("/nothing") << 404 << QByteArray();
    }
    void slashIsAddedOrRemovedWhereThatHasARoute()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QFETCH(QByteArray, location);
        const auto answer = Api({stage("trailing-slash-redirect")}).ask(corsGet(target));
        QCOMPARE(answer.response.status, status);
        QCOMPARE(answer.response.headers.get("location").value_or(QByteArray()), location);
    }

    void applicationBehindAProxyMayNameHttp()
    {
        Api api({stage("trailing-slash-redirect", {{QStringLiteral("location"), QStringLiteral("absolute, http")}})});
        QCOMPARE(api.ask(corsGet("/slash")).response.headers.get("location"), QByteArray("http://localhost:5000/slash/"));
    }

    void routerAnswersEveryOptions_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<bool>("lists");
        QTest::newRow("no route") << "404" << false;
        QTest::newRow("no such method") << "405" << true;
        QTest::newRow("lists the methods") << "200" << true;
    }
    void routerAnswersEveryOptions()
    {
        QFETCH(QString, status);
        QFETCH(bool, lists);
        Api api({stage("options-answer", {{QStringLiteral("status"), status}}), cors()});
        const auto answer = api.ask(preflight("/items"));
        QCOMPARE(answer.response.status, status.toInt());
        QCOMPARE(allowOrigin(answer), std::nullopt);
        QCOMPARE(answer.response.headers.get("allow"), lists ? std::optional<QByteArray>("GET, POST") : std::nullopt);
        QCOMPARE(allowOrigin(api.ask(corsGet("/items"))), page);
    }

    void cacheKeepsAnswersApartByVaryOrNot_data()
    {
        QTest::addColumn<QString>("vary");
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("honoured") << "honour" << QByteArray("http://other.test");
        QTest::newRow("ignored") << "ignore" << page;
    }
    void cacheKeepsAnswersApartByVaryOrNot()
    {
        QFETCH(QString, vary);
        QFETCH(QByteArray, second);
        Api api({stage("shared-cache", {{QStringLiteral("vary"), vary}}), cors()});
        QCOMPARE(allowOrigin(api.ask(corsGet("/items"))), page);
        QCOMPARE(allowOrigin(api.ask(corsGet("/items", "http://other.test"))), second);
    }

    // The classic: Starlette says Vary only to requests with an Origin.
    void answerMadeWithoutOriginIsGivenToAPage()
    {
        Api api({stage("shared-cache"), cors()});
        api.ask(request("GET", "/items"));
        const auto answer = api.ask(corsGet("/items"), std::chrono::seconds(7));
        QCOMPARE(answer.response.headers.get("x-cache"), QByteArray("HIT"));
        QCOMPARE(answer.response.headers.get("age"), QByteArray("7"));
        QCOMPARE(allowOrigin(answer), std::nullopt);
        QVERIFY(!answer.handlerRan);
    }

    void cacheForgets_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QByteArray>("outcome");
        QTest::newRow("still fresh") << QByteArray("/items") << 59 << QByteArray("HIT");
        QTest::newRow("default lifetime over") << QByteArray("/items") << 60 << QByteArray("MISS");
        QTest::newRow("max-age over") << QByteArray("/short") << 5 << QByteArray("MISS");
        QTest::newRow("within max-age") << QByteArray("/short") << 4 << QByteArray("HIT");
        QTest::newRow("private") << QByteArray("/private") << 0 << QByteArray("MISS");
        QTest::newRow("not a 200") << QByteArray("/missing") << 0 << QByteArray("MISS");
    }
    void cacheForgets()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, seconds);
        QFETCH(QByteArray, outcome);
        Api api({stage("shared-cache")});
        api.ask(request("GET", target));
        QCOMPARE(api.ask(request("GET", target), std::chrono::seconds(seconds)).response.headers.get("x-cache"), outcome);
    }

    void wrongSettingsAreNamedAtTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QString>("where");
        QTest::newRow("header name") << QByteArray("reverse-proxy")
                                     << QJsonObject{{QStringLiteral("hide"), QJsonArray{QStringLiteral("a b")}}}
                                     << "pipeline[0].settings.hide[0]";
        QTest::newRow("header value")
            << QByteArray("reverse-proxy")
            << QJsonObject{{QStringLiteral("add"), QJsonArray{QJsonValue(QJsonArray{QStringLiteral("X"), QStringLiteral("a\nb")})}}}
            << "pipeline[0].settings.add[0]";
        QTest::newRow("port") << QByteArray("https-redirect") << QJsonObject{{QStringLiteral("port"), 70000}}
                              << "pipeline[0].settings.port";
        QTest::newRow("lifetime") << QByteArray("shared-cache") << QJsonObject{{QStringLiteral("lifetime"), -1}}
                                  << "pipeline[0].settings.lifetime";
    }
    void wrongSettingsAreNamedAtTheirPlace()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QJsonObject, settings);
        QFETCH(QString, where);
        const auto server = Server::create(api({stage(kind, settings)}));
        QVERIFY(!server);
        QCOMPARE(server.error().where, where);
    }
};

QTEST_APPLESS_MAIN(TestStages)
#include "tst_stages.moc"

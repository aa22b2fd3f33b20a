#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/CrossOriginResourcePolicy.h"

#include <QTest>

using namespace corscope;

class tst_CrossOriginResourcePolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void policyCoversThePageOrNot_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* tag, QByteArray url, QByteArray policy, bool allowed) {
            QTest::newRow(tag) << url << policy << allowed;
        };
        row("nothing said", "http://other.test/", {}, true);
        row("same origin wanted, another port", "http://app.test:1234/", "same-origin", false);
        row("same origin wanted, and got", "/", "same-origin", true);
        row("same site wanted, a subdomain", "http://api.app.test/", "same-site", true);
        row("same site wanted, another site", "http://other.test/", "same-site", false);
        row("same site wanted, over https from http", "https://api.app.test/", "same-site", false);
        row("anybody", "http://other.test/", "cross-origin", true);
        row("capitals mean nothing", "http://other.test/", "Same-Origin", true);
        row("two words mean nothing", "http://other.test/", "same-origin, same-site", true);
    }

    void policyCoversThePageOrNot()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, policy);
        QFETCH(bool, allowed);
        Bench bench;
        HeaderList headers;
        if (!policy.isNull())
            headers.append("Cross-Origin-Resource-Policy", policy);
        bench.network.answer(200, headers);
        auto call = Bench::call(url);
        call.mode = "no-cors";
        QCOMPARE(whyOf(bench.fetch(call).blocked), allowed ? "none" : "cross-origin-resource-policy");
    }

    void corsPermissionOverrulesIt()
    {
        Bench bench;
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Cross-Origin-Resource-Policy", "same-origin"}});
        QVERIFY(bench.fetch(Bench::call("http://other.test/")).allowed());
    }

    void promiseOfThePage_data()
    {
        QTest::addColumn<QByteArray>("embedderPolicy");
        QTest::addColumn<QByteArray>("credentials");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("none") << QByteArray("unsafe-none") << QByteArray("include") << true;
        QTest::newRow("require-corp") << QByteArray("require-corp") << QByteArray("omit") << false;
        QTest::newRow("credentialless: the credentials stay behind") << QByteArray("credentialless") << QByteArray("include") << true;
    }

    void promiseOfThePage()
    {
        QFETCH(QByteArray, embedderPolicy);
        QFETCH(QByteArray, credentials);
        QFETCH(bool, allowed);
        Bench bench;
        bench.page.scheme = "https";
        bench.page.embedderPolicy = embedderPolicy;
        bench.network.answer(200);
        auto call = Bench::call("https://other.test/");
        call.mode = "no-cors";
        call.credentials = credentials;
        QCOMPARE(bench.fetch(call).allowed(), allowed);
    }

    void silenceIsNoPermissionWhereCredentialsWentAlong_data()
    {
        QTest::addColumn<bool>("credentials");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("with credentials") << true << QByteArray("cross-origin-resource-policy");
        QTest::newRow("without") << false << QByteArray("none");
    }

    void silenceIsNoPermissionWhereCredentialsWentAlong()
    {
        QFETCH(bool, credentials);
        auto client = std::make_shared<Client>();
        client->embedderPolicy = EmbedderPolicy::Credentialless;
        Request request;
        request.client = client;
        request.origin = Origin::tuple("https", "app.test", std::nullopt);
        Response response;
        response.urlList = {*Url::parse("https://other.test/")};
        response.requestIncludesCredentials = credentials;
        QTEST(whyOf(crossOriginResourcePolicyCheck(request, response, Recorder::silent())), "why");
    }

    void aWayThatLeadsBackIsForeignButTheAnswerIsThePagesOwn_data()
    {
        QTest::addColumn<QByteArray>("embedderPolicy");
        QTest::addColumn<bool>("cookie");
        QTest::newRow("with the credentials of the last address") << QByteArray("unsafe-none") << true;
        QTest::newRow("without credentials, once it has led abroad") << QByteArray("credentialless") << false;
    }

    void aWayThatLeadsBackIsForeignButTheAnswerIsThePagesOwn()
    {
        QFETCH(QByteArray, embedderPolicy);
        Bench bench;
        bench.page.scheme = "https";
        bench.page.embedderPolicy = embedderPolicy;
        bench.network.answer(302, {{"Location", "https://other.test/"}, {"Set-Cookie", "a=1; SameSite=None; Secure"}});
        bench.network.answer(302, {{"Location", "https://app.test:8000/back"}});
        bench.network.answer(200, {{"Cross-Origin-Resource-Policy", "same-origin"}});
        auto call = Bench::call("/");
        call.mode = "no-cors";
        call.credentials = "include";
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), "none");
        QCOMPARE(outcome.page.type, "opaque");
        QTEST(bench.network.sent.at(2).request.headers.contains("Cookie"), "cookie");
    }

    void credentiallessPageSendsNoCookieToOthers()
    {
        Bench bench;
        bench.page.scheme = "https";
        bench.page.embedderPolicy = "credentialless";
        bench.network.answer(200, {{"Set-Cookie", "a=1"}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "https://app.test:8000"},
                                   {"Access-Control-Allow-Credentials", "true"}, {"Set-Cookie", "b=2"}});
        for (int i = 0; i < 2; ++i)
            bench.network.answer(200);
        bench.fetch(Bench::call("/"));
        auto call = Bench::call("https://api.app.test:8000/");
        call.credentials = "include";
        bench.fetch(call);
        call.mode = "no-cors";
        bench.fetch(call);
        QVERIFY(!bench.network.sent[2].request.headers.contains("Cookie"));
        auto own = Bench::call("/");
        own.mode = "no-cors";
        bench.fetch(own);
        QCOMPARE(bench.network.sent[3].request.headers.get("Cookie"), "a=1");
    }
};

QTEST_GUILESS_MAIN(tst_CrossOriginResourcePolicy)
#include "tst_crossoriginresourcepolicy.moc"

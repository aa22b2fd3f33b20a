#include "tests/core/ScriptedNetwork.h"

#include <QTest>

using namespace corscope;

namespace {

class Http2Network : public ScriptedNetwork
{
public:
    bool speaksHttp2(const Url&) override { return true; }
};

FetchCall streamed(QByteArray url)
{
    auto call = Bench::call(std::move(url), "POST");
    call.body = "abc";
    call.bodyIsStream = true;
    call.duplex = "half";
    return call;
}

} // namespace

class tst_StreamBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callHasToBeAValidOne_data()
    {
        QTest::addColumn<QByteArray>("duplex");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<bool>("keepalive");
        QTest::newRow("without duplex") << QByteArray() << QByteArray("cors") << false;
        QTest::newRow("no-cors") << QByteArray("half") << QByteArray("no-cors") << false;
        QTest::newRow("keepalive") << QByteArray("half") << QByteArray("cors") << true;
    }
    void callHasToBeAValidOne()
    {
        QFETCH(QByteArray, duplex);
        QFETCH(QByteArray, mode);
        QFETCH(bool, keepalive);
        Bench bench;
        auto call = streamed("http://api.test/");
        call.duplex = duplex;
        call.mode = mode;
        call.keepalive = keepalive;
        QCOMPARE(whyOf(bench.fetch(call).blocked), "invalid-request");
        QVERIFY(bench.network.sent.empty());
    }

    void preflightGoesAndHttp1DoesNotCarryIt()
    {
        Bench bench;
        bench.network.answer(204, {{"Access-Control-Allow-Origin", "*"}});
        QCOMPARE(whyOf(bench.fetch(streamed("http://api.test/")).blocked), "stream-over-http1");
        QCOMPARE(bench.network.count(WireMessage::Kind::Preflight), 1);
        QCOMPARE(bench.network.count(WireMessage::Kind::Request), 0);
    }

    void http2CarriesItWithoutItsLength()
    {
        Bench bench;
        Http2Network network;
        network.answer(204, {{"Access-Control-Allow-Origin", "*"}});
        network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        QCOMPARE(whyOf(fetchMethod(bench.page, streamed("http://api.test/"), bench.browser, network, bench.recorder).blocked), "none");
        QCOMPARE(network.sent.back().request.body, "abc");
        QVERIFY(!network.sent.back().request.headers.contains("Content-Length"));
        QVERIFY(!network.sent.back().request.headers.contains("Content-Type"));
    }

    void serverThatWantsAPasswordCannotHaveItAgain_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("credentials");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("at home") << QByteArray("/") << QByteArray("same-origin") << QByteArray("authentication-body-not-replayable");
        QTest::newRow("nobody would be asked") << QByteArray("/") << QByteArray("omit") << QByteArray("none");
        QTest::newRow("nor across origins") << QByteArray("http://api.test/") << QByteArray("include") << QByteArray("none");
    }
    void serverThatWantsAPasswordCannotHaveItAgain()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, credentials);
        Bench bench;
        Http2Network network;
        const HeaderList allowed{{"Access-Control-Allow-Origin", "http://app.test:8000"}, {"Access-Control-Allow-Credentials", "true"}};
        if (url != "/")
            network.answer(204, allowed);
        auto headers = allowed;
        headers.append("WWW-Authenticate", "Basic realm=\"shop\"");
        network.answer(401, headers);
        auto call = streamed(url);
        call.credentials = credentials;
        const auto outcome = fetchMethod(bench.page, call, bench.browser, network, bench.recorder);
        QTEST(whyOf(outcome.blocked), "why");
        QCOMPARE(outcome.blocked ? outcome.withheldStatus : outcome.page.status, 401);
        QCOMPARE(network.count(WireMessage::Kind::Request), 1);
    }

    void brokenConnectionDoesNotGetItTwice()
    {
        for (const bool isStream : {false, true}) {
            Bench bench;
            Http2Network network;
            network.answer(200);
            QVERIFY(fetchMethod(bench.page, Bench::call("/"), bench.browser, network, bench.recorder).allowed());
            network.fail({Why::ConnectionReset, {}, true});
            network.answer(200);
            auto call = streamed("/");
            call.method = "PUT"; // which may be repeated, if it can
            call.bodyIsStream = isStream;
            QCOMPARE(whyOf(fetchMethod(bench.page, call, bench.browser, network, bench.recorder).blocked),
                     isStream ? "connection-reset" : "none");
            QCOMPARE(network.sent.size(), isStream ? 2u : 3u);
        }
    }

    void redirectCannotSendItAgain()
    {
        Bench bench;
        Http2Network network;
        network.answer(307, {{"Location", "/again"}});
        QCOMPARE(whyOf(fetchMethod(bench.page, streamed("/"), bench.browser, network, bench.recorder).blocked),
                 "redirect-body-not-replayable");
    }
};

QTEST_GUILESS_MAIN(tst_StreamBody)
#include "tst_streambody.moc"

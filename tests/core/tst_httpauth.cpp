#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/XhrCall.h"

#include <QTest>

using namespace corscope;

class tst_HttpAuth : public QObject
{
    Q_OBJECT

    static HeaderList challenge() { return {{"WWW-Authenticate", "Basic realm=\"shop\""}}; }
    static FetchCall xhrCall(const QByteArray& url, std::optional<QByteArray> username = std::nullopt,
                             std::optional<QByteArray> password = std::nullopt)
    {
        XhrCall xhr;
        xhr.url = url;
        xhr.username = std::move(username);
        xhr.password = std::move(password);
        return *fetchCallOf(xhr);
    }
    static std::optional<QByteArray> authorization(const Bench& bench, size_t request)
    {
        return bench.network.sent.at(request).request.headers.get("Authorization");
    }

private Q_SLOTS:
    void fetchRefusesAPasswordInTheUrl()
    {
        Bench bench;
        const auto outcome = bench.fetch(Bench::call("http://ann:secret@app.test:8000/"));
        QCOMPARE(whyOf(outcome.blocked), "invalid-request");
        QCOMPARE(bench.network.sent.size(), 0u);
    }

    void thePageGetsThe401WhereNobodyCanBeAsked()
    {
        Bench bench;
        bench.network.answer(401, challenge());
        const auto outcome = bench.fetch(Bench::call("/orders"));
        QCOMPARE(outcome.page.status, 401);
        QCOMPARE(bench.network.sent.size(), 1u);
    }

    void anXmlHttpRequestTriesThePasswordItWasGiven_data()
    {
        QTest::addColumn<FetchCall>("call");
        QTest::newRow("in the URL") << xhrCall("http://ann:s%20ecret@app.test:8000/a/orders");
        QTest::newRow("beside it") << xhrCall("/a/orders", "ann", "s ecret");
        QTest::newRow("beside it goes first") << xhrCall("http://bob:x@app.test:8000/a/orders", "ann", "s ecret");
    }

    void anXmlHttpRequestTriesThePasswordItWasGiven()
    {
        QFETCH(FetchCall, call);
        Bench bench;
        bench.network.answer(401, challenge());
        bench.network.answer(200, {}, "orders");
        const auto outcome = bench.fetch(call);
        QCOMPARE(outcome.page.status, 200);
        QCOMPARE(outcome.page.body, "orders");
        QCOMPARE(bench.network.sent.size(), 2u);
        QCOMPARE(authorization(bench, 0), std::nullopt); // not before the server asks
        QCOMPARE(authorization(bench, 1), "Basic " + QByteArray("ann:s ecret").toBase64());
        QCOMPARE(bench.network.sent[0].request.target, "/a/orders");

        // Now it is known, and goes along unasked: to that part of the server, and nowhere else.
        for (int i = 0; i < 3; ++i)
            bench.network.answer(200);
        bench.fetch(Bench::call("/a/b/c"));
        bench.fetch(Bench::call("/other"));
        auto without = Bench::call("/a/b/c");
        without.credentials = "omit";
        bench.fetch(without);
        QCOMPARE(authorization(bench, 2), authorization(bench, 1));
        QCOMPARE(authorization(bench, 3), std::nullopt);
        QCOMPARE(authorization(bench, 4), std::nullopt);
    }

    void scriptsOwnAuthorizationGoesFirst()
    {
        Bench bench;
        bench.network.answer(401, challenge());
        bench.network.answer(200);
        bench.network.answer(200);
        bench.fetch(xhrCall("/orders", "ann", "secret"));
        auto call = Bench::call("/orders");
        call.headers.append("Authorization", "Bearer x");
        bench.fetch(call);
        QCOMPARE(authorization(bench, 2), "Bearer x");
    }

    void whatTheServerRefusesIsNotTriedForEver()
    {
        Bench bench;
        bench.network.answer(401, challenge());
        bench.network.answer(401, challenge());
        bench.network.answer(200);
        const auto outcome = bench.fetch(xhrCall("/orders", "ann", "wrong"));
        QCOMPARE(outcome.page.status, 401);
        QCOMPARE(bench.network.sent.size(), 2u);
        bench.fetch(Bench::call("/orders"));
        QCOMPARE(authorization(bench, 2), std::nullopt); // nor remembered
    }

    void everyPartOfAServerHasItsOwnPassword()
    {
        Bench bench;
        const auto learn = [&](const QByteArray& url, const QByteArray& username) {
            bench.network.answer(401, challenge());
            bench.network.answer(200);
            QCOMPARE(bench.fetch(xhrCall(url, username, "x")).page.status, 200);
        };
        const auto sentTo = [&](const QByteArray& url) {
            bench.network.answer(200, {{"Access-Control-Allow-Origin", "http://app.test:8000"}, {"Access-Control-Allow-Credentials", "true"}});
            auto call = Bench::call(url);
            call.credentials = "include";
            bench.fetch(call);
            return authorization(bench, bench.network.sent.size() - 1).value_or("none");
        };
        const auto basic = [](const QByteArray& username) { return QByteArray("Basic " + QByteArray(username + ":x").toBase64()); };
        learn("/a/orders", "ann");
        learn("/b/orders", "bob");
        QCOMPARE(sentTo("/a/1"), basic("ann"));
        QCOMPARE(sentTo("/b/1"), basic("bob"));
        QCOMPARE(sentTo("http://api.test/a/1"), "none"); // and every other server has none
        QCOMPARE(sentTo("http://app.test:9000/a/1"), "none");

        // Of the same part the latest counts, and is all that is kept.
        learn("/a/items", "eve");
        QCOMPARE(sentTo("/a/1"), basic("eve"));
        QCOMPARE(sentTo("/b/1"), basic("bob"));
        QCOMPARE(bench.browser.authenticationEntries.entries().size(), 2u);
    }

    void aPasswordForWhatIsNoServerIsLeftOut()
    {
        Bench bench;
        const auto outcome = bench.fetch(xhrCall("data:text/plain,hi", "ann", "secret"));
        QCOMPARE(outcome.page.body, "hi");
        QCOMPARE(outcome.page.url, "data:text/plain,hi");
    }

    void challenges_data()
    {
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<QByteArray>("realm");
        const QByteArray none;
        const auto row = [](const char* reason, HeaderList headers, QByteArray realm) { QTest::newRow(reason) << headers << realm; };
        row("none", {}, none);
        row("Basic", {{"WWW-Authenticate", "Basic realm=\"shop\""}}, "shop");
        row("in any case, without quotes", {{"WWW-Authenticate", "bAsIc charset=\"UTF-8\", Realm=shop"}}, "shop");
        row("blanks in the realm", {{"WWW-Authenticate", "Basic charset=\"UTF-8\", realm=\"my own shop\""}}, "my own shop");
        row("an empty realm", {{"WWW-Authenticate", "Basic realm="}}, "");
        row("a realm of one letter", {{"WWW-Authenticate", "Basic realm=s"}}, "s");
        row("without a realm", {{"WWW-Authenticate", "Basic"}}, "");
        row("another scheme", {{"WWW-Authenticate", "Bearer realm=\"shop\""}}, none);
        row("after another scheme", {{"WWW-Authenticate", "Digest realm=\"x\", nonce=\"a\", Basic realm=\"shop\""}}, "shop");
        row("before another scheme", {{"WWW-Authenticate", "Basic, Digest realm=\"x\""}}, "");
        row("in a header of its own", {{"WWW-Authenticate", "Bearer"}, {"WWW-Authenticate", "Basic realm=\"a, b\""}}, "a, b");
    }

    void challenges()
    {
        QFETCH(HeaderList, headers);
        QFETCH(QByteArray, realm);
        const auto found = basicRealm(headers);
        QCOMPARE(found.has_value(), !realm.isNull());
        QCOMPARE(found.value_or(QByteArray()), realm);
    }

    void onlyTheBasicSchemeIsTried()
    {
        Bench bench;
        bench.network.answer(401, {{"WWW-Authenticate", "Digest realm=\"x\", nonce=\"a\""}});
        QCOMPARE(bench.fetch(xhrCall("/orders", "ann", "secret")).page.status, 401);
        QCOMPARE(bench.network.sent.size(), 1u);
    }

    void acrossOriginsA401IsAnAnswerLikeAnyOther()
    {
        Bench bench;
        auto headers = challenge();
        headers.append("Access-Control-Allow-Origin", "http://app.test:8000");
        headers.append("Access-Control-Allow-Credentials", "true");
        bench.network.answer(401, headers);
        auto call = xhrCall("http://ann:secret@api.test/");
        call.credentials = "include";
        QCOMPARE(bench.fetch(call).page.status, 401);
        QCOMPARE(bench.network.sent.size(), 1u);
    }

    void aPasswordKnownGoesToOtherOriginsPagesToo()
    {
        Bench bench;
        bench.network.answer(401, challenge());
        bench.network.answer(200);
        bench.fetch(xhrCall("/orders", "ann", "secret"));
        bench.page.host = "other.test";
        auto call = Bench::call("http://app.test:8000/orders");
        bench.network.answer(200);
        bench.fetch(call);
        QCOMPARE(authorization(bench, 2), std::nullopt); // credentials mode same-origin
        call.credentials = "include";
        bench.network.answer(200);
        bench.fetch(call);
        QCOMPARE(authorization(bench, 3), authorization(bench, 1));
        QCOMPARE(bench.network.count(WireMessage::Kind::Preflight), 0); // it is not script's header
    }

    void a407GoesToThePage()
    {
        Bench bench;
        bench.network.answer(407, {{"Proxy-Authenticate", "Basic realm=\"x\""}});
        QCOMPARE(bench.fetch(Bench::call("/orders")).page.status, 407);
        QCOMPARE(bench.network.sent.size(), 1u);
    }
};

QTEST_GUILESS_MAIN(tst_HttpAuth)
#include "tst_httpauth.moc"

#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/Referrer.h"

#include <QTest>

using namespace corscope;

/// What a request tells of the page it comes from: `Referer`, and `Origin` where a policy can hide it.
class tst_ReferrerPolicy : public QObject
{
    Q_OBJECT

    static Request requestFrom(const QByteArray& page, const QByteArray& to, const QByteArray& policy)
    {
        Request request;
        auto client = std::make_shared<Client>();
        client->url = *Url::parse(page);
        client->origin = client->url.origin();
        request.origin = client->origin;
        request.client = client;
        request.urlList = {*Url::parse(to)};
        request.referrerPolicy = *referrerPolicyFromBytes(policy);
        return request;
    }
    static QByteArray refererOf(const Request& request)
    {
        const auto referrer = determineReferrer(request);
        return referrer ? referrer->serialized() : QByteArray("none");
    }

private Q_SLOTS:
    // https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
    void whatEachPolicyLetsOn_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("home");      // from a page over TLS to its own origin
        QTest::addColumn<QByteArray>("abroad");    // to another origin, over TLS as well
        QTest::addColumn<QByteArray>("downgraded");// to another origin, in clear
        const QByteArray full = "https://app.test/page?q";
        const QByteArray origin = "https://app.test/";
        const QByteArray none = "none";
        const auto row = [](const char* policy, const QByteArray& home, const QByteArray& abroad, const QByteArray& downgraded) {
            QTest::newRow(*policy ? policy : "no policy") << QByteArray(policy) << home << abroad << downgraded;
        };
        row("", full, origin, none);
        row("no-referrer", none, none, none);
        row("no-referrer-when-downgrade", full, full, none);
        row("same-origin", full, none, none);
        row("origin", origin, origin, origin);
        row("strict-origin", origin, origin, none);
        row("origin-when-cross-origin", full, origin, origin);
        row("strict-origin-when-cross-origin", full, origin, none);
        row("unsafe-url", full, full, full);
    }
    void whatEachPolicyLetsOn()
    {
        QFETCH(QByteArray, policy);
        const QByteArray page = "https://user:secret@app.test/page?q#fragment";
        QTEST(refererOf(requestFrom(page, "https://app.test/x", policy)), "home");
        QTEST(refererOf(requestFrom(page, "https://api.test/x", policy)), "abroad");
        QTEST(refererOf(requestFrom(page, "http://api.test/x", policy)), "downgraded");
    }

    void moreThan4096BytesAreCutToTheOrigin()
    {
        const QByteArray origin = "http://app.test/";
        auto page = origin;
        page.append(QByteArray(4096 - page.size(), 'x'));
        QCOMPARE(refererOf(requestFrom(page, "http://app.test/x", "unsafe-url")), page);
        QCOMPARE(refererOf(requestFrom(page + "#fragments do not count", "http://app.test/x", "unsafe-url")), page);
        QCOMPARE(refererOf(requestFrom(page + 'x', "http://app.test/x", "unsafe-url")), origin);
        QCOMPARE(refererOf(requestFrom(page + 'x', "http://app.test/x", "same-origin")), origin);
    }

    void lastKnownWordOfTheHeaderCounts_data()
    {
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<QByteArray>("policy");
        const auto row = [](const char* reason, HeaderList headers, QByteArray policy) { QTest::newRow(reason) << headers << policy; };
        row("no header", {}, "");
        row("an empty one", {{"Referrer-Policy", ""}}, "");
        row("a word", {{"Referrer-Policy", "same-origin"}}, "same-origin");
        row("in any case", {{"Referrer-Policy", "Same-Origin"}}, "same-origin");
        row("the last one", {{"Referrer-Policy", "unsafe-url, no-referrer"}}, "no-referrer");
        row("words to come are passed over", {{"Referrer-Policy", "origin, only-the-scheme"}}, "origin");
        row("nothing is no word", {{"Referrer-Policy", "origin, "}}, "origin");
        row("in several lines", {{"Referrer-Policy", "origin"}, {"Referrer-Policy", "strict-origin"}}, "strict-origin");
    }
    void lastKnownWordOfTheHeaderCounts()
    {
        QFETCH(HeaderList, headers);
        QTEST(toBytes(parseReferrerPolicy(headers)), "policy");
    }

    // https://fetch.spec.whatwg.org/#append-a-request-origin-header
    void policyHidesTheOriginOutsideCors_data()
    {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("origin");
        const auto row = [](const char* reason, QByteArray page, QByteArray mode, QByteArray method, QByteArray url,
                            QByteArray policy, QByteArray origin) {
            QTest::newRow(reason) << page << mode << method << url << policy << origin;
        };
        const QByteArray secure = "https://app.test";
        const QByteArray clear = "http://localhost:5000/"; // which no secure page is kept from
        const QByteArray none = "none";
        row("GET says no origin", "https", "no-cors", "GET", "https://api.test/", "", none);
        row("POST does", "https", "no-cors", "POST", "https://api.test/", "", secure);
        row("not with no-referrer", "https", "no-cors", "POST", "https://api.test/", "no-referrer", "null");
        row("nor at home", "https", "same-origin", "POST", "/", "no-referrer", "null");
        row("mode cors needs it at home", "https", "cors", "POST", "/", "no-referrer", secure);
        row("and abroad", "https", "cors", "POST", "https://api.test/", "no-referrer", secure);
        row("same-origin, at home", "https", "same-origin", "POST", "/", "same-origin", secure);
        row("same-origin, abroad", "https", "no-cors", "POST", "https://api.test/", "same-origin", "null");
        row("strict-origin", "https", "no-cors", "POST", "https://api.test/", "strict-origin", secure);
        row("strict-origin, downgraded", "https", "no-cors", "POST", clear, "strict-origin", "null");
        row("by default, downgraded", "https", "no-cors", "POST", clear, "", "null");
        row("strict-origin-when-cross-origin, downgraded", "https", "no-cors", "POST", clear, "strict-origin-when-cross-origin", "null");
        row("no-referrer-when-downgrade", "https", "no-cors", "POST", "https://api.test/", "no-referrer-when-downgrade", secure);
        row("no-referrer-when-downgrade, downgraded", "https", "no-cors", "POST", clear, "no-referrer-when-downgrade", "null");
        row("from an insecure page nothing is a downgrade", "http", "no-cors", "POST", clear, "strict-origin", "http://app.test:443");
        row("origin hides nothing", "https", "no-cors", "POST", clear, "origin", secure);
        row("origin-when-cross-origin neither", "https", "no-cors", "POST", clear, "origin-when-cross-origin", secure);
        row("unsafe-url least", "https", "no-cors", "POST", clear, "unsafe-url", secure);
    }
    void policyHidesTheOriginOutsideCors()
    {
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, policy);
        Bench bench;
        bench.page.scheme = page;
        bench.page.port = 443;
        auto call = Bench::call(url, method);
        call.mode = mode;
        call.referrerPolicy = policy;
        bench.fetch(call);
        QCOMPARE(bench.network.sent.size(), 1u);
        QTEST(bench.network.sent[0].request.headers.get("Origin").value_or("none"), "origin");
    }
};

QTEST_GUILESS_MAIN(tst_ReferrerPolicy)
#include "tst_referrerpolicy.moc"

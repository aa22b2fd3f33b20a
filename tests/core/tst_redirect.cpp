#include "tests/core/ScriptedNetwork.h"

#include <QTest>

using namespace corscope;

namespace {

/// Lets every origin read everything and says yes to every preflight, so that only what the requests themselves are told is
/// written down.
class WillingNetwork : public ScriptedNetwork
{
public:
    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder& recorder) override
    {
        ResponseMessage response{204, "No Content", {{"Access-Control-Allow-Methods", "GET, HEAD, POST, PUT"},
                                                     {"Access-Control-Allow-Headers", "authorization, content-type"}}, {}};
        if (kind == WireMessage::Kind::Request) {
            auto answer = ScriptedNetwork::send(url, request, kind, recorder);
            if (!answer)
                return answer;
            response = std::move(answer).value();
        }
        response.headers.append("Access-Control-Allow-Origin", request.headers.get("Origin").value_or("*"));
        response.headers.append("Access-Control-Allow-Credentials", "true");
        return response;
    }
};

struct HopBench
{
    PageConfig page = Bench().page;
    Browser browser;
    WillingNetwork network;
    Recorder recorder;

    explicit HopBench(QByteArrayView profile = "standard") { browser.profile = Profile::named(profile); }
    void redirect(int status, const QByteArray& location, HeaderList more = {})
    {
        more.append("Location", location);
        network.answer(status, more);
    }
    SendOutcome fetch(const FetchCall& call)
    {
        network.answer(200);
        return fetchMethod(page, call, browser, network, recorder);
    }
    QByteArray lastHeader(QByteArrayView name) const { return network.sent.back().request.headers.get(name).value_or("none"); }
};

} // namespace

// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
class tst_Redirect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereLocationLeads_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QList<QByteArray>>("locations");
        QTest::addColumn<QByteArray>("expected"); // an address, a status or a reason
        const QByteArray there = "http://api.test:5000/there";
        const QByteArray invalid = "invalid-location";
        const auto row = [](const QByteArray& browser, const char* reason, const QList<QByteArray>& locations,
                            const QByteArray& expected) {
            QTest::addRow("%s, %s", reason, browser.constData()) << browser << locations << expected;
        };
        for (const auto& browser : Profile::names()) {
            row(browser, "one", {"/there"}, there);
            row(browser, "none: an ordinary response", {}, "302");
        }
        row("standard", "the same twice", {"/there", "/there"}, invalid);
        row("chromium", "the same twice", {"/there", "/there"}, there);
        row("firefox", "the same twice", {"/there", "/there"}, there);
        row("webkit", "the same twice", {"/there", "/there"}, QByteArray(there + ",%20/there"));
        row("standard", "two", {"/there", "/where"}, invalid);
        row("chromium", "two", {"/there", "/where"}, invalid);
        row("firefox", "two", {"/there", "/where"}, invalid);
        row("webkit", "two", {"/there", "/where"}, QByteArray(there + ",%20/where"));
        row("standard", "empty", {""}, "http://api.test:5000/here");
        row("chromium", "empty", {""}, "302");
        row("firefox", "empty", {""}, "http://api.test:5000/here");
        row("webkit", "empty", {""}, invalid);
    }
    void whereLocationLeads()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QList<QByteArray>, locations);
        HeaderList headers;
        for (const auto& location : locations)
            headers.append("Location", location);
        HopBench bench(browser);
        bench.network.answer(302, headers);
        const auto outcome = bench.fetch(Bench::call("http://api.test:5000/here"));
        QTEST(outcome.blocked ? whyOf(outcome.blocked)
              : outcome.page.redirected ? outcome.page.url : QByteArray::number(outcome.page.status), "expected");
    }

    void passwordsInLocation_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("why");
        const QByteArray refused = "redirect-with-credentials";
        const QByteArray home = "http://u:p@app.test:8000/there";
        for (const auto& browser : Profile::names()) {
            QTest::addRow("at home, %s", browser.constData()) << browser << QByteArray("/here") << home
                << (browser == "chromium" ? refused : QByteArray("none"));
            QTest::addRow("abroad, %s", browser.constData())
                << browser << QByteArray("/here") << QByteArray("http://u:p@api.test/") << refused;
            QTest::addRow("back home from abroad, %s", browser.constData())
                << browser << QByteArray("http://api.test/") << home << refused;
        }
    }
    void passwordsInLocation()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, location);
        HopBench bench(browser);
        bench.redirect(302, location);
        const auto outcome = bench.fetch(Bench::call(url));
        QTEST(whyOf(outcome.blocked), "why");
        QCOMPARE(bench.network.sent.size(), outcome.blocked ? 1u : 2u);
    }

    void methods_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("next");
        QTest::addColumn<QByteArray>("origin");
        const auto row = [](QByteArray browser, QByteArray method, int status, QByteArray next, QByteArray origin) {
            QTest::addRow("%s %d %s", method.constData(), status, browser.constData()) << browser << method << status << next << origin;
        };
        const QByteArray none = "none";
        const QByteArray origin = "http://app.test:8000";
        for (const QByteArray browser : {"standard", "webkit"}) {
            for (const int status : {301, 302, 303, 307, 308}) {
                row(browser, "GET", status, "GET", none);
                row(browser, "HEAD", status, "HEAD", none);
            }
            for (const int status : {301, 302, 307, 308})
                row(browser, "PUT", status, "PUT", origin);
            for (const int status : {307, 308})
                row(browser, "POST", status, "POST", origin);
            // What has become GET says no origin at home; unless it is kept from what it was.
            const auto kept = browser == "webkit" ? origin : none;
            row(browser, "PUT", 303, "GET", kept);
            for (const int status : {301, 302, 303})
                row(browser, "POST", status, "GET", kept);
        }
    }
    void methods()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        HopBench bench(browser);
        bench.redirect(status, "/there");
        QVERIFY(bench.fetch(Bench::call("/here", method)).allowed());
        QTEST(bench.network.sent.back().request.method, "next");
        QTEST(bench.lastHeader("Origin"), "origin");
    }

    void serverMayNameAReferrerPolicyOnTheWay_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("referer");
        const QByteArray full = "http://app.test:8000/page?q";
        const QByteArray origin = "http://app.test:8000/";
        const auto row = [](const char* reason, QByteArray first, QByteArray policy, QByteArray referer) {
            QTest::newRow(reason) << first << policy << referer;
        };
        row("none", "/here", {}, full);
        row("no-referrer", "/here", "no-referrer", "none");
        row("origin", "/here", "origin", origin);
        row("one that nobody knows", "/here", "only-the-scheme", full);
        row("what the first hop kept back stays so", "http://api.test/here", "unsafe-url", origin);
    }
    void serverMayNameAReferrerPolicyOnTheWay()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, policy);
        HopBench bench;
        bench.page.path = "/page?q";
        bench.redirect(302, "/there", policy.isNull() ? HeaderList() : HeaderList{{"Referrer-Policy", policy}});
        QVERIFY(bench.fetch(Bench::call(first)).allowed());
        QCOMPARE(bench.network.sent.size(), 2u);
        QTEST(bench.lastHeader("Referer"), "referer");
    }

    void headersThatARedirectTookAway_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QByteArray>("third");
        QTest::addColumn<QByteArray>("contentType");
        const QByteArray none = "none";
        const auto row = [](const char* reason, QByteArray browser, QByteArray first, QByteArray second, QByteArray third,
                            QByteArray contentType) {
            QTest::addRow("%s, %s", reason, browser.constData()) << browser << first << second << third << contentType;
        };
        for (const auto& browser : Profile::names()) {
            row("home, home", browser, "/1", "/2", "/3", none);
            const auto back = browser == "webkit" ? QByteArray("application/json") : none;
            row("home, then abroad", browser, "/1", "/2", "http://api.test/3", back);
            row("abroad at once, and on there", browser, "/1", "http://api.test/2", "http://api.test/3", back);
            row("abroad at once, and further", browser, "/1", "http://api.test/2", "http://third.test/3", back);
        }
    }
    void headersThatARedirectTookAway()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(QByteArray, third);
        HopBench bench(browser);
        bench.redirect(303, second);
        bench.redirect(302, third);
        auto call = Bench::call(first, "POST");
        call.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer x"}};
        call.body = "{}";
        QCOMPARE(whyOf(bench.fetch(call).blocked), "none");
        QCOMPARE(bench.network.sent.size(), 3u);
        const auto& last = bench.network.sent.back();
        QCOMPARE(last.request.method, "GET");
        QVERIFY(last.request.body.isEmpty());
        QTEST(bench.lastHeader("Content-Type"), "contentType");
        // A password once taken away is gone, whoever it is.
        QCOMPARE(bench.lastHeader("Authorization"), last.url.host() == "app.test" ? "Bearer x" : "none");
    }
};

QTEST_GUILESS_MAIN(tst_Redirect)
#include "tst_redirect.moc"

#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/ContentSecurityPolicy.h"
#include "core/fetch/UpgradeInsecureRequests.h"

#include <QTest>

using namespace corscope;
using Disposition = ContentSecurityPolicy::Disposition;

class tst_ContentSecurityPolicy : public QObject
{
    Q_OBJECT

    static const Origin& self()
    {
        static const auto origin = Origin::tuple("http", "app.test", quint16(8000));
        return origin;
    }
    static void everyBrowser()
    {
        QTest::addColumn<QByteArray>("profile");
        for (const auto& name : Profile::names())
            QTest::newRow(name.constData()) << name;
    }
    static void allow(Bench& bench) { bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}}); }

private Q_SLOTS:
    void aHeaderHoldsPoliciesAndTheirDirectives()
    {
        const auto policies = parseContentSecurityPolicies(
            " Connect-Src  'self' https://a.test ;; connect-src *; upgrade-insecure-requests, ,default-src 'none'",
            Disposition::Enforce, self());
        QCOMPARE(policies.size(), 2);
        QCOMPARE(policies[0].directives.size(), 2);
        QCOMPARE(policies[0].find("connect-src")->text(), QByteArray("connect-src 'self' https://a.test")); // the first counts
        QVERIFY(policies[0].find("upgrade-insecure-requests"));
        QVERIFY(!policies[0].find("default-src"));
        QVERIFY(policies[1].find("default-src"));
    }

    void aSourceListMatches_data()
    {
        QTest::addColumn<QByteArray>("sources");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("matches");
        QTest::addColumn<int>("redirects");
        const auto row = [](const char* reason, QByteArray sources, QByteArray url, bool matches, int redirects = 0) {
            QTest::newRow(reason) << sources << url << matches << redirects;
        };
        row("nothing listed", "", "http://app.test:8000/", false);
        row("none", "'none'", "http://app.test:8000/", false);
        row("none beside another says nothing", "'none' *", "http://app.test:8000/", true);
        row("asterisk", "*", "https://anywhere.test:81/x", true);
        row("asterisk, a scheme the page has not", "*", "data:,x", false);
        row("self", "'self'", "http://app.test:8000/x", true);
        row("self in capitals", "'SELF'", "http://app.test:8000/x", true);
        row("self, another port", "'self'", "http://app.test:8001/", false);
        row("self, made secure on its port", "'self'", "https://app.test:8000/", true);
        row("self, another name of the site", "'self'", "http://api.app.test:8000/", false);
        row("scheme alone", "https:", "https://anywhere.test/", true);
        row("scheme alone, another", "https:", "http://anywhere.test/", false);
        row("scheme alone, the secure one of it", "http:", "https://anywhere.test/", true);
        row("host without a scheme takes the page's", "api.test", "http://api.test/", true);
        row("host without a scheme, made secure", "api.test", "https://api.test/", true);
        row("host in capitals", "API.test", "http://api.test/", true);
        row("host, no port, another port", "http://api.test", "http://api.test:8080/", false);
        row("host with its default port written", "http://api.test:80", "http://api.test/", true);
        row("any port", "http://api.test:*", "http://api.test:8080/", true);
        row("names below", "*.test", "http://a.b.test/", true);
        row("names below, not the name itself", "*.api.test", "http://api.test/", false);
        row("any host of a scheme", "https://*", "https://a.test/", true);
        row("any host, default port only", "https://*", "https://a.test:8443/", false);
        row("address", "http://127.0.0.1:5000", "http://127.0.0.1:5000/", true);
        row("port that is none", "http://api.test:http", "http://api.test/", false);
        row("path", "http://api.test/items", "http://api.test/items", true);
        row("path, one below", "http://api.test/items", "http://api.test/items/1", false);
        row("folder", "http://api.test/items/", "http://api.test/items/1", true);
        row("folder, not the name without a slash", "http://api.test/items/", "http://api.test/items", false);
        row("path in another spelling", "http://api.test/%69tems", "http://api.test/items", true);
        row("path after a redirect counts for nothing", "http://api.test/items", "http://api.test/other", true, 1);
        row("host after a redirect counts", "http://api.test/items", "http://other.test/items", false, 1);
        row("the query is nobody's business", "http://api.test/items", "http://api.test/items?a=b", true);
        row("unknown keyword", "'unsafe-inline'", "http://app.test:8000/", false);
        row("two slashes without a scheme", "://api.test", "http://api.test/", false);
        row("a scheme without a host", "http://", "http://api.test/", false);
        row("a colon without a port", "1.api.test:", "http://1.api.test/", false);
        row("a colon without a port, after what no scheme begins with", "api_1:", "http://api_1/", false);
        row("no host has an underscore", "http://api_1.test", "http://api_1.test/", false);
        row("no host begins with a dot", "http://.api.test", "http://.api.test/", false);
        row("no host has two dots in a row", "http://a..test", "http://a..test/", false);
        row("a hyphen in the host", "http://my-api.test", "http://my-api.test/", true);
        row("a scheme of one's own", "web+app-1.0:", "web+app-1.0:x", true);
        row("any host of a scheme, where there is none", "app://*", "app:x", false);
        row("http: stands for nothing but https:", "http:", "ftp://api.test/", false);
        row("wss: for https:", "wss:", "https://api.test/", true);
        row("wss: not for http:", "wss:", "http://api.test/", false);
        row("ws: for wss:", "ws:", "wss://api.test/", true);
        row("ws: for http:", "ws:", "http://api.test/", true);
        row("ws: for https:", "ws:", "https://api.test/", true);
        row("ws: for nothing else", "ws:", "ftp://api.test/", false);
        row("the root folder", "http://api.test/", "http://api.test/items", true);
    }
    void aSourceListMatches()
    {
        QFETCH(QByteArray, sources);
        QFETCH(QByteArray, url);
        QFETCH(bool, matches);
        QFETCH(int, redirects);
        const auto policies = parseContentSecurityPolicies(QByteArray("connect-src " + sources), Disposition::Enforce, self());
        const auto parsed = Url::parse(url);
        QVERIFY(parsed.ok());
        QCOMPARE(matchesSourceList(*parsed, policies.at(0).find("connect-src")->value, self(), redirects), matches);
    }

    void whatThePageItselfIsCounts_data()
    {
        QTest::addColumn<Origin>("page");
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* reason, Origin page, QByteArray source, QByteArray url, bool matches) {
            QTest::newRow(reason) << page << source << url << matches;
        };
        const auto http = Origin::tuple("http", "app.test", std::nullopt);
        const auto https = Origin::tuple("https", "app.test", std::nullopt);
        const auto httpsElsewhere = Origin::tuple("https", "app.test", quint16(8443));
        row("self, made secure, each on its default port", http, "'self'", "https://app.test/", true);
        row("self, made secure, on another port", http, "'self'", "https://app.test:8443/", false);
        row("self, on another port", https, "'self'", "https://app.test:8443/", false);
        row("self, of a page on another port", httpsElsewhere, "'self'", "https://app.test/", false);
        row("self, made insecure", https, "'self'", "http://app.test/", false);
        row("self, made insecure on its port", httpsElsewhere, "'self'", "http://app.test:8443/", false);
        row("self, of a page that is nowhere", Origin::opaque("app"), "'self'", "https://app.test/", false);
        row("host without a scheme, made insecure", https, "api.test", "http://api.test/", false);
        row("host without a scheme, as secure as the page", https, "api.test", "https://api.test/", true);
        row("asterisk, a scheme that the page has too", Origin::tuple("app", "x", std::nullopt), "*", "app:y", true);
    }
    void whatThePageItselfIsCounts()
    {
        QFETCH(Origin, page);
        QFETCH(QByteArray, source);
        QFETCH(QByteArray, url);
        QTEST(matchesSourceList(*Url::parse(url), {source}, page, 0), "matches");
    }

    void aViolationIsRefusedBeforeAnythingIsSent()
    {
        Bench bench;
        bench.page.contentSecurityPolicy = {"connect-src 'self'"};
        const auto outcome = bench.fetch(Bench::call("http://api.test/", "PUT"));
        QCOMPARE(whyOf(outcome.blocked), QByteArray("content-security-policy"));
        QCOMPARE(outcome.blocked->offender, QByteArray("connect-src 'self'"));
        QCOMPARE(outcome.preflight, SendOutcome::Preflight::NotReached);
        QVERIFY(bench.network.sent.empty());
    }

    void everyPolicyHasToAgree_data()
    {
        QTest::addColumn<QList<QByteArray>>("policies");
        QTest::addColumn<QByteArray>("offender");
        QTest::newRow("both agree") << QList<QByteArray>{"connect-src *", "connect-src http:"} << QByteArray();
        QTest::newRow("the second does not") << QList<QByteArray>{"connect-src *", "connect-src 'self'"} << QByteArray("connect-src 'self'");
        QTest::newRow("two in one header") << QList<QByteArray>{"connect-src *, connect-src 'none'"} << QByteArray("connect-src 'none'");
        QTest::newRow("the fallback") << QList<QByteArray>{"default-src 'self'"} << QByteArray("default-src 'self'");
        QTest::newRow("no need of the fallback") << QList<QByteArray>{"default-src 'self'; connect-src *"} << QByteArray();
        QTest::newRow("an empty list allows nothing") << QList<QByteArray>{"connect-src"} << QByteArray("connect-src");
        QTest::newRow("nothing about connecting") << QList<QByteArray>{"img-src 'self'"} << QByteArray();
    }
    void everyPolicyHasToAgree()
    {
        QFETCH(QList<QByteArray>, policies);
        QFETCH(QByteArray, offender);
        Bench bench;
        bench.page.contentSecurityPolicy = policies;
        allow(bench);
        const auto outcome = bench.fetch(Bench::call("http://api.test/"));
        QCOMPARE(outcome.allowed(), offender.isEmpty());
        QCOMPARE(outcome.blocked ? outcome.blocked->offender : QByteArray(), offender);
    }

    void aRedirectIsHeldToThePolicyAsWell()
    {
        Bench bench;
        bench.page.contentSecurityPolicy = {"connect-src http://api.test"};
        bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "http://other.test/"}});
        const auto outcome = bench.fetch(Bench::call("http://api.test/"));
        QCOMPARE(whyOf(outcome.blocked), QByteArray("content-security-policy"));
        QCOMPARE(bench.network.sent.size(), size_t(1));
    }

    void reportOnlyReportsAndLetsPass()
    {
        Bench bench;
        bench.page.contentSecurityPolicyReportOnly = {"connect-src *", "connect-src 'self'; upgrade-insecure-requests"};
        allow(bench);
        const auto outcome = bench.fetch(Bench::call("http://api.test/"));
        QVERIFY(outcome.allowed());
        QCOMPARE(outcome.policyReports.size(), 1);
        QCOMPARE(outcome.policyReports[0].directive, QByteArray("connect-src 'self'"));
        QVERIFY(outcome.upgradedUrls.isEmpty());
        QCOMPARE(bench.network.sent[0].url.scheme(), QByteArray("http"));
    }

    void insecureRequestsAreUpgraded_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("default port") << QByteArray("http://api.test/x") << QByteArray("https://api.test/x");
        QTest::newRow("another port stays") << QByteArray("http://api.test:8080/x") << QByteArray("https://api.test:8080/x");
        QTest::newRow("the other default port") << QByteArray("http://api.test:443/x") << QByteArray("https://api.test/x");
        QTest::newRow("secure already") << QByteArray("https://api.test/x") << QByteArray("https://api.test/x");
    }
    void insecureRequestsAreUpgraded()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        Bench bench;
        bench.page.contentSecurityPolicy = {"upgrade-insecure-requests"};
        allow(bench);
        const auto outcome = bench.fetch(Bench::call(from));
        QVERIFY(outcome.allowed());
        QCOMPARE(bench.network.sent[0].url.serialized(), to);
        QCOMPARE(outcome.page.url, to);
        QVERIFY(!outcome.page.redirected);
        QCOMPARE(outcome.upgradedUrls.isEmpty(), from == to);
    }

    void enginesTellOfAnUpgradeDifferently_data()
    {
        QTest::addColumn<QByteArray>("profile");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("fetched");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("redirected");
        const auto row = [](const char* reason, QByteArray profile, QByteArray from, QByteArray fetched, QByteArray url, bool redirected) {
            QTest::newRow(reason) << profile << from << fetched << url << redirected;
        };
        row("chromium", "chromium", "http://api.test/#a", "https://api.test/#a", "http://api.test/", false);
        row("firefox", "firefox", "http://api.test/", "https://api.test/", "https://api.test/", true);
        row("webkit", "webkit", "http://api.test/", "https://api.test/", "https://api.test/", false);
        row("chromium, this machine", "chromium", "http://localhost/", "http://localhost/", "http://localhost/", false);
        row("firefox, this machine", "firefox", "http://127.0.0.1/", "http://127.0.0.1/", "http://127.0.0.1/", false);
        row("webkit, this machine", "webkit", "http://localhost/", "https://localhost/", "https://localhost/", false);
    }
    void enginesTellOfAnUpgradeDifferently()
    {
        QFETCH(QByteArray, profile);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, fetched);
        QFETCH(QByteArray, url);
        QFETCH(bool, redirected);
        Bench bench;
        bench.browser.profile = Profile::named(profile);
        bench.page.contentSecurityPolicy = {"upgrade-insecure-requests"};
        allow(bench);
        const auto outcome = bench.fetch(Bench::call(from));
        QCOMPARE(bench.network.sent[0].url.serialized(), fetched);
        QCOMPARE(outcome.page.url, url);
        QCOMPARE(outcome.page.redirected, redirected);
    }

    void anOpaqueResponseTellsNothingOfAnUpgrade_data() { everyBrowser(); }
    void anOpaqueResponseTellsNothingOfAnUpgrade()
    {
        QFETCH(QByteArray, profile);
        Bench bench;
        bench.browser.profile = Profile::named(profile);
        bench.page.contentSecurityPolicy = {"upgrade-insecure-requests"};
        bench.network.answer(200);
        auto call = Bench::call("http://api.test/");
        call.mode = "no-cors";
        const auto outcome = bench.fetch(call);
        QCOMPARE(bench.network.sent[0].url.scheme(), QByteArray("https"));
        QCOMPARE(outcome.page.type, QByteArray("opaque"));
        QCOMPARE(outcome.page.url, QByteArray());
        QVERIFY(!outcome.page.redirected);
    }

    void afterARedirectTheLastAddressCounts_data() { everyBrowser(); }
    void afterARedirectTheLastAddressCounts()
    {
        QFETCH(QByteArray, profile);
        Bench bench;
        bench.browser.profile = Profile::named(profile);
        bench.page.contentSecurityPolicy = {"upgrade-insecure-requests"};
        bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "https://other.test/there"}});
        allow(bench);
        const auto outcome = bench.fetch(Bench::call("http://api.test/"));
        QCOMPARE(outcome.upgradedUrls, QList<QByteArray>{"http://api.test/"});
        QCOMPARE(outcome.page.url, QByteArray("https://other.test/there"));
        QVERIFY(outcome.page.redirected);
    }

    void anUpgradeMakesTheOwnOriginAnother()
    {
        Bench bench;
        bench.page.port = 80;
        bench.page.contentSecurityPolicy = {"upgrade-insecure-requests"};
        bench.network.answer(200);
        const auto outcome = bench.fetch(Bench::call("/x"));
        QCOMPARE(whyOf(outcome.blocked), QByteArray("missing-allow-origin"));
    }

    void anUpgradeComesBeforeMixedContentAndBeforePoliciesInForce()
    {
        Bench bench;
        bench.page.scheme = "https";
        bench.page.port = 443;
        bench.page.contentSecurityPolicy = {"upgrade-insecure-requests; connect-src https:"};
        bench.page.contentSecurityPolicyReportOnly = {"connect-src https:"};
        allow(bench);
        const auto outcome = bench.fetch(Bench::call("http://api.test/"));
        QVERIFY(outcome.allowed());
        QCOMPARE(outcome.policyReports.size(), 1); // which saw the address as script wrote it
    }

    void sandboxTakesTheOriginAway_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("origin");
        QTest::newRow("taken") << QByteArray("sandbox allow-scripts") << QByteArray("null");
        QTest::newRow("kept") << QByteArray("sandbox allow-scripts allow-same-origin") << QByteArray("http://app.test:8000");
    }
    void sandboxTakesTheOriginAway()
    {
        QFETCH(QByteArray, policy);
        QFETCH(QByteArray, origin);
        Bench bench;
        bench.page.contentSecurityPolicy = {policy};
        allow(bench);
        const auto outcome = bench.fetch(Bench::call("http://api.test/"));
        QCOMPARE(bench.network.sent[0].request.headers.get("Origin"), std::optional(origin));
        QCOMPARE(outcome.pageOrigin, origin);
    }

    void selfIsTheAddressEvenOfASandboxedPage()
    {
        Bench bench;
        bench.page.contentSecurityPolicy = {"sandbox allow-scripts; connect-src 'self'"};
        allow(bench);
        QVERIFY(bench.fetch(Bench::call("http://app.test:8000/x")).allowed());
        QVERIFY(!bench.fetch(Bench::call("http://api.test/x")).allowed());
    }
};

QTEST_GUILESS_MAIN(tst_ContentSecurityPolicy)
#include "tst_contentsecuritypolicy.moc"

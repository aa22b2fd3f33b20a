#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/EarlyExits.h"
#include "core/fetch/FilteredResponse.h"
#include "core/fetch/Referrer.h"

#include <QTest>

using namespace corscope;
using Kind = WireMessage::Kind;

class tst_Fetch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameOriginNeedsNoPermission()
    {
        Bench bench;
        bench.network.answer(200, {{"Set-Cookie", "a=1"}, {"Set-Cookie2", "b=1"}, {"X-Own", "1"}}, "hello");
        const auto outcome = bench.fetch(Bench::call("/data?x=1"));
        QVERIFY(outcome.allowed());
        QCOMPARE(outcome.page.type, "basic");
        QCOMPARE(outcome.page.body, "hello");
        QCOMPARE(outcome.page.url, "http://app.test:8000/data?x=1");
        QVERIFY(outcome.page.headers.contains("X-Own"));
        QVERIFY(!outcome.page.headers.contains("Set-Cookie"));
        QVERIFY(!outcome.page.headers.contains("Set-Cookie2"));
        QVERIFY(!bench.network.sent[0].request.headers.contains("Origin"));
    }

    void sameOriginPostSaysItsOrigin()
    {
        Bench bench;
        bench.network.answer(200);
        bench.fetch(Bench::call("/data", "POST"));
        QCOMPARE(bench.network.sent[0].request.headers.get("Origin"), "http://app.test:8000");
        QCOMPARE(bench.network.sent[0].request.headers.get("Content-Length"), "0");
    }

    void withheldAnswerWasStillReceived()
    {
        Bench bench;
        bench.network.answer(200, {{"X-Secret", "1"}}, "secret");
        const auto outcome = bench.fetch(Bench::call("http://api.test:5000/"));
        QCOMPARE(whyOf(outcome.blocked), "missing-allow-origin");
        QVERIFY(outcome.requestSent);
        QCOMPARE(outcome.withheldStatus, 200);
        QCOMPARE(outcome.page.promise, PageView::Promise::Rejected);
        QVERIFY(outcome.page.headers.isEmpty());
        QVERIFY(outcome.page.hiddenHeaders.contains("X-Secret"));
        QVERIFY(!outcome.page.body);
        const auto trace = bench.recorder.take();
        QVERIFY(outcome.blocked && trace.at(outcome.blockedStep).blocked);
        QCOMPARE(*trace.at(outcome.blockedStep).blocked, *outcome.blocked);
    }

    void exposedHeaders_data()
    {
        QTest::addColumn<QByteArray>("expose");
        QTest::addColumn<QByteArray>("credentials");
        QTest::addColumn<bool>("visible");
        QTest::newRow("not exposed") << QByteArray() << QByteArray("omit") << false;
        QTest::newRow("named, in any case") << QByteArray("x-request-ID") << QByteArray("omit") << true;
        QTest::newRow("*") << QByteArray("*") << QByteArray("omit") << true;
        QTest::newRow("* is a name with credentials") << QByteArray("*") << QByteArray("include") << false;
        QTest::newRow("a list that cannot be read") << QByteArray("x-request-id;") << QByteArray("omit") << false;
    }

    void exposedHeaders()
    {
        QFETCH(QByteArray, expose);
        QFETCH(QByteArray, credentials);
        QFETCH(bool, visible);
        HeaderList headers{{"Access-Control-Allow-Origin", "http://app.test:8000"},
                           {"Access-Control-Allow-Credentials", "true"}, {"X-Request-Id", "7"},
                           {"Content-Type", "text/plain"}, {"Set-Cookie", "a=1"}};
        if (!expose.isNull())
            headers.append("Access-Control-Expose-Headers", expose);
        Bench bench;
        bench.network.answer(200, headers);
        auto call = Bench::call("http://api.test:5000/");
        call.credentials = credentials;
        const auto outcome = bench.fetch(call);
        QVERIFY(outcome.allowed());
        QVERIFY(outcome.page.headers.contains("Content-Type"));
        QVERIFY(!outcome.page.headers.contains("Set-Cookie"));
        QCOMPARE(outcome.page.headers.contains("X-Request-Id"), visible);
        QCOMPARE(outcome.page.hiddenHeaders.contains("X-Request-Id"), !visible);
    }

    void noCorsShowsNothing()
    {
        Bench bench;
        bench.network.answer(200, {{"Content-Type", "text/plain"}}, "secret");
        auto call = Bench::call("http://api.test:5000/", "POST");
        call.mode = "no-cors";
        call.headers.append("Content-Type", "application/json");
        call.headers.append("X-Custom", "1");
        const auto outcome = bench.fetch(call);
        QCOMPARE(outcome.visible, SendOutcome::Visible::Opaque);
        QCOMPARE(outcome.page.type, "opaque");
        QCOMPARE(outcome.page.status, 0);
        QVERIFY(outcome.page.headers.isEmpty());
        QVERIFY(!outcome.page.body);
        QVERIFY(!bench.network.sent[0].request.headers.contains("X-Custom")); // dropped without a word
        QVERIFY(!bench.network.sent[0].request.headers.contains("Content-Type"));
    }

    void modesAndArguments_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("same-origin mode across origins") << QByteArray("mode") << QByteArray("same-origin") << QByteArray("same-origin-mode-cross-origin");
        QTest::newRow("forbidden method") << QByteArray("method") << QByteArray("TRACE") << QByteArray("invalid-request");
        QTest::newRow("no method") << QByteArray("method") << QByteArray("GET IT") << QByteArray("invalid-request");
        QTest::newRow("unknown mode") << QByteArray("mode") << QByteArray("corss") << QByteArray("invalid-request");
        QTest::newRow("unknown credentials") << QByteArray("credentials") << QByteArray("yes") << QByteArray("invalid-request");
        QTest::newRow("only-if-cached across origins") << QByteArray("cache") << QByteArray("only-if-cached") << QByteArray("invalid-request");
        QTest::newRow("unknown cache") << QByteArray("cache") << QByteArray("sometimes") << QByteArray("invalid-request");
        QTest::newRow("unknown redirect") << QByteArray("redirect") << QByteArray("sometimes") << QByteArray("invalid-request");
        QTest::newRow("unknown referrer policy") << QByteArray("referrerPolicy") << QByteArray("sometimes") << QByteArray("invalid-request");
        QTest::newRow("referrer that is no address") << QByteArray("referrer") << QByteArray("http://[") << QByteArray("invalid-request");
        QTest::newRow("line break in a header") << QByteArray("header") << QByteArray("a\nb") << QByteArray("invalid-request");
        QTest::newRow("password in the URL") << QByteArray("url") << QByteArray("http://u:p@api.test/") << QByteArray("invalid-request");
        QTest::newRow("another scheme") << QByteArray("url") << QByteArray("ftp://api.test/") << QByteArray("scheme-not-supported");
        QTest::newRow("GET with a body") << QByteArray("body") << QByteArray("x") << QByteArray("invalid-request");
        QTest::newRow("a port of another protocol") << QByteArray("url") << QByteArray("http://api.test:25/") << QByteArray("bad-port");
    }

    void modesAndArguments()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, why);
        auto call = Bench::call("http://api.test:5000/");
        if (field == "mode") call.mode = value;
        if (field == "method") call.method = value;
        if (field == "credentials") call.credentials = value;
        if (field == "cache") call.cache = value;
        if (field == "redirect") call.redirect = value;
        if (field == "referrerPolicy") call.referrerPolicy = value;
        if (field == "referrer") call.referrer = value;
        if (field == "header") call.headers.append("X-Header", value);
        if (field == "url") call.url = value;
        if (field == "body") call.body = value;
        Bench bench;
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), why);
        QVERIFY(bench.network.sent.empty());
        QVERIFY(!outcome.requestSent);
        QCOMPARE(outcome.preflight, SendOutcome::Preflight::NotReached);
    }

    void mixedContent_data()
    {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("blocked");
        QTest::newRow("https page, http server") << QByteArray("https") << QByteArray("http://api.test/") << true;
        QTest::newRow("https page, https server") << QByteArray("https") << QByteArray("https://api.test/") << false;
        QTest::newRow("http page, http server") << QByteArray("http") << QByteArray("http://api.test/") << false;
        QTest::newRow("https page, this machine") << QByteArray("https") << QByteArray("http://localhost:5000/") << false;
        QTest::newRow("https page, this machine by number") << QByteArray("https") << QByteArray("http://127.0.0.1:5000/") << false;
    }

    void mixedContent()
    {
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, url);
        QFETCH(bool, blocked);
        Bench bench;
        bench.page.scheme = page;
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        const auto outcome = bench.fetch(Bench::call(url));
        QCOMPARE(whyOf(outcome.blocked), blocked ? "mixed-content" : "none");
        QCOMPARE(bench.network.sent.size(), blocked ? 0u : 1u);
    }

    void opaquePageSendsNull()
    {
        Bench bench;
        bench.page.originKind = PageConfig::OriginKind::Sandboxed;
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "null"}});
        const auto outcome = bench.fetch(Bench::call("http://api.test:5000/"));
        QCOMPARE(bench.network.sent[0].request.headers.get("Origin"), "null");
        QVERIFY(!bench.network.sent[0].request.headers.contains("Referer"));
        QVERIFY(outcome.allowed());
    }

    void forbiddenHeadersAreLeftOut()
    {
        Bench bench;
        auto call = Bench::call("http://api.test:5000/");
        call.headers.append("Origin", "http://evil.test");
        call.headers.append("Cookie", "a=1");
        bench.fetch(call);
        QCOMPARE(bench.network.count(Kind::Preflight), 0);
        QCOMPARE(bench.network.sent[0].request.headers.values("Origin"), (QList<QByteArray>{"http://app.test:8000"}));
        QVERIFY(!bench.network.sent[0].request.headers.contains("Cookie"));
    }

    void cookiesFollowTheCredentialsMode_data()
    {
        QTest::addColumn<QByteArray>("credentials");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("attributes");
        QTest::addColumn<bool>("sent");
        QTest::newRow("same origin") << QByteArray("same-origin") << QByteArray("app.test") << QByteArray() << true;
        QTest::newRow("omit") << QByteArray("omit") << QByteArray("app.test") << QByteArray() << false;
        QTest::newRow("cross-origin by default") << QByteArray("same-origin") << QByteArray("api.app.test") << QByteArray() << false;
        QTest::newRow("include, same site") << QByteArray("include") << QByteArray("api.app.test") << QByteArray() << true;
        QTest::newRow("include, another site: Lax stays home") << QByteArray("include") << QByteArray("other.test") << QByteArray() << false;
        QTest::newRow("include, another site, SameSite=None") << QByteArray("include") << QByteArray("other.test") << QByteArray("; SameSite=None; Secure") << true;
    }

    void cookiesFollowTheCredentialsMode()
    {
        QFETCH(QByteArray, credentials);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, attributes);
        QFETCH(bool, sent);
        Bench bench;
        bench.page.scheme = "https";
        bench.page.port = 443;
        const Url url = *Url::parse(QByteArray("https://" + host + "/"));
        QVERIFY(bench.browser.cookieJar.store(QByteArray("a=1" + attributes), {url}, bench.browser.clock.now()));
        auto call = Bench::call(url.serialized());
        call.credentials = credentials;
        bench.fetch(call);
        QCOMPARE(bench.network.sent[0].request.headers.get("Cookie"), sent ? std::optional(QByteArray("a=1")) : std::nullopt);
    }

    void webkitAsksThePublicSuffixListWhoseHostItIs_data()
    {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<bool>("stored");
        QTest::newRow("two hosts of a domain") << QByteArray("app.example.com") << QByteArray("api.example.com") << true;
        QTest::newRow("two domains") << QByteArray("app.example.com") << QByteArray("api.example.org") << false;
        QTest::newRow("two hosts where the list is silent") << QByteArray("app.test") << QByteArray("api.app.test") << false;
        QTest::newRow("one host where the list is silent") << QByteArray("app.test") << QByteArray("app.test") << true;
    }

    void webkitAsksThePublicSuffixListWhoseHostItIs()
    {
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, server);
        QFETCH(bool, stored);
        Bench bench;
        bench.browser.profile = Profile::named("webkit");
        bench.page.scheme = "https";
        bench.page.host = page;
        bench.network.answer(200, {{"Set-Cookie", "a=1; SameSite=None; Secure"}});
        auto call = Bench::call(QByteArray("https://" + server + "/"));
        call.credentials = "include";
        bench.fetch(call);
        QCOMPARE(bench.browser.cookieJar.size(bench.browser.clock.now()), stored ? 1 : 0);
    }

    void blockedResponseStillSetsItsCookie()
    {
        Bench bench;
        bench.network.answer(200, {{"Set-Cookie", "a=1"}});
        auto call = Bench::call("http://api.app.test:8000/");
        call.credentials = "include";
        QCOMPARE(whyOf(bench.fetch(call).blocked), "missing-allow-origin");
        QCOMPARE(bench.browser.cookieJar.size(bench.browser.clock.now()), 1);
        bench.network.answer(200, {{"Set-Cookie", "b=1"}});
        call.credentials = "omit";
        bench.fetch(call);
        QCOMPARE(bench.browser.cookieJar.size(bench.browser.clock.now()), 1); // and without credentials it does not
    }

    void redirects_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("relative") << QByteArray("/there") << QByteArray("none");
        QTest::newRow("not http") << QByteArray("ftp://x.test/") << QByteArray("redirect-scheme-not-http");
        QTest::newRow("with a password") << QByteArray("http://u:p@api.test:5000/") << QByteArray("redirect-with-credentials");
        QTest::newRow("no address") << QByteArray("http://[") << QByteArray("invalid-location");
    }

    void redirects()
    {
        QFETCH(QByteArray, location);
        QFETCH(QByteArray, why);
        Bench bench;
        bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", location}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        const auto outcome = bench.fetch(Bench::call("http://api.test:5000/here"));
        QCOMPARE(whyOf(outcome.blocked), why);
        if (!outcome.blocked) {
            QVERIFY(outcome.page.redirected);
            QCOMPARE(outcome.page.url, "http://api.test:5000/there");
        }
    }

    void severalLocationsAreNone()
    {
        Bench bench;
        bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "/there"}, {"Location", "/there"}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        QCOMPARE(whyOf(bench.fetch(Bench::call("http://api.test:5000/here")).blocked), "invalid-location");
        QCOMPARE(bench.network.sent.size(), 1u);
    }

    void redirectTurnsPostIntoGet()
    {
        Bench bench;
        bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "/there"}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        auto call = Bench::call("http://api.test:5000/", "POST");
        call.body = "x";
        QVERIFY(bench.fetch(call).allowed());
        const auto& second = bench.network.sent[1].request;
        QCOMPARE(second.method, "GET");
        QVERIFY(second.body.isEmpty());
        QVERIFY(!second.headers.contains("Content-Type"));
        QVERIFY(!second.headers.contains("Content-Length"));
    }

    void redirectAcrossOriginsDropsAuthorizationAndTaintsTheOrigin()
    {
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", "authorization"}};
        Bench bench;
        bench.network.answer(200, allowed);
        auto redirect = allowed;
        redirect.append("Location", "http://third.test/");
        bench.network.answer(307, redirect);
        bench.network.answer(200, allowed);
        auto call = Bench::call("http://api.test:5000/");
        call.headers.append("Authorization", "Bearer x");
        QVERIFY(bench.fetch(call).allowed());
        const auto& last = bench.network.sent.back().request;
        QVERIFY(!last.headers.contains("Authorization"));
        QCOMPARE(last.headers.get("Origin"), "null");
    }

    void twentyRedirectsAreEnough()
    {
        Bench bench;
        for (int i = 0; i < 25; ++i)
            bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "/again"}});
        QCOMPARE(whyOf(bench.fetch(Bench::call("http://api.test:5000/")).blocked), "too-many-redirects");
        QCOMPARE(bench.network.sent.size(), 21u);
    }

    void redirectModes()
    {
        for (const char* mode : {"error", "manual"}) {
            Bench bench;
            bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "/there"}});
            auto call = Bench::call("http://api.test:5000/");
            call.redirect = mode;
            const auto outcome = bench.fetch(call);
            QCOMPARE(bench.network.sent.size(), 1u);
            if (QByteArrayView(mode) == "error") {
                QCOMPARE(whyOf(outcome.blocked), "redirect-mode-error");
            } else {
                QCOMPARE(outcome.page.type, "opaqueredirect");
                QCOMPARE(outcome.page.status, 0);
            }
        }
    }

    void headAndNullBodyStatusHaveNoBody()
    {
        Bench bench;
        bench.network.answer(200, {}, "x");
        QVERIFY(!bench.fetch(Bench::call("/", "HEAD")).page.body);
        bench.network.answer(204, {}, "x");
        QVERIFY(!bench.fetch(Bench::call("/")).page.body);
    }

    void networkFailures()
    {
        Bench bench;
        bench.network.fail({Why::NameNotResolved, "api.test", false});
        const auto outcome = bench.fetch(Bench::call("http://api.test:5000/"));
        QCOMPARE(whyOf(outcome.blocked), "name-not-resolved");
        QVERIFY(!outcome.requestSent);
        QCOMPARE(outcome.preflight, SendOutcome::Preflight::NotNeeded);
    }

    void referrer_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("referer");
        QTest::newRow("same origin: in full") << QByteArray("/x") << QByteArray("http://app.test:8000/page?q");
        QTest::newRow("another origin: the origin") << QByteArray("http://api.test/") << QByteArray("http://app.test:8000/");
    }

    void referrer()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, referer);
        Bench bench;
        bench.page.path = "/page?q#fragment";
        bench.fetch(Bench::call(url));
        QCOMPARE(bench.network.sent[0].request.headers.get("Referer"), referer);
    }

    void referrerIsNotSentFromSecureToInsecure()
    {
        Request request;
        auto client = std::make_shared<Client>();
        client->url = *Url::parse("https://app.test/page");
        request.client = client;
        request.urlList = {*Url::parse("http://api.test/")};
        for (const auto policy : {ReferrerPolicy::StrictOrigin, ReferrerPolicy::StrictOriginWhenCrossOrigin,
                                  ReferrerPolicy::NoReferrerWhenDowngrade, ReferrerPolicy::SameOrigin}) {
            request.referrerPolicy = policy;
            QVERIFY(!determineReferrer(request));
        }
        request.referrerPolicy = ReferrerPolicy::UnsafeUrl;
        QCOMPARE(determineReferrer(request)->serialized(), "https://app.test/page");
        QCOMPARE(parseReferrerPolicy({{"Referrer-Policy", "origin, nonsense"}}), ReferrerPolicy::Origin);
    }

    void bodyBringsItsTypeWhereTheModeLetsIt_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("bodyType");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("URLSearchParams") << QByteArray("no-cors") << QByteArray("application/x-www-form-urlencoded;charset=UTF-8")
                                         << QByteArray("application/x-www-form-urlencoded;charset=UTF-8");
        QTest::newRow("raw bytes have none") << QByteArray("cors") << QByteArray() << QByteArray("none");
        QTest::newRow("a Blob no form could send") << QByteArray("no-cors") << QByteArray("application/json") << QByteArray("none");
        QTest::newRow("the same Blob, once allowed") << QByteArray("cors") << QByteArray("application/json")
                                                     << QByteArray("application/json");
    }

    void bodyBringsItsTypeWhereTheModeLetsIt()
    {
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, bodyType);
        QFETCH(QByteArray, sent);
        Bench bench;
        for (int i = 0; i < 2; ++i)
            bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", "*"}});
        auto call = Bench::call("http://api.test:5000/", "POST");
        call.mode = mode;
        call.body = "{}";
        call.bodyType = bodyType;
        QVERIFY(bench.fetch(call).allowed());
        QCOMPARE(bench.network.sent.back().request.headers.get("Content-Type").value_or("none"), sent);
    }

    void keepaliveRequestsHaveToBeShort()
    {
        Bench bench;
        bench.network.answer(200);
        auto call = Bench::call("/", "POST");
        call.keepalive = true;
        call.body = QByteArray(64 * 1024, 'x');
        QVERIFY(bench.fetch(call).allowed());
        call.body->append('x');
        QCOMPARE(whyOf(bench.fetch(call).blocked), "keepalive-too-long");
        QCOMPARE(bench.network.sent.size(), 1u);
    }

    void scriptMayChooseTheReferrer_data()
    {
        QTest::addColumn<QByteArray>("referrer");
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("referer");
        QTest::newRow("none") << QByteArray("") << QByteArray() << QByteArray("none");
        QTest::newRow("another page of the origin") << QByteArray("/other") << QByteArray() << QByteArray("http://app.test:8000/other");
        QTest::newRow("of another origin: the page") << QByteArray("http://b.test/") << QByteArray() << QByteArray("http://app.test:8000/");
        QTest::newRow("the page, by its name") << QByteArray("about:client") << QByteArray() << QByteArray("http://app.test:8000/");
        QTest::newRow("policy") << QByteArray("/other") << QByteArray("no-referrer") << QByteArray("none");
    }

    void scriptMayChooseTheReferrer()
    {
        QFETCH(QByteArray, referrer);
        QFETCH(QByteArray, policy);
        QFETCH(QByteArray, referer);
        Bench bench;
        auto call = Bench::call("/x");
        call.referrer = referrer;
        call.referrerPolicy = policy;
        bench.fetch(call);
        QCOMPARE(bench.network.sent[0].request.headers.get("Referer").value_or("none"), referer);
    }

    void onlyIfCachedNeverReachesTheNetwork()
    {
        Bench bench;
        auto call = Bench::call("/");
        call.mode = "same-origin";
        call.cache = "only-if-cached";
        QCOMPARE(whyOf(bench.fetch(call).blocked), "not-in-cache");
        QVERIFY(bench.network.sent.empty());
    }

    void localhostIsNoSecretFromOtherHosts()
    {
        Bench bench;
        bench.page.host = "localhost";
        bench.fetch(Bench::call("http://api.test/"));
        QCOMPARE(bench.network.sent[0].request.headers.get("Referer"), "http://localhost:8000/");
        bench.page.scheme = "https";
        bench.fetch(Bench::call("http://127.0.0.1:5000/"));
        QVERIFY(!bench.network.sent[1].request.headers.contains("Referer"));
    }

    void fetchMetadataTellsTheSite_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("site");
        QTest::newRow("same site") << QByteArray("https://api.app.test/") << QByteArray("same-site");
        QTest::newRow("cross-site") << QByteArray("https://other.test/") << QByteArray("cross-site");
        QTest::newRow("same origin") << QByteArray("/") << QByteArray("same-origin");
    }

    void fetchMetadataTellsTheSite()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, site);
        Bench bench;
        bench.page.scheme = "https";
        bench.fetch(Bench::call(url));
        QCOMPARE(bench.network.sent[0].request.headers.get("Sec-Fetch-Site"), site);
    }

    void recordingChangesNothing()
    {
        Bench loud;
        Bench quiet;
        for (auto* network : {&loud.network, &quiet.network}) {
            network->answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}});
            network->answer(200, {{"Access-Control-Allow-Origin", "*"}}, "x");
        }
        const auto call = Bench::call("http://api.test:5000/", "PUT");
        const auto recorded = loud.fetch(call);
        const auto silent = fetchMethod(quiet.page, call, quiet.browser, quiet.network, Recorder::silent());
        QCOMPARE(silent, recorded);
        QVERIFY(loud.recorder.size() > 20);
    }
};

QTEST_GUILESS_MAIN(tst_Fetch)
#include "tst_fetch.moc"

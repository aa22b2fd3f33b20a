#include "tests/core/ScriptedNetwork.h"

#include <QTest>

using namespace corscope;
using Kind = WireMessage::Kind;

class tst_Preflight : public QObject
{
    Q_OBJECT

    static FetchCall putJson()
    {
        auto call = Bench::call("http://api.test:5000/items/1", "PUT");
        call.headers.append("Content-Type", "application/json");
        call.body = "{}";
        return call;
    }

private Q_SLOTS:
    void asksInTheBrowsersOwnWords()
    {
        Bench bench;
        auto call = putJson();
        call.headers.append("X-B", "1");
        call.headers.append("X-A", "1");
        bench.fetch(call);
        QCOMPARE(bench.network.sent.size(), 1u);
        const auto& request = bench.network.sent[0].request;
        QCOMPARE(request.method, "OPTIONS");
        QCOMPARE(request.target, "/items/1");
        QCOMPARE(request.headers.get("Host"), "api.test:5000");
        QCOMPARE(request.headers.get("Origin"), "http://app.test:8000");
        QCOMPARE(request.headers.get("Access-Control-Request-Method"), "PUT");
        QCOMPARE(request.headers.get("Access-Control-Request-Headers"), "content-type,x-a,x-b");
        QVERIFY(request.body.isEmpty());
        QVERIFY(!request.headers.contains("Content-Type"));
    }

    void whatNeedsOne_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("needed");
        QTest::newRow("GET") << QByteArray("GET") << QByteArray() << false;
        QTest::newRow("POST text") << QByteArray("POST") << QByteArray("text/plain") << false;
        QTest::newRow("POST json") << QByteArray("POST") << QByteArray("application/json") << true;
        QTest::newRow("PUT") << QByteArray("PUT") << QByteArray() << true;
        QTest::newRow("put is normalised, and still needs one") << QByteArray("put") << QByteArray() << true;
        QTest::newRow("post is normalised to POST") << QByteArray("post") << QByteArray() << false;
    }

    void whatNeedsOne()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, header);
        QFETCH(bool, needed);
        Bench bench;
        auto call = Bench::call("http://api.test:5000/", method);
        if (!header.isEmpty())
            call.headers.append("Content-Type", header);
        bench.fetch(call);
        QCOMPARE(bench.network.count(Kind::Preflight), needed ? 1 : 0);
    }

    void credentialsAloneNeedNone()
    {
        Bench bench;
        auto call = Bench::call("http://api.test:5000/");
        call.credentials = "include";
        bench.fetch(call);
        QCOMPARE(bench.network.count(Kind::Preflight), 0);
        QCOMPARE(bench.network.count(Kind::Request), 1);
    }

    void answer_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("methods");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<bool>("include");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<QByteArray>("offender");
        const QByteArray absent;
        const auto row = [](const char* tag, int status, QByteArray methods, QByteArray headers, bool include,
                            QByteArray why, QByteArray offender) {
            QTest::newRow(tag) << status << methods << headers << include << why << offender;
        };
        row("all named", 204, "GET, PUT", "Content-Type", false, "none", absent);
        row("299 is ok", 299, "PUT", "content-type", false, "none", absent);
        row("redirect", 301, "PUT", "content-type", false, "preflight-status-not-ok", "301");
        row("401", 401, "PUT", "content-type", false, "preflight-status-not-ok", "401");
        row("no methods", 200, absent, "content-type", false, "method-not-allowed", "PUT");
        row("methods are case-sensitive", 200, "put", "content-type", false, "method-not-allowed", "PUT");
        row("* covers methods", 200, "*", "content-type", false, "none", absent);
        row("* is no method with credentials", 200, "*", "content-type", true, "method-not-allowed", "PUT");
        row("no headers", 200, "PUT", absent, false, "header-not-allowed", "content-type");
        row("* covers headers", 200, "PUT", "*", false, "none", absent);
        row("* is no header with credentials", 200, "PUT", "*", true, "header-not-allowed", "content-type");
        row("methods cannot be read", 200, "PUT;GET", "content-type", false, "invalid-allow-methods", "PUT;GET");
        row("headers cannot be read", 200, "PUT", "content type", false, "invalid-allow-headers", "content type");
    }

    void answer()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, methods);
        QFETCH(QByteArray, headers);
        QFETCH(bool, include);
        QFETCH(QByteArray, why);
        QFETCH(QByteArray, offender);
        const HeaderList permission{{"Access-Control-Allow-Origin", "http://app.test:8000"},
                                    {"Access-Control-Allow-Credentials", "true"}};
        auto preflight = permission;
        if (!methods.isNull())
            preflight.append("Access-Control-Allow-Methods", methods);
        if (!headers.isNull())
            preflight.append("Access-Control-Allow-Headers", headers);
        Bench bench;
        bench.network.answer(status, preflight);
        bench.network.answer(200, permission, "saved");
        auto call = putJson();
        call.credentials = include ? "include" : "same-origin";
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), why);
        if (outcome.blocked) {
            QCOMPARE(outcome.blocked->offender, offender);
            QCOMPARE(outcome.blocked->on, Blocked::On::Preflight);
        }
        QCOMPARE(bench.network.count(Kind::Request), why == "none" ? 1 : 0); // never sent without permission
        QCOMPARE(outcome.requestSent, why == "none");
        QCOMPARE(outcome.preflight, SendOutcome::Preflight::Sent);
    }

    void authorizationIsNotCoveredByAnAsterisk()
    {
        Bench bench;
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", "*"}});
        auto call = Bench::call("http://api.test:5000/");
        call.headers.append("Authorization", "Bearer x");
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), "header-not-allowed");
        QCOMPARE(outcome.blocked->at, (Place{Algorithm::CorsPreflightFetch, "7.6"}));
    }

    void checkComesBeforeStatus()
    {
        Bench bench;
        bench.network.answer(500);
        QCOMPARE(whyOf(bench.fetch(putJson()).blocked), "missing-allow-origin");
    }

    void carriesNoCredentialsButAnswersForThem()
    {
        Bench bench;
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                   {"Access-Control-Allow-Headers", "content-type"}});
        auto call = putJson();
        call.credentials = "include";
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), "wildcard-with-credentials");
        QVERIFY(!bench.network.sent[0].request.headers.contains("Cookie"));
        QVERIFY(!bench.network.sent[0].request.headers.contains("Authorization"));
    }

    void secondRequestSkipsThePreflightUntilItExpires()
    {
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                 {"Access-Control-Allow-Headers", "content-type"}, {"Access-Control-Max-Age", "60"}};
        Bench bench;
        bench.network.answer(200, allowed);
        for (int i = 0; i < 2; ++i)
            bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        bench.network.answer(200, allowed);
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});

        QCOMPARE(bench.fetch(putJson()).preflight, SendOutcome::Preflight::Sent);
        QCOMPARE(bench.browser.preflightCache.entries().size(), 2u);
        bench.browser.clock.advance(std::chrono::seconds(59));
        QCOMPARE(bench.fetch(putJson()).preflight, SendOutcome::Preflight::Cached);
        QCOMPARE(bench.network.count(Kind::Preflight), 1);
        bench.browser.clock.advance(std::chrono::seconds(1));
        QCOMPARE(bench.fetch(putJson()).preflight, SendOutcome::Preflight::Sent);
        QCOMPARE(bench.network.count(Kind::Preflight), 2);
        QCOMPARE(bench.network.count(Kind::Request), 3);
    }

    void maxAge_data()
    {
        QTest::addColumn<QByteArray>("maxAge");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("absent: five seconds") << QByteArray() << qint64(5);
        QTest::newRow("unreadable: five seconds") << QByteArray("soon") << qint64(5);
        QTest::newRow("negative is unreadable") << QByteArray("-1") << qint64(5);
        QTest::newRow("as told") << QByteArray("600") << qint64(600);
        QTest::newRow("cut to the limit") << QByteArray("86400") << qint64(7200);
        QTest::newRow("zero: forgotten at once") << QByteArray("0") << qint64(0);
    }

    void maxAge()
    {
        QFETCH(QByteArray, maxAge);
        QFETCH(qint64, seconds);
        HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                           {"Access-Control-Allow-Headers", "content-type"}};
        if (!maxAge.isNull())
            allowed.append("Access-Control-Max-Age", maxAge);
        Bench bench;
        for (int i = 0; i < 2; ++i) {
            bench.network.answer(200, allowed);
            bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        }
        bench.fetch(putJson());
        bench.browser.clock.advance(std::chrono::seconds(seconds) - Milliseconds(1));
        if (seconds > 0) {
            bench.fetch(putJson());
            QCOMPARE(bench.network.count(Kind::Preflight), 1);
        }
        bench.browser.clock.advance(Milliseconds(1));
        bench.fetch(putJson());
        QCOMPARE(bench.network.count(Kind::Preflight), 2);
    }

    void maxAgeThatIsNoNumberByBrowser_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("maxAge");
        QTest::addColumn<qint64>("seconds");
        const auto row = [](const char* reason, QByteArray browser, QByteArray maxAge, qint64 seconds) {
            QTest::newRow(reason) << browser << maxAge << seconds;
        };
        constexpr qint64 notAtAll = -1;
        row("chromium: the default", "chromium", "soon", 5);
        row("chromium: negative means zero", "chromium", "-600", 0);
        row("chromium: a sign", "chromium", "+600", 600);
        row("webkit: the default", "webkit", "soon", 5);
        row("firefox: not remembered", "firefox", "soon", notAtAll);
        row("firefox: nor negative", "firefox", "-600", notAtAll);
    }

    void maxAgeThatIsNoNumberByBrowser()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, maxAge);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                   {"Access-Control-Max-Age", maxAge}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        QVERIFY(bench.fetch(Bench::call("http://api.test:5000/", "PUT")).allowed());
        const auto& entries = bench.browser.preflightCache.entries();
        QTEST(entries.empty() ? qint64(-1) : entries[0].maxAge, "seconds");
    }

    void permissionWithoutCredentialsDoesNotCoverThem()
    {
        const HeaderList allowed{{"Access-Control-Allow-Origin", "http://app.test:8000"},
                                 {"Access-Control-Allow-Credentials", "true"}, {"Access-Control-Allow-Methods", "PUT"},
                                 {"Access-Control-Allow-Headers", "content-type"}, {"Access-Control-Max-Age", "60"}};
        Bench bench;
        for (int i = 0; i < 6; ++i)
            bench.network.answer(200, allowed);
        bench.fetch(putJson());
        auto credentialed = putJson();
        credentialed.credentials = "include";
        bench.fetch(credentialed);
        QCOMPARE(bench.network.count(Kind::Preflight), 2);
        bench.fetch(putJson()); // and the other way round it does
        QCOMPARE(bench.network.count(Kind::Preflight), 2);
    }

    void aFailureForgetsEarlierPermission()
    {
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                 {"Access-Control-Allow-Headers", "content-type"}, {"Access-Control-Max-Age", "60"}};
        Bench bench;
        bench.network.answer(200, allowed);
        bench.network.answer(200); // the request itself has no permission to be read
        QCOMPARE(whyOf(bench.fetch(putJson()).blocked), "missing-allow-origin");
        QVERIFY(bench.browser.preflightCache.entries().empty());
    }

    void permissionIsForOneAddressAndThePagesOfOneSite_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("embeddedIn");
        QTest::addColumn<int>("preflights");
        const auto row = [](const char* reason, QByteArray url, QByteArray path, QByteArray embeddedIn, int preflights) {
            QTest::newRow(reason) << url << path << embeddedIn << preflights;
        };
        row("the same again", "http://api.test:5000/1", "/", "", 1);
        row("another page of the origin", "http://api.test:5000/1", "/other", "", 1);
        row("in a frame of the same site", "http://api.test:5000/1", "/", "http://www.app.test", 1);
        row("in a frame of another site", "http://api.test:5000/1", "/", "http://other.test", 2);
        row("another address", "http://api.test:5000/2", "/", "", 2);
        row("another port", "http://api.test:5001/1", "/", "", 2);
    }
    void permissionIsForOneAddressAndThePagesOfOneSite()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, embeddedIn);
        QFETCH(int, preflights);
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", "x-a"},
                                 {"Access-Control-Max-Age", "60"}};
        Bench bench;
        for (int i = 0; i < 4; ++i)
            bench.network.answer(200, allowed);
        auto call = Bench::call("http://api.test:5000/1");
        call.headers.append("X-A", "1");
        QVERIFY(bench.fetch(call).allowed());
        call.url = url;
        bench.page.path = path;
        bench.page.embeddedIn = embeddedIn;
        QVERIFY(bench.fetch(call).allowed());
        QCOMPARE(bench.network.count(Kind::Preflight), preflights);
    }

    void aFailureForgetsNothingOfOtherSitesPages()
    {
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                 {"Access-Control-Allow-Headers", "content-type"}, {"Access-Control-Max-Age", "60"}};
        Bench bench;
        for (int i = 0; i < 3; ++i)
            bench.network.answer(200, allowed);
        bench.network.answer(200); // to the frame
        bench.network.answer(200, allowed);
        QVERIFY(bench.fetch(putJson()).allowed());
        bench.page.embeddedIn = "http://other.test";
        QVERIFY(!bench.fetch(putJson()).allowed());
        bench.page.embeddedIn.clear();
        QCOMPARE(bench.fetch(putJson()).preflight, SendOutcome::Preflight::Cached);
    }

    // resources/spec/profiles.json tells who does what.
    void whatBrowsersRemember_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<int>("safelisted"); // preflights of two POSTs after PUT was allowed
        QTest::addColumn<int>("zero");       // of PUT, then of DELETE with a maximum age of zero, then of PUT
        QTest::addColumn<int>("tainted");    // of two PUTs that a redirect leads to a third origin
        const auto row = [](const char* browser, int safelisted, int zero, int tainted) {
            QTest::newRow(browser) << QByteArray(browser) << safelisted << zero << tainted;
        };
        row("standard", 2, 3, 2);
        row("chromium", 1, 3, 3); // no two opaque origins are the same
        row("firefox", 1, 2, 2);  // the old permission stays
        row("webkit", 1, 3, 3);
    }
    void whatBrowsersRemember()
    {
        QFETCH(QByteArray, browser);
        const auto allowing = [](QByteArray methods, QByteArray seconds) {
            return HeaderList{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", methods},
                              {"Access-Control-Max-Age", seconds}};
        };
        const HeaderList readable{{"Access-Control-Allow-Origin", "*"}};
        const auto url = "http://api.test:5000/";

        Bench post; // with listeners on its upload
        post.browser.profile = Profile::named(browser);
        for (int i = 0; i < 4; ++i)
            post.network.answer(200, allowing("PUT", "60"));
        auto call = Bench::call(url, "POST");
        call.initiator = FetchCall::Initiator::XmlHttpRequest;
        call.useCorsPreflight = true;
        call.body = "x";
        for (int i = 0; i < 2; ++i)
            QVERIFY(post.fetch(call).allowed());
        QTEST(post.network.count(Kind::Preflight), "safelisted");

        Bench zero;
        zero.browser.profile = Profile::named(browser);
        for (const auto& answer : {allowing("PUT", "60"), readable, allowing("PUT, DELETE", "0"), readable, allowing("PUT", "60"), readable})
            zero.network.answer(200, answer);
        for (const char* method : {"PUT", "DELETE", "PUT"})
            QVERIFY(zero.fetch(Bench::call(url, method)).allowed());
        QTEST(zero.network.count(Kind::Preflight), "zero");

        Bench tainted;
        tainted.browser.profile = Profile::named(browser);
        const HeaderList redirect{{"Access-Control-Allow-Origin", "*"}, {"Location", "http://third.test/"}};
        tainted.network.answer(200, allowing("PUT", "60"));
        tainted.network.answer(307, redirect);
        tainted.network.answer(200, allowing("PUT", "60"));
        tainted.network.answer(200, readable);
        QVERIFY(tainted.fetch(Bench::call(url, "PUT")).allowed());
        QCOMPARE(tainted.network.count(Kind::Preflight), 2);
        tainted.network.answer(307, redirect);
        tainted.network.answer(200, allowing("PUT", "60"));
        tainted.network.answer(200, readable);
        QVERIFY(tainted.fetch(Bench::call(url, "PUT")).allowed());
        QTEST(tainted.network.count(Kind::Preflight), "tainted");
    }

    void aPermissionThatNamesNothingIsKeptOnceByThoseWhoUseIt()
    {
        Request request;
        request.origin = Origin::tuple("http", "app.test", std::nullopt);
        request.urlList = {*Url::parse("http://api.test/")};
        PreflightCache cache;
        cache.store({}, {}, request, 60, Profile(), Clock::start);
        QVERIFY(cache.entries().empty());
        QVERIFY(!cache.hasMatch(request, Profile(), Clock::start));

        Profile profile;
        profile.anyPreflightCoversSafelistedMethods = true;
        cache.store({"PUT"}, {"x-a"}, request, 60, profile, Clock::start);
        cache.store({}, {}, request, 60, profile, Clock::start);
        cache.store({}, {}, request, 600, profile, Clock::start);
        QCOMPARE(cache.entries().size(), 3u);
        QCOMPARE(cache.entries()[0].maxAge, 60); // what it does not name, it does not prolong
        QCOMPARE(cache.entries()[1].maxAge, 60);
        QCOMPARE(cache.entries()[2].maxAge, 600);
    }

    void anEntryCanBeGivenAnotherTimeToLive()
    {
        Request request;
        request.origin = Origin::tuple("http", "app.test", std::nullopt);
        request.urlList = {*Url::parse("http://api.test/")};
        PreflightCache cache;
        cache.store({"PUT", "DELETE"}, {}, request, 60, Profile(), Clock::start);
        const auto now = Clock::start + std::chrono::seconds(50);
        const auto entry = cache.entries()[1];
        cache.setRemaining(entry, 100, now);
        QCOMPARE(cache.entries()[0].remainingSeconds(now), 10);
        QCOMPARE(cache.entries()[1].remainingSeconds(now), 100);
        const auto before = cache;
        cache.setRemaining(entry, 5, now); // which is no longer there as it was
        QCOMPARE(cache, before);
    }

    void handKeepsOneEntryForTheSame_data()
    {
        QTest::addColumn<QByteArray>("changed");
        QTest::addColumn<int>("entries");
        for (const char* same : {"maxAge", "stored"})
            QTest::newRow(same) << QByteArray(same) << 1;
        for (const char* other : {"key", "origin", "url", "credentials", "method", "headerName"})
            QTest::newRow(other) << QByteArray(other) << 2;
    }

    void handKeepsOneEntryForTheSame()
    {
        QFETCH(QByteArray, changed);
        QFETCH(int, entries);
        PreflightCache::Entry entry;
        entry.key = "http://app.test";
        entry.origin = "http://app.test:8000";
        entry.url = *Url::parse("http://api.test:5000/items/1");
        entry.maxAge = 60;
        entry.method = "PUT";
        entry.stored = Clock::start;
        auto other = entry;
        if (changed == "maxAge")
            other.maxAge = 5;
        else if (changed == "stored")
            other.stored += std::chrono::seconds(1);
        else if (changed == "key")
            other.key = "http://other.test";
        else if (changed == "origin")
            other.origin = "http://other.test";
        else if (changed == "url")
            other.url = *Url::parse("http://api.test:5000/items/2");
        else if (changed == "credentials")
            other.credentials = true;
        else if (changed == "method")
            other.method = "DELETE";
        else if (changed == "headerName")
            other.headerName = "x-a";
        PreflightCache cache;
        cache.put(entry);
        cache.put(other);
        QCOMPARE(int(cache.entries().size()), entries);
        QVERIFY(cache.entries().back() == other);
        cache.remove(other);
        QCOMPARE(int(cache.entries().size()), entries - 1);
        cache.remove(other);
        QCOMPARE(int(cache.entries().size()), entries - 1);
    }

    void handSetsHowLongAnEntryHolds()
    {
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                 {"Access-Control-Allow-Headers", "content-type"}, {"Access-Control-Max-Age", "600"}};
        Bench bench;
        for (int i = 0; i < 4; ++i)
            bench.network.answer(200, allowed);
        bench.fetch(putJson());
        auto& cache = bench.browser.preflightCache;
        const auto now = bench.browser.clock.now();
        const auto entries = cache.entries();
        QCOMPARE(entries.size(), 2u);
        cache.setRemaining(entries[0], 7, now);
        QCOMPARE(cache.entries()[0].remainingSeconds(now), 7);
        QVERIFY(cache.entries()[1] == entries[1]);
        cache.setRemaining(entries[0], 70, now); // which is no more there as it was
        QCOMPARE(cache.entries()[0].remainingSeconds(now), 7);
        bench.fetch(putJson());
        QCOMPARE(bench.network.count(Kind::Preflight), 1);
        cache.setRemaining(cache.entries()[0], 0, now);
        bench.fetch(putJson());
        QCOMPARE(bench.network.count(Kind::Preflight), 2);
    }

    void networkErrorKeepsItsOwnReason()
    {
        Bench bench;
        bench.network.fail({Why::ConnectionReset, {}, true});
        const auto outcome = bench.fetch(putJson());
        QCOMPARE(whyOf(outcome.blocked), "connection-reset");
        QCOMPARE(outcome.preflight, SendOutcome::Preflight::Sent);
        QVERIFY(!outcome.requestSent);
    }
};

QTEST_GUILESS_MAIN(tst_Preflight)
#include "tst_preflight.moc"

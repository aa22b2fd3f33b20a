#include "tests/core/ScriptedNetwork.h"
#include "core/explain/Explain.h"
#include "core/http/CacheControl.h"

#include <QTest>

using namespace corscope;
using std::chrono::seconds;
using Freshness = StoredResponse::State;

class tst_HttpCache : public QObject
{
    Q_OBJECT

    const HttpCachePartition site{"http://app.test", Origin::tuple("http", "app.test", std::nullopt), false};

    static constexpr const char* address = "http://api.test:5000/items";

    static HeaderList cacheable(HeaderList more = {})
    {
        more.append("Cache-Control", "max-age=600");
        return more;
    }
    static HeaderList forEverybody(HeaderList more = {})
    {
        more.append("Access-Control-Allow-Origin", "*");
        return cacheable(std::move(more));
    }
    static FetchCall get(const char* mode = "cors", const char* cache = "default")
    {
        auto call = Bench::call(address);
        call.mode = mode;
        call.cache = cache;
        return call;
    }
    /// A call to the page's own origin.
    static FetchCall own(const char* cache = "default")
    {
        auto call = get("same-origin", cache);
        call.url = "/items";
        return call;
    }
    static int sent(const Bench& bench) { return int(bench.network.sent.size()); }
    static const HeaderList& lastSent(const Bench& bench) { return bench.network.sent.back().request.headers; }

    static Request requestFor(const QByteArray& cacheControl = {}, CacheMode mode = CacheMode::Default)
    {
        Request request;
        request.urlList = {*Url::parse(address)};
        request.cacheMode = mode;
        if (!cacheControl.isNull())
            request.headerList.append("Cache-Control", cacheControl);
        return request;
    }
    static Response responseOf(int status, HeaderList headers)
    {
        Response response;
        response.status = status;
        response.headerList = std::move(headers);
        return response;
    }

    static void browsers(const QList<QByteArray>& asStandard)
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<bool>("asStandard");
        for (const auto& name : Profile::names())
            QTest::newRow(name.constData()) << name << asStandard.contains(name);
    }

private Q_SLOTS:
    // --- what is stored (RFC 9111 section 3)

    void whatIsStored_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("cacheControl");
        QTest::addColumn<bool>("stored");
        const auto row = [](const char* reason, const char* method, int status, const char* cacheControl, bool stored) {
            QTest::newRow(reason) << QByteArray(method) << status << QByteArray(cacheControl) << stored;
        };
        row("an answer to GET", "GET", 200, "max-age=600", true);
        row("an answer to GET that says nothing, for force-cache", "GET", 200, nullptr, true);
        row("private is for this very cache", "GET", 200, "private, max-age=600", true);
        row("no-cache may be stored, not used unasked", "GET", 200, "no-cache", true);
        row("no-store", "GET", 200, "no-store", false);
        row("no-store among others, in capitals", "GET", 200, "max-age=600, No-Store", false);
        row("no-store is overruled where the status is understood", "GET", 200, "must-understand, no-store, max-age=1", true);
        row("must-understand does not help where the status is not understood", "GET", 299, "must-understand, no-store, max-age=1", false);
        row("must-understand alone forbids what is not understood", "GET", 299, "must-understand, max-age=1", false);
        row("must-understand where the status is understood", "GET", 200, "must-understand, max-age=1", true);
        row("a status that nobody knows", "GET", 299, "max-age=1", true);
        row("an answer before the last", "GET", 103, "max-age=1", false);
        row("an answer to POST", "POST", 200, "max-age=600", false);
        row("an answer to HEAD", "HEAD", 200, "max-age=600", false);
        row("a permanent redirect", "GET", 301, nullptr, true);
        row("a temporary redirect that says nothing", "GET", 302, nullptr, false);
        row("a temporary redirect that says how long", "GET", 302, "max-age=600", true);
        row("not found", "GET", 404, nullptr, true);
        row("a server's failure that says nothing", "GET", 500, nullptr, false);
        row("a part", "GET", 206, "max-age=600", false);
    }

    void whatIsStored()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(QByteArray, cacheControl);
        QFETCH(bool, stored);
        HttpCache cache;
        auto request = requestFor();
        request.method = method;
        HeaderList headers;
        if (!cacheControl.isNull())
            headers.append("Cache-Control", cacheControl);
        QCOMPARE(cache.store(site, request, responseOf(status, headers), Clock::start) != nullptr, stored);
        QCOMPARE(cache.stored().size(), size_t(stored));
    }

    void directivesAreRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("maxAge"); // -1: absent
        const auto row = [](const char* reason, const char* value, int maxAge) {
            QTest::newRow(reason) << QByteArray(value) << maxAge;
        };
        row("absent", "no-cache", -1);
        row("a number", "max-age=60", 60);
        row("name in capitals", "no-cache, MAX-AGE=60", 60);
        row("the first of two counts", "max-age=60, max-age=70", 60);
        row("in quotes", "max-age=\"60\"", 60);
        row("quotes that do not end", "max-age=\"60", 0);
        row("nothing behind the equals sign", "max-age=", 0);
        row("without an argument", "max-age", 0);
        row("negative", "max-age=-1", 0);
        row("not a number", "max-age=1h", 0);
        row("behind an empty one", ", max-age=60,", 60);
        row("behind one without a name", "=5, max-age=60", 60);
        row("in the quotes of another", "private=\"x, max-age=60\"", -1);
    }

    void directivesAreRead()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, maxAge);
        const auto control = CacheControl::of({{"Cache-Control", value}});
        QCOMPARE(control.has("max-age"), maxAge >= 0);
        QCOMPARE(control.seconds("max-age"), maxAge < 0 ? std::nullopt : std::optional(seconds(maxAge)));
        QVERIFY(!control.has("")); // what has no name is no directive
    }

    void deltaSecondsAreDigits()
    {
        QCOMPARE(deltaSeconds("0"), std::optional(seconds(0)));
        QCOMPARE(deltaSeconds("060"), std::optional(seconds(60)));
        QCOMPARE(deltaSeconds("99999999999999999999"), std::optional(seconds(1ll << 31)));
        for (const QByteArrayView other : {"", "-1", "+1", "1.5", "1h", " 1"})
            QVERIFY2(!deltaSeconds(other), other.constData());
    }

    void aRequestMayForbidIt()
    {
        HttpCache cache;
        QVERIFY(!cache.store(site, requestFor("no-store"), responseOf(200, cacheable()), Clock::start));
        QVERIFY(!cache.store(site, requestFor({}, CacheMode::NoStore), responseOf(200, cacheable()), Clock::start));
        QVERIFY(cache.store(site, requestFor({}, CacheMode::Reload), responseOf(200, cacheable()), Clock::start));
    }

    void cacheModesTellTheCachesOnTheWay_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<HeaderList>("own"); // script's headers
        QTest::addColumn<QByteArray>("cacheControl");
        QTest::addColumn<QByteArray>("pragma");
        const auto row = [](const char* reason, const char* mode, HeaderList own, const char* cacheControl, const char* pragma) {
            QTest::newRow(reason) << QByteArray(mode) << own << QByteArray(cacheControl) << QByteArray(pragma);
        };
        row("default: nothing", "default", {}, "none", "none");
        row("force-cache: nothing", "force-cache", {}, "none", "none");
        row("no-cache: to ask again", "no-cache", {}, "max-age=0", "none");
        row("reload: to stay out of it", "reload", {}, "no-cache", "no-cache");
        row("no-store: the same", "no-store", {}, "no-cache", "no-cache");
        row("script's Cache-Control goes first, no-cache", "no-cache", {{"Cache-Control", "max-age=5"}}, "max-age=5", "none");
        row("script's Cache-Control goes first, reload", "reload", {{"Cache-Control", "max-age=5"}}, "max-age=5", "no-cache");
        row("script's Pragma goes first", "no-store", {{"Pragma", "x"}}, "no-cache", "x");
    }
    void cacheModesTellTheCachesOnTheWay()
    {
        QFETCH(QByteArray, mode);
        QFETCH(HeaderList, own);
        Bench bench;
        auto call = tst_HttpCache::own(mode.constData());
        call.headers = own;
        bench.fetch(call);
        QTEST(lastSent(bench).get("Cache-Control").value_or("none"), "cacheControl");
        QTEST(lastSent(bench).get("Pragma").value_or("none"), "pragma");
    }

    // --- how long it is fresh (section 4.2)

    void freshness_data()
    {
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("lifetime");
        QTest::addColumn<int>("age");
        const auto row = [](const char* reason, HeaderList headers, int lifetime, int age = 0, int status = 200) {
            QTest::newRow(reason) << headers << status << lifetime << age;
        };
        // The clock begins at Thu, 01 Jan 2026 12:00:00 GMT.
        row("max-age", {{"Cache-Control", "max-age=60"}}, 60);
        row("max-age in quotes", {{"Cache-Control", "max-age=\"60\""}}, 60);
        row("the first max-age counts", {{"Cache-Control", "max-age=60, max-age=6000"}}, 60);
        row("a max-age that is no number", {{"Cache-Control", "max-age=soon"}}, 0);
        row("a negative max-age", {{"Cache-Control", "max-age=-1"}}, 0);
        row("s-maxage is for shared caches", {{"Cache-Control", "max-age=60, s-maxage=6000"}}, 60);
        row("s-maxage alone", {{"Cache-Control", "s-maxage=6000"}}, 0);
        row("max-age goes before Expires", {{"Cache-Control", "max-age=60"}, {"Expires", "Thu, 01 Jan 2026 18:00:00 GMT"}}, 60);
        row("Expires, from when it came", {{"Expires", "Thu, 01 Jan 2026 12:01:00 GMT"}}, 60);
        row("Expires, from its Date", {{"Expires", "Thu, 01 Jan 2026 11:01:00 GMT"}, {"Date", "Thu, 01 Jan 2026 11:00:00 GMT"}},
            60, 3600);
        row("Expires in the past", {{"Expires", "Thu, 01 Jan 2015 12:01:00 GMT"}}, 0);
        row("Expires: 0", {{"Expires", "0"}}, 0);
        row("a tenth of the time since it was changed", {{"Last-Modified", "Thu, 01 Jan 2026 11:50:00 GMT"}}, 60);
        row("no guess where it has to be asked for again",
            {{"Last-Modified", "Thu, 01 Jan 2026 11:50:00 GMT"}, {"Cache-Control", "must-revalidate"}}, 0);
        row("nothing said", {}, 0);
        row("the time in other caches counts", {{"Cache-Control", "max-age=60"}, {"Age", "50"}}, 60, 50);
        row("an Age that is no number", {{"Cache-Control", "max-age=60"}, {"Age", "old"}}, 60, 0);
        row("a Date in the past", {{"Cache-Control", "max-age=60"}, {"Date", "Thu, 01 Jan 2026 11:59:30 GMT"}}, 60, 30);
        row("a Date in the future", {{"Cache-Control", "max-age=60"}, {"Date", "Thu, 01 Jan 2026 13:00:00 GMT"}}, 60, 0);
        row("a guess for any status where it is public",
            {{"Last-Modified", "Thu, 01 Jan 2026 11:50:00 GMT"}, {"Cache-Control", "public"}}, 60, 0, 299);
        row("a temporary redirect's Last-Modified is no base for a guess",
            {{"Last-Modified", "Thu, 01 Jan 2026 11:50:00 GMT"}, {"Cache-Control", "private"}}, 0, 0, 302);
    }

    void freshness()
    {
        QFETCH(HeaderList, headers);
        QFETCH(int, status);
        QFETCH(int, lifetime);
        QFETCH(int, age);
        HttpCache cache;
        const auto stored = cache.store(site, requestFor(), responseOf(status, headers), Clock::start);
        QVERIFY(stored);
        QCOMPARE(stored->freshnessLifetime().count(), qint64(lifetime));
        QCOMPARE(stored->currentAge(Clock::start).count(), qint64(age));
        QCOMPARE(stored->currentAge(Clock::start + seconds(7)).count(), qint64(age + 7));
        QCOMPARE(stored->state(Clock::start) == Freshness::Fresh, lifetime > age);
        if (lifetime > age) {
            QCOMPARE(stored->state(Clock::start + seconds(lifetime - age) - Milliseconds(1)), Freshness::Fresh);
            QCOMPARE(stored->state(Clock::start + seconds(lifetime - age)), Freshness::Stale);
        }
    }

    void whatIsPermanentIsKeptForGood_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Freshness>("state");
        QTest::newRow("multiple choices") << 300 << Freshness::Fresh;
        QTest::newRow("moved permanently") << 301 << Freshness::Fresh;
        QTest::newRow("permanent redirect") << 308 << Freshness::Fresh;
        QTest::newRow("gone") << 410 << Freshness::Fresh;
        QTest::newRow("not found, which may change") << 404 << Freshness::Stale;
    }

    void whatIsPermanentIsKeptForGood()
    {
        QFETCH(int, status);
        HttpCache cache;
        const auto stored = cache.store(site, requestFor(), responseOf(status, {{"Location", "/there"}}), Clock::start);
        QVERIFY(stored);
        QTEST(stored->state(Clock::start + std::chrono::hours(24 * 3650)), "state");
    }

    void pragmaIsTheOldWordForNoCache_data()
    {
        QTest::addColumn<HeaderList>("stored");
        QTest::addColumn<HeaderList>("wanted");
        QTest::addColumn<bool>("used");
        const HeaderList expires{{"Expires", "Thu, 01 Jan 2026 18:00:00 GMT"}};
        const HeaderList expiresWithPragma{{"Expires", "Thu, 01 Jan 2026 18:00:00 GMT"}, {"Pragma", "No-Cache"}};
        const HeaderList none;
        QTest::newRow("without it") << expires << none << true;
        QTest::newRow("in the response") << expiresWithPragma << none << false;
        QTest::newRow("in the response, beside the new word") << cacheable({{"Pragma", "no-cache"}}) << none << true;
        QTest::newRow("in the response, and staleness put up with") << expiresWithPragma << HeaderList{{"Cache-Control", "max-stale=99999"}} << false;
        QTest::newRow("in the request") << expires << HeaderList{{"Pragma", "no-cache"}} << false;
        QTest::newRow("in the request, beside the new word") << expires << HeaderList{{"Pragma", "no-cache"}, {"Cache-Control", "max-age=99999"}} << true;
        QTest::newRow("another word in the request") << expires << HeaderList{{"Pragma", "x"}} << true;
    }

    void pragmaIsTheOldWordForNoCache()
    {
        QFETCH(HeaderList, stored);
        QFETCH(HeaderList, wanted);
        QFETCH(bool, used);
        HttpCache cache;
        const auto response = cache.store(site, requestFor(), responseOf(200, stored), Clock::start);
        QVERIFY(response);
        auto request = requestFor();
        request.headerList = wanted;
        QCOMPARE(response->stateFor(request, Clock::start + seconds(1)) == Freshness::Fresh, used);
    }

    void whatTheRequestPutsUpWith_data()
    {
        QTest::addColumn<QByteArray>("cacheControl");
        QTest::addColumn<CacheMode>("mode");
        QTest::addColumn<bool>("fresh");
        const auto row = [](const char* reason, const char* cacheControl, CacheMode mode, bool fresh) {
            QTest::newRow(reason) << QByteArray(cacheControl) << mode << fresh;
        };
        row("everything", nullptr, CacheMode::Default, true);
        row("no-cache", "no-cache", CacheMode::Default, false);
        row("max-age=0", "max-age=0", CacheMode::Default, false);
        row("younger than it is", "max-age=99", CacheMode::Default, false);
        row("as old as it is", "max-age=100", CacheMode::Default, true);
        row("fresh for long enough", "min-fresh=500", CacheMode::Default, true);
        row("not fresh for long enough", "min-fresh=501", CacheMode::Default, false);
        row("no-store asks for nothing stored", "no-store", CacheMode::Default, false);
        row("cache mode no-cache", nullptr, CacheMode::NoCache, false);
    }

    void whatTheRequestPutsUpWith()
    {
        QFETCH(QByteArray, cacheControl);
        QFETCH(CacheMode, mode);
        QFETCH(bool, fresh);
        HttpCache cache;
        const auto stored = cache.store(site, requestFor(), responseOf(200, cacheable()), Clock::start);
        const auto state = stored->stateFor(requestFor(cacheControl, mode), Clock::start + seconds(100));
        QCOMPARE(state == Freshness::Fresh, fresh);
    }

    void aRequestMayPutUpWithStaleness_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<bool>("used");
        QTest::newRow("stale for as long") << QByteArray("max-age=60") << QByteArray("max-stale=40") << true;
        QTest::newRow("not stale at all") << QByteArray("max-age=600") << QByteArray("max-stale=40") << true;
        QTest::newRow("stale for longer") << QByteArray("max-age=60") << QByteArray("max-stale=39") << false;
        QTest::newRow("the response forbids it") << QByteArray("max-age=60, must-revalidate") << QByteArray("max-stale=40") << false;
        QTest::newRow("it has to be asked for again") << QByteArray("max-age=60, no-cache") << QByteArray("max-stale=40") << false;
    }

    void aRequestMayPutUpWithStaleness()
    {
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, wanted);
        QFETCH(bool, used);
        HttpCache cache;
        const auto response = cache.store(site, requestFor(), responseOf(200, {{"Cache-Control", stored}}), Clock::start);
        QCOMPARE(response->stateFor(requestFor(wanted), Clock::start + seconds(100)) == Freshness::Fresh, used);
    }

    void usesAResponseUntilItIsStale()
    {
        Bench bench;
        bench.network.answer(200, forEverybody(), "first");
        bench.network.answer(200, forEverybody(), "second");
        QCOMPARE(bench.fetch(get()).page.body, "first");
        bench.browser.clock.advance(seconds(599));
        const auto cached = bench.fetch(get());
        QCOMPARE(cached.page.body, "first");
        QVERIFY(!cached.requestSent);
        QCOMPARE(cached.preflight, SendOutcome::Preflight::NotNeeded);
        QCOMPARE(cached.fromCache->ageSeconds, 599);
        QCOMPARE(sent(bench), 1);
        bench.browser.clock.advance(seconds(1));
        const auto renewed = bench.fetch(get());
        QCOMPARE(renewed.page.body, "second");
        QVERIFY(!renewed.fromCache);
        QCOMPARE(sent(bench), 2);
        QVERIFY(!lastSent(bench).contains("If-None-Match")); // it had no tag
    }

    void noCacheInAResponseMeansAskEveryTime()
    {
        Bench bench;
        bench.network.answer(200, {{"Cache-Control", "no-cache, max-age=600"}, {"ETag", "\"1\""}}, "body");
        bench.network.answer(304);
        bench.fetch(own());
        const auto outcome = bench.fetch(own());
        QCOMPARE(lastSent(bench).get("If-None-Match"), "\"1\"");
        QCOMPARE(outcome.page.status, 200);
        QCOMPARE(outcome.page.body, "body");
        QVERIFY(outcome.requestSent);
        QCOMPARE(outcome.fromCache->state, FromCache::State::Validated);
    }

    // --- the classic: stored for one kind of request, used for another

    void withoutVaryAnAnswerToNoCorsIsUsedForCorsAndRefused()
    {
        Bench bench;
        bench.network.answer(200, cacheable());
        bench.network.answer(200, forEverybody());
        QCOMPARE(bench.fetch(get("no-cors")).visible, SendOutcome::Visible::Opaque);
        bench.browser.clock.advance(seconds(5));
        const auto outcome = bench.fetch(get());
        QCOMPARE(whyOf(outcome.blocked), "missing-allow-origin");
        QVERIFY(!outcome.requestSent);
        QCOMPARE(sent(bench), 1);
        QCOMPARE(outcome.fromCache, std::optional(FromCache{FromCache::State::Local, "no-cors", std::nullopt, 5, false}));
    }

    void withVaryOriginEveryOriginGetsItsOwn()
    {
        Bench bench;
        bench.network.answer(200, cacheable({{"Vary", "Accept-Encoding, origin"}}));
        bench.network.answer(200, forEverybody({{"Vary", "Origin"}}));
        bench.fetch(get("no-cors"));
        QVERIFY(bench.fetch(get()).allowed());
        QCOMPARE(sent(bench), 2);
        // Both are kept, and each is found again.
        QCOMPARE(bench.browser.httpCache.stored().size(), 2u);
        QVERIFY(bench.fetch(get()).fromCache->variesByOrigin);
        QCOMPARE(bench.fetch(get("no-cors")).visible, SendOutcome::Visible::Opaque);
        QCOMPARE(sent(bench), 2);
    }

    void vary_data()
    {
        QTest::addColumn<QByteArray>("vary");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("reused");
        QTest::newRow("no Vary") << QByteArray() << QByteArray("de") << true;
        QTest::newRow("a header with the same value") << QByteArray("Accept-Language") << QByteArray("en") << true;
        QTest::newRow("a header with another value") << QByteArray("accept-language") << QByteArray("de") << false;
        QTest::newRow("one of several") << QByteArray("X-A, Accept-Language") << QByteArray("de") << false;
        QTest::newRow("a header that neither has") << QByteArray("X-A") << QByteArray("de") << true;
        QTest::newRow("everything") << QByteArray("*") << QByteArray("en") << false;
        QTest::newRow("everything, among others") << QByteArray("X-A, *") << QByteArray("en") << false;
    }

    void vary()
    {
        QFETCH(QByteArray, vary);
        QFETCH(QByteArray, value);
        QFETCH(bool, reused);
        Bench bench;
        auto headers = cacheable();
        if (!vary.isNull())
            headers.append("Vary", vary);
        bench.network.answer(200, headers);
        bench.network.answer(200, headers);
        auto call = own();
        call.headers.append("Accept-Language", "en");
        bench.fetch(call);
        call.headers.set("Accept-Language", value);
        bench.fetch(call);
        QCOMPARE(sent(bench), reused ? 1 : 2);
    }

    void anAnswerForEverybodyWithoutCredentialsIsUsedWithThem()
    {
        Bench bench;
        bench.network.answer(200, forEverybody());
        auto call = get();
        call.credentials = "omit";
        QVERIFY(bench.fetch(call).allowed());
        call.credentials = "include";
        QCOMPARE(whyOf(bench.fetch(call).blocked), "wildcard-with-credentials");
        QCOMPARE(sent(bench), 1);
    }

    void aRedirectIsStoredAsWell()
    {
        Bench bench;
        bench.network.answer(301, {{"Location", "/there"}, {"Access-Control-Allow-Origin", "*"}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}}, "there");
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}}, "there");
        bench.fetch(get());
        const auto outcome = bench.fetch(get());
        QCOMPARE(outcome.page.body, "there");
        QVERIFY(outcome.page.redirected);
        QCOMPARE(sent(bench), 3);
        QCOMPARE(bench.network.sent.back().request.target, "/there");
        QVERIFY(!outcome.fromCache); // the answer that decided is the server's
    }

    void aPreflightIsNeverStored()
    {
        Bench bench;
        const auto allowed = forEverybody({{"Access-Control-Allow-Methods", "PUT"}, {"Access-Control-Max-Age", "0"}});
        for (int i = 0; i < 4; ++i)
            bench.network.answer(200, allowed);
        auto call = get();
        call.method = "PUT";
        bench.fetch(call);
        bench.fetch(call);
        QCOMPARE(bench.network.count(WireMessage::Kind::Preflight), 2);
    }

    // --- revalidation (section 4.3)

    void a304KeepsTheStoredAllowOriginAndReplacesItWhereItHasOne_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("sentWith304");
        QTest::addColumn<QByteArray>("why");
        const QByteArray none;
        QTest::newRow("stored, and not repeated") << QByteArray("*") << none << QByteArray("none");
        QTest::newRow("stored and repeated") << QByteArray("*") << QByteArray("*") << QByteArray("none");
        QTest::newRow("only with the 304") << none << QByteArray("*") << QByteArray("none");
        QTest::newRow("neither") << none << none << QByteArray("missing-allow-origin");
        QTest::newRow("replaced by one that does not fit") << QByteArray("*") << QByteArray("http://x.test") << QByteArray("allow-origin-mismatch");
        QTest::newRow("replaced by one that fits") << QByteArray("http://x.test") << QByteArray("*") << QByteArray("none");
    }

    void a304KeepsTheStoredAllowOriginAndReplacesItWhereItHasOne()
    {
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, sentWith304);
        QFETCH(QByteArray, why);
        auto headers = cacheable({{"ETag", "\"1\""}, {"Last-Modified", "Thu, 01 Jan 2026 11:00:00 GMT"}});
        if (!stored.isNull())
            headers.append("Access-Control-Allow-Origin", stored);
        HeaderList confirmation{{"ETag", "\"1\""}, {"Content-Length", "99"}};
        if (!sentWith304.isNull())
            confirmation.append("Access-Control-Allow-Origin", sentWith304);
        Bench bench;
        bench.network.answer(200, headers, "body");
        bench.network.answer(304, confirmation);
        bench.fetch(get("no-cors"));
        const auto outcome = bench.fetch(get("cors", "no-cache"));
        QCOMPARE(lastSent(bench).get("If-None-Match"), "\"1\"");
        QCOMPARE(lastSent(bench).get("If-Modified-Since"), "Thu, 01 Jan 2026 11:00:00 GMT");
        QCOMPARE(lastSent(bench).get("Cache-Control"), "max-age=0");
        QCOMPARE(whyOf(outcome.blocked), why);
        if (!outcome.blocked) {
            QCOMPARE(outcome.page.status, 200);
            QCOMPARE(outcome.page.body, "body");
            QVERIFY(!outcome.page.headers.contains("Content-Length")); // not of the body that is stored
        }
        // What is stored has changed as well.
        QCOMPARE(bench.browser.httpCache.stored().size(), 1u);
        const auto now = bench.browser.httpCache.stored()[0]->response.headerList.get("Access-Control-Allow-Origin");
        QCOMPARE(now.value_or(QByteArray()), sentWith304.isNull() ? stored : sentWith304);
    }

    void a304MakesItFreshAgain()
    {
        Bench bench;
        bench.network.answer(200, cacheable({{"ETag", "\"1\""}, {"Age", "500"}}));
        bench.network.answer(304);
        bench.fetch(own());
        bench.browser.clock.advance(seconds(100));
        bench.fetch(own());
        QCOMPARE(sent(bench), 2);
        bench.browser.clock.advance(seconds(599));
        bench.fetch(own());
        QCOMPARE(sent(bench), 2);
    }

    void anythingElseThan304TakesItsPlace()
    {
        Bench bench;
        bench.network.answer(200, cacheable({{"ETag", "\"1\""}}), "old");
        bench.network.answer(200, cacheable({{"ETag", "\"2\""}}), "new");
        bench.fetch(own());
        bench.fetch(own("no-cache"));
        QCOMPARE(bench.fetch(own()).page.body, "new");
        QCOMPARE(sent(bench), 2);
        QCOMPARE(bench.browser.httpCache.stored().size(), 1u);
    }

    void scriptThatRevalidatesItselfSeesThe304()
    {
        Bench bench;
        bench.network.answer(200, cacheable({{"ETag", "\"1\""}}));
        bench.network.answer(304);
        bench.fetch(own());
        auto call = own();
        call.headers.append("If-None-Match", "\"1\"");
        const auto outcome = bench.fetch(call);
        QCOMPARE(outcome.page.status, 304);
        QCOMPARE(lastSent(bench).get("Cache-Control"), "no-cache"); // as with cache mode no-store
    }

    void staleWhileRevalidateAnswersAtOnceAndAsksForNextTime()
    {
        const HeaderList headers{{"Cache-Control", "max-age=10, stale-while-revalidate=20"}, {"ETag", "\"1\""}};
        Bench bench;
        bench.network.answer(200, headers, "old");
        bench.network.answer(200, headers, "new");
        bench.fetch(own());
        bench.browser.clock.advance(seconds(15));
        const auto outcome = bench.fetch(own());
        QCOMPARE(outcome.page.body, "old");
        QVERIFY(!outcome.requestSent); // the renewal is the browser's own affair
        QCOMPARE(sent(bench), 2);
        QCOMPARE(lastSent(bench).get("If-None-Match"), "\"1\"");
        QVERIFY(!lastSent(bench).contains("Cache-Control"));
        QCOMPARE(bench.fetch(own()).page.body, "new");
        QCOMPARE(sent(bench), 2);
        // Too late for that: the server is asked first.
        bench.network.answer(200, headers, "newest");
        bench.browser.clock.advance(seconds(31));
        QCOMPARE(bench.fetch(own()).page.body, "newest");
    }

    // --- the cache modes of fetch()

    void cacheModes_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("whenFresh");
        QTest::addColumn<QByteArray>("whenStale");
        QTest::addColumn<QByteArray>("whenEmpty");
        QTest::addColumn<bool>("storesWhatItGets");
        const auto row = [](const char* mode, const char* fresh, const char* stale, const char* empty, bool stores) {
            QTest::newRow(mode) << QByteArray(mode) << QByteArray(fresh) << QByteArray(stale) << QByteArray(empty) << stores;
        };
        row("default", "stored", "asked conditionally", "asked", true);
        row("no-store", "asked", "asked", "asked", false);
        row("reload", "asked", "asked", "asked", true);
        row("no-cache", "asked conditionally", "asked conditionally", "asked", true);
        row("force-cache", "stored", "stored", "asked", true);
        row("only-if-cached", "stored", "stored", "refused", false);
    }

    void cacheModes()
    {
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, whenFresh);
        QFETCH(QByteArray, whenStale);
        QFETCH(QByteArray, whenEmpty);
        QFETCH(bool, storesWhatItGets);
        enum Before { Fresh, Stale, Empty };
        for (const auto& [before, expected] : {std::pair(Fresh, whenFresh), {Stale, whenStale}, {Empty, whenEmpty}}) {
            Bench bench;
            bench.network.answer(200, cacheable({{"ETag", "\"1\""}}), "first");
            if (before != Empty)
                bench.fetch(own());
            if (before == Stale)
                bench.browser.clock.advance(seconds(601));
            bench.network.answer(200, cacheable({{"ETag", "\"2\""}}), "second");
            const int sentBefore = sent(bench);
            const auto outcome = bench.fetch(own(mode));
            const bool asked = sent(bench) > sentBefore;
            const QByteArray found = outcome.blocked ? QByteArray("refused") : !asked ? QByteArray("stored")
                : lastSent(bench).contains("If-None-Match") ? QByteArray("asked conditionally") : QByteArray("asked");
            QCOMPARE(found, expected);
            if (outcome.blocked)
                QCOMPARE(whyOf(outcome.blocked), "not-in-cache");
            if (before == Empty)
                QCOMPARE(bench.browser.httpCache.stored().size(), size_t(storesWhatItGets));
        }
    }

    // --- invalidation (section 4.4)

    void unsafeMethodsMakeWhatIsStoredDoubtful_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("askedAgain");
        QTest::newRow("PUT") << QByteArray("PUT") << 200 << true;
        QTest::newRow("POST") << QByteArray("POST") << 201 << true;
        QTest::newRow("DELETE") << QByteArray("DELETE") << 204 << true;
        QTest::newRow("a method of one's own") << QByteArray("TURN") << 200 << true;
        QTest::newRow("a redirect counts as done") << QByteArray("POST") << 304 << true;
        QTest::newRow("one that failed") << QByteArray("PUT") << 500 << false;
        QTest::newRow("one that was refused") << QByteArray("DELETE") << 403 << false;
        QTest::newRow("HEAD only reads") << QByteArray("HEAD") << 200 << false;
        QTest::newRow("OPTIONS only reads") << QByteArray("OPTIONS") << 200 << false;
    }

    void unsafeMethodsMakeWhatIsStoredDoubtful()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(bool, askedAgain);
        Bench bench;
        bench.network.answer(200, cacheable());
        bench.network.answer(status);
        bench.network.answer(200, cacheable());
        bench.fetch(own());
        auto call = own();
        call.method = method;
        bench.fetch(call);
        bench.fetch(own());
        QCOMPARE(sent(bench), askedAgain ? 3 : 2);
    }

    void whatTheAnswerNamesIsDoubtfulToo()
    {
        HttpCache cache;
        for (const char* url : {"http://api.test/a", "http://api.test/b", "http://other.test/b"}) {
            auto request = requestFor();
            request.urlList = {*Url::parse(url)};
            cache.store(site, request, responseOf(200, cacheable()), Clock::start);
        }
        auto request = requestFor();
        request.urlList = {*Url::parse("http://api.test/new")};
        cache.invalidate(site, request, responseOf(201, {{"Location", "/b"}, {"Content-Location", "http://other.test/b"}}));
        QCOMPARE(cache.stored().size(), 2u); // not what is another origin's
        QCOMPARE(cache.stored()[0]->url.path(), "/a");
        QCOMPARE(cache.stored()[1]->url.host(), "other.test");
    }

    void anAddressThatIsNoneIsNobodysBusiness()
    {
        HttpCache cache;
        cache.store(site, requestFor(), responseOf(200, cacheable()), Clock::start);
        auto request = requestFor();
        request.urlList = {*Url::parse("http://api.test:5000/new")};
        cache.invalidate(site, request, responseOf(201, {{"Location", "http://["}}));
        QCOMPARE(cache.stored().size(), 1u);
    }

    void whatPagesOfOtherSitesHaveStoredStays()
    {
        const HttpCachePartition otherSite{"http://other.test", Origin::tuple("http", "other.test", std::nullopt), false};
        HttpCache cache;
        cache.store(site, requestFor(), responseOf(200, cacheable()), Clock::start);
        cache.store(otherSite, requestFor(), responseOf(200, cacheable()), Clock::start);
        cache.invalidate(site, requestFor(), responseOf(200, {}));
        QVERIFY(!cache.select(site, requestFor()));
        QVERIFY(cache.select(otherSite, requestFor()));
    }

    // --- how much is kept

    void theOldestGoFirstWhereThereIsTooMuch()
    {
        const QByteArray body(20 * 1024 * 1024, 'x'); // shared by all of them
        HttpCache cache;
        for (const char* path : {"/1", "/2", "/3", "/4"}) {
            auto request = requestFor();
            request.urlList = {*Url::parse(QByteArray(QByteArray("http://api.test") + path))};
            auto response = responseOf(200, cacheable());
            response.body = body;
            QVERIFY(cache.store(site, request, response, Clock::start));
        }
        QCOMPARE(cache.stored().size(), 3u);
        QCOMPARE(cache.stored().front()->url.path(), "/2");
        QCOMPARE(cache.stored().back()->url.path(), "/4");
    }

    // --- partitions and keys

    void pagesOfOtherSitesHaveTheirOwn_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<quint16>("port");
        QTest::addColumn<bool>("shared");
        QTest::newRow("the same page") << QByteArray("app.test") << quint16(8000) << true;
        QTest::newRow("another port of the site") << QByteArray("app.test") << quint16(9000) << true;
        QTest::newRow("another host of the site") << QByteArray("www.app.test") << quint16(8000) << true;
        QTest::newRow("another site") << QByteArray("other.test") << quint16(8000) << false;
    }

    void pagesOfOtherSitesHaveTheirOwn()
    {
        QFETCH(QByteArray, host);
        QFETCH(quint16, port);
        QFETCH(bool, shared);
        Bench bench;
        bench.network.answer(200, forEverybody());
        bench.network.answer(200, forEverybody());
        bench.fetch(get());
        bench.page.host = host;
        bench.page.port = port;
        bench.fetch(get());
        QCOMPARE(sent(bench), shared ? 1 : 2);
    }

    void opaquePagesHaveTheirOwn()
    {
        Bench bench;
        for (int i = 0; i < 3; ++i)
            bench.network.answer(200, forEverybody());
        bench.fetch(get());
        bench.page.originKind = PageConfig::OriginKind::Sandboxed;
        bench.fetch(get());
        QCOMPARE(sent(bench), 2);
        bench.fetch(get());
        QCOMPARE(sent(bench), 2);
    }

    void theFragmentIsNoPartOfTheKeyButTheQueryIs()
    {
        Bench bench;
        bench.network.answer(200, forEverybody());
        bench.network.answer(200, forEverybody());
        auto call = get();
        call.url = QByteArray(QByteArray(address) + "?a#one");
        bench.fetch(call);
        call.url = QByteArray(QByteArray(address) + "?a#two");
        bench.fetch(call);
        QCOMPARE(sent(bench), 1);
        call.url = QByteArray(QByteArray(address) + "?b");
        bench.fetch(call);
        QCOMPARE(sent(bench), 2);
    }

    // --- what browsers do otherwise (core/fetch/Profile.h)

    void omitThenIncludeByBrowser_data() { browsers({"standard", "chromium", "webkit"}); }
    void omitThenIncludeByBrowser()
    {
        QFETCH(QByteArray, browser);
        QFETCH(bool, asStandard);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        bench.network.answer(200, forEverybody());
        bench.network.answer(200, forEverybody());
        auto call = get();
        call.credentials = "omit";
        bench.fetch(call);
        call.credentials = "include";
        bench.fetch(call);
        QCOMPARE(sent(bench), asStandard ? 1 : 2);
    }

    void aRefusedAnswerByBrowser_data() { browsers({"standard", "firefox"}); }
    void aRefusedAnswerByBrowser()
    {
        QFETCH(QByteArray, browser);
        QFETCH(bool, asStandard);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        bench.network.answer(200, cacheable());
        bench.network.answer(200, forEverybody());
        QVERIFY(bench.fetch(get()).blocked);
        QCOMPARE(bool(bench.fetch(get()).blocked), asStandard);
        // What was stored before and is refused stays, in all of them.
        Bench other;
        other.browser.profile = Profile::named(browser);
        other.network.answer(200, cacheable());
        other.fetch(get("no-cors"));
        QVERIFY(other.fetch(get()).blocked);
        QVERIFY(other.fetch(get()).blocked);
        QCOMPARE(sent(other), 1);
    }

    void aSandboxedFrameByBrowser_data() { browsers({"standard", "webkit"}); }
    void aSandboxedFrameByBrowser()
    {
        QFETCH(QByteArray, browser);
        QFETCH(bool, asStandard);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        bench.network.answer(200, forEverybody());
        bench.network.answer(200, forEverybody());
        bench.fetch(get());
        bench.page.embeddedIn = bench.page.origin();
        bench.page.originKind = PageConfig::OriginKind::Sandboxed;
        bench.fetch(get());
        QCOMPARE(sent(bench), asStandard ? 1 : 2);
    }

    void aPutByBrowser_data() { browsers({"standard", "firefox", "webkit"}); }
    void aPutByBrowser()
    {
        QFETCH(QByteArray, browser);
        QFETCH(bool, asStandard);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        for (int i = 0; i < 3; ++i)
            bench.network.answer(200, cacheable());
        bench.fetch(own());
        auto call = own();
        call.method = "PUT";
        bench.fetch(call);
        bench.fetch(own());
        QCOMPARE(sent(bench), asStandard ? 3 : 2);
    }

    // --- what is seen

    void whatOnlyForceCacheWouldUseIsNotShown()
    {
        HttpCache cache;
        cache.store(site, requestFor(), responseOf(200, {}), Clock::start);
        QCOMPARE(cache.table(Clock::start).rows.size(), 0);
        cache.store(site, requestFor(), responseOf(200, {{"ETag", "\"1\""}}), Clock::start);
        QCOMPARE(cache.table(Clock::start).rows.size(), 1);
        QCOMPARE(cache.table(Clock::start).rows[0][7], "stale");
        cache.store(site, requestFor(), responseOf(200, {{"Last-Modified", "Thu, 01 Jan 2026 12:00:00 GMT"}}), Clock::start);
        QCOMPARE(cache.table(Clock::start).rows.size(), 1); // which is as good to ask with
    }

    void theVerdictSaysThatTheCacheAnsweredAndWhatItLacks_data()
    {
        QTest::addColumn<bool>("cached");
        QTest::addColumn<bool>("vary");
        QTest::newRow("from the cache, without Vary: Origin") << true << false;
        QTest::newRow("from the cache, with it: the server refuses this very origin") << true << true;
        QTest::newRow("from the server") << false << false;
    }

    void theVerdictSaysThatTheCacheAnsweredAndWhatItLacks()
    {
        QFETCH(bool, cached);
        QFETCH(bool, vary);
        Bench bench;
        auto headers = cacheable();
        if (vary)
            headers.append("Vary", "Origin");
        bench.network.answer(200, headers);
        bench.network.answer(200, headers);
        bench.recorder.setAction(0);
        bench.recorder.addOutcome(bench.fetch(get(vary ? "cors" : "no-cors")));
        bench.recorder.setAction(1);
        bench.recorder.addOutcome(bench.fetch(get("cors", cached ? "default" : "reload")));
        const auto sentence = explain::verdictSentence(bench.recorder.take(), 1);
        QCOMPARE(sentence.contains(QStringLiteral("HTTP cache")), cached);
        QCOMPARE(sentence.contains(QStringLiteral("no Vary: Origin")), cached && !vary);
        QCOMPARE(sentence.contains(QStringLiteral("no Origin header")), cached && !vary);
    }

    void theTraceShowsForWhomItWasStored()
    {
        Bench bench;
        bench.network.answer(200, cacheable());
        bench.fetch(get("no-cors"));
        bench.browser.clock.advance(seconds(12));
        bench.fetch(get());
        const auto trace = bench.recorder.take();
        const auto it = std::find_if(trace.steps.begin(), trace.steps.end(), [](const auto& step) {
            return step->at == Place{Algorithm::HttpNetworkOrCacheFetch, "8.26.2.2.3"};
        });
        QVERIFY(it != trace.steps.end());
        const auto& step = **it;
        QVERIFY(step.landmark);
        QVERIFY(step.message && !step.message->isRequest());
        const auto value = [&](const char* name) {
            for (const auto& input : step.inputs)
                if (input.name == name)
                    return input.value;
            return std::optional<QByteArrayView>("no such input");
        };
        QCOMPARE(value("seconds old"), "12");
        QCOMPARE(value("stored for mode"), "no-cors");
        QCOMPARE(value("stored for Origin"), std::nullopt);
        QCOMPARE(value("Access-Control-Allow-Origin"), std::nullopt);
        QCOMPARE(value("Vary"), std::nullopt);
        const auto table = std::find_if(step.state->begin(), step.state->end(), [](const auto& t) { return t.id() == "http-cache"; });
        QVERIFY(table != step.state->end());
        QCOMPARE((*table)->rows.size(), 1);
        QCOMPARE((*table)->rows[0].mid(0, 8), (QList<QByteArray>{address, "200", "no-cors", "-", "-", "-", "12", "588"}));
        QCOMPARE((*table)->columns.size(), (*table)->rows[0].size());
    }
};

QTEST_GUILESS_MAIN(tst_HttpCache)
#include "tst_httpcache.moc"

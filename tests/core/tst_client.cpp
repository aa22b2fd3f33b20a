#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/Client.h"
#include "core/fetch/ContentSecurityPolicyCheck.h"
#include "core/fetch/Cookies.h"
#include "core/fetch/CrossOriginResourcePolicy.h"
#include "core/fetch/EarlyExits.h"
#include "core/fetch/HttpCache.h"

#include <QTest>

using namespace corscope;
using Context = PageConfig::Context;
using OriginKind = PageConfig::OriginKind;

/// What script's surroundings make of a request: page, frame, worker.
class tst_Client : public QObject
{
    Q_OBJECT

    static PageConfig page(Context context, OriginKind kind, QByteArray embeddedIn)
    {
        PageConfig page;
        page.id = "frame";
        page.scheme = "https";
        page.host = "widget.example";
        page.port = 443;
        page.path = "/inside?a=b";
        page.context = context;
        page.originKind = kind;
        page.embeddedIn = std::move(embeddedIn);
        return page;
    }

private Q_SLOTS:
    void everyContextHasItsOriginBaseAndReferrer_data()
    {
        QTest::addColumn<int>("context");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("base");
        QTest::addColumn<QByteArray>("referrer");
        const auto row = [](const char* name, Context context, OriginKind kind, QByteArray origin, QByteArray base, QByteArray referrer) {
            QTest::newRow(name) << int(context) << int(kind) << origin << base << referrer;
        };
        const QByteArray own = "https://widget.example";
        const QByteArray inside = "https://widget.example/inside?a=b";
        row("document", Context::Document, OriginKind::Tuple, own, inside, inside);
        row("worker", Context::Worker, OriginKind::Tuple, own, inside, inside);
        row("srcdoc", Context::Srcdoc, OriginKind::Tuple, own, inside, inside);
        row("blob", Context::Blob, OriginKind::Tuple, own, "", "");
        row("sandboxed", Context::Document, OriginKind::Sandboxed, "null", inside, "");
        row("sandboxed srcdoc", Context::Srcdoc, OriginKind::Sandboxed, "null", inside, "");
        row("data", Context::Document, OriginKind::Data, "null", "", "");
        row("file", Context::Document, OriginKind::File, "null", "", "");
    }
    void everyContextHasItsOriginBaseAndReferrer()
    {
        QFETCH(int, context);
        QFETCH(int, kind);
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, base);
        QFETCH(QByteArray, referrer);
        const auto client = clientOf(page(Context(context), OriginKind(kind), {}));
        QCOMPARE(client->origin.serialized(), origin);
        const auto text = [](const Url& url) { return url.isValid() ? url.serialized() : QByteArray(); };
        QCOMPARE(text(client->baseUrl), base);
        QCOMPARE(text(client->url), referrer);
    }

    void enginesDifferInTheReferrer_data()
    {
        QTest::addColumn<QByteArray>("profile");
        QTest::addColumn<int>("context");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("referrer");
        const auto row = [](const char* name, QByteArray profile, Context context, OriginKind kind, QByteArray referrer) {
            QTest::newRow(name) << profile << int(context) << int(kind) << referrer;
        };
        row("chromium, blob", "chromium", Context::Blob, OriginKind::Tuple, "");
        row("firefox, blob", "firefox", Context::Blob, OriginKind::Tuple, "https://widget.example/");
        row("webkit, srcdoc", "webkit", Context::Srcdoc, OriginKind::Tuple, "");
        row("webkit, sandboxed", "webkit", Context::Document, OriginKind::Sandboxed, "https://widget.example/inside?a=b");
        row("webkit, sandboxed srcdoc", "webkit", Context::Srcdoc, OriginKind::Sandboxed, "");
        row("webkit, data", "webkit", Context::Document, OriginKind::Data, "");
    }
    void enginesDifferInTheReferrer()
    {
        QFETCH(QByteArray, profile);
        QFETCH(int, context);
        QFETCH(int, kind);
        QFETCH(QByteArray, referrer);
        const auto url = clientOf(page(Context(context), OriginKind(kind), {}), Profile::named(profile))->url;
        QCOMPARE(url.isValid() ? url.serialized() : QByteArray(), referrer);
    }

    void aFrameBelongsToItsTopLevelPage_data()
    {
        QTest::addColumn<QByteArray>("embeddedIn");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("partition");
        QTest::addColumn<bool>("ownCookies");
        QTest::addColumn<bool>("secure");
        const int tuple = int(OriginKind::Tuple);
        QTest::newRow("itself at the top") << QByteArray() << tuple << QByteArray("https://widget.example") << true << true;
        QTest::newRow("in a page of its site") << QByteArray("https://www.widget.example") << tuple << QByteArray("https://widget.example") << true << true;
        QTest::newRow("in a page of another site") << QByteArray("https://portal.example") << tuple << QByteArray("https://portal.example") << false << true;
        QTest::newRow("in an insecure page") << QByteArray("http://widget.example") << tuple << QByteArray("http://widget.example") << false << false;
        QTest::newRow("sandboxed in its own page") << QByteArray("https://widget.example") << int(OriginKind::Sandboxed) << QByteArray("https://widget.example") << false << true;
    }
    void aFrameBelongsToItsTopLevelPage()
    {
        QFETCH(QByteArray, embeddedIn);
        QFETCH(int, kind);
        QFETCH(QByteArray, partition);
        QFETCH(bool, ownCookies);
        QFETCH(bool, secure);
        Bench bench;
        bench.page = page(Context::Document, OriginKind(kind), embeddedIn);
        const auto client = clientOf(bench.page);
        QCOMPARE(client->secureContext, secure);
        Request request;
        request.client = client;
        request.origin = client->origin;
        QCOMPARE(networkPartitionKey(request), partition);

        // A cookie that is for its own site only: stored by the top-level page, sent from the frame or not.
        auto top = bench.page;
        top.embeddedIn.clear();
        top.originKind = OriginKind::Tuple;
        const auto call = [] {
            auto call = Bench::call("https://widget.example/");
            call.credentials = "include";
            return call;
        }();
        bench.network.answer(200, {{"Set-Cookie", "sid=1; SameSite=Strict; Secure"}});
        fetchMethod(top, call, bench.browser, bench.network, bench.recorder);
        bench.network.answer(200);
        bench.fetch(call);
        QCOMPARE(bench.network.sent[1].request.headers.contains("Cookie"), ownCookies);
    }

    void anInsecureFrameInASecurePageIsHeldToThePagesSecurity()
    {
        Bench bench;
        bench.page.embeddedIn = "https://portal.example";
        QCOMPARE(whyOf(bench.fetch(Bench::call("http://api.test/")).blocked), QByteArray("mixed-content"));
    }

    // A request without a client, as the standard knows it: no page's policy holds it, and it shares no page's cache.
    void aRequestOfNoPageIsHeldToNone()
    {
        Request request;
        request.mode = RequestMode::NoCors;
        request.origin = Origin::tuple("https", "app.test", std::nullopt);
        request.urlList = {*Url::parse("http://api.test/")};
        auto& recorder = Recorder::silent();
        QCOMPARE(whyOf(blockedAsMixedContent(request, {}, recorder)), QByteArray("none"));
        QCOMPARE(whyOf(blockedByContentSecurityPolicy(request, recorder)), QByteArray("none"));
        QVERIFY(reportContentSecurityPolicyViolations(request, recorder).isEmpty());
        Response response;
        response.urlList = request.urlList;
        QCOMPARE(whyOf(crossOriginResourcePolicyCheck(request, response, recorder)), QByteArray("none"));
        QVERIFY(embedderPolicyAllowsCredentials(request));
        QVERIFY(!determineHttpCachePartition(request, true));
    }

    void cookiesOfARequestOfNoPageGoByItsOrigin_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("sent");
        for (const char* browser : {"standard", "webkit"}) {
            QTest::newRow(QByteArray(browser + QByteArray(", its own")).constData()) << QByteArray(browser) << QByteArray("app.test") << true;
            QTest::newRow(QByteArray(browser + QByteArray(", another")).constData()) << QByteArray(browser) << QByteArray("api.test") << false;
        }
    }
    void cookiesOfARequestOfNoPageGoByItsOrigin()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, host);
        QFETCH(bool, sent);
        Browser memory;
        memory.profile = Profile::named(browser);
        Request request;
        request.origin = Origin::tuple("https", "app.test", std::nullopt);
        request.urlList = {*Url::parse(QByteArray("https://" + host + "/"))};
        QVERIFY(memory.cookieJar.store("a=1; SameSite=Strict", {request.currentUrl()}, memory.clock.now()).ok());
        appendCookieHeader(request, memory, Recorder::silent());
        QCOMPARE(request.headerList.contains("Cookie"), sent);
    }

    void relativeAddressesNeedABase()
    {
        Bench bench;
        bench.page = page(Context::Blob, OriginKind::Tuple, {});
        QCOMPARE(whyOf(bench.fetch(Bench::call("/x")).blocked), QByteArray("invalid-request"));
        bench.page.context = Context::Srcdoc;
        bench.network.answer(200);
        QVERIFY(bench.fetch(Bench::call("/x")).allowed());
    }
};

QTEST_GUILESS_MAIN(tst_Client)
#include "tst_client.moc"

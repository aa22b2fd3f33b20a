#include "tests/core/ScriptedNetwork.h"

#include "core/explain/Console.h"
#include "core/fetch/ElementCall.h"

#include <QTest>

using namespace corscope;
using Tag = ElementCall::Tag;

namespace {

const QByteArray png = "\x89PNG\r\n\x1A\n";

ElementCall element(Tag tag, std::optional<QByteArray> crossorigin = std::nullopt)
{
    return {tag, "http://api.test/thing", std::move(crossorigin), {}, {}};
}

SendOutcome load(Bench& bench, const ElementCall& element) { return bench.fetch(fetchCallOf(element)); }

} // namespace

class tst_ElementCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attributeDecidesModeAndCredentials_data()
    {
        QTest::addColumn<bool>("hasAttribute");
        QTest::addColumn<QByteArray>("attribute");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("credentials");
        QTest::newRow("absent") << false << QByteArray() << QByteArray("no-cors") << QByteArray("include");
        QTest::newRow("anonymous") << true << QByteArray("anonymous") << QByteArray("cors") << QByteArray("same-origin");
        QTest::newRow("empty means anonymous") << true << QByteArray("") << QByteArray("cors") << QByteArray("same-origin");
        QTest::newRow("any word means anonymous") << true << QByteArray("yes") << QByteArray("cors") << QByteArray("same-origin");
        QTest::newRow("use-credentials") << true << QByteArray("Use-Credentials") << QByteArray("cors") << QByteArray("include");
    }
    void attributeDecidesModeAndCredentials()
    {
        QFETCH(bool, hasAttribute);
        QFETCH(QByteArray, attribute);
        const auto call = fetchCallOf(element(Tag::Script, hasAttribute ? std::optional(attribute) : std::nullopt));
        QTEST(call.mode, "mode");
        QTEST(call.credentials, "credentials");
    }

    void requestNamesItsDestination_data()
    {
        QTest::addColumn<int>("tag");
        QTest::addColumn<QByteArray>("destination");
        QTest::addColumn<QByteArray>("accept");
        QTest::newRow("img") << int(Tag::Img) << QByteArray("image") << QByteArray("image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5");
        QTest::newRow("script") << int(Tag::Script) << QByteArray("script") << QByteArray("*/*");
        QTest::newRow("link") << int(Tag::Link) << QByteArray("style") << QByteArray("text/css,*/*;q=0.1");
    }
    void requestNamesItsDestination()
    {
        QFETCH(int, tag);
        Bench bench;
        auto call = element(Tag(tag));
        call.url = "https://api.test/thing";
        load(bench, call);
        const auto& headers = bench.network.sent.front().request.headers;
        QTEST(headers.get("Sec-Fetch-Dest").value_or("none"), "destination");
        QTEST(headers.get("Accept").value_or("none"), "accept");
        QCOMPARE(headers.get("Sec-Fetch-Mode").value_or("none"), "no-cors");
        QVERIFY(!headers.contains("Origin"));
    }

    void crossoriginNeedsPermissionAndNeverAPreflight()
    {
        Bench bench;
        bench.network.answer(200, {{"Content-Type", "text/javascript"}});
        auto outcome = load(bench, element(Tag::Script, "anonymous"));
        QCOMPARE(whyOf(outcome.blocked), "missing-allow-origin");
        QCOMPARE(explain::consoleText(outcome, "chromium"),
                 QStringLiteral("Access to script at 'http://api.test/thing' from origin 'http://app.test:8000' has been blocked "
                                "by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."));
        bench.network.answer(200, {{"Content-Type", "text/javascript"}, {"Access-Control-Allow-Origin", "*"}}, "a()");
        outcome = load(bench, element(Tag::Script, "anonymous"));
        QVERIFY(outcome.allowed());
        QCOMPARE(outcome.page.type, "cors");
        QCOMPARE(bench.network.count(WireMessage::Kind::Preflight), 0);
    }

    void contentDecidesWhetherItLoads_data()
    {
        QTest::addColumn<int>("tag");
        QTest::addColumn<int>("status");
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("why");
        const auto type = [](const char* t) { return HeaderList{{"Content-Type", t}}; };
        const auto nosniff = [](const char* t) {
            return HeaderList{{"Content-Type", t}, {"X-Content-Type-Options", "NoSniff"}};
        };
        const auto row = [](const char* name, Tag tag, int status, HeaderList headers, const QByteArray& body, const char* why) {
            QTest::newRow(name) << int(tag) << status << headers << body << QByteArray(why);
        };
        row("a picture", Tag::Img, 200, type("image/png"), png, "none");
        row("a picture on an error page", Tag::Img, 404, type("text/html"), png, "none");
        row("a picture called a document, nosniff", Tag::Img, 200, nosniff("text/html"), png, "opaque-response-blocked");
        row("SVG", Tag::Img, 200, type("image/svg+xml"), "<svg/>", "none");
        row("a script for a picture", Tag::Img, 200, type("text/javascript"), "a()", "unusable-content");
        row("a document for a picture", Tag::Img, 200, type("text/html"), "<html>", "opaque-response-blocked");
        row("a script", Tag::Script, 200, type("text/javascript"), "a()", "none");
        row("a script called text", Tag::Script, 200, type("text/plain"), "a()", "none");
        row("a script called text, nosniff", Tag::Script, 200, nosniff("text/plain"), "a()", "nosniff-blocked");
        row("a script called a picture", Tag::Script, 200, type("image/png"), "a()", "mime-type-blocked");
        row("a script called a table", Tag::Script, 200, type("text/csv"), "a()", "mime-type-blocked");
        row("JSON as a script", Tag::Script, 200, type("application/json"), "{\"a\": 1}", "opaque-response-blocked");
        row("a missing script", Tag::Script, 404, type("text/javascript"), "a()", "unusable-content");
        row("a style sheet", Tag::Link, 200, type("text/css"), "a{}", "none");
        row("a style sheet without a type", Tag::Link, 200, {}, "a{}", "none");
        row("a style sheet called text, nosniff", Tag::Link, 200, nosniff("text/plain"), "a{}", "nosniff-blocked");
    }
    void contentDecidesWhetherItLoads()
    {
        QFETCH(int, tag);
        QFETCH(int, status);
        QFETCH(HeaderList, headers);
        QFETCH(QByteArray, body);
        Bench bench;
        bench.network.answer(status, headers, body);
        const auto outcome = load(bench, element(Tag(tag)));
        QTEST(whyOf(outcome.blocked), "why");
        QCOMPARE(outcome.allowed(), !outcome.blocked);
        QCOMPARE(outcome.page.promise == PageView::Promise::Resolved, outcome.allowed());
    }

    void typeOfThePagesOwnFilesDecides_data()
    {
        QTest::addColumn<int>("tag");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("nosniff");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char* name, Tag tag, QByteArray type, bool nosniff, const char* why) {
            QTest::newRow(name) << int(tag) << type << nosniff << QByteArray(why);
        };
        row("a script called a sound", Tag::Script, "audio/mpeg", false, "mime-type-blocked");
        row("a script called a film", Tag::Script, "video/mp4", false, "mime-type-blocked");
        row("a style sheet called a film", Tag::Link, "video/mp4", false, "unusable-content");
        row("a script without a type", Tag::Script, {}, false, "none");
        row("a script without a type, nosniff", Tag::Script, {}, true, "nosniff-blocked");
        row("a script called one, nosniff", Tag::Script, "text/javascript", true, "none");
        row("a script called a style sheet, nosniff", Tag::Script, "text/css", true, "nosniff-blocked");
        row("a style sheet called text", Tag::Link, "text/plain", false, "unusable-content");
        row("a style sheet without a type, nosniff", Tag::Link, {}, true, "nosniff-blocked");
        row("a style sheet called one, nosniff", Tag::Link, "text/css", true, "none");
        row("a picture without a type", Tag::Img, {}, false, "none");
        row("a picture called text, nosniff", Tag::Img, "text/plain", true, "none");
    }
    void typeOfThePagesOwnFilesDecides()
    {
        QFETCH(int, tag);
        QFETCH(QByteArray, type);
        QFETCH(bool, nosniff);
        Bench bench;
        HeaderList headers;
        if (!type.isNull())
            headers.append("Content-Type", type);
        if (nosniff)
            headers.append("X-Content-Type-Options", "nosniff");
        bench.network.answer(200, headers, png);
        auto call = element(Tag(tag));
        call.url = "/thing";
        QTEST(whyOf(load(bench, call).blocked), "why");
    }

    void relativeAddressesAreTheDocuments_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("context");
        QTest::addColumn<QByteArray>("why");
        using Context = PageConfig::Context;
        using Kind = PageConfig::OriginKind;
        const auto row = [](const char* name, Kind kind, Context context, QByteArray why) {
            QTest::newRow(name) << int(kind) << int(context) << why;
        };
        row("of a page", Kind::Tuple, Context::Document, "none");
        row("of a page without an origin, which still has an address", Kind::Sandboxed, Context::Document, "none");
        row("of a srcdoc document, its maker's", Kind::Tuple, Context::Srcdoc, "none");
        row("of a blob: document, none", Kind::Tuple, Context::Blob, "invalid-request");
        row("of a data: document, none", Kind::Data, Context::Document, "invalid-request");
    }
    void relativeAddressesAreTheDocuments()
    {
        QFETCH(int, kind);
        QFETCH(int, context);
        QFETCH(QByteArray, why);
        for (const auto& browser : Profile::names()) {
            Bench bench;
            bench.browser.profile = Profile::named(browser);
            bench.page.originKind = PageConfig::OriginKind(kind);
            bench.page.context = PageConfig::Context(context);
            bench.network.answer(200, {{"Content-Type", "image/png"}}, png);
            auto call = element(Tag::Img);
            call.url = "/thing";
            QCOMPARE(whyOf(load(bench, call).blocked), why);
            QCOMPARE(bench.network.sent.size(), why == "none" ? 1u : 0u);
            if (why == "none")
                QCOMPARE(bench.network.sent[0].url.serialized(), "http://app.test:8000/thing");
        }
    }

    void ownOriginIsNotAskedWhatPagesEmbed()
    {
        Bench bench;
        bench.network.answer(200, {{"Content-Type", "text/html"}}, "a()");
        auto call = element(Tag::Script);
        call.url = "/thing";
        QVERIFY(load(bench, call).allowed());
    }
};

QTEST_GUILESS_MAIN(tst_ElementCall)
#include "tst_elementcall.moc"

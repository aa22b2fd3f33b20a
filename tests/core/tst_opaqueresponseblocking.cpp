#include "tests/core/ScriptedNetwork.h"

#include "core/fetch/OpaqueResponseBlocking.h"

#include <QTest>

using namespace corscope;

class tst_OpaqueResponseBlocking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesEmbedScriptsStylesAndPictures_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("nosniff");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("embedded");
        const auto row = [](const char* name, int status, const char* type, bool nosniff, const QByteArray& body, bool embedded) {
            QTest::newRow(name) << status << QByteArray(type) << nosniff << body << embedded;
        };
        row("JavaScript by type, whatever it is", 200, "text/javascript", true, "<html>", true);
        row("CSS by type", 200, "text/css", true, "{\"a\":1}", true);
        row("SVG by type", 200, "image/svg+xml", true, "<svg/>", true);
        row("PDF is never looked into", 200, "application/pdf", false, "GIF89a", false);
        row("a table is never looked into", 200, "text/csv", false, "a()", false);
        row("HTML", 200, "text/html", false, "<!doctype html>", false);
        row("HTML that is a script", 200, "text/html", false, "var a = 1", true);
        row("HTML that is a script, nosniff", 200, "text/html", true, "var a = 1", false);
        row("JSON", 200, "application/json", false, "{\"a\":1}", false);
        row("JSON, a list", 200, "text/json", false, "[1, 2]", false);
        row("JSON, a number", 200, "text/plain", false, " 1 ", false);
        row("JSON type, a script inside", 200, "application/problem+json", false, "a()", true);
        for (const char* breaker : {")]}'", "{}&&", "{} &&", "for(;;);", "for (;;);", "while(1);", "while (1);"})
            row(qPrintable(QStringLiteral("JSON behind %1").arg(QLatin1String(breaker))), 200, "text/plain", false,
                QByteArray(breaker).append("\n{\"a\":1}"), false);
        row("a loop that ends", 200, "text/plain", false, "for(;a;);", true);
        row("a comment of HTML's may begin a script", 200, "text/plain", false, "<!-- old\na()", true);
        row("JSON that is a script, nosniff", 200, "application/json", true, "a()", false);
        for (const char* type : {"text/html", "application/json", "application/problem+json", "text/xml", "text/plain"})
            row(qPrintable(QStringLiteral("a picture that calls itself %1, nosniff").arg(QLatin1String(type))), 200, type, true,
                "GIF89a", false);
        row("XML", 200, "application/atom+xml", false, "<a/>", false);
        row("text that is a script", 200, "text/plain", false, "a()", true);
        row("text, nosniff", 200, "text/plain", true, "a()", false);
        row("a picture under any name", 200, "application/octet-stream", true, "GIF89a", true);
        row("a picture on an error page", 404, "text/html", false, "\xFF\xD8\xFF", true);
        row("an error page", 404, "text/x", false, "a()", false);
        row("sound", 200, "text/x", false, "ID3", false);
        row("no type", 200, "", false, "<html>", true);
        row("no type, nosniff", 200, "", true, "a{}", false);
        row("nothing at all", 200, "text/html", false, "", true);
        row("a part of a document", 206, "text/html", false, "a()", false);
    }
    void pagesEmbedScriptsStylesAndPictures()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(bool, nosniff);
        QFETCH(QByteArray, body);
        Response response;
        response.status = status;
        response.body = body;
        if (!type.isEmpty())
            response.headerList.append("Content-Type", type);
        if (nosniff)
            response.headerList.append("X-Content-Type-Options", "nosniff");
        QTEST(isInOpaqueResponseSafelist(response, Recorder::silent()), "embedded");
    }

    void partsHaveToBeginAtTheFirstByte()
    {
        Response response;
        response.status = 206;
        response.headerList = {{"Content-Type", "text/plain"}, {"Content-Range", "bytes 0-3/9"}};
        response.body = "a();";
        QVERIFY(isInOpaqueResponseSafelist(response, Recorder::silent()));
        response.headerList.set("Content-Range", "bytes 1-4/9");
        QVERIFY(!isInOpaqueResponseSafelist(response, Recorder::silent()));

        // Of a document not even that one.
        response.headerList.set("Content-Range", "bytes 0-3/9");
        for (const char* type : {"text/html", "application/json", "application/problem+json", "text/xml"}) {
            response.headerList.set("Content-Type", type);
            QVERIFY2(!isInOpaqueResponseSafelist(response, Recorder::silent()), type);
        }
    }

    void scriptsOwnFetchGetsItsOpaqueResponseInAnyCase()
    {
        Bench bench;
        bench.network.answer(200, {{"Content-Type", "text/html"}}, "<html>");
        auto call = Bench::call("http://api.test/");
        call.mode = "no-cors";
        const auto outcome = bench.fetch(call);
        QVERIFY(outcome.visible == SendOutcome::Visible::Opaque);
        QVERIFY(!outcome.page.body);
    }
};

QTEST_GUILESS_MAIN(tst_OpaqueResponseBlocking)
#include "tst_opaqueresponseblocking.moc"

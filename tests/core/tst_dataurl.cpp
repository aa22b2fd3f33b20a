#include "tests/core/ScriptedNetwork.h"

#include "core/fetch/DataUrl.h"

#include <QTest>

using namespace corscope;

class tst_DataUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typeAndBodyAreRead_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* url, const char* type, const QByteArray& body) {
            QTest::newRow(url) << QByteArray(url) << QByteArray(type) << body;
        };
        row("data:text/plain,hi", "text/plain", "hi");
        row("data:,hi", "text/plain;charset=US-ASCII", "hi");
        row("data:;charset=utf-8,hi", "text/plain;charset=utf-8", "hi");
        row("data:bogus,hi", "text/plain;charset=US-ASCII", "hi");
        row("data:TEXT/HTML,a%20b,c?d", "text/html", "a b,c?d");
        row("data:text/plain,a#b", "text/plain", "a");
        row("data:text/plain;base64,aGk=", "text/plain", "hi");
        row("data:;base64,aGk", "text/plain;charset=US-ASCII", "hi");
        row("data:text/plain;BASE64,aGk%3D", "text/plain", "hi");
        row("data:text/plain;  base64,aGk=", "text/plain", "hi");
        row("data: text/plain ,hi", "text/plain", "hi");
        row("data:;base64,%20a%09G%0Ak%0C%0D=", "text/plain;charset=US-ASCII", "hi");
        row("data:base64,aGk=", "text/plain;charset=US-ASCII", "aGk=");
        row("data:text/plain;charset=x;base64,aGk=", "text/plain;charset=x", "hi");
    }
    void typeAndBodyAreRead()
    {
        QFETCH(QByteArray, url);
        const auto read = dataUrlProcessor(*Url::parse(url), Recorder::silent());
        QVERIFY(read.ok());
        QTEST(read->mimeType.serialized(), "type");
        QTEST(read->body, "body");
    }

    void whatCannotBeReadFails_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("no comma") << QByteArray("data:text/plain");
        QTest::newRow("not base64") << QByteArray("data:;base64,a");
        QTest::newRow("letters of another base64") << QByteArray("data:;base64,a-_b");
        QTest::newRow("padding inside") << QByteArray("data:;base64,a=Gk");
    }
    void whatCannotBeReadFails()
    {
        QFETCH(QByteArray, url);
        QVERIFY(!dataUrlProcessor(*Url::parse(url), Recorder::silent()).ok());
    }

    void everyModeMayReadIt_data()
    {
        QTest::addColumn<QByteArray>("mode");
        for (const char* mode : {"cors", "no-cors", "same-origin"})
            QTest::newRow(mode) << QByteArray(mode);
    }
    void everyModeMayReadIt()
    {
        QFETCH(QByteArray, mode);
        Bench bench;
        auto call = Bench::call("data:text/plain,hi");
        call.mode = mode;
        const auto outcome = bench.fetch(call);
        QCOMPARE(outcome.page.type, "basic");
        QCOMPARE(outcome.page.status, 200);
        QCOMPARE(outcome.page.url, "data:text/plain,hi");
        QCOMPARE(outcome.page.body, std::optional<QByteArray>("hi"));
        QVERIFY(bench.network.sent.empty());
    }

    void otherLocalSchemesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("about:blank") << QByteArray("about:blank");
        QTest::newRow("a blob nobody made") << QByteArray("blob:http://app.test:8000/none");
        QTest::newRow("file:") << QByteArray("file:///etc/hostname");
        QTest::newRow("data: that cannot be read") << QByteArray("data:text/plain");
    }
    void otherLocalSchemesAreRefused()
    {
        QFETCH(QByteArray, url);
        Bench bench;
        QCOMPARE(whyOf(bench.fetch(Bench::call(url)).blocked), "scheme-not-supported");
    }

    void theEmptyPageIsThereForWhoCannotReadIt_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char* reason, QByteArray browser, QByteArray url, QByteArray why) {
            QTest::newRow(reason) << browser << url << why;
        };
        row("standard", "standard", "about:blank", "none");
        row("standard, with a query", "standard", "about:blank?a#b", "none");
        row("standard, another page", "standard", "about:config", "scheme-not-supported");
        row("firefox", "firefox", "about:blank", "none");
        row("chromium", "chromium", "about:blank", "scheme-not-supported");
        row("webkit", "webkit", "about:blank", "scheme-not-supported");
    }
    void theEmptyPageIsThereForWhoCannotReadIt()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, why);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        auto call = Bench::call(url);
        call.mode = "no-cors";
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), why);
        QCOMPARE(outcome.page.type, why == "none" ? "opaque" : "error");
    }
};

QTEST_GUILESS_MAIN(tst_DataUrl)
#include "tst_dataurl.moc"

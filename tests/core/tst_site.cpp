#include "core/url/Site.h"
#include "core/url/Url.h"

#include <QTest>

using namespace corscope;

class TestSite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void registrableDomains_data();
    void registrableDomains();
    void publicSuffixes();
    void listTellsWhereDomainsBegin_data();
    void listTellsWhereDomainsBegin();
    void sameSite_data();
    void sameSite();
    void opaqueOriginsAreSameSiteOnlyWithThemselves();
    void trustworthyOrigins_data();
    void trustworthyOrigins();
};

void TestSite::registrableDomains_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("domain");
    const auto row = [](const char* name, const char* host, const char* domain) {
        QTest::newRow(name) << QByteArray(host) << QByteArray(domain);
    };
    row("one label above the suffix", "api.example.com", "example.com");
    row("the domain itself", "example.com", "example.com");
    row("suffix of two labels", "api.example.co.uk", "example.co.uk");
    row("a public suffix has none", "co.uk", "");
    row("a top-level domain has none", "com", "");
    row("hosting suffix", "me.github.io", "me.github.io");
    row("hosting suffix itself", "github.io", "");
    row("unlisted top-level domain", "api.shop.unlisted", "shop.unlisted");
    row("no dot", "localhost", "");
    row("below localhost", "app.localhost", "app.localhost");
    row("IPv4 address", "127.0.0.1", "");
    row("IPv6 address", "[::1]", "");
    row("trailing dot", "api.example.com.", "example.com.");
    row("punycode suffix", "a.b.xn--p1ai", "b.xn--p1ai");
    row("nothing", "", "");
    row("no dot but a trailing one", "localhost.", "");
    row("empty label", "api..example.com", "");
    row("empty label in front", ".example.com", "");
}

void TestSite::registrableDomains()
{
    QFETCH(QByteArray, host);
    QTEST(registrableDomain(host), "domain");
}

void TestSite::publicSuffixes()
{
    for (const QByteArrayView suffix : {"com", "co.uk", "github.io", "localhost", "unlisted", "com."})
        QVERIFY2(isPublicSuffix(suffix), suffix.constData());
    for (const QByteArrayView other : {"example.com", "a.github.io", "app.localhost", "127.0.0.1", "[::1]", ""})
        QVERIFY2(!isPublicSuffix(other), other.constData());
}

void TestSite::listTellsWhereDomainsBegin_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("listed");
    QTest::newRow("top-level domain") << QByteArray("api.example.com") << true;
    QTest::newRow("hosting suffix") << QByteArray("me.github.io") << true;
    QTest::newRow("unlisted top-level domain") << QByteArray("api.shop.unlisted") << false;
    QTest::newRow("no dot") << QByteArray("localhost") << false;
}

void TestSite::listTellsWhereDomainsBegin()
{
    QFETCH(QByteArray, host);
    QTEST(hasListedSuffix(host), "listed");
}

void TestSite::sameSite_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    QTest::addColumn<bool>("schemelesslySame");
    const auto row = [](const char* name, const char* a, const char* b, bool same, bool schemelesslySame) {
        QTest::newRow(name) << QByteArray(a) << QByteArray(b) << same << schemelesslySame;
    };
    row("subdomains of one domain", "https://app.example.com", "https://api.example.com", true, true);
    row("the port does not count", "http://localhost:8000", "http://localhost:5000", true, true);
    row("the scheme counts", "http://example.com", "https://example.com", false, true);
    row("customers of one host are apart", "https://a.github.io", "https://b.github.io", false, false);
    row("neighbours under a public suffix", "https://a.co.uk", "https://b.co.uk", false, false);
    row("suffix against a domain below it", "https://github.io", "https://a.github.io", false, false);
    row("a suffix against itself", "https://github.io", "https://github.io", true, true);
    row("IP addresses must be equal", "http://127.0.0.1:1", "http://127.0.0.1:2", true, true);
    row("IP addresses with equal ends", "http://127.0.0.1", "http://126.0.0.1", false, false);
    row("localhost and its address", "http://localhost", "http://127.0.0.1", false, false);
}

void TestSite::sameSite()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    const auto first = Url::parse(a)->origin();
    const auto second = Url::parse(b)->origin();
    QTEST(isSameSite(first, second), "same");
    QTEST(isSameSite(second, first), "same");
    QTEST(isSchemelesslySameSite(first, second), "schemelesslySame");
}

void TestSite::opaqueOriginsAreSameSiteOnlyWithThemselves()
{
    const auto opaque = Origin::opaque("1");
    QVERIFY(isSameSite(opaque, opaque));
    QVERIFY(!isSameSite(opaque, Origin::opaque("2")));
    const auto page = Url::parse("http://a.example")->origin();
    QVERIFY(!isSameSite(opaque, page));
    QVERIFY(!isSchemelesslySameSite(opaque, page));
    QVERIFY(!isSchemelesslySameSite(page, opaque));
}

void TestSite::trustworthyOrigins_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("trustworthy");
    QTest::newRow("https") << QByteArray("https://a.example/") << true;
    QTest::newRow("wss") << QByteArray("wss://a.example/") << true;
    QTest::newRow("file") << QByteArray("file:///x") << true;
    QTest::newRow("http on localhost") << QByteArray("http://localhost:8000/") << true;
    QTest::newRow("http below localhost") << QByteArray("http://app.localhost/") << true;
    QTest::newRow("http on 127.0.0.0/8") << QByteArray("http://127.1.2.3/") << true;
    QTest::newRow("http on [::1]") << QByteArray("http://[::1]/") << true;
    QTest::newRow("ws on localhost") << QByteArray("ws://localhost/") << true;
    QTest::newRow("http elsewhere") << QByteArray("http://gfgserver.com:7000/") << false;
    QTest::newRow("private network") << QByteArray("http://192.168.0.1/") << false;
    QTest::newRow("ws elsewhere") << QByteArray("ws://a.example/") << false;
    QTest::newRow("data") << QByteArray("data:,x") << false;
}

void TestSite::trustworthyOrigins()
{
    QFETCH(QByteArray, url);
    QTEST(isPotentiallyTrustworthy(Url::parse(url)->origin()), "trustworthy");
}

QTEST_APPLESS_MAIN(TestSite)
#include "tst_site.moc"

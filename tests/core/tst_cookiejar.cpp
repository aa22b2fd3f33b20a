#include "core/http/CookieJar.h"

#include <QTest>

using namespace corscope;
using namespace std::chrono_literals;

static constexpr Instant now = Clock::start;

static std::optional<SetCookie> read(const QByteArray& header)
{
    return parseSetCookie(header, now);
}

static CookieRequest at(QByteArrayView url)
{
    CookieRequest request;
    request.url = *Url::parse(url);
    return request;
}

static CookieRequest crossSite(QByteArrayView url)
{
    auto request = at(url);
    request.isSameSite = false;
    return request;
}

class TestCookieJar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void setCookieIsRead_data();
    void setCookieIsRead();
    void malformedSetCookieIsIgnored_data();
    void malformedSetCookieIsIgnored();
    void lastOfEqualAttributesCounts();
    void overlongAttributeIsPassedOver();
    void maxAgeBeatsExpires();
    void lifeIsAtMostFourHundredDays();
    void dates_data();
    void dates();
    void domainsMatch_data();
    void domainsMatch();
    void pathsMatch_data();
    void pathsMatch();
    void jarRefuses_data();
    void jarRefuses();
    void jarAccepts_data();
    void jarAccepts();
    void scriptNeitherSetsNorSeesNorReplacesHttpOnly();
    void insecureCookieMayNotShadowSecureOne();
    void hostOnlyCookieStaysOnItsHost();
    void domainCookieGoesToSubdomains();
    void portsShareCookies();
    void secureCookieNeedsSecureConnection();
    void crossSiteFetchSendsOnlySameSiteNone();
    void topLevelNavigationSendsLaxToo();
    void longestPathThenOldestFirst();
    void newValueKeepsItsPlace();
    void expiredCookiesVanish();
    void pastExpiryDeletes();
    void oneDomainCannotFillTheJar();
    void tableShowsWhatIsInTheJar();
    void namesakesAreToldApart_data();
    void namesakesAreToldApart();
    void handPutsAndRemovesWhatNoServerCould();
    void crossSiteNavigationSetsLax();
    void scriptOfAnotherSiteGetsOnlySameSiteNone();
    void partitionedOnlyTakesWhatAsksForIt();
    void refusingBrowserTakesNothing();
    void valueWithoutNameIsSentAlone();
    void headerOfACookieGivesItAgain_data();
    void headerOfACookieGivesItAgain();
};

void TestCookieJar::setCookieIsRead_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* reason, const char* header, const char* name, const char* value) {
        QTest::newRow(reason) << QByteArray(header) << QByteArray(name) << QByteArray(value);
    };
    row("plain", "a=b", "a", "b");
    row("blanks around", " a \t= b ; Path=/", "a", "b");
    row("value with equals signs", "a=b=c=", "a", "b=c=");
    row("quotes belong to the value", "a=\"b c\"", "a", "\"b c\"");
    row("empty value", "a=", "a", "");
    row("no equals sign: only a value", "b", "", "b");
    row("empty name", "=b", "", "b");
    row("equals sign only in an attribute", "b; Path=/", "", "b");
    row("tab inside", "a=b\tc", "a", "b\tc");
    row("attribute that nobody knows", "a=b; Priority=High; c", "a", "b");
}

void TestCookieJar::setCookieIsRead()
{
    QFETCH(QByteArray, header);
    const auto cookie = read(header);
    QVERIFY(cookie);
    QTEST(cookie->name, "name");
    QTEST(cookie->value, "value");
}

void TestCookieJar::malformedSetCookieIsIgnored_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("equals sign alone") << QByteArray("=");
    QTest::newRow("attributes alone") << QByteArray("; Path=/");
    QTest::newRow("zero byte") << QByteArray("a=b\0c", 5);
    QTest::newRow("control byte in an attribute") << QByteArray("a=b; x=\x01");
    QTest::newRow("line end") << QByteArray("a=b\nc");
    QTest::newRow("DEL") << QByteArray("a=b\x7f" "c");
    QTest::newRow("4097 bytes") << QByteArray("a=" + QByteArray(4096, 'x'));
}

void TestCookieJar::malformedSetCookieIsIgnored()
{
    QFETCH(QByteArray, header);
    QVERIFY(!read(header));
    QVERIFY(read("a=" + QByteArray(4095, 'x')));
}

void TestCookieJar::lastOfEqualAttributesCounts()
{
    const auto cookie = read("a=b; path=/x; PATH=/y; domain=.A.example; SameSite=Strict; samesite=lax; secure=no");
    QVERIFY(cookie);
    QCOMPARE(cookie->path, std::optional<QByteArray>("/y"));
    QCOMPARE(cookie->domain, "a.example");
    QCOMPARE(cookie->sameSite, SameSite::Lax);
    QVERIFY(cookie->secure);
    QVERIFY(!cookie->httpOnly);
    QCOMPARE(read("a=b; Path=/x; Path=y")->path, std::optional<QByteArray>());
    QCOMPARE(read("a=b; SameSite=Strict; SameSite=odd")->sameSite, SameSite::Default);
}

void TestCookieJar::overlongAttributeIsPassedOver()
{
    QCOMPARE(read("a=b; Path=/x; Path=/" + QByteArray(1024, 'y'))->path, std::optional<QByteArray>("/x"));
}

void TestCookieJar::maxAgeBeatsExpires()
{
    const QByteArray expires = "; Expires=Thu, 01 Jan 2026 13:00:00 GMT";
    QCOMPARE(read("a=b" + expires)->expires, std::optional<Instant>(now + 1h));
    QCOMPARE(read("a=b; Max-Age=60" + expires)->expires, std::optional<Instant>(now + 60s));
    QCOMPARE(read("a=b; Max-Age=1m" + expires)->expires, std::optional<Instant>(now + 1h));
    QCOMPARE(read("a=b; Max-Age=" + expires)->expires, std::optional<Instant>(now + 1h));
    QVERIFY(*read("a=b; Max-Age=0" + expires)->expires < now);
    QVERIFY(*read("a=b; Max-Age=-1" + expires)->expires < now);
    QCOMPARE(read("a=b")->expires, std::optional<Instant>());
}

void TestCookieJar::lifeIsAtMostFourHundredDays()
{
    const std::optional<Instant> last = now + 400 * 24h;
    QCOMPARE(read("a=b; Max-Age=99999999999999999999")->expires, last);
    QCOMPARE(read("a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT")->expires, last);
}

void TestCookieJar::dates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds"); // since 1970; -1: no date
    const auto row = [](const char* reason, const char* text, qint64 seconds) {
        QTest::newRow(reason) << QByteArray(text) << seconds;
    };
    row("as HTTP writes it", "Sun, 06 Nov 1994 08:49:37 GMT", 784111777);
    row("RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT", 784111777);
    row("asctime", "Sun Nov  6 08:49:37 1994", 784111777);
    row("any order", "1994 08:49:37 6 nOvEmBeR", 784111777);
    row("two-digit years below 70 are of this century", "01-Jan-69 00:00:00", 3124224000);
    row("two-digit years from 70 are of the last", "01-Jan-70 00:00:00", 0);
    row("single digits", "1 Jan 1970 0:0:1", 1);
    row("leap day", "29 Feb 2024 00:00:00", 1709164800);
    row("letters behind the numbers", "1st Jan 1970AD 00:00:05Z", 5);
    row("29 February of a common year", "29 Feb 2023 00:00:00", -1);
    row("31 April", "31 Apr 2024 00:00:00", -1);
    row("day 0", "0 Jan 2024 00:00:00", -1);
    row("hour 24", "1 Jan 2024 24:00:00", -1);
    row("second 60", "1 Jan 2024 00:00:60", -1);
    row("no time", "1 Jan 2024", -1);
    row("time without seconds", "1 Jan 2024 00:00", -1);
    row("no month", "1 2024 00:00:00", -1);
    row("year of three digits", "1 Jan 999 00:00:00", -1);
    row("year 1600", "1 Jan 1600 00:00:00", -1);
    row("year of five digits", "1 Jan 20240 00:00:00", -1);
    row("empty", "", -1);
    row("tabs between", "1\tJan\t1970\t00:00:05", 5);
    row("brackets, braces and signs between", "[1]{Jan}~1970@00:00:05", 5);
    row("minute 60", "1 Jan 2024 00:60:00", -1);
    row("no day", "Jan 1970 00:00:00", -1);
    row("no year", "1 Jan 00:00:00", -1);
    row("control byte is no delimiter", "\x01" "1 Jan 1970 00:00:00", -1);
    row("DEL is no delimiter", "\x7f" "1 Jan 1970 00:00:00", -1);
    row("byte beyond ASCII is no delimiter", "\xa0" "1 Jan 1970 00:00:00", -1);
}

void TestCookieJar::dates()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const auto date = parseCookieDate(text);
    QCOMPARE(date.has_value(), seconds >= 0);
    if (date)
        QCOMPARE(qint64(date->time_since_epoch() / 1s), seconds);
}

void TestCookieJar::domainsMatch_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<bool>("matches");
    QTest::newRow("identical") << QByteArray("a.example") << QByteArray("a.example") << true;
    QTest::newRow("subdomain") << QByteArray("x.a.example") << QByteArray("a.example") << true;
    QTest::newRow("same letters at the end") << QByteArray("xa.example") << QByteArray("a.example") << false;
    QTest::newRow("parent") << QByteArray("example") << QByteArray("a.example") << false;
    QTest::newRow("IP addresses have no subdomains") << QByteArray("127.0.0.1") << QByteArray("0.0.1") << false;
    QTest::newRow("identical IP address") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1") << true;
}

void TestCookieJar::domainsMatch()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, domain);
    QTEST(cookieDomainMatches(host, domain), "matches");
}

void TestCookieJar::pathsMatch_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("cookiePath");
    QTest::addColumn<bool>("matches");
    QTest::newRow("identical") << QByteArray("/x") << QByteArray("/x") << true;
    QTest::newRow("below") << QByteArray("/x/y") << QByteArray("/x") << true;
    QTest::newRow("below, with slash") << QByteArray("/x/y") << QByteArray("/x/") << true;
    QTest::newRow("root") << QByteArray("/x") << QByteArray("/") << true;
    QTest::newRow("longer name") << QByteArray("/xy") << QByteArray("/x") << false;
    QTest::newRow("without its slash") << QByteArray("/x") << QByteArray("/x/") << false;
    QTest::newRow("case counts") << QByteArray("/X") << QByteArray("/x") << false;
}

void TestCookieJar::pathsMatch()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, cookiePath);
    QTEST(cookiePathMatches(path, cookiePath), "matches");
    QCOMPARE(defaultCookiePath("/a/b/c"), "/a/b");
    QCOMPARE(defaultCookiePath("/a/b/"), "/a/b");
    QCOMPARE(defaultCookiePath("/a"), "/");
    QCOMPARE(defaultCookiePath(""), "/");
}

void TestCookieJar::jarRefuses_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("sameSite");
    QTest::addColumn<CookieRejection>("why");
    const auto row = [](const char* reason, const char* header, const char* url, CookieRejection why, bool sameSite = true) {
        QTest::newRow(reason) << QByteArray(header) << QByteArray(url) << sameSite << why;
    };
    using enum CookieRejection;
    const auto https = "https://app.example.com/";
    const auto http = "http://app.example.com/";
    row("nothing in it", "=", https, Malformed);
    row("domain beyond ASCII", "a=b; Domain=\xc3\xa9.example.com", https, NonAsciiDomain);
    row("public suffix", "a=b; Domain=com", https, PublicSuffix);
    row("public suffix of two labels", "a=b; Domain=co.uk", "https://shop.co.uk/", PublicSuffix);
    row("hosting suffix", "a=b; Domain=github.io", "https://me.github.io/", PublicSuffix);
    row("foreign domain", "a=b; Domain=example.org", https, DomainMismatch);
    row("sibling domain", "a=b; Domain=api.example.com", https, DomainMismatch);
    row("subdomain of its own", "a=b; Domain=x.app.example.com", https, DomainMismatch);
    row("end of an IP address", "a=b; Domain=0.0.1", "http://127.0.0.1/", DomainMismatch);
    row("Secure over http", "a=b; Secure", http, SecureWithoutTls);
    row("SameSite=None without Secure", "a=b; SameSite=None", https, SameSiteNoneInsecure);
    row("unsaid SameSite on a cross-site response", "a=b", https, CrossSite, false);
    row("Lax on a cross-site response", "a=b; SameSite=Lax", https, CrossSite, false);
    row("Strict on a cross-site response", "a=b; SameSite=Strict", https, CrossSite, false);
    row("__Secure- without Secure", "__Secure-a=b", https, SecurePrefix);
    row("prefix in any case", "__SECURE-a=b", https, SecurePrefix);
    row("__Host- without Secure", "__Host-a=b; Path=/", https, HostPrefix);
    row("__Host- without Path", "__Host-a=b; Secure", https, HostPrefix);
    row("__Host- with another Path", "__Host-a=b; Secure; Path=/x", https, HostPrefix);
    row("__Host- with Domain", "__Host-a=b; Secure; Path=/; Domain=example.com", https, HostPrefix);
    row("value that reads as a prefixed name", "=__Host-a=b; Secure; Path=/", https, NamelessPrefix);
    row("value that reads as a name with the other prefix", "=__Secure-a=b; Secure", https, NamelessPrefix);
}

void TestCookieJar::jarRefuses()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, url);
    QFETCH(bool, sameSite);
    auto request = at(url);
    request.isSameSite = sameSite;
    CookieJar jar;
    const auto stored = jar.store(header, request, now);
    QVERIFY(!stored);
    QTEST(stored.error(), "why");
    QCOMPARE(jar.size(now), 0);
}

void TestCookieJar::jarAccepts_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("sameSite");
    const auto row = [](const char* reason, const char* header, const char* url, bool sameSite = true) {
        QTest::newRow(reason) << QByteArray(header) << QByteArray(url) << sameSite;
    };
    row("parent domain", "a=b; Domain=example.com", "https://app.example.com/");
    row("leading dot", "a=b; Domain=.example.com", "https://app.example.com/");
    row("public suffix by itself", "a=b; Domain=github.io", "https://github.io/");
    row("localhost by itself", "a=b; Domain=localhost", "http://localhost:8000/");
    row("Secure on localhost", "a=b; Secure", "http://localhost:8000/");
    row("cross-site with SameSite=None and Secure", "a=b; SameSite=None; Secure", "https://app.example.com/", false);
    row("__Secure-", "__Secure-a=b; Secure", "https://app.example.com/");
    row("__Host-", "__Host-a=b; Secure; Path=/", "https://app.example.com/x/y");
}

void TestCookieJar::jarAccepts()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, url);
    QFETCH(bool, sameSite);
    auto request = at(url);
    request.isSameSite = sameSite;
    CookieJar jar;
    QVERIFY(jar.store(header, request, now));
    QCOMPARE(jar.size(now), 1);
    QCOMPARE(jar.cookieString(request, now), header.first(header.indexOf(';')));
}

void TestCookieJar::scriptNeitherSetsNorSeesNorReplacesHttpOnly()
{
    const auto http = at("https://a.example/");
    auto script = http;
    script.isHttpApi = false;
    CookieJar jar;
    const auto set = jar.store("a=b; HttpOnly", script, now);
    QVERIFY(!set);
    QCOMPARE(set.error(), CookieRejection::HttpOnlyFromScript);

    QVERIFY(jar.store("a=b; HttpOnly", http, now));
    QCOMPARE(jar.cookieString(http, now), "a=b");
    QCOMPARE(jar.cookieString(script, now), "");

    const auto replaced = jar.store("a=evil", script, now);
    QVERIFY(!replaced);
    QCOMPARE(replaced.error(), CookieRejection::OverwritesHttpOnly);
    QCOMPARE(jar.cookieString(http, now), "a=b");
}

void TestCookieJar::insecureCookieMayNotShadowSecureOne()
{
    CookieJar jar;
    QVERIFY(jar.store("a=b; Secure; Domain=example.com; Path=/x", at("https://example.com/"), now));
    const auto shadow = jar.store("a=c; Path=/x/y", at("http://app.example.com/"), now);
    QVERIFY(!shadow);
    QCOMPARE(shadow.error(), CookieRejection::ShadowsSecureCookie);
    QVERIFY(jar.store("a=c; Path=/", at("http://app.example.com/"), now));
    QVERIFY(jar.store("other=c; Path=/x", at("http://app.example.com/"), now));
    QVERIFY(jar.store("a=c; Path=/x", at("http://example.org/"), now));

    CookieJar below; // and the other way round: the one that is there is of a host below
    QVERIFY(below.store("a=b; Secure", at("https://app.example.com/"), now));
    const auto above = below.store("a=c; Domain=example.com", at("http://example.com/"), now);
    QVERIFY(!above);
    QCOMPARE(above.error(), CookieRejection::ShadowsSecureCookie);
}

void TestCookieJar::hostOnlyCookieStaysOnItsHost()
{
    CookieJar jar;
    QVERIFY(jar.store("a=b", at("https://example.com/"), now));
    QCOMPARE(jar.cookieString(at("https://example.com/x"), now), "a=b");
    QCOMPARE(jar.cookieString(at("https://app.example.com/"), now), "");
}

void TestCookieJar::domainCookieGoesToSubdomains()
{
    CookieJar jar;
    QVERIFY(jar.store("a=b; Domain=example.com", at("https://app.example.com/"), now));
    QCOMPARE(jar.cookieString(at("https://api.example.com/"), now), "a=b");
    QCOMPARE(jar.cookieString(at("https://example.com/"), now), "a=b");
    QCOMPARE(jar.cookieString(at("https://example.org/"), now), "");
}

void TestCookieJar::portsShareCookies()
{
    CookieJar jar;
    QVERIFY(jar.store("a=b", at("http://localhost:8000/"), now));
    QCOMPARE(jar.cookieString(at("http://localhost:5000/"), now), "a=b");
}

void TestCookieJar::secureCookieNeedsSecureConnection()
{
    CookieJar jar;
    QVERIFY(jar.store("a=b; Secure", at("https://a.example/"), now));
    QCOMPARE(jar.cookieString(at("http://a.example/"), now), "");
    QCOMPARE(jar.cookieString(at("https://a.example/"), now), "a=b");
}

static CookieJar jarWithEverySameSite()
{
    CookieJar jar;
    for (const char* header : {"none=1; SameSite=None; Secure", "lax=1; SameSite=Lax", "strict=1; SameSite=Strict", "unsaid=1"}) {
        if (!jar.store(header, at("https://a.example/"), now))
            qFatal("%s was refused", header);
    }
    return jar;
}

void TestCookieJar::crossSiteFetchSendsOnlySameSiteNone()
{
    auto jar = jarWithEverySameSite();
    QCOMPARE(jar.cookieString(at("https://a.example/"), now), "none=1; lax=1; strict=1; unsaid=1");
    QCOMPARE(jar.cookieString(crossSite("https://a.example/"), now), "none=1");
}

void TestCookieJar::topLevelNavigationSendsLaxToo()
{
    auto jar = jarWithEverySameSite();
    auto navigation = crossSite("https://a.example/");
    navigation.isTopLevelNavigation = true;
    QCOMPARE(jar.cookieString(navigation, now), "none=1; lax=1; unsaid=1");
    navigation.method = "POST";
    QCOMPARE(jar.cookieString(navigation, now), "none=1");
}

void TestCookieJar::longestPathThenOldestFirst()
{
    const auto request = at("https://a.example/x/y");
    CookieJar jar;
    QVERIFY(jar.store("root=1; Path=/", request, now));
    QVERIFY(jar.store("late=2; Path=/x", request, now + 2s));
    QVERIFY(jar.store("deep=3; Path=/x/y", request, now + 3s));
    QVERIFY(jar.store("later=4; Path=/x", request, now + 4s));
    QVERIFY(jar.store("elsewhere=5; Path=/z", request, now + 5s));
    QCOMPARE(jar.cookieString(request, now + 6s), "deep=3; late=2; later=4; root=1");
}

void TestCookieJar::newValueKeepsItsPlace()
{
    const auto request = at("https://a.example/");
    CookieJar jar;
    QVERIFY(jar.store("a=1", request, now));
    QVERIFY(jar.store("b=1", request, now + 1s));
    QVERIFY(jar.store("a=2", request, now + 2s));
    QCOMPARE(jar.cookieString(request, now + 3s), "a=2; b=1");
    QCOMPARE(jar.size(now + 3s), 2);
}

void TestCookieJar::expiredCookiesVanish()
{
    const auto request = at("https://a.example/");
    CookieJar jar;
    QVERIFY(jar.store("short=1; Max-Age=10", request, now));
    QVERIFY(jar.store("session=1", request, now));
    QCOMPARE(jar.cookieString(request, now + 9999ms), "short=1; session=1");
    QCOMPARE(jar.size(now + 10s), 1);
    QCOMPARE(jar.table(now + 10s).rows.size(), 1);
    QCOMPARE(jar.cookieString(request, now + 10s), "session=1");
}

void TestCookieJar::pastExpiryDeletes()
{
    const auto request = at("https://a.example/");
    CookieJar jar;
    QVERIFY(jar.store("a=1", request, now));
    QVERIFY(jar.store("a=; Max-Age=0", request, now));
    QCOMPARE(jar.size(now), 0);
    QVERIFY(jar.store("a=1", request, now));
    QVERIFY(jar.store("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", request, now));
    QCOMPARE(jar.size(now), 0);
}

void TestCookieJar::oneDomainCannotFillTheJar()
{
    CookieJar jar;
    QVERIFY(jar.store("other=1", at("https://b.example/"), now));
    QVERIFY(jar.store("kept=1; Secure", at("https://a.example/"), now));
    for (int i = 0; i < 300; ++i)
        QVERIFY(jar.store(QByteArray("c" + QByteArray::number(i) + "=1"), at("https://a.example/"), now + i * 1s));
    const auto cookies = jar.matching(at("https://a.example/"), now + 300s);
    QCOMPARE(cookies.size(), 180);
    QCOMPARE(cookies.first().name, "kept");
    QCOMPARE(cookies.at(1).name, "c121");
    QCOMPARE(cookies.last().name, "c299");
    QCOMPARE(jar.cookieString(at("https://b.example/"), now), "other=1");
}

void TestCookieJar::tableShowsWhatIsInTheJar()
{
    CookieJar jar;
    QVERIFY(jar.store("a=1; Max-Age=60; Secure; HttpOnly; SameSite=None; Domain=example.com; Path=/x",
                      at("https://app.example.com/"), now));
    QVERIFY(jar.store("b=2", at("https://app.example.com/y/z"), now));
    const auto table = jar.table(now);
    QCOMPARE(table.id, "cookies");
    QCOMPARE(table.columns, (QList<QByteArray>{"name", "value", "domain", "path", "expires", "Secure", "HttpOnly", "SameSite"}));
    QCOMPARE(table.rows.size(), 2);
    QCOMPARE(table.rows[0], (QList<QByteArray>{"a", "1", ".example.com", "/x", "2026-01-01T12:01:00Z", "yes", "yes", "None"}));
    QCOMPARE(table.rows[1],
             (QList<QByteArray>{"b", "2", "app.example.com", "/y", "session", "no", "no", "Lax (default)"}));
}

void TestCookieJar::namesakesAreToldApart_data()
{
    QTest::addColumn<QByteArray>("second"); // beside "a=1; Domain=example.com; Path=/"
    QTest::addColumn<QByteArray>("partition");
    QTest::addColumn<int>("cookies");
    const auto row = [](const char* reason, const char* second, const char* partition, int cookies) {
        QTest::newRow(reason) << QByteArray(second) << QByteArray(partition) << cookies;
    };
    row("the same", "a=2; Domain=example.com; Path=/", "", 1);
    row("another value and other flags", "a=3; Domain=example.com; Path=/; HttpOnly; Max-Age=60", "", 1);
    row("another name", "A=2; Domain=example.com; Path=/", "", 2);
    row("of this host only", "a=2; Path=/", "", 2);
    row("another path", "a=2; Domain=example.com; Path=/x", "", 2);
    row("another partition", "a=2; Domain=example.com; Path=/", "https://top.example", 2);
}

void TestCookieJar::namesakesAreToldApart()
{
    QFETCH(QByteArray, second);
    QFETCH(QByteArray, partition);
    QFETCH(int, cookies);
    const QByteArray first = "a=1; Domain=example.com; Path=/";
    auto request = at("https://example.com/");
    CookieJar jar;
    const auto a = jar.store(first, request, now);
    QVERIFY(a);
    request.partition = partition;
    const auto b = jar.store(second, request, now);
    QVERIFY(b);
    QCOMPARE(jar.size(now), cookies);

    CookieJar byHand;
    byHand.put(*a);
    byHand.put(*b);
    QCOMPARE(byHand.size(now), cookies);
    QCOMPARE(byHand.cookies().back().value, b->value);
    byHand.remove(*b);
    QCOMPARE(byHand.size(now), cookies - 1);
}

void TestCookieJar::handPutsAndRemovesWhatNoServerCould()
{
    Cookie cookie;
    cookie.name = "a";
    cookie.value = "1";
    cookie.domain = "com";
    cookie.hostOnly = false;
    cookie.path = "/";
    cookie.sameSite = SameSite::None;
    CookieJar jar;
    jar.put(cookie);
    QCOMPARE(jar.cookieString(at("http://a.com/"), now), "a=1");
    auto other = cookie;
    other.name = "b";
    jar.put(other);
    cookie.value = "2";
    jar.put(cookie);
    QCOMPARE(jar.cookieString(at("http://a.com/"), now), "a=2; b=1"); // in its old place
    cookie.value = "3"; // which does not tell cookies apart
    jar.remove(cookie);
    QCOMPARE(jar.cookieString(at("http://a.com/"), now), "b=1");
    jar.remove(cookie);
    QCOMPARE(jar.size(now), 1);
}

void TestCookieJar::crossSiteNavigationSetsLax()
{
    auto navigation = crossSite("https://a.example/");
    navigation.isTopLevelNavigation = true;
    CookieJar jar;
    for (const char* header : {"lax=1; SameSite=Lax", "strict=1; SameSite=Strict", "unsaid=1"})
        QVERIFY2(jar.store(header, navigation, now), header);
    QCOMPARE(jar.cookieString(at("https://a.example/"), now), "lax=1; strict=1; unsaid=1");
    navigation.isHttpApi = false;
    const auto byScript = jar.store("lax=2; SameSite=Lax", navigation, now);
    QVERIFY(!byScript);
    QCOMPARE(byScript.error(), CookieRejection::CrossSite);
}

void TestCookieJar::scriptOfAnotherSiteGetsOnlySameSiteNone()
{
    auto jar = jarWithEverySameSite();
    auto script = crossSite("https://a.example/");
    script.isTopLevelNavigation = true;
    script.isHttpApi = false;
    QCOMPARE(jar.cookieString(script, now), "none=1");
}

void TestCookieJar::partitionedOnlyTakesWhatAsksForIt()
{
    auto request = crossSite("https://a.example/");
    request.partition = "https://top.example";
    request.isPartitionedOnly = true;
    CookieJar jar;
    const auto unasked = jar.store("a=1; SameSite=None; Secure", request, now);
    QVERIFY(!unasked);
    QCOMPARE(unasked.error(), CookieRejection::ThirdParty);
    QVERIFY(jar.store("a=1; SameSite=None; Secure; Partitioned", request, now));
    QCOMPARE(jar.cookieString(request, now), "a=1");
    QCOMPARE(jar.cookieString(at("https://a.example/"), now), "");
}

void TestCookieJar::refusingBrowserTakesNothing()
{
    auto request = crossSite("https://a.example/");
    request.isRefused = true;
    CookieJar jar;
    const auto stored = jar.store("a=1; SameSite=None; Secure; Partitioned", request, now);
    QVERIFY(!stored);
    QCOMPARE(stored.error(), CookieRejection::ThirdParty);
}

void TestCookieJar::valueWithoutNameIsSentAlone()
{
    CookieJar jar;
    QVERIFY(jar.store("=b", at("https://a.example/"), now));
    QVERIFY(jar.store("c=d", at("https://a.example/"), now));
    QCOMPARE(jar.cookieString(at("https://a.example/"), now), "b; c=d");
}

void TestCookieJar::headerOfACookieGivesItAgain_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("nothing but a value") << QByteArray("=b");
    QTest::newRow("value with an equals sign, no name") << QByteArray("=b=c");
    QTest::newRow("of one host") << QByteArray("a=b; Path=/x");
    QTest::newRow("of a domain") << QByteArray("a=b; Domain=a.example");
    QTest::newRow("that ends") << QByteArray("a=b; Max-Age=60");
    QTest::newRow("with every flag") << QByteArray("a=b; Secure; HttpOnly; SameSite=None");
    QTest::newRow("Lax") << QByteArray("a=b; SameSite=Lax");
    QTest::newRow("Strict") << QByteArray("a=b; SameSite=Strict");
}

void TestCookieJar::headerOfACookieGivesItAgain()
{
    QFETCH(QByteArray, header);
    CookieJar first, second;
    const auto stored = first.store(header, at("https://a.example/"), now);
    QVERIFY(stored);
    QVERIFY(second.store(setCookieHeader(*stored), at("https://a.example/"), now));
    QVERIFY(first == second);
    QCOMPARE(sameSiteName(SameSite::Default), ""); // unsaid, it is not written
}

QTEST_APPLESS_MAIN(TestCookieJar)
#include "tst_cookiejar.moc"

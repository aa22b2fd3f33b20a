#include "core/url/Url.h"

#include <QDebug>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace corscope;

class TestUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void inputIsReadAsBrowsersReadIt_data();
    void inputIsReadAsBrowsersReadIt();
    void badInputIsRefused_data();
    void badInputIsRefused();
    void refusalIsOneSentenceWithTheInput_data();
    void refusalIsOneSentenceWithTheInput();
    void partsAreSerialised();
    void requestTargetLeavesOutFragmentAndCredentials();
    void hostHeaderNamesOnlyUnusualPorts();
    void loopbackHostsAreKnown_data();
    void loopbackHostsAreKnown();
    void schemeCanBeChanged();
    void credentialsCanBeChanged();
    void rootHasNothingButTheOrigin_data();
    void rootHasNothingButTheOrigin();
    void originOfUrl_data();
    void originOfUrl();
    void serialisedUrlsReadBackAsThemselves();
    void agreesWithWebPlatformTests();
};

void TestUrl::inputIsReadAsBrowsersReadIt_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("href");
    const auto row = [](const char* name, const char* input, const char* href, const char* base = "") {
        QTest::newRow(name) << QByteArray(input) << QByteArray(base) << QByteArray(href);
    };
    row("host and scheme are lower-cased, path is not", "HTTP://API.Example.COM/A", "http://api.example.com/A");
    row("empty path becomes a slash", "https://a.example", "https://a.example/");
    row("empty path before a query too", "https://a.example?x", "https://a.example/?x");
    row("default port of http is dropped", "http://a.example:80/", "http://a.example/");
    row("default port of https is dropped", "https://a.example:443/", "https://a.example/");
    row("443 is not the default port of http", "http://a.example:443/", "http://a.example:443/");
    row("leading zeros of a port are dropped", "http://a.example:008000/", "http://a.example:8000/");
    row("empty port is no port", "http://a.example:/", "http://a.example/");
    row("blanks around it are dropped", "  http://a.example/ \n", "http://a.example/");
    row("tabs and newlines within are dropped", "ht\ntp://a.exa\tmple/x\r\ny", "http://a.example/xy");
    row("backslashes are slashes", "http:\\\\a.example\\x\\y", "http://a.example/x/y");
    row("backslash stays in a query", "http://a.example/?a\\b", "http://a.example/?a\\b");
    row("missing slashes are forgiven", "https:a.example/x", "https://a.example/x");
    row("superfluous slashes are forgiven", "https:////a.example/x", "https://a.example/x");
    row("dot segments are resolved", "http://a.example/x/./y/../z", "http://a.example/x/z");
    row("dot segments never leave the root", "http://a.example/../../x", "http://a.example/x");
    row("percent-encoded dots are dots", "http://a.example/x/%2e%2E/y", "http://a.example/y");
    row("trailing double dot keeps the slash", "http://a.example/x/y/..", "http://a.example/x/");
    row("three dots are a name", "http://a.example/.../x", "http://a.example/.../x");
    row("blank in a path is encoded", "http://a.example/a b", "http://a.example/a%20b");
    row("apostrophe is encoded in a query", "http://a.example/'?'#'", "http://a.example/'?%27#'");
    row("letters beyond ASCII are UTF-8", "http://a.example/\xc3\xa9?\xc3\xa9#\xc3\xa9", "http://a.example/%C3%A9?%C3%A9#%C3%A9");
    row("stray bytes become the replacement character", "http://a.example/\xff", "http://a.example/%EF%BF%BD");
    row("stray percent signs are kept", "http://a.example/%zz%", "http://a.example/%zz%");
    row("user and password", "http://us er:p:w@a.example/", "http://us%20er:p%3Aw@a.example/");
    row("the last at sign counts", "http://a@b@c.example/", "http://a%40b@c.example/");
    row("empty credentials vanish", "http://:@a.example/", "http://a.example/");
    row("trailing dot of a host is kept", "http://a.example./", "http://a.example./");
    row("percent-encoded host is decoded", "http://%61.example/", "http://a.example/");
    row("underscores are allowed in hosts", "http://a_b.example/", "http://a_b.example/");
    row("host beyond ASCII", "http://M\xc3\xbcller.example/", "http://xn--mller-kva.example/");
    row("sharp s is a letter of its own", "http://fa\xc3\x9f.example/", "http://xn--fa-hia.example/");
    row("full-width letters are letters", "http://\xef\xbc\xa7\xef\xbd\x8f.example/", "http://go.example/");
    row("ideographic full stop is a dot", "http://a\xe3\x80\x82" "example/", "http://a.example/");
    row("underscore beside a label beyond ASCII", "http://a_b.\xc3\xa9/", "http://a_b.xn--9ca/");
    row("empty label beside a label beyond ASCII", "http://\xc3\xa9.a..b/", "http://xn--9ca.a..b/");
    row("hyphens at the ends of labels", "http://\xc3\xa9.-a.b-.c/", "http://xn--9ca.-a.b-.c/");
    row("punycode beside a label beyond ASCII", "http://\xc3\xa9.XN--mller-KVA/", "http://xn--9ca.xn--mller-kva/");
    row("IPv4 hexadecimal", "http://0x7f.1/", "http://127.0.0.1/");
    row("IPv4 octal", "http://0177.0.0.01/", "http://127.0.0.1/");
    row("IPv4 as one number", "http://2130706433/", "http://127.0.0.1/");
    row("IPv4 in full-width digits", "http://\xef\xbc\x91.1/", "http://1.0.0.1/");
    row("IPv4 with trailing dot", "http://127.0.0.1./", "http://127.0.0.1/");
    row("IPv6 is compressed", "http://[0:0:0:0:0:0:0:1]:8000/", "http://[::1]:8000/");
    row("IPv6 compresses the longest run", "http://[1:0:0:2:0:0:0:3]/", "http://[1:0:0:2::3]/");
    row("IPv6 compresses the first of equal runs", "http://[1:0:0:2:3:0:0:4]/", "http://[1::2:3:0:0:4]/");
    row("IPv6 leaves a single zero", "http://[1:0:2:3:4:5:6:7]/", "http://[1:0:2:3:4:5:6:7]/");
    row("IPv6 is lower-cased without leading zeros", "http://[00AB::0C]/", "http://[ab::c]/");
    row("IPv6 ending in IPv4", "http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/");
    row("relative to a directory", "x", "http://a.example/d/x", "http://a.example/d/e?q");
    row("relative to the root", "/x", "http://u:p@a.example/x", "http://u:p@a.example:80/d/e?q");
    row("relative to the scheme", "//b.example/x", "https://b.example/x", "https://a.example/d");
    row("only a query", "?y", "http://a.example/d/e?y", "http://a.example/d/e?q#f");
    row("only a fragment keeps the query", "#g", "http://a.example/d/e?q#g", "http://a.example/d/e?q#f");
    row("nothing is the base without fragment", "", "http://a.example/d/e?q", "http://a.example/d/e?q#f");
    row("same scheme without slashes is relative", "http:x", "http://a.example/d/x", "http://a.example/d/e");
    row("other scheme without slashes is absolute", "https:x", "https://x/", "http://a.example/d/e");
    row("opaque path", "mailto:someone@a.example", "mailto:someone@a.example");
    row("data", "data:text/plain,Hello World", "data:text/plain,Hello World");
    row("file", "file:///C|/x/../y", "file:///C:/y");
    row("file without anything", "file:", "file:///");
    row("file is absolute on a page", "file:/x", "file:///x", "http://a.example/d");
    row("file on another host", "file://HOST/x", "file://host/x");
    row("localhost is no other host of a file", "file://LOCALHOST/x", "file:///x");
    row("drive in the place of a host", "file://C|/x", "file:///C:/x");
    row("two letters are no drive", "file:///ab/../x", "file:///x");
    row("letter and another sign are no drive", "file:///C;/../x", "file:///x");
    row("digit is no drive", "file:///1:/../x", "file:///x");
    row("dot segments never leave the drive", "file:///C:/../../x", "file:///C:/x");
    row("dot segments leave a directory on a drive", "file:///C:/x/../y", "file:///C:/y");
    row("drive further down is a name", "file:///x/C|/y", "file:///x/C|/y");
    row("nothing, beside a file", "", "file:///d/e?q", "file:///d/e?q#f");
    row("query beside a file", "?y", "file:///d/e?y", "file:///d/e?q#f");
    row("fragment beside a file", "#g", "file:///d/e?q#g", "file:///d/e?q#f");
    row("name beside a file keeps its host", "x", "file://host/d/x", "file://host/d/e?q");
    row("drive beside a file", "C|", "file://host/C:", "file://host/d/e");
    row("drive and a path beside a file", "C|/x", "file://host/C:/x", "file://host/d/e");
    row("drive and a query beside a file", "C|?x", "file://host/C:?x", "file://host/d/e");
    row("drive and a fragment beside a file", "C|#x", "file://host/C:#x", "file://host/d/e");
    row("drive and a letter are a name", "C|x", "file://host/d/C|x", "file://host/d/e");
    row("root beside a file keeps the host", "/x", "file://host/x", "file://host/d/e");
    row("root beside a file keeps the drive", "/x", "file:///C:/x", "file:///C:/d/e");
    row("root beside a file, with a drive of its own", "/D:/x", "file:///D:/x", "file:///C:/d/e");
    row("empty host beside a file", "///x", "file:///x", "file://host/C:/d");
    row("nothing but a fragment changes an opaque path", "#g", "mailto:x?q#g", "mailto:x?q#f");
    row("query of a scheme that is not special", "sc://h?a'b", "sc://h?a'b");
    row("fragment of a scheme that is not special", "sc://h#f", "sc://h#f");
    row("nothing behind a scheme that is not special", "sc://h", "sc://h");
    row("relative to a scheme that is not special", "//H/x", "sc://H/x", "sc://h/a/b");
    row("name beside a scheme that is not special", "x", "sc://h/a/x", "sc://h/a/b?q");
    row("backslash is a letter where the scheme is not special", "\\x", "sc://h/\\x", "sc://h/a");
    row("root where there is no host", "/x", "sc:/x", "sc:/a/b");
    row("port of a scheme that is not special", "sc://h:080/", "sc://h:80/");
    row("password without a user", "http://:p@a.example/", "http://:p@a.example/");
    row("user without a password", "http://u:@a.example/", "http://u@a.example/");
    row("DEL is encoded", "http://a.example/\x7f?\x7f#\x7f", "http://a.example/%7F?%7F#%7F");
    row("byte order mark makes it relative", "\xef\xbb\xbfhttp://b.example/", "http://a.example/%EF%BB%BFhttp://b.example/",
        "http://a.example/");
    row("cut letter at the end becomes the replacement character", "http://a.example/\xc3", "http://a.example/%EF%BF%BD");
    row("braces are allowed in hosts", "http://{a}~.example/", "http://{a}~.example/");
    row("hyphen within, beside a label beyond ASCII", "http://c-d.a_b.\xc3\xa9/", "http://c-d.a_b.xn--9ca/");
    row("IPv6 without anything", "http://[::]/", "http://[::]/");
    row("IPv6 compresses at the end", "http://[1::]/", "http://[1::]/");
    row("IPv6 ending in an IPv4 of large numbers", "http://[::127.10.0.255]/", "http://[::7f0a:ff]/");
    row("host of a scheme that is not special keeps its case", "sc://H%41ost/x", "sc://H%41ost/x");
    row("path that looks like a host is marked", "web+demo:/.//not-a-host/", "web+demo:/.//not-a-host/");
}

void TestUrl::inputIsReadAsBrowsersReadIt()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, href);
    const auto parsedBase = Url::parse(base.isEmpty() ? QByteArray("http://unused.example") : base);
    QVERIFY(parsedBase);
    const auto url = Url::parse(input, base.isEmpty() ? nullptr : &*parsedBase);
    QVERIFY2(url, url ? "" : qPrintable(url.error().sentence()));
    QCOMPARE(url->serialized(), href);
}

void TestUrl::badInputIsRefused_data()
{
    QTest::addColumn<QByteArray>("input");
    const auto row = [](const char* name, const QByteArray& input) { QTest::newRow(name) << input; };
    row("empty", "");
    row("relative without a base", "/x");
    row("no scheme", "a.example/x");
    row("scheme begins with a digit", "1http://a.example/");
    row("no host", "http://");
    row("no host but a port", "http://:80/");
    row("no host but a user", "http://user@/");
    row("port too large", "http://a.example:65536/");
    row("port with letters", "http://a.example:8o/");
    row("negative port", "http://a.example:-1/");
    row("blank in host", "http://a b.example/");
    row("percent-encoded blank in host", "http://a%20b.example/");
    row("percent sign in host", "http://a%.example/");
    row("angle bracket in host", "http://a<b.example/");
    row("zero byte in host", QByteArray("http://a\0b/", 11));
    row("IPv4 with five parts", "http://1.2.3.4.5/");
    row("IPv4 part too large", "http://256.1.1.1/");
    row("IPv4 number too large", "http://4294967296/");
    row("IPv4 number far too large", "http://99999999999999999999999/");
    row("IPv4 with an empty part", "http://1..2/");
    row("ends in a number, begins with a name", "http://a.1/");
    row("octal with an 8", "http://0128.1/");
    row("IPv6 not closed", "http://[::1/");
    row("IPv6 with two gaps", "http://[1::2::3]/");
    row("IPv6 with nine pieces", "http://[1:2:3:4:5:6:7:8:9]/");
    row("IPv6 with seven pieces", "http://[1:2:3:4:5:6:7]/");
    row("IPv6 with a gap for nothing", "http://[1:2:3:4::5:6:7:8]/");
    row("IPv6 piece too long", "http://[12345::]/");
    row("IPv6 with a lonely colon", "http://[:1:2:3:4:5:6:7]/");
    row("IPv6 with a lonely colon at the end", "http://[1:2:3:4:5:6:7:]/");
    row("IPv6 with IPv4 in the middle", "http://[::1.2.3.4:5]/");
    row("IPv6 with a leading zero in IPv4", "http://[::1.2.3.04]/");
    row("IPv6 with a zone", "http://[fe80::1%25eth0]/");
    row("bytes after IPv6", "http://[::1]x/");
    row("bad punycode beside a label beyond ASCII", "http://a_b.\xc3\xa9.xn--/");
    row("soft hyphen only", "http://\xc2\xad/");
    row("byte order mark in front", "\xef\xbb\xbfhttp://a.example/");
    row("DEL in host", "http://a\x7f" "b/");
    row("percent-encoded DEL in host", "http://a%7Fb/");
    row("control byte in host", "http://a\x1f" "b/");
    row("percent sign and one digit in host", "http://a%4/");
    row("percent sign and a digit and a letter in host", "http://a%4z/");
    row("percent sign and a letter beyond f in host", "http://a%g1/");
    row("lonely bracket", "http://[/");
    row("nothing in brackets", "http://[]/");
    row("IPv6 with a letter beyond f", "http://[::g]/");
    row("IPv6 with a sign", "http://[::-]/");
    row("IPv6 with an empty part in IPv4", "http://[::1.2..4]/");
    row("IPv6 with a long part in IPv4", "http://[::1.2.3.1000]/");
    row("IPv6 with a letter in IPv4", "http://[::1.2.3.a]/");
    row("IPv6 with a too large part in IPv4", "http://[::1.2.3.256]/");
    row("IPv6 with IPv4 of three parts", "http://[::1.2.3]/");
    row("host of a file with a blank", "file://a b/x");
    row("host of a file that is no address", "file://[::1/x");
    row("blank in the host of a scheme that is not special", "sc://a b/");
    row("no host but a port, scheme not special", "sc://:80/");
    row("no host but a user, scheme not special", "sc://user@/");
}

void TestUrl::badInputIsRefused()
{
    QFETCH(QByteArray, input);
    const auto url = Url::parse(input);
    QVERIFY2(!url, url ? url->serialized().constData() : "");
}

void TestUrl::refusalIsOneSentenceWithTheInput_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* input, const char* base, const char* expected) {
        QTest::newRow(name) << QByteArray(input) << QByteArray(base) << QString::fromUtf8(expected);
    };
    row("nothing to be relative to", "/x", "", "an absolute URL such as https://api.example.com/");
    row("relative to what has no path", "x", "mailto:someone@a.example", "an absolute URL, because the base URL has no path");
    row("no host", "http://", "", "a URL with a host");
    row("bad host", "http://a b/", "", "a URL with a valid host name or IP address");
    row("bad port", "http://a.example:99999/", "", "a URL with a port from 0 to 65535");
}

void TestUrl::refusalIsOneSentenceWithTheInput()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, base);
    QFETCH(QString, expected);
    const auto parsedBase = Url::parse(base);
    const auto url = Url::parse(input, parsedBase ? &*parsedBase : nullptr);
    QVERIFY(!url);
    QCOMPARE(url.error().sentence(), QStringLiteral("expected %1, found \"%2\"").arg(expected, QString::fromUtf8(input)));
}

void TestUrl::partsAreSerialised()
{
    const auto url = *Url::parse("https://user:secret@API.example.com:8443/a/b?c=d#e");
    QCOMPARE(url.scheme(), "https");
    QCOMPARE(url.username(), "user");
    QCOMPARE(url.password(), "secret");
    QCOMPARE(url.host(), "api.example.com");
    QCOMPARE(url.port(), std::optional<quint16>(8443));
    QCOMPARE(url.portOrDefault(), quint16(8443));
    QCOMPARE(url.path(), "/a/b");
    QCOMPARE(url.query(), std::optional<QByteArray>("c=d"));
    QCOMPARE(url.fragment(), std::optional<QByteArray>("e"));
    QVERIFY(url.includesCredentials());
    QVERIFY(url.hasHttpScheme());
    QVERIFY(!url.hostIsIpAddress());
    QCOMPARE(url.serializedWithoutFragment(), "https://user:secret@api.example.com:8443/a/b?c=d");
    QCOMPARE(url.withoutCredentials().serialized(), "https://api.example.com:8443/a/b?c=d#e");
    QCOMPARE(url.withFragment(std::nullopt).serialized(), url.serializedWithoutFragment());
    QVERIFY(!Url().isValid());
}

void TestUrl::requestTargetLeavesOutFragmentAndCredentials()
{
    QCOMPARE(Url::parse("http://u:p@a.example/x?y#z")->requestTarget(), "/x?y");
    QCOMPARE(Url::parse("http://a.example")->requestTarget(), "/");
    QCOMPARE(Url::parse("http://a.example/x?")->requestTarget(), "/x?");
}

void TestUrl::hostHeaderNamesOnlyUnusualPorts()
{
    QCOMPARE(Url::parse("http://localhost:5000/x")->hostAndPort(), "localhost:5000");
    QCOMPARE(Url::parse("http://localhost:80/x")->hostAndPort(), "localhost");
    QCOMPARE(Url::parse("https://[::1]:80/")->hostAndPort(), "[::1]:80");
}

void TestUrl::loopbackHostsAreKnown_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("ipAddress");
    QTest::addColumn<bool>("loopback");
    QTest::newRow("localhost") << QByteArray("http://localhost/") << false << true;
    QTest::newRow("trailing dot") << QByteArray("http://LocalHost./") << false << true;
    QTest::newRow("below localhost") << QByteArray("http://app.localhost:3000/") << false << true;
    QTest::newRow("localhost as a part of a word") << QByteArray("http://notlocalhost/") << false << false;
    QTest::newRow("localhost as a subdomain") << QByteArray("http://localhost.example/") << false << false;
    QTest::newRow("127.0.0.1") << QByteArray("http://127.0.0.1/") << true << true;
    QTest::newRow("the whole of 127.0.0.0/8") << QByteArray("http://127.255.0.9/") << true << true;
    QTest::newRow("IPv6 loopback") << QByteArray("http://[::1]/") << true << true;
    QTest::newRow("other IPv6") << QByteArray("http://[::2]/") << true << false;
    QTest::newRow("private network") << QByteArray("http://192.168.0.1/") << true << false;
    QTest::newRow("name") << QByteArray("http://a.example/") << false << false;
    QTest::newRow("name that only ends like an address") << QByteArray("sc://a.1/") << false << false;
}

void TestUrl::loopbackHostsAreKnown()
{
    QFETCH(QByteArray, url);
    QTEST(Url::parse(url)->hostIsIpAddress(), "ipAddress");
    QTEST(Url::parse(url)->hostIsLoopback(), "loopback");
}

void TestUrl::schemeCanBeChanged()
{
    QCOMPARE(Url::parse("http://a.example/x")->withScheme("https").serialized(), "https://a.example/x");
    QCOMPARE(Url::parse("http://a.example:443/")->withScheme("https").serialized(), "https://a.example/");
    QCOMPARE(Url::parse("http://a.example:8000/")->withScheme("https").serialized(), "https://a.example:8000/");
}

void TestUrl::credentialsCanBeChanged()
{
    const auto url = *Url::parse("http://u:p@a.example/x");
    QCOMPARE(url.withCredentials(std::nullopt, std::nullopt).serialized(), "http://u:p@a.example/x");
    QCOMPARE(url.withCredentials("a b", std::nullopt).serialized(), "http://a%20b:p@a.example/x");
    QCOMPARE(url.withCredentials(std::nullopt, "a:b").serialized(), "http://u:a%3Ab@a.example/x");
    QCOMPARE(url.withCredentials("", "").serialized(), "http://a.example/x");
    QVERIFY(!url.withoutCredentials().includesCredentials());
    QVERIFY(Url::parse("http://:p@a.example/")->includesCredentials());
}

void TestUrl::rootHasNothingButTheOrigin_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("the root itself") << QByteArray("https://a.example:8443/");
    QTest::newRow("path") << QByteArray("https://a.example:8443/x");
    QTest::newRow("query") << QByteArray("https://a.example:8443/?q");
    QTest::newRow("fragment") << QByteArray("https://a.example:8443/#f");
    QTest::newRow("credentials") << QByteArray("https://u@a.example:8443/");
}

void TestUrl::rootHasNothingButTheOrigin()
{
    QFETCH(QByteArray, url);
    const auto root = Url::parse(url)->root();
    QCOMPARE(root.serialized(), "https://a.example:8443/");
    QVERIFY(root.origin().isSameOrigin(Url::parse(url)->origin()));
}

void TestUrl::originOfUrl_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("origin");
    QTest::newRow("path does not count") << QByteArray("http://a.example/x?y#z") << QByteArray("http://a.example");
    QTest::newRow("unusual port counts") << QByteArray("http://localhost:5000/") << QByteArray("http://localhost:5000");
    QTest::newRow("default port is left out") << QByteArray("https://a.example:443/") << QByteArray("https://a.example");
    QTest::newRow("web sockets have origins") << QByteArray("wss://a.example/x") << QByteArray("wss://a.example");
    QTest::newRow("blob belongs to its maker") << QByteArray("blob:https://a.example/1-2") << QByteArray("https://a.example");
    QTest::newRow("blob of a file is opaque") << QByteArray("blob:ftp://a.example/1-2") << QByteArray("null");
    QTest::newRow("file is opaque") << QByteArray("file:///index.html") << QByteArray("null");
    QTest::newRow("data is opaque") << QByteArray("data:,x") << QByteArray("null");
}

void TestUrl::originOfUrl()
{
    QFETCH(QByteArray, url);
    QTEST(Url::parse(url)->origin().serialized(), "origin");
}

static QByteArray bytes(const QJsonValue& value)
{
    return value.toString().toUtf8();
}

void TestUrl::serialisedUrlsReadBackAsThemselves()
{
    for (const QByteArrayView input : {"http://u:p@a.example:8000/x/../y?z#w", "file:///C|/x", "sc:/..//x", "sc:", "sc://",
                                       "mailto:x ?y", "https://[::1]:8443/'?'"}) {
        const auto once = Url::parse(input);
        QVERIFY2(once, input.constData());
        const auto twice = Url::parse(once->serialized());
        QVERIFY2(twice, once->serialized().constData());
        QVERIFY2(*once == *twice, once->serialized().constData());
    }
}

static QString webPlatformTestsFile()
{
    const auto named = qEnvironmentVariable("CORSCOPE_URLTESTDATA");
    return named.isEmpty() ? QStringLiteral(CORSCOPE_SOURCE_DIR "/../shared/data/urltestdata.json") : named;
}

/// What differs between the case and our reading of it; empty where nothing does.
static QByteArray disagreement(const QJsonObject& test)
{
    const auto base = test[QStringLiteral("base")];
    const auto parsedBase = base.isString() ? Url::parse(bytes(base)) : Result<Url>(Url());
    const auto input = bytes(test[QStringLiteral("input")]);
    const auto url = parsedBase ? Url::parse(input, base.isString() ? &*parsedBase : nullptr) : parsedBase;
    const bool shouldFail = test[QStringLiteral("failure")].toBool();
    if (url.ok() == shouldFail)
        return shouldFail ? "accepted as " + url->serialized() : QByteArray("refused");
    if (shouldFail)
        return {};
    const auto port = url->port() ? QByteArray::number(*url->port()) : QByteArray();
    const std::pair<QString, QByteArray> found[] = {
        {QStringLiteral("href"), url->serialized()},
        {QStringLiteral("origin"), url->origin().serialized()},
        {QStringLiteral("protocol"), url->scheme() + ':'},
        {QStringLiteral("username"), url->username()},
        {QStringLiteral("password"), url->password()},
        {QStringLiteral("host"), url->hostAndPort()},
        {QStringLiteral("hostname"), url->host()},
        {QStringLiteral("port"), port},
        {QStringLiteral("pathname"), url->path()},
        {QStringLiteral("search"), url->query().value_or("").isEmpty() ? QByteArray() : '?' + *url->query()},
        {QStringLiteral("hash"), url->fragment().value_or("").isEmpty() ? QByteArray() : '#' + *url->fragment()},
    };
    for (const auto& [key, value] : found) {
        if (test.contains(key) && bytes(test[key]) != value)
            return key.toUtf8() + " is " + value + " instead of " + bytes(test[key]);
    }
    return {};
}

void TestUrl::agreesWithWebPlatformTests()
{
    QFile file(webPlatformTestsFile());
    if (!file.open(QIODevice::ReadOnly)) {
        qInfo("urltestdata.json is not present (CORSCOPE_URLTESTDATA names it): only the rows above were run");
        return;
    }
    int cases = 0;
    int agreed = 0;
    const auto tests = QJsonDocument::fromJson(file.readAll()).array();
    for (const auto& value : tests) {
        if (!value.isObject())
            continue;
        const auto test = value.toObject();
        ++cases;
        const auto difference = disagreement(test);
        if (difference.isEmpty())
            ++agreed;
        else
            qWarning().noquote() << QJsonDocument(test).toJson(QJsonDocument::Compact) << difference;
    }
    qInfo("%d of %d cases of the URL standard's tests agree", agreed, cases);
    QVERIFY(cases > 0);
    QCOMPARE(agreed, cases);
}

QTEST_APPLESS_MAIN(TestUrl)
#include "tst_url.moc"

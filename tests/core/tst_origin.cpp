#include "core/url/Origin.h"
#include "core/url/Url.h"

#include <QTest>

using namespace corscope;

class TestOrigin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameOriginComparesSchemeHostAndPort_data();
    void sameOriginComparesSchemeHostAndPort();
    void tupleOriginSerialises();
    void defaultPortIsTheSameAsNoPort();
    void opaqueOriginSerialisesToNull();
    void opaqueOriginIsSameOnlyAsItself();
};

void TestOrigin::sameOriginComparesSchemeHostAndPort_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    const auto row = [](const char* name, const char* a, const char* b, bool same) {
        QTest::newRow(name) << QByteArray(a) << QByteArray(b) << same;
    };
    row("the port counts", "http://localhost", "http://localhost:5000", false);
    row("the scheme counts", "http://localhost:5000", "https://localhost:5000", false);
    row("scheme and port both count", "http://localhost", "https://localhost:5000", false);
    row("the host counts", "http://a.example", "http://b.example", false);
    row("a subdomain is another host", "http://a.example", "http://www.a.example", false);
    row("localhost is not 127.0.0.1", "http://localhost", "http://127.0.0.1", false);
    row("a trailing dot makes another host", "http://a.example", "http://a.example.", false);
    row("the path does not count", "http://a.example/x", "http://a.example/y?z", true);
    row("case of the host does not count", "http://A.example", "http://a.EXAMPLE", true);
    row("the default port may be written", "http://a.example", "http://a.example:80", true);
    row("user info does not count", "http://u:p@a.example", "http://a.example", true);
    row("IPv4 notations are one host", "http://127.0.0.1", "http://0x7f000001", true);
}

void TestOrigin::sameOriginComparesSchemeHostAndPort()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    const auto first = Url::parse(a)->origin();
    const auto second = Url::parse(b)->origin();
    QTEST(first.isSameOrigin(second), "same");
    QTEST(second.isSameOrigin(first), "same");
}

void TestOrigin::tupleOriginSerialises()
{
    QCOMPARE(Origin::tuple("http", "localhost", quint16(5000)).serialized(), "http://localhost:5000");
    QCOMPARE(Origin::tuple("https", "a.example", std::nullopt).serialized(), "https://a.example");
    QCOMPARE(Origin::tuple("https", "[::1]", quint16(80)).serialized(), "https://[::1]:80");
}

void TestOrigin::defaultPortIsTheSameAsNoPort()
{
    const auto written = Origin::tuple("https", "a.example", quint16(443));
    QCOMPARE(written.port(), std::optional<quint16>());
    QCOMPARE(written.portOrDefault(), quint16(443));
    QVERIFY(written.isSameOrigin(Origin::tuple("https", "a.example", std::nullopt)));
    QCOMPARE(written.serialized(), "https://a.example");
}

void TestOrigin::opaqueOriginSerialisesToNull()
{
    QCOMPARE(Origin::opaque("sandboxed").serialized(), "null");
    QCOMPARE(Origin().serialized(), "null");
    QVERIFY(Origin().isOpaque());
    QVERIFY(Origin::tuple("", "a.example", std::nullopt).isOpaque());
}

void TestOrigin::opaqueOriginIsSameOnlyAsItself()
{
    const auto one = Origin::opaque("1");
    QVERIFY(one.isSameOrigin(one));
    QVERIFY(!one.isSameOrigin(Origin::opaque("2")));
    QVERIFY(!one.isSameOrigin(Url::parse("http://a.example")->origin()));
    QVERIFY(!Url::parse("data:,x")->origin().isSameOrigin(Url::parse("data:,y")->origin()));
}

QTEST_APPLESS_MAIN(TestOrigin)
#include "tst_origin.moc"

#include "core/fetch/CorsSafelist.h"

#include <QTest>

using namespace corscope;
using Kind = HeaderMark::Kind;
using Reason = HeaderMark::Reason;

Q_DECLARE_METATYPE(corscope::HeaderMark::Kind)
Q_DECLARE_METATYPE(corscope::HeaderMark::Reason)

class tst_CorsSafelist : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mark_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Reason>("reason");
        const auto row = [](const char* tag, QByteArray name, QByteArray value, Kind kind, Reason reason) {
            QTest::newRow(tag) << name << value << kind << reason;
        };
        row("text/plain", "Content-Type", "text/plain", Kind::Safelisted, Reason::Safelisted);
        row("with charset", "content-type", "text/plain;charset=UTF-8", Kind::Safelisted, Reason::Safelisted);
        row("a form", "Content-Type", "application/x-www-form-urlencoded", Kind::Safelisted, Reason::Safelisted);
        row("capitals in the type", "Content-Type", "TEXT/Plain", Kind::Safelisted, Reason::Safelisted);
        row("json", "Content-Type", "application/json", Kind::Unsafe, Reason::ContentTypeUnsafe);
        row("no type at all", "Content-Type", "text", Kind::Unsafe, Reason::ContentTypeUnknown);
        row("a quote in the type", "Content-Type", "text/plain; a=\"b\"", Kind::Unsafe, Reason::UnsafeByte);
        row("127 bytes and one", "Accept", QByteArray(128, 'a'), Kind::Safelisted, Reason::Safelisted);
        row("one byte too many", "Accept", QByteArray(129, 'a'), Kind::Unsafe, Reason::ValueTooLong);
        row("a bracket in Accept", "Accept", "text/html(x)", Kind::Unsafe, Reason::UnsafeByte);
        row("a tab in Accept", "Accept", "a\tb", Kind::Safelisted, Reason::Safelisted);
        row("language", "Accept-Language", "de-AT, en;q=0.5", Kind::Safelisted, Reason::Safelisted);
        row("no language", "Content-Language", "de_AT", Kind::Unsafe, Reason::LanguageByte);
        row("range from a start", "Range", "bytes=0-499", Kind::Safelisted, Reason::Safelisted);
        row("open range", "Range", "bytes=500-", Kind::Safelisted, Reason::Safelisted);
        row("range from the end", "Range", "bytes=-500", Kind::Unsafe, Reason::RangeNotSimple);
        row("range backwards", "Range", "bytes=9-1", Kind::Unsafe, Reason::RangeNotSimple);
        row("range without an end", "Range", "bytes=5", Kind::Unsafe, Reason::RangeNotSimple);
        row("range of one byte", "Range", "bytes=7-007", Kind::Safelisted, Reason::Safelisted);
        row("range with a number of any length", "Range", "bytes=1-99999999999999999999", Kind::Safelisted, Reason::Safelisted);
        row("range backwards, with a number of any length", "Range", "bytes=99999999999999999999-1", Kind::Unsafe, Reason::RangeNotSimple);
        row("two ranges", "Range", "bytes=0-1,5-6", Kind::Unsafe, Reason::RangeNotSimple);
        row("custom", "X-Custom", "1", Kind::Unsafe, Reason::NameNotSafelisted);
        row("authorization", "Authorization", "Bearer x", Kind::Unsafe, Reason::NameNotSafelisted);
        row("allow origin in the request", "Access-Control-Allow-Origin", "*", Kind::Unsafe, Reason::NameNotSafelisted);
        row("origin is the browser's", "Origin", "http://a.test", Kind::Forbidden, Reason::ForbiddenName);
        row("cookie", "cookie", "a=1", Kind::Forbidden, Reason::ForbiddenName);
        row("sec- family", "Sec-Anything", "1", Kind::Forbidden, Reason::ForbiddenName);
        row("proxy- family", "Proxy-Authorization", "Basic x", Kind::Forbidden, Reason::ForbiddenName);
        row("override of a forbidden method", "X-HTTP-Method-Override", "GET, trace", Kind::Forbidden, Reason::ForbiddenName);
        row("override of an ordinary method", "X-HTTP-Method-Override", "PUT", Kind::Unsafe, Reason::NameNotSafelisted);
    }

    void mark()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(Kind, kind);
        QFETCH(Reason, reason);
        const auto mark = markRequestHeader(name, value);
        QCOMPARE(mark.kind, kind);
        QCOMPARE(mark.reason, reason);
        QCOMPARE(isCorsSafelistedRequestHeader(name, value), reason == Reason::Safelisted);
    }

    // https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
    void everyByteIsSafeOrNot()
    {
        const QByteArray unsafe("\"():<>?@[\\]{}\x7F");
        for (int byte = 0; byte < 256; ++byte) {
            const QByteArray value = QByteArray("a") + char(byte) + QByteArray("b");
            const bool safe = byte == 9 || (byte >= 0x20 && !unsafe.contains(char(byte)));
            QVERIFY2(isCorsSafelistedRequestHeader("Accept", value) == safe, QByteArray::number(byte, 16).constData());
        }
    }

    // https://github.com/chromium/chromium/blob/main/services/network/public/cpp/cors/cors.cc
    void clientHintsAreSafelistedByChromium_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("safelisted");
        const auto row = [](const char* tag, QByteArray name, QByteArray value, bool safelisted) {
            QTest::newRow(tag) << name << value << safelisted;
        };
        row("on", "Save-Data", "On", true);
        row("neither on nor off", "Save-Data", "1", false);
        row("whole memory", "Device-Memory", "8", true);
        row("half a gigabyte", "device-memory", "0.5", true);
        row("a fraction of nothing", "Device-Memory", "0.", false);
        row("a fraction without a number", "DPR", ".5", false);
        row("two fractions", "DPR", "1.5.2", false);
        row("a number with a sign", "DPR", "-1", false);
        row("no number", "DPR", "", false);
        row("whole pixels", "Width", "640", true);
        row("half a pixel", "Viewport-Width", "640.5", false);
        row("pixels of the window", "Viewport-Width", "640", true);
        row("no pixels", "Width", "wide", false);
        row("any value", "RTT", "soon", true);
        row("any value but a long one", "ECT", QByteArray(129, 'a'), false);
        row("as long as it may be", "ECT", QByteArray(128, 'a'), true);
        row("no hint", "X-Width", "640", false);
    }

    void clientHintsAreSafelistedByChromium()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QTEST(isCorsSafelistedRequestHeader(name, value, Profile::named("chromium")), "safelisted");
        QVERIFY(!isCorsSafelistedRequestHeader(name, value)); // to the standard they are headers like any other
    }

    void rangesThatBrowsersCannotCount_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("safelisted");
        QTest::newRow("both fit") << QByteArray("bytes=0-9223372036854775807") << true;
        QTest::newRow("an open end fits") << QByteArray("bytes=500-") << true;
        QTest::newRow("the end does not") << QByteArray("bytes=0-9223372036854775808") << false;
        QTest::newRow("the start does not") << QByteArray("bytes=9223372036854775808-") << false;
    }

    void rangesThatBrowsersCannotCount()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, safelisted);
        for (const auto& name : Profile::names())
            QCOMPARE(isCorsSafelistedRequestHeader("Range", value, Profile::named(name)), safelisted || name == "standard");
    }

    void unsafeNamesAreLoweredSortedAndUnique()
    {
        const HeaderList headers{{"X-B", "1"}, {"x-a", "1"}, {"X-b", "2"}, {"Accept", "*/*"}};
        QCOMPARE(corsUnsafeRequestHeaderNames(headers), (QList<QByteArray>{"x-a", "x-b"}));
    }

    void manySafelistedBytesAreUnsafeTogether()
    {
        HeaderList headers;
        for (int i = 0; i < 8; ++i)
            headers.append("Accept", QByteArray(128, 'a')); // 1024 bytes: still safe
        QVERIFY(corsUnsafeRequestHeaderNames(headers).isEmpty());
        headers.append("Accept-Language", "d");
        QCOMPARE(corsUnsafeRequestHeaderNames(headers), (QList<QByteArray>{"accept", "accept-language"}));
    }

    void noCorsKeepsOnlySafelistedNames()
    {
        QVERIFY(isNoCorsSafelistedRequestHeader("Content-Type", "text/plain"));
        QVERIFY(!isNoCorsSafelistedRequestHeader("Content-Type", "application/json"));
        QVERIFY(!isNoCorsSafelistedRequestHeader("Range", "bytes=0-1"));
    }
};

QTEST_APPLESS_MAIN(tst_CorsSafelist)
#include "tst_corssafelist.moc"

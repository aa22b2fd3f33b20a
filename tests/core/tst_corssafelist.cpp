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
        row("two ranges", "Range", "bytes=0-1,5-6", Kind::Unsafe, Reason::RangeNotSimple);
        row("custom", "X-Custom", "1", Kind::Unsafe, Reason::NameNotSafelisted);
        row("authorization", "Authorization", "Bearer x", Kind::Unsafe, Reason::NameNotSafelisted);
        row("allow origin in the request", "Access-Control-Allow-Origin", "*", Kind::Unsafe, Reason::NameNotSafelisted);
        row("origin is the browser's", "Origin", "http://a.test", Kind::Forbidden, Reason::ForbiddenName);
        row("cookie", "cookie", "a=1", Kind::Forbidden, Reason::ForbiddenName);
        row("sec- family", "Sec-Anything", "1", Kind::Forbidden, Reason::ForbiddenName);
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

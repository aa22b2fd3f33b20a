#include "core/backend/FinishResponse.h"

#include <QTest>

using namespace corscope;

namespace {

const RequestMessage get{"GET", "/", {{"Host", "a"}}, {}};
const QByteArray date = "Thu, 01 Jan 2026 12:00:00 GMT";

ResponseMessage finished(ResponseMessage response, const RequestMessage& request = get)
{
    finishResponse(request, response, Clock::start);
    return response;
}

} // namespace

class TestFinishResponse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dateIsWrittenAsHttpWritesIt_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("start of scenarios") << qint64(1767268800) << date;
        QTest::newRow("one digit day, leap year") << qint64(1709251199) << QByteArray("Thu, 29 Feb 2024 23:59:59 GMT");
        QTest::newRow("epoch") << qint64(0) << QByteArray("Thu, 01 Jan 1970 00:00:00 GMT");
        QTest::newRow("RFC 9110's example") << qint64(784111777) << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT");
    }
    void dateIsWrittenAsHttpWritesIt()
    {
        QFETCH(qint64, seconds);
        QTEST(httpDate(Instant(std::chrono::seconds(seconds))), "text");
    }

    void dateStandsInFrontAndLengthBehind()
    {
        const auto response = finished({200, "OK", {{"X", "1"}}, "hello"});
        QVERIFY(response.headers == HeaderList({{"date", date}, {"X", "1"}, {"content-length", "5"}}));
    }

    void whatTheApplicationSaidIsKept()
    {
        const HeaderList headers{{"Content-Length", "5"}, {"Date", "long ago"}};
        QVERIFY(finished({200, "OK", headers, "hello"}).headers == headers);
    }

    void lengthIsTheBodys()
    {
        QCOMPARE(*finished({200, "OK", {{"content-length", "99"}}, "hello"}).headers.get("content-length"), "5");
        QVERIFY(!finished({200, "OK", {{"Transfer-Encoding", "chunked"}}, "x"}).headers.contains("transfer-encoding"));
    }

    void statusWithoutBodyHasNone()
    {
        for (const int status : {204, 304}) {
            const auto response = finished({status, "", {{"content-length", "5"}}, "hello"});
            QVERIFY(response.body.isEmpty());
            QVERIFY(!response.headers.contains("content-length"));
        }
    }

    void headTellsTheLengthButNotTheBody()
    {
        const RequestMessage head{"HEAD", "/", {{"Host", "a"}}, {}};
        const auto response = finished({200, "OK", {}, "hello"}, head);
        QVERIFY(response.body.isEmpty());
        QCOMPARE(*response.headers.get("content-length"), "5");
        QCOMPARE(*finished({200, "OK", {{"content-length", "7"}}, ""}, head).headers.get("content-length"), "7");
    }

    void connectionIsClosedOnDemand()
    {
        const auto response = finished({200, "OK", {}, ""}, {"GET", "/", {{"connection", "x, Close"}}, {}});
        QCOMPARE(response.headers.get("connection").value_or("none"), "close");
        QVERIFY(!finished({200, "OK", {}, ""}).headers.contains("connection"));
    }

    void valuesLoseOuterWhitespace()
    {
        QCOMPARE(*finished({200, "OK", {{"X", " a b\t"}}, ""}).headers.get("X"), "a b");
    }

    void whatHttpCannotCarryBecomesAnError_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("header injected") << QByteArray("X") << QByteArray("a\r\nSet-Cookie: b");
        QTest::newRow("space in a name") << QByteArray("X Y") << QByteArray("a");
        QTest::newRow("NUL") << QByteArray("X") << QByteArray("a\0b", 3);
    }
    void whatHttpCannotCarryBecomesAnError()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const auto response = finished({200, "OK", {{name, value}}, "secret"});
        QCOMPARE(response.status, 500);
        QVERIFY(!response.headers.contains(name));
        QVERIFY(!response.body.contains("secret"));
    }
};

QTEST_APPLESS_MAIN(TestFinishResponse)
#include "tst_finishresponse.moc"

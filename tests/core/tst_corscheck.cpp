#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/CorsCheck.h"

#include <QTest>

using namespace corscope;

namespace {

Request requestFrom(const char* origin, CredentialsMode credentials)
{
    Request request;
    const auto url = Url::parse(origin);
    request.origin = url ? url->origin() : Origin::opaque("frame");
    request.urlList = {*Url::parse("http://api.test:5000/items")};
    request.credentialsMode = credentials;
    return request;
}

} // namespace

class tst_CorsCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdict_data()
    {
        QTest::addColumn<QByteArray>("allowOrigin");
        QTest::addColumn<QByteArray>("allowCredentials");
        QTest::addColumn<bool>("include");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<QByteArray>("step");
        const QByteArray absent;
        QTest::newRow("absent") << absent << absent << false << QByteArray("missing-allow-origin") << QByteArray("2");
        QTest::newRow("* without credentials") << QByteArray("*") << absent << false << QByteArray("none") << QByteArray();
        QTest::newRow("* is literal with credentials") << QByteArray("*") << QByteArray("true") << true << QByteArray("wildcard-with-credentials") << QByteArray("4");
        QTest::newRow("equal") << QByteArray("http://app.test:8000") << absent << false << QByteArray("none") << QByteArray();
        QTest::newRow("a slash at the end") << QByteArray("http://app.test:8000/") << absent << false << QByteArray("allow-origin-mismatch") << QByteArray("4");
        QTest::newRow("capitals") << QByteArray("http://App.test:8000") << absent << false << QByteArray("allow-origin-mismatch") << QByteArray("4");
        QTest::newRow("another port") << QByteArray("http://app.test:8001") << absent << false << QByteArray("allow-origin-mismatch") << QByteArray("4");
        QTest::newRow("two origins in one header") << QByteArray("http://app.test:8000, http://b.test") << absent << false << QByteArray("multiple-allow-origin") << QByteArray("4");
        QTest::newRow("two origins parted by a space") << QByteArray("http://app.test:8000 http://b.test") << absent << false << QByteArray("multiple-allow-origin") << QByteArray("4");
        QTest::newRow("host and port, which a URL parser takes for scheme and path") << QByteArray("app.test:8000") << absent << false << QByteArray("allow-origin-mismatch") << QByteArray("4");
        QTest::newRow("not an origin") << QByteArray("8000") << absent << false << QByteArray("invalid-allow-origin") << QByteArray("4");
        QTest::newRow("null for a page with an origin") << QByteArray("null") << absent << false << QByteArray("allow-origin-mismatch") << QByteArray("4");
        QTest::newRow("credentials agreed to") << QByteArray("http://app.test:8000") << QByteArray("true") << true << QByteArray("none") << QByteArray();
        QTest::newRow("credentials not mentioned") << QByteArray("http://app.test:8000") << absent << true << QByteArray("allow-credentials-not-true") << QByteArray("8");
        QTest::newRow("True is not true") << QByteArray("http://app.test:8000") << QByteArray("True") << true << QByteArray("allow-credentials-not-true") << QByteArray("8");
        QTest::newRow("credentials need no agreement when none are sent") << QByteArray("http://app.test:8000") << QByteArray("false") << false << QByteArray("none") << QByteArray();
    }

    void verdict()
    {
        QFETCH(QByteArray, allowOrigin);
        QFETCH(QByteArray, allowCredentials);
        QFETCH(bool, include);
        QFETCH(QByteArray, why);
        QFETCH(QByteArray, step);
        Response response;
        if (!allowOrigin.isNull())
            response.headerList.append("access-control-allow-origin", allowOrigin);
        if (!allowCredentials.isNull())
            response.headerList.append("Access-Control-Allow-Credentials", allowCredentials);
        const auto request = requestFrom("http://app.test:8000",
                                         include ? CredentialsMode::Include : CredentialsMode::SameOrigin);
        Recorder recorder;
        const auto recorded = corsCheck(request, response, recorder);
        QCOMPARE(whyOf(recorded), why);
        if (recorded)
            QCOMPARE(recorded->at, (Place{Algorithm::CorsCheck, step.constData()}));
        QCOMPARE(corsCheck(request, response, Recorder::silent()), recorded); // recording changes nothing
        const auto trace = recorder.take();
        QCOMPARE(trace.at(trace.size() - 1).kind, StepKind::Decision);
        QCOMPARE(trace.at(trace.size() - 1).verdict, why == "none" ? Verdict::Success : Verdict::Failure);
    }

    void twoHeadersAreReadAsOneValue()
    {
        Response response;
        response.headerList.append("Access-Control-Allow-Origin", "http://app.test:8000");
        response.headerList.append("Access-Control-Allow-Origin", "http://app.test:8000");
        const auto blocked = corsCheck(requestFrom("http://app.test:8000", CredentialsMode::Omit), response, Recorder::silent());
        QCOMPARE(whyOf(blocked), "multiple-allow-origin");
        QCOMPARE(blocked->offender, "http://app.test:8000, http://app.test:8000");
    }

    void opaqueOriginMatchesTheWordNull()
    {
        Response response;
        response.headerList.append("Access-Control-Allow-Origin", "null");
        QCOMPARE(whyOf(corsCheck(requestFrom("", CredentialsMode::Omit), response, Recorder::silent())), "none");
    }

    void redirectAcrossOriginsTaintsTheOrigin()
    {
        auto request = requestFrom("http://app.test:8000", CredentialsMode::Omit);
        request.urlList = {*Url::parse("http://a.test/"), *Url::parse("http://b.test/")};
        QCOMPARE(byteSerializedOrigin(request), "null");
        Response response;
        response.headerList.append("Access-Control-Allow-Origin", "http://app.test:8000");
        QCOMPARE(whyOf(corsCheck(request, response, Recorder::silent())), "allow-origin-mismatch");
    }
};

QTEST_GUILESS_MAIN(tst_CorsCheck)
#include "tst_corscheck.moc"

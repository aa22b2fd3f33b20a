#include "tests/core/ScriptedNetwork.h"

#include "core/fetch/ElementCall.h"
#include "core/fetch/Integrity.h"

#include <QTest>

using namespace corscope;

namespace {
// Of "a pen", as `printf 'a pen' | openssl dgst -sha256 -binary | base64` says.
const QByteArray sha256 = "sha256-OLHcWONRC4rrxQa8EdVLJpvissoCH4Rg/208Z7OhARk=";
const QByteArray sha384 = "sha384-7IjHQxg56t7j7Q9zbJtLJSaLZRKO2iReX/euLm8QECvf5n0F5KTHFZPZedQJnA1l";
const QByteArray sha512 = "sha512-4gvjOpuFrFzQb5qhIiYhMtKLkzvHQsqXG9mf8PPkpZCOEBfP64DU82CeQ2glf/auhked0Xpqmza+vptXHaGNaA==";
} // namespace

class tst_Integrity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneHashOfTheStrongestKindHasToMatch_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<bool>("matches");
        QTest::newRow("sha256") << sha256 << true;
        QTest::newRow("sha384") << sha384 << true;
        QTest::newRow("sha512") << sha512 << true;
        QTest::newRow("with options") << QByteArray(sha256 + "?ct=text/plain") << true;
        QTest::newRow("another") << QByteArray("sha256-x") << false;
        QTest::newRow("one of two") << QByteArray("  sha256-x\t" + sha256) << true;
        QTest::newRow("the weaker one does not help") << QByteArray(sha256 + " sha512-x") << false;
        QTest::newRow("the weaker one does no harm") << QByteArray("sha256-x " + sha384) << true;
        QTest::newRow("no kind anybody knows") << QByteArray("md5-x crc") << true;
        QTest::newRow("an unknown kind is left out") << QByteArray("md5-x sha256-x") << false;
        QTest::newRow("a kind without a value") << QByteArray("sha256") << false;
    }
    void oneHashOfTheStrongestKindHasToMatch()
    {
        QFETCH(QByteArray, metadata);
        QTEST(bytesMatchMetadata("a pen", metadata, Recorder::silent()), "matches");
        QVERIFY(!bytesMatchMetadata("a pencil", sha256, Recorder::silent()));
    }

    void whatMayNotBeReadCannotBeCompared_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("bodyError");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char* name, const char* mode, int status, BodyError error, const char* why) {
            QTest::newRow(name) << QByteArray(mode) << status << int(error) << QByteArray(why);
        };
        row("readable", "cors", 200, BodyError::None, "none");
        row("opaque", "no-cors", 200, BodyError::None, "integrity-mismatch");
        row("without a body", "cors", 204, BodyError::None, "integrity-mismatch");
        row("broken off", "cors", 200, BodyError::Closed, "integrity-mismatch");
    }
    void whatMayNotBeReadCannotBeCompared()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, status);
        QFETCH(int, bodyError);
        Bench bench;
        bench.network.answer(ResponseMessage{status, "OK", {{"Access-Control-Allow-Origin", "*"}}, "a pen", BodyError(bodyError)});
        auto call = Bench::call("http://api.test/pen");
        call.mode = mode;
        call.integrity = sha256;
        const auto outcome = bench.fetch(call);
        QTEST(whyOf(outcome.blocked), "why");
        QCOMPARE(outcome.requestSent, true);
    }

    void scriptElementIsComparedToo()
    {
        Bench bench;
        ElementCall script{ElementCall::Tag::Script, "http://api.test/pen.js", "anonymous", "sha256-x", {}};
        const HeaderList headers{{"Access-Control-Allow-Origin", "*"}, {"Content-Type", "text/javascript"}};
        bench.network.answer(200, headers, "a pen");
        QCOMPARE(whyOf(bench.fetch(fetchCallOf(script)).blocked), "integrity-mismatch");
        script.integrity = sha512;
        bench.network.answer(200, headers, "a pen");
        QCOMPARE(whyOf(bench.fetch(fetchCallOf(script)).blocked), "none");
    }
};

QTEST_GUILESS_MAIN(tst_Integrity)
#include "tst_integrity.moc"

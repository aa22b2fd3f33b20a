#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

const FrameworkDescription& rsCors() { return *findFrameworkDescription("rs-cors"); }
QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

class GoCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeShowsWhatDiffersFromTheDefaults()
    {
        const auto code = codeText(
            writtenCode(rsCors(), object(R"({"AllowedOrigins":["a","b"],"MaxAge":600,"AllowCredentials":true})")));
        QCOMPARE(code, QByteArray("mux := http.NewServeMux()\n"
                                  "\n"
                                  "c := cors.New(cors.Options{\n"
                                  "\tAllowedOrigins: []string{\"a\", \"b\"},\n"
                                  "\tMaxAge: 600,\n"
                                  "\tAllowCredentials: true,\n"
                                  "})\n"));
        const auto read = readCode(rsCors(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(object(R"({"AllowedOrigins":["a","b"],"MaxAge":600,"AllowCredentials":true})")));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        QTest::newRow("nothing set") << QByteArray("h := cors.New(cors.Options{}).Handler(mux)") << QJsonObject();
        QTest::newRow("a variable inside of a function")
            << QByteArray("func main() {\n\tallowed := []string{`a`}\n\tc := cors.New(cors.Options{\n"
                          "\t\tAllowedOrigins: allowed, // ours\n\t\tMaxAge: 60 * 60,\n\t})\n}\n")
            << object(R"({"AllowedOrigins":["a"],"MaxAge":3600})");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(rsCors(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void functionsAreNamedAtTheirLine()
    {
        const auto read = readCode(rsCors(), "cors.New(cors.Options{\n\tAllowedOrigins: load(),\n})");
        QVERIFY(!read);
        QCOMPARE(read.error().sentence(),
                 QStringLiteral("line 2: expected a literal value for AllowedOrigins, found the name load"));
    }
};

QTEST_GUILESS_MAIN(GoCodeTest)
#include "tst_gocode.moc"

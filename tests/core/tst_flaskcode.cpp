#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

// (moc takes two slashes, or a slash and a star, for a comment even in a raw string: they are escaped here.)
const FrameworkDescription& flask() { return *findFrameworkDescription("flask"); }
QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

class FlaskCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeShowsWhatDiffersFromTheDefaults()
    {
        const auto settings = object(
            R"({"origins":["^https:\/\/.*\\.example\\.com$"],"resources":{"/api/\u002a":{"origins":"*"}},"supports_credentials":true})");
        QCOMPARE(codeText(writtenCode(flask(), settings)),
                 QByteArray("from flask import Flask\n"
                            "from flask_cors import CORS\n"
                            "\n"
                            "app = Flask(__name__)\n"
                            "\n"
                            "CORS(\n"
                            "    app,\n"
                            "    origins=[r\"^https://.*\\.example\\.com$\"],\n"
                            "    supports_credentials=True,\n"
                            "    resources={\"/api/*\": {\"origins\": \"*\"}},\n"
                            ")\n"));
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        for (const char* json :
             {"{}", R"({"origins":"*","resources":["/a","/b"]})", R"({"resources":"/api/.*","max_age":600})",
              R"({"resources":{"/a\\d":{"origins":["x"],"supports_credentials":true},"/b":{}},"vary_header":false})"})
            QTest::newRow(json) << object(json);
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        // What equals the default is not written.
        auto expected = settings;
        for (const auto& option : flask().options)
            if (expected.value(QString::fromUtf8(option.name)) == option.defaultValue)
                expected.remove(QString::fromUtf8(option.name));
        const auto read = readCode(flask(), codeText(writtenCode(flask(), settings)));
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(expected));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        QTest::newRow("nothing but the application") << QByteArray("cors = CORS(app)") << QJsonObject();
        QTest::newRow("resources") << QByteArray("CORS(app, resources={r\"/api/*\": {\"origins\": \"*\"}})")
                                   << object(R"({"resources":{"/api/\u002a":{"origins":"*"}}})");
        QTest::newRow("a variable") << QByteArray("ORIGINS = ['http://a.example']\nCORS(app, origins=ORIGINS,)")
                                    << object("{\"origins\":[\"http://a.example\"]}");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(flask(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void whatFlaskCorsRefusesIsRefused_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QString>("where");
        QTest::newRow("wildcard sent with credentials")
            << object(R"({"send_wildcard":true,"supports_credentials":true})") << QStringLiteral("settings.send_wildcard");
        QTest::newRow("the same for some paths")
            << object(R"({"resources":{"/a":{"send_wildcard":true,"supports_credentials":true}}})")
            << QStringLiteral("settings.resources[\"/a\"].send_wildcard");
        QTest::newRow("options of a path are checked") << object(R"({"resources":{"/a":{"max_age":[]}}})")
                                                       << QStringLiteral("settings.resources[\"/a\"].max_age");
    }
    void whatFlaskCorsRefusesIsRefused()
    {
        QFETCH(QJsonObject, settings);
        const auto stage = makeStage({"cors", "flask", {}, true, settings});
        QVERIFY(!stage);
        QTEST(stage.error().where, "where");
    }
};

QTEST_GUILESS_MAIN(FlaskCodeTest)
#include "tst_flaskcode.moc"

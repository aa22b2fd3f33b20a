#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

QJsonObject object(const char* json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qFatal("not an object: %s", json);
    return document.object();
}

const FrameworkDescription& fastApi() { return *findFrameworkDescription("fastapi"); }

QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

class FrameworkDescriptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDescriptionIsComplete()
    {
        QVERIFY(frameworkDescriptions().size() >= 5);
        for (const auto& description : frameworkDescriptions()) {
            QVERIFY2(!description.title.isEmpty() && !description.stageTitle.isEmpty(), description.id.constData());
            QVERIFY2(!description.algorithm.isEmpty(), description.id.constData());
            QVERIFY2(!description.rules.empty(), description.id.constData());
            for (const auto& option : description.options)
                QVERIFY2(!option.help.isEmpty(), option.name.constData());
            QSet<QByteArray> numbers;
            for (const auto& rule : description.rules) {
                QVERIFY2(!numbers.contains(rule.number), rule.number.constData());
                numbers.insert(rule.number);
                QCOMPARE(rule.yes.isEmpty(), rule.no.isEmpty());
            }
        }
    }

    void everyStageCanBeMadeWithItsDefaults()
    {
        // Routes are always there, and the pipeline itself is no stage.
        QCOMPARE(stageDescriptions().size(), frameworkDescriptions().size() - 2);
        for (const auto* offered : stageDescriptions()) {
            const auto& description = *offered;
            auto config = freshStage(description);
            const auto stage = makeStage(config);
            QVERIFY2(stage, stage ? "" : qPrintable(stage.error().sentence()));
            QCOMPARE((*stage)->title(), description.stageTitle);
            QCOMPARE((*stage)->algorithm().id(), QByteArrayView(description.algorithm));
            for (const auto& version : description.versions) {
                config.version = version;
                QVERIFY(makeStage(config));
            }
        }
    }

    void defaultsAreFilledIn()
    {
        const auto settings = fastApi().completed(object(R"({"max_age":5})"));
        QVERIFY(settings);
        QCOMPARE((*settings)[QLatin1String("max_age")], QJsonValue(5));
        QCOMPARE((*settings)[QLatin1String("allow_methods")], QJsonValue(QJsonArray{QStringLiteral("GET")}));
        QCOMPARE((*settings)[QLatin1String("allow_origin_regex")], QJsonValue(QJsonValue::Null));
        QCOMPARE(settings->size(), qsizetype(fastApi().options.size()));
    }

    void badSettingsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("unknown option, the known ones are named")
            << QByteArray(R"({"origins":["*"]})") << QByteArray()
            << QStringLiteral(
                   "origins: expected one of the options allow_origins, allow_origin_regex, allow_methods, "
                   "allow_headers, allow_credentials, expose_headers, max_age, allow_private_network, found origins");
        QTest::newRow("wrong type") << QByteArray(R"({"allow_credentials":"yes"})") << QByteArray()
                                    << QStringLiteral("allow_credentials: expected true or false, found \"yes\"");
        QTest::newRow("wrong type in a list") << QByteArray(R"({"allow_methods":["GET",null]})") << QByteArray()
                                              << QStringLiteral("allow_methods[1]: expected a string, found null");
        QTest::newRow("half a number") << QByteArray(R"({"max_age":0.5})") << QByteArray()
                                       << QStringLiteral(
                                              "max_age: expected a whole number or a string or null, found 0.5");
        QTest::newRow("too new for the version")
            << QByteArray(R"({"allow_private_network":true})") << QByteArray("0.47.3")
            << QStringLiteral(
                   "allow_private_network: expected version 0.51.0 or newer for this option, found version 0.47.3");
    }
    void badSettingsAreRefused()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, version);
        const auto result = fastApi().completed(object(settings.constData()), version);
        QVERIFY(!result);
        QTEST(result.error().sentence(), "sentence");
    }

    void oddValuesThatTheFrameworkTakesAreTaken()
    {
        QVERIFY(fastApi().completed(object(R"({"allow_origins":"*","max_age":null,"allow_origin_regex":null})")));
        QVERIFY(fastApi().completed(object(R"({"max_age":"600"})")));
    }

    void codeShowsWhatDiffersFromTheDefaults()
    {
        const auto lines =
            writtenCode(fastApi(), object(R"({"allow_origins":["*"],"max_age":600,"allow_credentials":true})"));
        QCOMPARE(codeText(lines),
                 QByteArray("from fastapi import FastAPI\n"
                            "from fastapi.middleware.cors import CORSMiddleware\n"
                            "\n"
                            "app = FastAPI()\n"
                            "\n"
                            "app.add_middleware(\n"
                            "    CORSMiddleware,\n"
                            "    allow_origins=[\"*\"],\n"
                            "    allow_credentials=True,\n"
                            ")\n"));
        QCOMPARE(lines[7].option, QByteArray("allow_origins"));
        QCOMPARE(lines[8].option, QByteArray("allow_credentials"));
        QCOMPARE(lines[6].option, QByteArray());
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        const auto one = [](const char* name, const QJsonValue& value) {
            return QJsonObject{{QLatin1String(name), value}};
        };
        QTest::newRow("nothing set") << QJsonObject{};
        auto all = object(
            R"({"allow_credentials":true,"allow_headers":["Content-Type"],"allow_methods":["*"],"allow_private_network":true,"expose_headers":["X-A"],"max_age":0})");
        all[QLatin1String("allow_origin_regex")] = QStringLiteral("https://.*\\.example\\.com");
        all[QLatin1String("allow_origins")] =
            QJsonArray{QStringLiteral("https://a.example"), QStringLiteral("http://b.example:1")};
        QTest::newRow("everything set") << all;
        QTest::newRow("plain string") << one("allow_origins", QStringLiteral("*"));
        QTest::newRow("empty list instead of the default") << one("allow_methods", QJsonArray{});
        QTest::newRow("None") << one("max_age", QJsonValue::Null);
        QTest::newRow("number as a string") << one("max_age", QStringLiteral("600"));
        QTest::newRow("negative") << one("max_age", -1);
        QTest::newRow("quotes, backslashes and controls")
            << one("allow_origins", QJsonArray{QStringLiteral("a\"b'c\\d\n\t\r\u0001\u007f")});
        QTest::newRow("not ASCII") << one("allow_origins", QJsonArray{QString::fromUtf8("https://müller.example/😀")});
        QTest::newRow("pattern with a quote") << one("allow_origin_regex", QStringLiteral("a\\.\"b"));
        QTest::newRow("pattern that ends in a backslash") << one("allow_origin_regex", QStringLiteral("a\\\\"));
        QTest::newRow("what looks like a place to fill")
            << one("allow_origins", QJsonArray{QStringLiteral("%name% %value%")});
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        const auto code = codeText(writtenCode(fastApi(), settings));
        const auto read = readCode(fastApi(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        const auto add = [](const char* reason, const QByteArray& code, const char* name = nullptr,
                            const QJsonValue& value = {}) {
            QTest::newRow(reason) << code << (name ? QJsonObject{{QLatin1String(name), value}} : QJsonObject());
        };
        const QJsonArray star{QStringLiteral("*")};
        add("on one line", "app.add_middleware(CORSMiddleware, allow_origins=['*'])", "allow_origins", star);
        add("nothing but the middleware", "app.add_middleware(CORSMiddleware)");
        add("comments, tuple, trailing commas",
            "app.add_middleware(\n  CORSMiddleware, # CORS, (see docs)\n  allow_methods=('GET', \"POST\",),  # "
            "two\n)\n",
            "allow_methods", QJsonArray{QStringLiteral("GET"), QStringLiteral("POST")});
        add("brackets without a comma are no tuple", "add_middleware(CORSMiddleware, allow_origins=('*'))",
            "allow_origins", QStringLiteral("*"));
        add("a variable with a literal, as the documentation writes it",
            "origins = [\n    \"http://localhost\",\n    \"http://localhost:8080\",\n]\n\n"
            "app.add_middleware(CORSMiddleware, allow_origins=origins)",
            "allow_origins", QJsonArray{QStringLiteral("http://localhost"), QStringLiteral("http://localhost:8080")});
        add("as a list of middleware, with a product", "middleware = [Middleware(CORSMiddleware, max_age=60 * 60)]",
            "max_age", 3600);
        add("wrapped around the application", "app = CORSMiddleware(inner, max_age=1_000)", "max_age", 1000);
        add("wrapped around the application, by name", "app = CORSMiddleware(app=inner, max_age=1)", "max_age", 1);
        add("raw and joined strings",
            "add_middleware(CORSMiddleware, allow_origin_regex=r'https://.*' \"[.]example[.]com\")",
            "allow_origin_regex", QStringLiteral("https://.*[.]example[.]com"));
        add("the import is not the call",
            "from fastapi.middleware.cors import (CORSMiddleware)\napp.add_middleware(CORSMiddleware, max_age=None)",
            "max_age", QJsonValue::Null);
        add("Windows line ends", "app.add_middleware(\r\n  CORSMiddleware,\r\n  max_age=1,\r\n)\r\n", "max_age", 1);
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(fastApi(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void codeThatCannotBeReadIsNamedAtItsLine_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("a variable nobody gave a literal")
            << QByteArray("app.add_middleware(\n    CORSMiddleware,\n    allow_origins=settings.origins,\n)")
            << QStringLiteral("line 3: expected a literal value for allow_origins, found the name settings");
        QTest::newRow("a variable that is computed")
            << QByteArray("origins = load()\napp.add_middleware(CORSMiddleware, allow_origins=origins)")
            << QStringLiteral("line 2: expected a literal value for allow_origins, found the name origins");
        QTest::newRow("inside a list") << QByteArray("app.add_middleware(CORSMiddleware, allow_origins=['*',\n URL])")
                                       << QStringLiteral(
                                              "line 2: expected a literal value for allow_origins, found the name URL");
        QTest::newRow("unknown option")
            << QByteArray("app.add_middleware(\n    CORSMiddleware,\n    max_aeg=5)")
            << QStringLiteral(
                   "line 3: expected one of the options allow_origins, allow_origin_regex, allow_methods, "
                   "allow_headers, allow_credentials, expose_headers, max_age, allow_private_network, found max_aeg");
        QTest::newRow("wrong type") << QByteArray("app.add_middleware(CORSMiddleware,\nallow_credentials=1)")
                                    << QStringLiteral("line 2, allow_credentials: expected true or false, found 1");
        QTest::newRow("twice") << QByteArray("app.add_middleware(CORSMiddleware, max_age=1,\nmax_age=2)")
                               << QStringLiteral("line 2: expected every option once, found max_age");
        QTest::newRow("an expression")
            << QByteArray("app.add_middleware(CORSMiddleware, allow_origins=['*'] + more)")
            << QStringLiteral("line 1: expected \",\" or \")\" after the value of allow_origins, found +");
        QTest::newRow("options in a dictionary")
            << QByteArray("app.add_middleware(CORSMiddleware, **options)")
            << QStringLiteral("line 1: expected an option and its value (option=value), found **");
        QTest::newRow("format string") << QByteArray("app.add_middleware(CORSMiddleware, allow_origins=[f'{x}'])")
                                       << QStringLiteral("line 1: expected a plain string, found f'");
        QTest::newRow("brackets without end")
            << QByteArray("app.add_middleware(CORSMiddleware, allow_origins=" + QByteArray(100000, '['))
            << QStringLiteral("line 1: expected lists that are not nested so deeply, found [");
        QTest::newRow("no end")
            << QByteArray("app.add_middleware(CORSMiddleware, max_age=1")
            << QStringLiteral("line 1: expected \",\" or \")\" after the value of max_age, found the end of the code");
        QTest::newRow("string without an end") << QByteArray("app.add_middleware(CORSMiddleware, allow_origins=['*)")
                                               << QStringLiteral("line 1: expected a string that ends, found '*)");
        QTest::newRow("something else") << QByteArray("app = FastAPI()")
                                        << QStringLiteral("code: expected a call with CORSMiddleware");
    }
    void codeThatCannotBeReadIsNamedAtItsLine()
    {
        QFETCH(QByteArray, code);
        const auto read = readCode(fastApi(), code);
        QVERIFY(!read);
        QTEST(read.error().sentence(), "sentence");
    }

    void brokenDescriptionIsNamedByPath()
    {
        const auto sentence = [](const char* json) {
            return FrameworkDescription::parse(json, QStringLiteral("x.json")).error().where;
        };
        QCOMPARE(sentence("["), QStringLiteral("x.json"));
        QCOMPARE(sentence(R"({"title":"X"})"), QStringLiteral("x.json: id"));
        QCOMPARE(sentence(R"({"id":"x","options":[{"name":"a","type":"colour"}]})"),
                 QStringLiteral("x.json: options[0].type"));
        QCOMPARE(sentence(R"({"id":"x","options":[{"name":"a","type":"boolean","default":1}]})"),
                 QStringLiteral("x.json: options[0].default"));
        QCOMPARE(sentence(R"({"id":"x","versions":["1"],"defaultVersion":"2"})"),
                 QStringLiteral("x.json: defaultVersion"));
    }
};

QTEST_GUILESS_MAIN(FrameworkDescriptionTest)
#include "tst_frameworkdescription.moc"

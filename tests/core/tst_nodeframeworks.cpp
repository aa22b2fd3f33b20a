#include "core/backend/FrameworkDescription.h"
#include "core/backend/FunctionSetting.h"
#include "core/backend/Server.h"
#include "core/backend/code/FrameworkCode.h"
#include "core/backend/frameworks/OriginFunction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

// (moc takes two slashes for a comment even in a raw string: they are escaped here.)
QJsonObject object(const char* json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qFatal("not an object: %s", json);
    return document.object();
}
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

Result<std::shared_ptr<Server>> serverWith(const QByteArray& framework, const QJsonObject& settings,
                                           const RouteConfig& route = {"GET", "/", 200, {}, "hello", {}})
{
    return Server::create({"api", "http", "api.test", 80, {{"cors", framework, {}, true, settings}}, {route}});
}

ResponseMessage answer(const QByteArray& framework, const QJsonObject& settings, const RequestMessage& request,
                       const RouteConfig& route = {"GET", "/", 200, {}, "hello", {}})
{
    const auto server = serverWith(framework, settings, route);
    return server ? (*server)->handle(request, Clock::start, Recorder::silent()).response : ResponseMessage();
}

const char* const ours[] = {"express", "fastify", "koa", "hono", "hapi", "h3", "middy", "micro-cors"};

} // namespace

/// The CORS middleware of Node.js frameworks, beyond what the recordings hold.
class NodeFrameworksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QJsonObject>("settings");
        const auto add = [](const char* reason, const char* framework, const char* json) {
            QTest::newRow(qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(framework), QLatin1String(reason))))
                << QByteArray(framework) << object(json);
        };
        for (const char* framework : ours)
            add("nothing set", framework, "{}");
        add("a pattern, a null and a choice", "fastify",
            R"({"origin":{"regex":"^https:\/\/a"},"hook":"preHandler","maxAge":0,"cacheControl":"public"})");
        add("off", "fastify", R"({"origin":false,"strictPreflight":false})");
        add("a string", "koa", R"({"origin":"https:\/\/a.example","credentials":true,"privateNetworkAccess":true})");
        add("a list that koa does not understand", "koa", R"({"origin":["https:\/\/a.example","b"]})");
        add("lists", "hono", R"({"origin":["https:\/\/a.example"],"allowMethods":[],"exposeHeaders":["X-A"]})");
        add("lists", "hapi", R"({"origin":["https:\/\/\u002a.a.example"],"additionalHeaders":["X-A"],"preflightStatusCode":204})");
        add("the word ignore", "hapi", R"({"origin":"ignore"})");
        add("a group", "h3", R"({"maxAge":"600","methods":["GET"],"preflight.statusCode":200})");
        add("strings with commas", "middy", R"({"headers":"A,B","origins":["https:\/\/\u002a.a.example"],"credentials":true})");
        add("a switch that is on unless said otherwise", "micro-cors", R"({"allowCredentials":false})");
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QJsonObject, settings);
        const auto& description = *findFrameworkDescription(framework);
        const auto text = codeText(writtenCode(description, settings));
        const auto read = readCode(description, text);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence() + QString::fromUtf8('\n' + text)));
        QCOMPARE(compact(*read), compact(settings));
    }

    void everyFunctionReadsBackAsItWasWritten()
    {
        int functions = 0;
        for (const auto& description : frameworkDescriptions())
            for (const auto& option : description.options)
                for (const auto& function : option.functions) {
                    FunctionSetting setting{function.name, {}, {}};
                    if (function.source.contains("VALUES"))
                        setting.values = {"https://a.example", "OTHERWISE"};
                    if (function.source.contains("OTHERWISE"))
                        setting.otherwise = "https://VALUES.example";
                    const QJsonObject settings{{QString::fromUtf8(option.name), setting.json()}};
                    QVERIFY(description.completed(settings));
                    const auto read = readCode(description, codeText(writtenCode(description, settings)));
                    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
                    QCOMPARE(compact(*read), compact(settings));
                    ++functions;
                }
        QVERIFY(functions >= 15);
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        const auto add = [](const char* reason, const char* framework, const QByteArray& code, const char* settings) {
            QTest::newRow(reason) << QByteArray(framework) << code << object(settings);
        };
        add("registered by require", "fastify",
            "fastify.register(require('@fastify/helmet'), { global: true })\n"
            "fastify.register(require('@fastify/cors'), { origin: true, credentials: true })",
            R"({"origin":true,"credentials":true})");
        add("registered by import", "fastify", "await app.register(import('@fastify/cors'), { hook: 'onSend' })",
            R"({"hook":"onSend"})");
        add("registered without options", "fastify", "app.register(cors)", "{}");
        add("in the server's routes", "hapi",
            "const server = Hapi.server({ routes: { cors: { origin: ['*'], credentials: true } } })",
            R"({"origin":["*"],"credentials":true})");
        add("switched on", "hapi", "Hapi.server({ routes: { cors: true } })", "{}");
        add("on some paths", "hono", "app.use('/api/*', cors({ origin: 'https://a.example' }))",
            R"({"origin":"https:\/\/a.example"})");
        add("another name for the event", "h3", "app.use((e) => handleCors(e, { preflight: { statusCode: 200 } }))",
            R"({"preflight.statusCode":200})");
        add("a list in a variable, other names, other quotes", "express",
            "const allowed = ['https://a.example']\n"
            "app.use(cors({ origin: (o, cb) => allowed.includes(o) ? cb(null, true) : cb(new Error('No!')) }))",
            R"({"origin":{"function":"listed-or-error","values":["https:\/\/a.example"]}})");
        add("a list and a function as they stand in many answers", "express",
            "var allowlist = ['https://a.example', 'https://b.example']\n"
            "var corsOptions = {\n  origin: function (origin, callback) {\n"
            "    if (allowlist.indexOf(origin) !== -1 || !origin) {\n      callback(null, true);\n    } else {\n"
            "      callback(new Error('Not allowed by CORS'));\n    }\n  }\n}\napp.use(cors(corsOptions))",
            R"({"origin":{"function":"absent-or-listed-or-error","values":["https:\/\/a.example","https:\/\/b.example"]}})");
        add("a function with a body", "koa", "app.use(cors({ origin(ctx) { return 1 } }))", "{}");
        add("a function of the old kind", "hono", "cors({ origin: function (o) { return o; }, maxAge: 5 })",
            R"({"origin":{"function":"echo"},"maxAge":5})");
        add("a function in a variable", "koa",
            "const origin = (ctx) => {\n  return ctx.get('Origin')\n}\napp.use(cors({ origin }))",
            R"({"origin":{"function":"echo"}})");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(*findFrameworkDescription(framework), code);
        if (qstrcmp(QTest::currentDataTag(), "a function with a body") == 0) {
            QVERIFY(!read); // a method in place of a field is not
            return;
        }
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void whatTheFrameworkRefusesIsRefused_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QString>("sentence");
        const auto add = [](const char* framework, const char* settings, const char* sentence) {
            QTest::newRow(sentence) << QByteArray(framework) << object(settings) << QString::fromUtf8(sentence);
        };
        add("hapi", R"({"origin":["\u002a","https:\/\/a.example"]})",
            "pipeline[0].settings.origin: expected \"*\" alone, without other origins, found *, https://a.example");
        add("hapi", R"({"origin":"https:\/\/a.example"})",
            "pipeline[0].settings.origin: expected a list of origins, or \"ignore\", found https://a.example");
        add("hapi", R"({"origin":[]})", "pipeline[0].settings.origin: expected at least one origin, found []");
        add("hapi", R"({"origin":"ignore","credentials":true})",
            "pipeline[0].settings.credentials: expected false where origin is \"ignore\", found true");
        add("hapi", R"({"preflightStatusCode":201})",
            "pipeline[0].settings.preflightStatusCode: expected 200 or 204, found 201");
        add("hapi", R"({"maxAge":"an hour"})", "pipeline[0].settings.maxAge: expected a number, found an hour");
        add("fastify", R"({"hook":"onClose"})",
            "pipeline[0].settings.hook: expected one of onRequest, preParsing, preValidation, preHandler, "
            "preSerialization, onSend, found \"onClose\"");
        add("h3", R"({"methods":"GET,POST"})",
            "pipeline[0].settings.methods: expected a list, or \"*\", found GET,POST");
    }
    void whatTheFrameworkRefusesIsRefused()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QJsonObject, settings);
        const auto server = serverWith(framework, settings);
        QVERIFY(!server);
        QTEST(server.error().sentence(), "sentence");
    }

    void middyMakesAPatternOfAnOrigin()
    {
        const auto server =
            serverWith("middy", {{QStringLiteral("origins"), QJsonArray{QStringLiteral("https://(*")}}});
        QVERIFY(!server);
        QVERIFY(server.error().sentence().startsWith(
            QStringLiteral("pipeline[0].settings.origins[0]: expected a regular expression that JavaScript takes")));
    }

    void hapiTakesNoMethods()
    {
        const auto server = serverWith("hapi", object(R"({"methods":["GET"]})"));
        QVERIFY(!server && server.error().sentence().endsWith(QStringLiteral("found methods")));
    }

    void functionsAnswerByTheirNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("known");
        QTest::addColumn<QByteArray>("stranger");
        QTest::addColumn<QByteArray>("absent");
        const auto add = [](const char* name, const char* known, const char* stranger, const char* absent) {
            QTest::newRow(name) << QByteArray(name) << QByteArray(known) << QByteArray(stranger) << QByteArray(absent);
        };
        add("echo", "http://a.test", "http://b.test", "nothing");
        add("always", "other", "other", "other");
        add("listed", "http://a.test", "nothing", "nothing");
        add("listed-or", "http://a.test", "other", "other");
        add("listed-or-error", "http://a.test", "error", "error");
        add("absent-or-listed-or-error", "http://a.test", "error", "yes");
        add("ends-with", "http://a.test", "nothing", "nothing");
        add("ends-with-or", "http://a.test", "other", "other");
    }
    void functionsAnswerByTheirNames()
    {
        QFETCH(QByteArray, name);
        const bool ends = name.startsWith("ends");
        const FunctionSetting function{name, {ends ? QByteArray("a.test") : QByteArray("http://a.test")}, "other"};
        const auto asked = [&](const std::optional<QByteArray>& origin) {
            const auto given = askOriginFunction(function, origin);
            switch (given.kind) {
            case OriginAnswer::Kind::Nothing: return QByteArray("nothing");
            case OriginAnswer::Kind::Yes: return QByteArray("yes");
            case OriginAnswer::Kind::Error: return QByteArray("error");
            case OriginAnswer::Kind::Origin: break;
            }
            return given.origin;
        };
        QTEST(asked("http://a.test"), "known");
        QTEST(asked("http://b.test"), "stranger");
        QTEST(asked(std::nullopt), "absent");
    }

    void functionsAreWrittenAsPeopleWriteThem()
    {
        const auto read = FunctionSetting::read(QStringLiteral("listed-or(https://a.test  https://b.test) else https://c.test"));
        QVERIFY(read);
        const auto expected = object(
            R"({"function":"listed-or","otherwise":"https:\/\/c.test","values":["https:\/\/a.test","https:\/\/b.test"]})");
        QCOMPARE(compact(read->json()), compact(expected));
        QCOMPARE(read->text(), QStringLiteral("listed-or(https://a.test https://b.test) else https://c.test"));
        QCOMPARE(FunctionSetting::read(QStringLiteral("echo()"))->text(), QStringLiteral("echo()"));
        QVERIFY(!FunctionSetting::read(QStringLiteral("https://a.test")));
        QVERIFY(!FunctionSetting::read(QStringLiteral("echo(")));
    }

    void aFunctionMayEndARequest()
    {
        const auto settings = object(R"({"origin":{"function":"listed-or-error","values":["http:\/\/a.test"]}})");
        const RequestMessage stranger{"GET", "/", {{"Origin", "http://b.test"}}, {}};
        for (const char* framework : {"express", "fastify"}) {
            const auto refused = answer(framework, settings, stranger);
            QCOMPARE(refused.status, 500);
            QVERIFY(!refused.headers.contains("Access-Control-Allow-Origin"));
        }
    }

    void onlyKoaLosesHeadersOnAnExceptionIfTold()
    {
        const RouteConfig failing{"GET", "/", 200, {}, {}, {}, true};
        const RequestMessage request{"GET", "/", {{"Origin", "http://a.test"}}, {}};
        const auto settings = object(R"({"origin":"http:\/\/a.test"})");
        for (const char* framework : {"express", "fastify", "koa", "hono", "h3", "micro-cors"}) {
            const auto failed = answer(framework, settings, request, failing);
            QCOMPARE(failed.status, 500);
            QCOMPARE(failed.headers.get("Access-Control-Allow-Origin"), QByteArray("http://a.test"));
        }
        auto told = settings;
        told[QStringLiteral("keepHeadersOnError")] = false;
        QVERIFY(!answer("koa", told, request, failing).headers.contains("Access-Control-Allow-Origin"));
        QCOMPARE(answer("middy", settings, request, failing).status, 502);
    }

    void middyHasACacheControlAndAVaryOfItsOwn()
    {
        const auto settings = object(R"({"origin":"*","vary":"Accept","cacheControl":"max-age=5"})");
        const RouteConfig any{"*", "/", 200, {}, {}, {}};
        const auto options = answer("middy", settings, {"OPTIONS", "/", {}, {}}, any);
        QCOMPARE(options.headers.get("Cache-Control"), QByteArray("max-age=5"));
        QCOMPARE(options.headers.get("Vary"), QByteArray("Accept"));
        QVERIFY(!answer("middy", settings, {"GET", "/", {}, {}}, any).headers.contains("Cache-Control"));
    }

    void aHandlersHeaderReplacesThatOfMicroCors()
    {
        const RouteConfig own{"GET", "/", 200, {{"Access-Control-Allow-Origin", "http://b.test"}}, {}, {}};
        const auto answered = answer("micro-cors", {}, {"GET", "/", {}, {}}, own);
        QCOMPARE(answered.headers.get("Access-Control-Allow-Origin"), QByteArray("http://b.test"));
    }

    void hapiLooksForTheRouteThatAPreflightIsFor()
    {
        const auto settings = object(R"({"origin":["http:\/\/a.test"]})");
        const auto asking = [](const QByteArray& method) {
            return RequestMessage{"OPTIONS", "/", {{"Origin", "http://a.test"}, {"Access-Control-Request-Method", method}}, {}};
        };
        QCOMPARE(answer("hapi", settings, asking("GET")).status, 200);
        QCOMPARE(answer("hapi", settings, asking("HEAD")).status, 200);
        QCOMPARE(answer("hapi", settings, asking("PUT")).status, 404);
        const RouteConfig any{"*", "/", 200, {}, {}, {}};
        QCOMPARE(answer("hapi", settings, asking("PUT"), any).status, 200);
    }
};

QTEST_GUILESS_MAIN(NodeFrameworksTest)
#include "tst_nodeframeworks.moc"

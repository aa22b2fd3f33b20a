#include "core/backend/FrameworkDescription.h"
#include "core/backend/Server.h"
#include "tests/oracles/MiddlewareRecording.h"

#include <QJsonArray>
#include <QTest>

using namespace corscope;
using namespace corscope::oracles;

namespace {

struct Corpus
{
    const char* file;
    const char* version; ///< of the emulation: FastAPI 0.92 and 0.119.1 stand on a Starlette of that behaviour
    bool fastApi;
};
constexpr Corpus corpora[] = {
    {"starlette-0.26.1", "0.26.1", false}, {"starlette-0.47.3", "0.47.3", false}, {"starlette-1.3.1", "1.3.1", false},
    {"fastapi-0.92", "0.26.1", true},      {"fastapi-0.119.1", "0.47.3", true},
};

QString dataPath(const QString& name)
{
    return QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/middleware/%1.json").arg(name);
}

/// The application that stood behind the middleware when it was recorded, as routes.
std::vector<RouteConfig> application(bool fastApi)
{
    std::vector<RouteConfig> routes;
    const auto refuseOthers = [&](const QByteArray& path, const QByteArray& allow) {
        routes.push_back({"*", path, 405, {{"allow", allow}}, {}, {}});
    };
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    if (!fastApi) { // Starlette answers HEAD wherever it answers GET, and names all methods of a path
        routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
        refuseOthers("/items", "GET, HEAD, POST, PUT, PATCH, DELETE");
    }
    const auto get = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD"}) {
            routes.push_back({method, path, status, headers, {}, {}});
            routes.back().raises = path == "/boom";
        }
        refuseOthers(path, "GET, HEAD");
    };
    get("/boom", 200, {});
    get("/vary", 200, {{"vary", "Accept-Encoding"}});
    get("/varystar", 200, {{"vary", "*"}});
    get("/varyorigin", 200, {{"vary", "Origin"}});
    get("/owncors", 200, {{"access-control-allow-origin", "*"}});
    get("/redir", 307, {{"location", "/items"}});
    if (fastApi)
        routes.push_back({"GET", "/auth", 403, {}, {}, {}});
    else
        get("/auth", 401, {{"www-authenticate", "Bearer"}});
    return routes;
}

/// The pipeline as the application was wired, or nothing where we cannot build it.
std::optional<std::vector<StageConfig>> wired(const RecordedConfig& config, const QByteArray& version)
{
    const StageConfig cors{"cors", "fastapi", version, true, config.options};
    const StageConfig auth{"auth", {}, {}, true, {{QStringLiteral("accepts"), QStringLiteral("authorization")}}};
    const StageConfig errors{"error-handler", {}, {}, true, {}};
    if (config.app.isEmpty())
        return std::vector{cors};
    if (config.app.size() != 1)
        return std::nullopt;
    const auto key = config.app.begin().key();
    const auto value = config.app.begin().value().toString();
    if (key == QLatin1String("cors") && value == QLatin1String("absent"))
        return std::vector<StageConfig>{};
    if (key == QLatin1String("wrap") && value == QLatin1String("outer"))
        return std::vector{cors, errors};
    if (key == QLatin1String("exc_handler"))
        return std::vector{errors, cors};
    if (key == QLatin1String("auth_mw"))
        return value == QLatin1String("outside_cors") ? std::vector{auth, cors} : std::vector{cors, auth};
    if (key == QLatin1String("twice"))
        return std::vector{cors, cors};
    return std::nullopt;
}

/// Only the middleware's own bodies are compared; the application's are the application's.
Body whichBody(const ResponseMessage& recorded)
{
    return recorded.body == "OK" || recorded.body.startsWith("Disallowed CORS") ? Body::Compare : Body::Ignore;
}

struct Count
{
    int agree = 0;
    int onPurpose = 0;
    int wrong = 0;
};

} // namespace

class StarletteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsRecorded_data()
    {
        QTest::addColumn<int>("corpus");
        for (int i = 0; i < int(std::size(corpora)); ++i)
            QTest::newRow(corpora[i].file) << i;
    }

    void answersAsRecorded()
    {
        QFETCH(int, corpus);
        const auto& [file, version, fastApi] = corpora[corpus];
        const auto recording = MiddlewareRecording::load(dataPath(QLatin1String(file)));
        QVERIFY2(recording, recording ? "" : qPrintable(recording.error().sentence()));
        const auto requests = loadRequests(dataPath(QStringLiteral("requests")));
        QVERIFY(requests);

        Count count;
        for (const auto& config : recording->configs) {
            const auto pipeline = wired(config, version);
            if (!pipeline) {
                qInfo("%s / %s: wiring of the application not built", file, config.id.constData());
                continue;
            }
            const auto server =
                Server::create({"api", "http", "api.example.test", 80, *pipeline, application(fastApi)});
            QVERIFY2(server, server ? "" : qPrintable(server.error().sentence()));
            QCOMPARE(config.answers.size(), requests->size());
            for (size_t i = 0; i < requests->size(); ++i) {
                if (config.answers[i] < 0)
                    continue;
                const auto& recorded = recording->responses[size_t(config.answers[i])];
                Recorder recorder;
                const auto answer = (*server)->handle((*requests)[i].message, Clock::start, recorder);
                const auto unwatched = (*server)->handle((*requests)[i].message, Clock::start, Recorder::silent());
                QCOMPARE(unwatched.response, answer.response);
                (*server)->clearLogs();
                const auto found = differences(recorded, answer.response, whichBody(recorded));
                if (found.isEmpty())
                    ++count.agree;
                else if (++count.wrong <= 20)
                    qWarning("%s / %s / %s: %s", file, config.id.constData(), (*requests)[i].id.constData(),
                             qUtf8Printable(found.join(QStringLiteral("; "))));
                lookAt(recorder.take());
            }
        }
        m_counts.emplace_back(file, count);
        QCOMPARE(count.wrong, 0);
        QVERIFY(count.agree > 4000);
    }

    void everyRecordedRuleIsWorded()
    {
        QVERIFY(m_rules.size() > 25);
        for (const auto& place : m_rules) {
            const auto* description = findDescriptionOfAlgorithm(place.first);
            QVERIFY2(description, place.first.constData());
            const auto* rule = description->rule(place.second);
            QVERIFY2(rule && !rule->text.isEmpty(), QByteArray(place.first + ' ' + place.second).constData());
        }
        for (const auto& place : m_questions)
            QVERIFY2(!findDescriptionOfAlgorithm(place.first)->rule(place.second)->yes.isEmpty(),
                     QByteArray(place.first + ' ' + place.second).constData());
    }

    void everyWordedRuleIsReached()
    {
        for (const auto& rule : findFrameworkDescription("fastapi")->rules)
            QVERIFY2(m_rules.contains({"starlette-cors", rule.number}), rule.number.constData());
    }

    void cleanupTestCase()
    {
        qInfo("%-20s %8s %12s %8s", "version", "agree", "on purpose", "wrong");
        Count all;
        for (const auto& [file, count] : m_counts) {
            qInfo("%-20s %8d %12d %8d", file, count.agree, count.onPurpose, count.wrong);
            all.agree += count.agree;
            all.onPurpose += count.onPurpose;
            all.wrong += count.wrong;
        }
        qInfo("%-20s %8d %12d %8d", "all", all.agree, all.onPurpose, all.wrong);
    }

private:
    /// The verdict that was written down fits the answer, and every rule has a number.
    void lookAt(const Trace& trace)
    {
        for (const auto& step : trace.steps) {
            const QByteArray algorithm = step->at.algorithm.id().toByteArray();
            if (step->kind == StepKind::Enter)
                continue;
            m_rules.insert({algorithm, step->at.step});
            if (step->kind == StepKind::Branch)
                m_questions.insert({algorithm, step->at.step});
            if (step->kind == StepKind::Decision && algorithm == "starlette-cors") {
                QVERIFY(step->landmark);
                QVERIFY(!step->blocked);
                const auto allowed = step->message->headers().get("Access-Control-Allow-Origin");
                if (step->at.step == "3.6")
                    QCOMPARE(step->verdict == Verdict::Success, step->message->response().status == 200);
                else if (step->verdict == Verdict::Success)
                    QVERIFY(allowed == "*" || allowed == step->inputs[0].comparedWith);
                else
                    QVERIFY(!allowed || allowed != step->inputs[0].comparedWith);
            }
        }
    }

    std::vector<std::pair<const char*, Count>> m_counts;
    QSet<QPair<QByteArray, QByteArray>> m_rules;
    QSet<QPair<QByteArray, QByteArray>> m_questions;
};

QTEST_GUILESS_MAIN(StarletteTest)
#include "tst_starlette.moc"

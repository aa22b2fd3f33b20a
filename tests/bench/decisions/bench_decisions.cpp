// How many complete scenarios a second one core decides: the page's call, the preflight through the middleware, the
// request through the middleware to its handler, every check of the browser, and the verdict.
#include "core/backend/Server.h"
#include "core/fetch/FetchMethod.h"
#include "core/network/DirectNetwork.h"
#include "core/scenario/ScenarioFile.h"

#include <benchmark/benchmark.h>

#include <QFile>

#include <cstdio>
#include <cstdlib>
#include <malloc.h>

using namespace corscope;

namespace {

/// A scenario made ready once, its page and its servers, to be run many times; the browser is a fresh one each time.
struct Prepared
{
    explicit Prepared(const char* name)
    {
        const auto path = QStringLiteral(CORSCOPE_SCENARIOS "/%1.corscope").arg(QLatin1String(name));
        const auto loaded = scenariofile::load(path);
        if (!loaded) {
            std::fprintf(stderr, "%s\n", qPrintable(loaded.error().sentence()));
            std::exit(2);
        }
        scenario = *loaded;
        backend = *Backend::create(scenario.servers);
        page.emplace(scenario.pages.front());
        send = std::get<SendAction>(scenario.actions.front());
    }

    SendOutcome run(Recorder& recorder)
    {
        Browser browser;
        DirectNetwork network(*backend);
        return fetchMethod(*page, send.call, browser, network, recorder);
    }

    Scenario scenario;
    std::shared_ptr<Backend> backend;
    std::optional<OpenPage> page;
    SendAction send;
};

long residentKilobytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLong() * 4;
}

/// What one run's trace holds in memory, its messages included.
double bytesPerStep(Prepared& prepared)
{
    prepared.run(Recorder::silent()); // for what is made once
    prepared.backend->servers().front()->clearLogs();
    const auto before = mallinfo2().uordblks;
    Recorder recorder;
    prepared.run(recorder);
    const auto trace = recorder.take();
    return double(mallinfo2().uordblks - before) / trace.size();
}

void silent(benchmark::State& state, const char* name, bool allowed)
{
    Prepared prepared(name);
    prepared.run(Recorder::silent());
    const auto before = residentKilobytes();
    for (auto _ : state)
        if (prepared.run(Recorder::silent()).allowed() != allowed)
            state.SkipWithError("another verdict than expected");
    state.SetItemsProcessed(state.iterations());
    state.counters["grown_kB"] = double(residentKilobytes() - before);
}

void recorded(benchmark::State& state, const char* name, bool allowed)
{
    Prepared prepared(name);
    qint64 steps = 0;
    state.counters["bytes_per_step"] = bytesPerStep(prepared);
    const auto before = residentKilobytes();
    for (auto _ : state) {
        prepared.backend->servers().front()->clearLogs();
        Recorder recorder;
        if (prepared.run(recorder).allowed() != allowed)
            state.SkipWithError("another verdict than expected");
        steps = recorder.take().size();
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["grown_kB"] = double(residentKilobytes() - before);
    state.counters["steps"] = double(steps);
}

/// The middleware half alone: one preflight through a server's pipeline.
void middleware(benchmark::State& state, const char* framework, const char* settings)
{
    const QByteArray text = QByteArray(R"({"corscope": 1, "pages": [{"id": "app", "origin": "http://localhost:8000"}],
        "servers": [{"id": "api", "origin": "http://localhost:5000", "pipeline": [{"kind": "cors", "framework": ")")
        + framework + R"(", "settings": )" + settings + R"(}], "routes": [{"path": "/items/1"}]}], "actions": []})";
    const auto scenario = scenariofile::parse(text, QLatin1String(framework));
    if (!scenario) {
        state.SkipWithError(scenario.error().sentence().toUtf8().constData());
        return;
    }
    const auto backend = Backend::create(scenario->servers);
    if (!backend) {
        state.SkipWithError(backend.error().sentence().toUtf8().constData());
        return;
    }
    auto& server = *(*backend)->servers().front();
    const RequestMessage preflight{"OPTIONS", "/items/1",
                                   {{"Host", "localhost:5000"}, {"Origin", "http://localhost:8000"},
                                    {"Access-Control-Request-Method", "PUT"},
                                    {"Access-Control-Request-Headers", "content-type"}}, {}};
    for (auto _ : state)
        if (!server.handle(preflight, Clock::start, Recorder::silent()).response.headers.contains("Access-Control-Allow-Origin"))
            state.SkipWithError("not allowed");
    state.SetItemsProcessed(state.iterations());
}

constexpr auto preflighted = "fastapi-put-json-preflight";
constexpr auto simple = "fastapi-list-of-origins";
constexpr auto refused = "fastapi-no-middleware";

} // namespace

BENCHMARK_CAPTURE(silent, preflighted, preflighted, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(silent, simple, simple, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(silent, refused, refused, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recorded, preflighted, preflighted, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recorded, simple, simple, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recorded, refused, refused, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(middleware, rs_cors, "rs-cors",
                  R"({"AllowedOrigins": ["http://localhost:8000"], "AllowedMethods": ["GET", "PUT"],
                      "AllowedHeaders": ["content-type"], "AllowCredentials": true})");
BENCHMARK_CAPTURE(middleware, starlette, "fastapi",
                  R"({"allow_origins": ["http://localhost:8000"], "allow_methods": ["GET", "PUT"],
                      "allow_headers": ["content-type"], "allow_credentials": true})");

// The cost of one does not depend on how many there were before.
BENCHMARK_CAPTURE(silent, thousand, preflighted, true)->Unit(benchmark::kMicrosecond)->Iterations(1'000);
BENCHMARK_CAPTURE(silent, million, preflighted, true)->Unit(benchmark::kMicrosecond)->Iterations(1'000'000);
BENCHMARK_CAPTURE(silent, ten_million, preflighted, true)->Unit(benchmark::kMicrosecond)->Iterations(10'000'000);

BENCHMARK_MAIN();

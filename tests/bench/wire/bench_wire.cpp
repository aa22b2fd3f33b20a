// Complete credentialed PUTs a second, each with its preflight, one after the other, every step recorded.
//   bench_wire SECONDS
#include "core/fetch/FetchMethod.h"
#include "core/network/SocketNetwork.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHostAddress>

#include <cstdio>

using namespace corscope;

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const double seconds = argc > 1 ? QByteArray(argv[1]).toDouble() : 2;

    NameMap names;
    names.add("http", "127.0.0.1", 5610, {"http", QHostAddress(QHostAddress::LocalHost), 5610, {}, {}});
    SocketNetwork network(names, {});
    PageConfig page;
    page.id = "app";
    page.scheme = "http";
    page.host = "localhost";
    page.port = 8000;
    FetchCall call;
    call.method = "PUT";
    call.url = "http://127.0.0.1:5610/items/1";
    call.credentials = "include";
    call.headers = {{"Content-Type", "application/json"}};
    call.body = QByteArray(R"({"name":"pencil"})");

    Browser browser;
    qint64 count = 0;
    qint64 steps = 0;
    QElapsedTimer timer;
    for (timer.start(); double(timer.elapsed()) < seconds * 1000; ++count) {
        Recorder recorder;
        const auto outcome = fetchMethod(page, call, browser, network, recorder);
        if (!outcome.allowed() || outcome.preflight != SendOutcome::Preflight::Sent) {
            std::fprintf(stderr, "not allowed, or without a preflight\n");
            return 1;
        }
        steps = recorder.take().size();
    }
    std::printf("%.1f %lld\n", double(count) * 1000 / double(timer.elapsed()), static_cast<long long>(steps));
}

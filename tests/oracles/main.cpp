#include "tests/oracles/browsers/RunBrowsers.h"
#include "tests/oracles/middleware/RunMiddleware.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv)
{
    CLI::App app("Holds ours beside recordings of the real thing.");
    auto* browsers = app.add_subcommand("browsers", "Replay a folder of recordings of real browsers");
    auto* middleware = app.add_subcommand("middleware", "Replay a folder of recordings of CORS middleware");
    const auto replayBrowsers = corscope::oracles::addBrowsers(*browsers);
    const auto replayMiddleware = corscope::oracles::addMiddleware(*middleware);
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    return browsers->parsed() ? replayBrowsers() : replayMiddleware();
}

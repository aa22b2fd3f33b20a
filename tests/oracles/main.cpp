#include "tests/oracles/middleware/RunMiddleware.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv)
{
    CLI::App app("Holds our emulations beside recordings of the real thing.");
    auto* middleware = app.add_subcommand("middleware", "Replay a folder of recordings of CORS middleware");
    const auto replayMiddleware = corscope::oracles::addMiddleware(*middleware);
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    return replayMiddleware();
}

#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace corscope::oracles {

/// `browsers DIR [--profile P] [--category C] [--without DIFFERENCE] [--list] [--list-console] [--steps]`: replays every recorded case of a folder, prints
/// the table per category and "N passed, N failed". 0 where nothing is wrong, 1 where something is, 2 where nothing can
/// be read. Adds the arguments to a subcommand; what comes back runs it once they are parsed.
std::function<int()> addBrowsers(CLI::App& command);

} // namespace corscope::oracles

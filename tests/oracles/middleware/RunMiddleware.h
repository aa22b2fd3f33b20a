#pragma once

#include <QStringList>

#include <functional>

namespace CLI {
class App;
}

namespace corscope::oracles {

/// `middleware DIR [--framework F] [--list]`: replays every recording in a folder, prints the table per framework and
/// version, and "N passed, N failed". 0 where nothing is wrong, 1 where something is, 2 where nothing can be read.
int runMiddleware(const QString& folder, const QString& framework, bool list);

/// Adds the arguments to a subcommand; what comes back runs it once they are parsed.
std::function<int()> addMiddleware(CLI::App& command);

} // namespace corscope::oracles

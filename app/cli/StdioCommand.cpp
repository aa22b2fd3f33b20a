#include "app/cli/Commands.h"

#include "app/cli/StdioSession.h"

#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>

namespace corscope::cli {

/// What is in flight when standard input ends has so long to be answered.
static constexpr auto patienceAtEnd = std::chrono::seconds(10);

int stdio()
{
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN); // whoever reads may leave first
#endif
    StdioSession session([](const QByteArray& line) {
        std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
    });
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);)
        session.receive(QByteArray::fromStdString(line));
    session.finish(patienceAtEnd);
    return asExpected;
}

} // namespace corscope::cli

#include "tests/fuzz/Target.h"

#include "app/cli/StdioSession.h"

#include <QJsonDocument>

namespace corscope::fuzz {

/// Lines of another program. None gives names a place, so nothing is connected to.
void stdio(const QByteArray& input, Claims& claim)
{
    std::vector<QByteArray> replies;
    qsizetype asked = 0;
    {
        cli::StdioSession session([&](const QByteArray& line) { replies.push_back(line); });
        for (const auto& line : input.split('\n')) {
            // NB: what is on this machine's own ports, and in its files, is no matter of an input.
            if (line.trimmed().isEmpty() || line.contains("local") || line.contains("127") || line.contains("caFile")
                || line.contains('[') || line.contains('\\') || line.contains('%') || line.contains("0x"))
                continue;
            ++asked;
            session.receive(line);
        }
        session.finish(std::chrono::seconds(10));
    }
    claim(qsizetype(replies.size()) == asked, "every line has one reply",
          QByteArray::number(asked) + " lines, " + QByteArray::number(qsizetype(replies.size())) + " replies");
    for (const auto& reply : replies) {
        const auto object = QJsonDocument::fromJson(reply).object();
        claim(object.contains(QLatin1String("id")) && object.contains(QLatin1String("result")) != object.contains(QLatin1String("fault")),
              "a reply has an id, and either a result or a fault", reply);
    }
}

} // namespace corscope::fuzz

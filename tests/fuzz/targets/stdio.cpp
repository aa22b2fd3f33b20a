#include "tests/fuzz/Target.h"

#include "app/cli/StdioSession.h"
#include "core/http/ResponseReader.h"

#include <QJsonDocument>

#include <algorithm>
#include <atomic>

namespace corscope::fuzz {

/// A response in one line: tabs stand for its line ends.
static std::optional<ResponseMessage> responseIn(QByteArray line)
{
    ResponseReader reader("GET");
    reader.feed(line.replace('\t', "\r\n"));
    reader.eof();
    return reader.state() == ParseState::Complete ? std::optional(reader.message()) : std::nullopt;
}

/// NB: which certificates lie on this machine is no matter of an input, and reading them takes longer than all the rest.
static bool readsFiles(const QByteArray& line)
{
    const auto message = QJsonDocument::fromJson(line).object();
    return message.value(QLatin1String("cmd")) == QLatin1String("configure")
        && (message.contains(QLatin1String("caFile")) || !message.value(QLatin1String("ignoreCertErrors")).toBool());
}

/// Lines of another program, and responses of servers, wherever names may lead: nothing is connected to.
void stdio(const QByteArray& input, Claims& claim)
{
    std::vector<ResponseMessage> answers;
    std::vector<QByteArray> lines;
    for (const auto& line : input.split('\n')) {
        if (const auto answer = line.startsWith("HTTP/") ? responseIn(line) : std::nullopt)
            answers.push_back(*answer);
        else if (!line.trimmed().isEmpty() && !readsFiles(line))
            lines.push_back(line);
    }
    std::atomic<bool> leftLoopback = false;
    const auto carrier = [&](const QList<QHostAddress>& addresses, const Url& url, const TlsTrust&, const RequestMessage& request,
                             const ConnectionPool::Patience&) -> Result<ResponseMessage, NetworkFailure> {
        if (!std::all_of(addresses.begin(), addresses.end(), [](const auto& address) { return address.isLoopback(); }))
            leftLoopback = true;
        if (answers.empty() || parseErrorOf(request) != ParseError::None)
            return NetworkFailure{Why::ConnectionRefused, {}, false};
        auto answer = answers[size_t(url.path().size()) % answers.size()]; // fetches run side by side, so nothing is counted
        answer.headers.append("X-Target", request.target);
        return answer;
    };
    std::vector<QByteArray> replies;
    {
        cli::StdioSession session([&](const QByteArray& line) { replies.push_back(line); }, carrier);
        for (const auto& line : lines)
            session.receive(line);
        session.finish(std::chrono::seconds(10));
    }
    claim(!leftLoopback, "names lead to this machine only");
    claim(replies.size() == lines.size(), "every line has one reply",
          QByteArray::number(qsizetype(lines.size())) + " lines, " + QByteArray::number(qsizetype(replies.size())) + " replies");
    for (const auto& reply : replies) {
        const auto object = QJsonDocument::fromJson(reply).object();
        claim(object.contains(QLatin1String("id")) && object.contains(QLatin1String("result")) != object.contains(QLatin1String("fault")),
              "a reply has an id, and either a result or a fault", reply);
    }
}

} // namespace corscope::fuzz

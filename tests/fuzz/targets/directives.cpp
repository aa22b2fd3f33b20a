#include "tests/fuzz/Target.h"

#include "core/backend/FinishResponse.h"
#include "core/backend/Server.h"

namespace corscope::fuzz {

/// The first line names a server, the rest are directives that its user wrote.
void directives(const QByteArray& input, Claims& claim)
{
    auto text = input;
    const auto framework = takeLine(text);
    if (framework != "nginx" && framework != "apache" && framework != "caddy" && framework != "haproxy")
        return;
    const QJsonObject settings{{QStringLiteral("config"), QString::fromUtf8(text)}};
    const auto server = Server::create({"api", "http", "localhost", 5000, {{"cors", framework, {}, true, settings}},
                                        {{"*", "/*", 200, {{"X-App", "1"}}, "a", {}, false}}});
    if (!server) {
        claim(!server.error().where.isEmpty() && !server.error().expected.isEmpty(), "a directive that is refused is named");
        return;
    }
    const RequestMessage preflight{"OPTIONS", "/api/items?a=1",
                                   {{"Host", "localhost:5000"}, {"Origin", "http://app.example.test"},
                                    {"Access-Control-Request-Method", "PUT"}}, {}};
    for (const auto* method : {"OPTIONS", "GET", "PUT"}) {
        auto request = preflight;
        request.method = method;
        auto answer = (*server)->handle(request, Clock::start, Recorder::silent()).response;
        if (answer.status == 0)
            continue;
        finishResponse(request, answer, Clock::start);
        claim(isSerializable(answer), "whatever the directives say, the answer is HTTP", serialize(answer));
    }
}

} // namespace corscope::fuzz

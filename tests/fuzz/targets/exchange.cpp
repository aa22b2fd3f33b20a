#include "tests/fuzz/Target.h"

#include "core/backend/FinishResponse.h"
#include "core/base/Ascii.h"
#include "core/http/ResponseReader.h"
#include "core/network/DirectNetwork.h"

#include <QJsonDocument>

#include <algorithm>

namespace corscope::fuzz {

/// What a server over sockets does with the bytes of a request, without the sockets.
static std::optional<ResponseMessage> overTheWire(Server& server, const RequestMessage& sent)
{
    RequestParser parser;
    ResponseMessage response;
    switch (parser.feed(serialize(sent))) {
    case ParseState::NeedMore:
        return std::nullopt;
    case ParseState::Failed:
        response = refusal(parser.error());
        break;
    case ParseState::Complete:
        response = server.handle(parser.message(), Clock::start, Recorder::silent()).response;
        if (response.status == 0)
            return std::nullopt;
        finishResponse(parser.message(), response, Clock::start);
    }
    ResponseReader reader(sent.method);
    reader.feed(serialize(response));
    reader.eof();
    return reader.state() == ParseState::Complete ? std::optional(reader.message()) : std::nullopt;
}

/// The first line holds settings of a stage as JSON, with its kind, framework and version; the second line method and
/// target; then headers, an empty line, and a body.
void exchange(const QByteArray& input, Claims& claim)
{
    auto rest = input;
    const auto said = QJsonDocument::fromJson(takeLine(rest)).object();
    const auto word = [&](const char* key) { return said.value(QLatin1String(key)).toString().toUtf8(); };
    const auto settings = said.value(QLatin1String("settings")).toObject();
    const std::vector<ServerConfig> servers{
        {"api", "http", "api.example.test", 80, {{word("kind"), word("framework"), word("version"), true, settings}},
         {{"GET", "/items", 200, {}, "[]", {}}, {"*", "/*", 200, {{"X-App", "1"}, {"Set-Cookie", "a=b"}}, "text", "saved"}}}};
    const auto backend = Backend::create(servers);
    if (!backend || word("kind") == "fault") // how an answer breaks is delivered by sockets
        return;

    const auto start = takeLine(rest);
    RequestMessage request{start.left(start.indexOf(' ')), start.mid(start.indexOf(' ') + 1), {{"Host", "api.example.test"}}, {}};
    for (auto line = takeLine(rest); !line.isEmpty(); line = takeLine(rest))
        if (const auto colon = line.indexOf(':'); colon > 0)
            request.headers.append(line.left(colon), normalizedHeaderValue(line.mid(colon + 1)));
    request.body = rest;
    request.headers.remove("Transfer-Encoding");
    request.headers.remove("Content-Length");
    request.headers.remove("Upgrade");
    if (!request.body.isEmpty())
        request.headers.append("Content-Length", QByteArray::number(request.body.size()));
    // What a browser never sends was refused before.
    if (!ascii::isToken(request.method) || request.method == "CONNECT" || !request.target.startsWith('/')
        || std::any_of(request.headers.begin(), request.headers.end(),
                       [](const auto& header) { return !isHeaderName(header.name) || !isHeaderValue(header.value); }))
        return;

    DirectNetwork network(**backend);
    const auto direct = network.send(*Url::parse("http://api.example.test/"), request, WireMessage::Kind::Request, Recorder::silent());
    const auto wire = overTheWire(*(*backend)->servers().front(), request);
    claim(direct.ok() == wire.has_value(), "in-process and over the wire the same request is answered", serialize(request));
    if (direct && wire)
        claim(direct->status == wire->status && direct->headers == wire->headers && direct->body == wire->body,
              "with the same response", serialize(*direct) + "\n/\n" + serialize(*wire));
}

} // namespace corscope::fuzz

#include "tests/fuzz/Target.h"

#include "core/http/Codec.h"

namespace corscope::fuzz {

namespace {

struct Connection
{
    std::vector<RequestMessage> messages;
    ParseState end = ParseState::NeedMore;
    ParseError error = ParseError::None;
    bool operator==(const Connection&) const = default;
};

Connection requestsIn(const QList<QByteArray>& arriving)
{
    Connection result;
    RequestParser parser;
    for (const auto& piece : arriving)
        for (auto state = parser.feed(piece); state == ParseState::Complete; state = parser.next())
            result.messages.push_back(parser.message());
    result.end = parser.state();
    result.error = parser.error();
    return result;
}

} // namespace

/// What a client sends on one connection of a server.
void request(const QByteArray& input, Claims& claim)
{
    const auto whole = requestsIn({input});
    claim(requestsIn(pieces(input)) == whole, "the requests do not depend on how their bytes were cut");
    for (const auto& message : whole.messages) {
        // The body of a chunked message is decoded, so its header says no longer how its bytes came; and HTTP/1.0, which
        // needs no Host, is written as 1.1.
        if (!message.headers.contains("Host") || message.headers.contains("Transfer-Encoding") || message.headers.contains("Upgrade"))
            continue;
        claim(parseErrorOf(message) == ParseError::None, "what was read can be read", parseErrorId(parseErrorOf(message)));
        const auto again = requestsIn({serialize(message)});
        claim(again.messages == std::vector{message}, "a request that is written again is the same request", serialize(message));
    }
}

} // namespace corscope::fuzz

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
        auto written = message;
        if (!written.headers.contains("Host")) // which HTTP/1.0 does not need; it is written as 1.1
            written.headers.append("Host", "a");
        if (written.headers.contains("Transfer-Encoding")) { // the body is decoded: its length says how it comes now
            written.headers.remove("Transfer-Encoding");
            written.headers.set("Content-Length", QByteArray::number(written.body.size()));
        }
        claim(parseErrorOf(written) == ParseError::None, "what was read can be read", parseErrorId(parseErrorOf(written)));
        const auto again = requestsIn({serialize(written)});
        claim(again.messages == std::vector{written}, "a request that is written again is the same request", serialize(written));
    }
}

} // namespace corscope::fuzz

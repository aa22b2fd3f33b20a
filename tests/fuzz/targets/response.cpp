#include "tests/fuzz/Target.h"

#include "core/http/ContentDecoding.h"
#include "core/http/ResponseReader.h"

namespace corscope::fuzz {

namespace {

struct Answer
{
    ResponseMessage message;
    ParseState state = ParseState::NeedMore;
    bool keepAlive = false;
    bool operator==(const Answer&) const = default;
};

template<typename Reader>
Answer answerIn(const QList<QByteArray>& arriving, QByteArrayView method)
{
    Reader reader(method);
    for (const auto& piece : arriving)
        if (reader.feed(piece) != ParseState::NeedMore)
            break;
    if (reader.state() == ParseState::NeedMore)
        reader.eof();
    if (reader.state() != ParseState::Complete)
        return {{}, reader.state(), false};
    return {reader.message(), reader.state(), reader.keepAlive()};
}

} // namespace

/// What a server sends back, up to the end of the connection: its first line says to which method.
void response(const QByteArray& input, Claims& claim)
{
    auto bytes = input;
    const auto method = takeLine(bytes);
    const auto whole = answerIn<ResponseReader>({bytes}, method);
    auto cut = answerIn<ResponseReader>(pieces(bytes), method);
    cut.keepAlive = whole.keepAlive; // bytes behind the message may not have come when it is complete
    claim(cut == whole, "the response does not depend on how its bytes were cut");

    const auto strict = answerIn<ResponseParser>({bytes}, method);
    // NB: 205 has no body for browsers (Chromium says so in its stream parser), where the RFC frames it like any other.
    if (strict.state == ParseState::Complete && whole.state == ParseState::Complete && whole.message.status != 205)
        claim(strict.message.status == whole.message.status && strict.message.body == whole.message.body,
              "the strict reader and the browser's read the same status and body", strict.message.body + " / " + whole.message.body);
    claim(strict.state == ParseState::Complete || answerIn<ResponseParser>(pieces(bytes), method).state != ParseState::Complete,
          "the strict reader does not depend on how its bytes were cut");
    if (whole.state != ParseState::Complete)
        return;

    if (isSerializable(whole.message) && !whole.message.headers.contains("Transfer-Encoding") && method != "HEAD") {
        auto framed = whole.message;
        framed.headers.set("Content-Length", QByteArray::number(framed.body.size()));
        const bool hasBody = framed.status >= 200 && framed.status != 204 && framed.status != 304;
        if (hasBody)
            claim(answerIn<ResponseReader>({serialize(framed)}, method).message == framed,
                  "a response that is written again is the same response", serialize(framed));
    }
    if (const auto decoded = handleContentCodings(whole.message.headers, whole.message.body))
        claim(decoded->size() <= qsizetype(65) * 1024 * 1024, "a body that unpacks without end is given up");
}

} // namespace corscope::fuzz

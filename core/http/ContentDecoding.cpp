#include "core/http/ContentDecoding.h"

#include "core/base/Ascii.h"

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace corscope {

namespace {

enum class Coding { Identity, Gzip, Deflate, Brotli };

/// A body larger than this is not unpacked any further: a few bytes could claim to be all of memory. Four times what may
/// arrive unpacked (ParseLimits::bodyBytes).
constexpr qsizetype largestBody = 64 * 1024 * 1024;

std::optional<Coding> codingFrom(QByteArrayView name)
{
    static constexpr std::pair<const char*, Coding> known[] = {
        {"gzip", Coding::Gzip}, {"x-gzip", Coding::Gzip}, {"deflate", Coding::Deflate}, {"br", Coding::Brotli},
        {"identity", Coding::Identity}, {"", Coding::Identity}};
    for (const auto& [text, coding] : known)
        if (ascii::equalIgnoringCase(name, text))
            return coding;
    return std::nullopt;
}

/// \param windowBits which wrapping zlib is to expect around the data.
std::optional<QByteArray> inflated(const QByteArray& bytes, int windowBits)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return std::nullopt;
    const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&stream, inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());

    QByteArray result;
    std::array<char, 64 * 1024> buffer;
    int state = Z_OK;
    while (state == Z_OK && result.size() < largestBody) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = uInt(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        if (state == Z_OK || state == Z_STREAM_END)
            result.append(buffer.data(), qsizetype(buffer.size() - stream.avail_out));
        // A gzip file may consist of several; anything else behind the end is of no interest.
        if (state == Z_STREAM_END && windowBits > MAX_WBITS && stream.avail_in >= 2 && stream.next_in[0] == 0x1f
            && stream.next_in[1] == 0x8b)
            state = inflateReset(&stream);
    }
    return state == Z_STREAM_END ? std::optional(result) : std::nullopt;
}

std::optional<QByteArray> unbrotlied(const QByteArray& bytes)
{
    const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> decoder(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
    auto next = reinterpret_cast<const uint8_t*>(bytes.constData());
    auto available = size_t(bytes.size());
    QByteArray result;
    std::array<uint8_t, 64 * 1024> buffer;
    auto state = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (state == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && result.size() < largestBody) {
        auto out = buffer.data();
        auto room = buffer.size();
        state = BrotliDecoderDecompressStream(decoder.get(), &available, &next, &room, &out, nullptr);
        result.append(reinterpret_cast<const char*>(buffer.data()), qsizetype(buffer.size() - room));
    }
    return state == BROTLI_DECODER_RESULT_SUCCESS ? std::optional(result) : std::nullopt;
}

std::optional<QByteArray> decoded(Coding coding, const QByteArray& bytes)
{
    switch (coding) {
    case Coding::Identity:
        return bytes;
    case Coding::Gzip:
        return inflated(bytes, MAX_WBITS + 16);
    case Coding::Deflate:
        // The RFC means zlib's format; servers that send the bare data are so many that browsers read both.
        if (auto result = inflated(bytes, MAX_WBITS))
            return result;
        return inflated(bytes, -MAX_WBITS);
    case Coding::Brotli:
        return unbrotlied(bytes);
    }
    return std::nullopt;
}

} // namespace

std::optional<QByteArray> handleContentCodings(const HeaderList& headers, const QByteArray& bytes)
{
    const auto names = headers.getDecodeSplit("Content-Encoding");
    if (!names || bytes.isEmpty())
        return bytes;
    std::vector<Coding> codings;
    for (const auto& name : *names) {
        const auto coding = codingFrom(name);
        if (!coding)
            return bytes;
        codings.push_back(*coding);
    }
    std::optional<QByteArray> result = bytes;
    for (auto coding = codings.rbegin(); coding != codings.rend() && result; ++coding)
        result = decoded(*coding, *result);
    return result;
}

} // namespace corscope

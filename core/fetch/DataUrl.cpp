#include "core/fetch/DataUrl.h"

#include "core/base/Ascii.h"
#include "core/url/PercentEncoding.h"

#include <algorithm>

namespace corscope {

namespace {

bool isAsciiWhitespace(char c)
{
    return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

QByteArray strippedOfWhitespace(QByteArray bytes)
{
    while (!bytes.isEmpty() && isAsciiWhitespace(bytes.front()))
        bytes.remove(0, 1);
    while (!bytes.isEmpty() && isAsciiWhitespace(bytes.back()))
        bytes.chop(1);
    return bytes;
}

// https://infra.spec.whatwg.org/#forgiving-base64-decode
std::optional<QByteArray> forgivingBase64Decoded(QByteArray bytes)
{
    bytes.removeIf(isAsciiWhitespace);
    if (bytes.size() % 4 == 0 && bytes.endsWith('='))
        bytes.chop(bytes.endsWith("==") ? 2 : 1);
    if (bytes.size() % 4 == 1 || bytes.contains('='))
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(bytes, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors
                                                            | QByteArray::OmitTrailingEquals);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

// Cuts a `;base64` off the end; blanks may stand before the word.
bool takeBase64(QByteArray& type)
{
    if (type.size() < 6 || !ascii::equalIgnoringCase(type.right(6), "base64"))
        return false;
    auto rest = type.chopped(6);
    while (rest.endsWith(' '))
        rest.chop(1);
    if (!rest.endsWith(';'))
        return false;
    type = rest.chopped(1);
    return true;
}

} // namespace

// https://fetch.spec.whatwg.org/#data-url-processor
Result<DataUrlStruct, Blocked> dataUrlProcessor(const Url& dataUrl, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::DataUrlProcessor);

    // 1. to 4. Everything behind the scheme.
    const auto input = dataUrl.serializedWithoutFragment().mid(QByteArrayView("data:").size());
    spec.let("4", "input", input);

    // 5. to 7. The type ends at the first comma, which has to be there.
    const auto comma = input.indexOf(',');
    if (comma < 0)
        return spec.failure("7", Why::SchemeNotSupported, "data", {{"input", input, std::nullopt}});
    auto type = strippedOfWhitespace(input.left(comma));
    spec.let("6", "mimeType", type);

    // 8. to 10. Then the body, its bytes written as percent signs or not.
    auto body = percentDecoded(input.mid(comma + 1));
    spec.let("10", "body", body);

    // 11. Or as base64.
    if (spec.ask("11", takeBase64(type))) {
        auto decoded = forgivingBase64Decoded(body);
        if (!decoded)
            return spec.failure("11.2", Why::SchemeNotSupported, "data", {{"body", body, std::nullopt}});
        body = std::move(*decoded);
    }

    // 12. Parameters alone are those of plain text.
    if (type.startsWith(';'))
        type.prepend("text/plain");

    // 13. and 14. What cannot be read is plain text too.
    auto mimeTypeRecord = parseMimeType(type);
    if (!mimeTypeRecord)
        mimeTypeRecord = MimeType{"text", "plain", {{"charset", "US-ASCII"}}};
    spec.let("14", "mimeTypeRecord", [&] { return mimeTypeRecord->serialized(); });

    // 15.
    return DataUrlStruct{*mimeTypeRecord, body};
}

} // namespace corscope

#include "core/http/MimeType.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

/// https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point
/// Values are isomorphic bytes here: 0x80 to 0xFF stand for U+0080 to U+00FF, which the standard allows.
static bool isQuotedStringTokenByte(char c)
{
    const auto value = static_cast<unsigned char>(c);
    return value == '\t' || (value >= 0x20 && value != 0x7f);
}

static QByteArrayView trimmedEnd(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && ascii::isHttpWhitespace(bytes.back()))
        bytes.chop(1);
    return bytes;
}

static QByteArrayView trimmedStart(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && ascii::isHttpWhitespace(bytes.front()))
        bytes = bytes.sliced(1);
    return bytes;
}

/// Cuts off and returns what stands before the first of the given bytes.
static QByteArrayView takeUntil(QByteArrayView& rest, QByteArrayView stops)
{
    qsizetype end = 0;
    while (end < rest.size() && std::find(stops.begin(), stops.end(), rest[end]) == stops.end())
        ++end;
    const auto taken = rest.first(end);
    rest = rest.sliced(end);
    return taken;
}

/// https://fetch.spec.whatwg.org/#collect-an-http-quoted-string with the extract-value flag.
/// \param rest begins with the opening quote
static QByteArray takeQuotedValue(QByteArrayView& rest)
{
    QByteArray value;
    qsizetype i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
        if (rest[i] == '\\' && i + 1 < rest.size())
            ++i;
        value += rest[i];
    }
    rest = rest.sliced(std::min(i + 1, rest.size()));
    return value;
}

std::optional<QByteArray> MimeType::parameter(QByteArrayView name) const
{
    for (const auto& [key, value] : parameters) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

QByteArray MimeType::serialized() const
{
    auto result = essence();
    for (const auto& [name, value] : parameters) {
        result += ';' + name + '=';
        if (ascii::isToken(value)) {
            result += value;
            continue;
        }
        result += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\')
                result += '\\';
            result += c;
        }
        result += '"';
    }
    return result;
}

std::optional<MimeType> parseMimeType(QByteArrayView input)
{
    auto rest = ascii::trimmed(input);
    const auto type = takeUntil(rest, "/");
    if (!ascii::isToken(type) || rest.isEmpty())
        return std::nullopt;
    rest = rest.sliced(1);
    const auto subtype = trimmedEnd(takeUntil(rest, ";"));
    if (!ascii::isToken(subtype))
        return std::nullopt;

    MimeType mimeType{ascii::lowered(type), ascii::lowered(subtype), {}};
    while (!rest.isEmpty()) {
        // Here and at each turn, rest begins with the semicolon before a parameter.
        rest = trimmedStart(rest.sliced(1));
        const auto name = ascii::lowered(takeUntil(rest, ";="));
        if (rest.isEmpty())
            break;
        if (rest.front() == ';')
            continue;
        rest = rest.sliced(1);
        if (rest.isEmpty())
            break;
        QByteArray value;
        if (rest.front() == '"') {
            value = takeQuotedValue(rest);
            takeUntil(rest, ";");
        } else {
            value = trimmedEnd(takeUntil(rest, ";")).toByteArray();
            if (value.isEmpty())
                continue;
        }
        if (ascii::isToken(name) && std::all_of(value.begin(), value.end(), isQuotedStringTokenByte)
            && !mimeType.parameter(name))
            mimeType.parameters.append({name, value});
    }
    return mimeType;
}

std::optional<MimeType> extractMimeType(const HeaderList& headers)
{
    const auto values = headers.getDecodeSplit("Content-Type");
    if (!values)
        return std::nullopt;
    std::optional<QByteArray> charset;
    std::optional<MimeType> result;
    for (const auto& value : *values) {
        auto candidate = parseMimeType(value);
        if (!candidate || candidate->essence() == "*/*")
            continue;
        // A later type of the same essence inherits the charset that an earlier one named.
        if (!result || candidate->essence() != result->essence())
            charset = candidate->parameter("charset");
        else if (!candidate->parameter("charset") && charset)
            candidate->parameters.append({"charset", *charset});
        result = std::move(candidate);
    }
    return result;
}

} // namespace corscope

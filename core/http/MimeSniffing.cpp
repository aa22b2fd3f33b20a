#include "core/http/MimeSniffing.h"

#include "core/base/Ascii.h"

#include <algorithm>
#include <iterator>

namespace corscope {

namespace {

/// First bytes that give a format away; a question mark stands for any byte.
struct Pattern
{
    const char* bytes;
    qsizetype size;
};

constexpr Pattern imagePatterns[] = {
    {"\x00\x00\x01\x00", 4}, {"\x00\x00\x02\x00", 4}, {"BM", 2}, {"GIF87a", 6}, {"GIF89a", 6}, {"RIFF????WEBPVP", 14},
    {"\x89PNG\r\n\x1A\n", 8}, {"\xFF\xD8\xFF", 3}};
constexpr Pattern audioOrVideoPatterns[] = {
    {"FORM????AIFF", 12}, {"ID3", 3}, {"OggS\x00", 5}, {"MThd\x00\x00\x00\x06", 8}, {"RIFF????AVI ", 12},
    {"RIFF????WAVE", 12}};

bool matches(const Pattern& pattern, QByteArrayView bytes)
{
    if (bytes.size() < pattern.size)
        return false;
    for (qsizetype i = 0; i < pattern.size; ++i)
        if (pattern.bytes[i] != '?' && pattern.bytes[i] != bytes[i])
            return false;
    return true;
}

template<size_t N>
bool matchesAny(const Pattern (&patterns)[N], QByteArrayView bytes)
{
    return std::any_of(std::begin(patterns), std::end(patterns), [&](const auto& p) { return matches(p, bytes); });
}

// https://mimesniff.spec.whatwg.org/#signature-for-mp4
bool isMp4(QByteArrayView bytes)
{
    if (bytes.size() < 12 || bytes.sliced(4, 4) != QByteArrayView("ftyp"))
        return false;
    const auto byte = [&](qsizetype i) { return quint32(static_cast<unsigned char>(bytes[i])); };
    const auto boxSize = qsizetype(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3));
    if (bytes.size() < boxSize || boxSize % 4 != 0)
        return false;
    if (bytes.sliced(8, 3) == QByteArrayView("mp4"))
        return true;
    for (qsizetype i = 16; i + 3 <= boxSize; i += 4)
        if (bytes.sliced(i, 3) == QByteArrayView("mp4"))
            return true;
    return false;
}

// https://mimesniff.spec.whatwg.org/#parse-a-vint : how many bytes the number takes, told by the zeros in front of it.
qsizetype vintSize(char first)
{
    qsizetype size = 1;
    for (unsigned mask = 0x80; size < 8 && !(static_cast<unsigned char>(first) & mask); mask >>= 1)
        ++size;
    return size;
}

// https://mimesniff.spec.whatwg.org/#signature-for-webm
bool isWebm(QByteArrayView bytes)
{
    if (!bytes.startsWith("\x1A\x45\xDF\xA3"))
        return false;
    for (qsizetype i = 4; i < std::min<qsizetype>(bytes.size(), 38); ++i) {
        if (!bytes.sliced(i).startsWith("\x42\x82")) // the document type, behind the size of its name
            continue;
        i += 2;
        if (i >= bytes.size())
            return false;
        i += vintSize(bytes[i]);
        if (i >= bytes.size() - 4)
            return false;
        auto name = bytes.sliced(i);
        while (name.startsWith('\0'))
            name = name.sliced(1);
        if (name.startsWith("webm"))
            return true;
    }
    return false;
}

template<size_t N>
bool isOneOf(const QByteArray& essence, const char* const (&essences)[N])
{
    return std::any_of(std::begin(essences), std::end(essences), [&](const char* e) { return essence == e; });
}

} // namespace

bool isJavaScriptMimeType(const MimeType& type)
{
    static constexpr const char* essences[] = {
        "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
        "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
        "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
        "text/x-ecmascript", "text/x-javascript"};
    return isOneOf(type.essence(), essences);
}

bool isHtmlMimeType(const MimeType& type) { return type.essence() == "text/html"; }

bool isXmlMimeType(const MimeType& type)
{
    return type.subtype.endsWith("+xml") || type.essence() == "text/xml" || type.essence() == "application/xml";
}

bool isJsonMimeType(const MimeType& type)
{
    return type.subtype.endsWith("+json") || type.essence() == "application/json" || type.essence() == "text/json";
}

bool matchesImagePattern(QByteArrayView bytes) { return matchesAny(imagePatterns, bytes); }

bool matchesAudioOrVideoPattern(QByteArrayView bytes)
{
    return matchesAny(audioOrVideoPatterns, bytes) || isMp4(bytes) || isWebm(bytes);
}

bool determineNosniff(const HeaderList& headers)
{
    const auto values = headers.getDecodeSplit("X-Content-Type-Options");
    return values && ascii::equalIgnoringCase(values->first(), "nosniff");
}

} // namespace corscope

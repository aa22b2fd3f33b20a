#include "core/share/Link.h"

#include "core/base/Ascii.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <QtEndian>

#include <zlib.h>

#include <array>

namespace corscope::share {

namespace {

constexpr QByteArrayView prefix = "corscope:1:";
constexpr QByteArrayView anyVersion = "corscope:";
constexpr qsizetype largestFile = 1 << 20; ///< a small link could claim to be all of memory
constexpr qsizetype longestLink = 1 << 20;

// What is most usual stands last, where DEFLATE reaches it with the shortest codes. NB: part of version 1; a change of a
// single byte makes old links unreadable.
constexpr char words[] =
    "\"contentSecurityPolicy\": [\"default-src 'self'\"],\n\"addressSpace\": \"public\"\"localNetworkAccess\": \"granted\""
    "\"hiddenHeaders\": [\"visibleHeaders\": [\"bodyError\": \"closed\"\"raises\": true\"topics\": [\"preflight\", \"credentials\", "
    "\"headers\", \"FastAPI\", \"Express\", \"nginx\"],\n  \"profile\": \"firefox\"webkit\"chromium\",\n"
    "\"kind\": \"raw-headers\"reverse-proxy\"shared-cache\"error-handler\"https-redirect\"auth\",\n"
    "\"framework\": \"spring\"django\"flask\"gin-cors\"rack-cors\"nginx\"express\"fastapi\",\n            \"settings\": {\n"
    "              \"allowedOrigins\": [\"CORS_ALLOWED_ORIGINS\"\"credentials\": true\"origin\": [\"methods\": \"maxAge\": 600"
    "\"allow_credentials\": true,\n              \"allow_headers\": [\"*\"],\n              \"allow_methods\": [\"*\"],\n"
    "              \"allow_origins\": [\"http://localhost:3000\", \"https://app.example.com\", \"http://localhost:8000\"]\n"
    "            }\n          }\n        ],\n      \"routes\": [\n        {\n          \"path\": \"/items\",\n"
    "          \"status\": 200,\n          \"headers\": [\n            [\"Access-Control-Allow-Origin\", \"*\"],\n"
    "            [\"content-type\", \"application/json\"]\n          ],\n          \"body\": \"{\\\"id\\\":1,\\\"name\\\":\\\"\\\"}\"\n"
    "        },\n        {\n          \"method\": \"PUT\",\n          \"path\": \"/items/1\",\n          \"effect\": \"item 1 saved\"\n"
    "        }\n      ]\n    }\n  ],\n  \"actions\": [\n    {\n      \"do\": \"change\",\n      \"path\": \"servers[0].pipeline[0]."
    "settings.enabled\",\n      \"value\": false\n    },\n    {\n      \"do\": \"wait\",\n      \"milliseconds\": 60000\n    },\n"
    "    {\n      \"do\": \"send\",\n      \"page\": \"app\",\n      \"url\": \"http://localhost:5000/items/1\",\n"
    "      \"method\": \"PUT\",\n      \"headers\": [\n        [\"Content-Type\", \"application/json\"]\n      ],\n"
    "      \"body\": \"{}\",\n      \"mode\": \"no-cors\",\n      \"credentials\": \"include\"\n    }\n  ],\n  \"expectations\": [\n"
    "    {\n      \"action\": 0,\n      \"blocked\": \"missing-allow-origin\",\n      \"preflight\": \"not-needed\",\n"
    "      \"requestSent\": true,\n      \"visible\": \"no\",\n      \"handlerRuns\": 0\n    },\n    {\n      \"action\": 2,\n"
    "      \"allowed\": true,\n      \"preflight\": \"sent\",\n      \"requestSent\": true,\n      \"visible\": \"yes\",\n"
    "      \"status\": 200,\n      \"handlerRuns\": 1\n    }\n  ]\n}\n"
    "{\n  \"corscope\": 1,\n  \"title\": \"\",\n  \"story\": \"The page \",\n  \"source\": \"https://github.com/\",\n"
    "  \"topics\": [],\n  \"pages\": [\n    {\n      \"id\": \"app\",\n      \"origin\": \"http://localhost:8000\"\n    }\n  ],\n"
    "  \"servers\": [\n    {\n      \"id\": \"api\",\n      \"origin\": \"http://localhost:5000\",\n      \"pipeline\": [\n"
    "        {\n          \"kind\": \"cors\",\n          \"framework\": ";

const Bytef* bytes(const char* data) { return reinterpret_cast<const Bytef*>(data); }

QString tr(const char* text) { return QCoreApplication::translate("Link", text); }

InputError refused(const QString& expected, const QString& found = {}) { return {tr("link"), expected, found}; }

QByteArray deflated(const QByteArray& file)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    deflateSetDictionary(&stream, bytes(words), sizeof words - 1);
    QByteArray result(qsizetype(deflateBound(&stream, uLong(file.size()))), Qt::Uninitialized);
    stream.next_in = const_cast<Bytef*>(bytes(file.constData()));
    stream.avail_in = uInt(file.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = uInt(result.size());
    deflate(&stream, Z_FINISH);
    result.truncate(result.size() - qsizetype(stream.avail_out));
    deflateEnd(&stream);
    return result;
}

Result<QByteArray> inflated(QByteArrayView packed)
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return refused(tr("enough memory to unpack it"));
    const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&stream, inflateEnd);
    inflateSetDictionary(&stream, bytes(words), sizeof words - 1);
    stream.next_in = const_cast<Bytef*>(bytes(packed.data()));
    stream.avail_in = uInt(packed.size());
    QByteArray result;
    std::array<char, 16 * 1024> buffer;
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = uInt(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        result.append(buffer.data(), qsizetype(buffer.size() - stream.avail_out));
        if (result.size() > largestFile)
            return refused(tr("a scenario of at most one mebibyte"), tr("more"));
    }
    if (state != Z_STREAM_END || stream.avail_in)
        return refused(tr("the whole link, from corscope: to its last character"), tr("one that is damaged"));
    return result;
}

quint32 checksum(const QByteArray& file)
{
    return quint32(crc32(crc32(0, nullptr, 0), bytes(file.constData()), uInt(file.size())));
}

bool isLinkCharacter(char c) { return ascii::isAlphanumeric(c) || c == '-' || c == '_'; }

} // namespace

QByteArray scenarioLink(const Scenario& scenario)
{
    const auto file = scenariofile::serialize(scenario);
    QByteArray packed(4, '\0');
    qToBigEndian(checksum(file), packed.data());
    packed += deflated(file);
    return prefix.toByteArray() + packed.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool looksLikeLink(QByteArrayView text)
{
    return ascii::trimmed(text).startsWith(anyVersion);
}

Result<Scenario> scenarioOfLink(QByteArrayView text)
{
    if (text.size() > longestLink)
        return refused(tr("a link of at most one mebibyte"), tr("a longer one"));
    QByteArray link;
    for (const char c : text)
        if (!ascii::isHttpWhitespace(c))
            link += c;
    if (!link.startsWith(prefix))
        return refused(tr("a text that begins with %1").arg(QLatin1String(prefix.data(), prefix.size())),
                       QString::fromUtf8(link.left(20)));
    const auto coded = link.mid(prefix.size());
    const auto decoded = QByteArray::fromBase64Encoding(
        coded, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() <= 4)
        return refused(tr("the whole link, from corscope: to its last character"), tr("one that is damaged"));
    const auto file = inflated(QByteArrayView(decoded.decoded).sliced(4));
    if (!file)
        return file.error();
    if (checksum(*file) != qFromBigEndian<quint32>(decoded.decoded.constData()))
        return refused(tr("the whole link, from corscope: to its last character"), tr("one whose checksum does not fit"));
    return scenariofile::parse(*file, tr("link"));
}

QByteArray findLink(const QByteArray& text)
{
    // A link that is all there is may have been broken into lines.
    if (text.size() <= longestLink && text.trimmed().startsWith(prefix)) {
        QByteArray joined;
        bool whole = true;
        for (const char c : text.trimmed().mid(prefix.size())) {
            whole = whole && (isLinkCharacter(c) || ascii::isHttpWhitespace(c));
            if (!ascii::isHttpWhitespace(c))
                joined += c;
        }
        // Words of a sentence are parted by blanks; a broken link has line breaks alone.
        if (whole && !text.trimmed().contains(' '))
            return prefix.toByteArray() + joined;
    }
    const auto from = text.indexOf(prefix);
    if (from < 0)
        return {};
    auto to = from + prefix.size();
    while (to < text.size() && isLinkCharacter(text[to]))
        ++to;
    return text.mid(from, to - from);
}

} // namespace corscope::share

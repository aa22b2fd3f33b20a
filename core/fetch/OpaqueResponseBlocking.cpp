#include "core/fetch/OpaqueResponseBlocking.h"

#include "core/http/MimeSniffing.h"

#include <QJsonDocument>

#include <algorithm>
#include <iterator>

namespace corscope {

namespace {

bool isSafelisted(const MimeType& type)
{
    return isJavaScriptMimeType(type) || type.essence() == "text/css" || type.essence() == "image/svg+xml";
}

bool isBlocklisted(const MimeType& type)
{
    return isHtmlMimeType(type) || isJsonMimeType(type) || isXmlMimeType(type);
}

// Documents, archives and streams: never a script by accident, whatever they contain.
bool isBlocklistedNeverSniffed(const MimeType& type)
{
    static constexpr const char* essences[] = {
        "application/dash+xml", "application/gzip", "application/msexcel", "application/mspowerpoint",
        "application/msword", "application/msword-template", "application/pdf", "application/vnd.apple.mpegurl",
        "application/vnd.ces-quickpoint", "application/vnd.ces-quicksheet", "application/vnd.ces-quickword",
        "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.macroenabled.12", "application/vnd.ms-powerpoint",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12", "application/vnd.ms-word",
        "application/vnd.ms-word.document.12", "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.msword", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.template",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.presentation-openxml", "application/vnd.presentation-openxmlm",
        "application/vnd.spreadsheet-openxml", "application/vnd.wordprocessing-openxml", "application/x-gzip",
        "application/x-protobuf", "application/x-protobuffer", "application/zip", "audio/mpegurl",
        "multipart/byteranges", "multipart/signed", "text/csv", "text/event-stream", "text/vtt"};
    const auto essence = type.essence();
    return std::any_of(std::begin(essences), std::end(essences), [&](const char* e) { return essence == e; });
}

// A part that begins at the first byte.
bool isFirstPart(const Response& response)
{
    return response.headerList.get("Content-Range").value_or(QByteArray()).startsWith("bytes 0-");
}

// DEVIATION: no script is parsed here. What is JSON, begins like a document, or with what keeps scripts from running it
// (an error of syntax, or a loop without end), is taken for no script, and everything else for one.
bool looksLikeScript(const QByteArray& body)
{
    static constexpr const char* breakers[] = {")]}'", "{}&&", "{} &&", "for(;;);", "for (;;);", "while(1);", "while (1);"};
    const auto text = body.trimmed();
    if (text.startsWith('<') && !text.startsWith("<!--"))
        return false;
    return std::none_of(std::begin(breakers), std::end(breakers), [&](const char* b) { return text.startsWith(b); });
}

bool isJson(const QByteArray& body)
{
    return !QJsonDocument::fromJson('[' + body + ']').isNull() && !body.trimmed().isEmpty();
}

} // namespace

bool isInOpaqueResponseSafelist(const Response& response, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::OpaqueResponseSafelist);

    // 1. and 2. What does it say it is, and may that be doubted?
    const auto mimeType = extractMimeType(response.headerList);
    const bool nosniff = determineNosniff(response.headerList);
    spec.let("1", "mimeType", [&] { return mimeType ? std::optional(mimeType->essence()) : std::nullopt; });
    spec.let("2", "nosniff", nosniff ? "true" : "false");

    // 3. By type: scripts, style sheets and SVG are embedded; documents are not, if they are sure to be such.
    if (mimeType) {
        if (spec.ask("3.1", isSafelisted(*mimeType)))
            return true;
        if (spec.ask("3.2", isBlocklistedNeverSniffed(*mimeType)))
            return false;
        if (spec.ask("3.3", response.status == 206 && isBlocklisted(*mimeType)))
            return false;
        if (spec.ask("3.4", nosniff && (isBlocklisted(*mimeType) || mimeType->essence() == "text/plain")))
            return false;
    }

    // 4. SKIPPED: no <audio> or <video> here, which ask for parts.
    // 5. A part has to be the first one.
    if (spec.ask("5", response.status == 206 && !isFirstPart(response)))
        return false;

    // 6. to 8. The first bytes: sound and film are for elements that are not here,
    const auto bytes = response.body.value_or(QByteArray());
    const auto start = QByteArrayView(bytes).first(std::min<qsizetype>(bytes.size(), 1024));
    if (spec.ask("7", matchesAudioOrVideoPattern(start)))
        return false;

    // 9. pictures are embedded whatever they call themselves.
    if (spec.ask("9", matchesImagePattern(start)))
        return true;

    // 10. and 11. Nothing else without being called so, and no error page.
    if (spec.ask("10", nosniff))
        return false;
    if (spec.ask("11", !isOkStatus(response.status), {{"status", response.status, std::nullopt}}))
        return false;

    // 12. Without a type it may be a style sheet.
    if (spec.ask("12", !mimeType))
        return true;

    // 13. to 15. Or a script under another name; but what is JSON is data.
    return spec.ask("14", looksLikeScript(bytes) && !isJson(bytes));
}

} // namespace corscope

#include "core/callcode/ReadParts.h"

namespace corscope::callcode {

namespace {

bool readByte(CallWords& words, QByteArray& bytes)
{
    bool ok = false;
    const int byte = words.token().text.toInt(&ok, 0);
    if (words.token().kind != CallWords::Kind::Number || !ok || byte < 0 || byte > 255)
        return words.fail(words.token(), tr("Expected a byte, from 0 to 255."));
    bytes.append(char(byte));
    words.advance();
    return true;
}

/// A text, JSON.stringify() of something, or bytes.
bool readContent(CallWords& words, QByteArray& bytes)
{
    if (words.skip({"JSON", ".", "stringify", "("})) {
        QString json;
        const bool done = readJson(words, json) && words.take(")");
        bytes = json.toUtf8();
        return done;
    }
    if (words.skip({"new", "TextEncoder", "(", ")", ".", "encode", "("})) {
        QString text;
        const bool done = words.string(text, tr("a text in quotes")) && words.take(")");
        bytes = text.toUtf8();
        return done;
    }
    if (words.skip({"new", "Uint8Array", "("}))
        return words.list([&] { return readByte(words, bytes); }) && words.take(")");
    QString text;
    if (!words.string(text, tr("a text in quotes, JSON.stringify(...), new Blob([...]) or new URLSearchParams(...)")))
        return false;
    bytes = text.toUtf8();
    return true;
}

bool readBlobOption(CallWords& words, const CallToken& key, QByteArray& bodyType)
{
    if (key.text != QLatin1String("type"))
        return words.fail(key, tr("Corscope knows the option type of a Blob only."));
    const auto start = words.token();
    QString type;
    if (!words.string(type, tr("a MIME type, in quotes")))
        return false;
    bodyType = type.toLatin1();
    return isHeaderValue(bodyType) || words.fail(start, tr("A type has no line breaks and no blanks around it."));
}

} // namespace

bool readBody(CallWords& words, FetchCall& call)
{
    call.bodyType = FetchCall().bodyType;
    call.body = {};
    if (words.skip({"null"}) || words.skip({"undefined"}))
        return true;
    QByteArray bytes;
    if (words.skip({"new", "URLSearchParams", "("})) {
        QString text;
        if (!words.string(text, tr("the parameters as a text, such as \"a=1&b=2\"")) || !words.take(")"))
            return false;
        bytes = text.toUtf8();
        call.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
    } else if (words.skip({"new", "Blob", "(", "["})) {
        if (!words.is("]") && !readContent(words, bytes))
            return false;
        if (!words.take("]"))
            return false;
        call.bodyType.clear();
        if (words.skip({","}) && !words.object([&](const CallToken& key) { return readBlobOption(words, key, call.bodyType); }))
            return false;
        if (!words.take(")"))
            return false;
    } else if (words.is("new")) {
        if (!readContent(words, bytes))
            return false;
        call.bodyType.clear();
    } else if (!readContent(words, bytes)) {
        return false;
    }
    call.body = bytes;
    return true;
}

} // namespace corscope::callcode

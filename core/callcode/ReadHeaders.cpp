#include "core/callcode/ReadParts.h"

#include <algorithm>

namespace corscope::callcode {

namespace {

bool readValue(CallWords& words, const CallToken& nameToken, const QString& name, HeaderList& headers)
{
    const auto start = words.token();
    QString value;
    if (!words.string(value, tr("the value of the header, in quotes")))
        return false;
    if (!isHeaderName(name.toUtf8()))
        return words.fail(nameToken, tr("A header name is made of letters, digits and !#$%&'*+-.^_`|~ only."));
    const auto isByte = [](QChar c) { return c.unicode() <= 0xff; };
    if (!std::all_of(value.begin(), value.end(), isByte))
        return words.fail(start, tr("A header value has no characters above U+00FF: fetch() throws."));
    const auto bytes = normalizedHeaderValue(value.toLatin1());
    if (!isHeaderValue(bytes))
        return words.fail(start, tr("A header value has no line breaks and no NUL."));
    headers.append(name.toLatin1(), bytes);
    return true;
}

bool readItems(CallWords& words, HeaderList& headers)
{
    if (words.is("{"))
        return words.object([&](const CallToken& key) { return readValue(words, key, key.text, headers); });
    if (!words.is("["))
        return words.fail(words.token(), tr("Expected headers as { \"Name\": \"value\" } or [[\"Name\", \"value\"]]."));
    return words.list([&] {
        if (!words.take("[") || !readHeader(words, headers))
            return false;
        words.skip({","});
        return words.take("]");
    });
}

} // namespace

bool readHeader(CallWords& words, HeaderList& headers)
{
    const auto start = words.token();
    QString name;
    if (start.kind == CallWords::Kind::Name) { // { Accept: ... }
        name = start.text;
        words.advance();
    } else if (!words.string(name, tr("the name of a header, in quotes"))) {
        return false;
    }
    if (words.is(":") || words.is(","))
        words.advance();
    else
        return words.fail(words.token(), tr("The value of the header belongs here."));
    return readValue(words, start, name, headers);
}

bool readHeaders(CallWords& words, HeaderList& headers)
{
    headers = {};
    if (words.skip({"new", "Headers", "("}))
        return (words.is(")") || readItems(words, headers)) && words.take(")");
    return readItems(words, headers);
}

} // namespace corscope::callcode

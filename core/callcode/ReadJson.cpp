#include "core/callcode/ReadParts.h"

namespace corscope::callcode {

namespace {

constexpr int deepest = 50; // typed text must not exhaust the stack

bool readValue(CallWords& words, QString& json, int depth)
{
    if (depth > deepest)
        return words.fail(words.token(), tr("This is nested too deeply."));
    if (words.token().kind == CallWords::Kind::String) {
        json += inQuotes(words.token().text, u'"', Unseen::AsTheyAre);
        words.advance();
        return true;
    }
    if (words.is("true") || words.is("false") || words.is("null") || words.token().kind == CallWords::Kind::Number
        || (words.is("-") && words.token(1).kind == CallWords::Kind::Number)) {
        if (words.is("-")) {
            json += u'-';
            words.advance();
        }
        json += words.token().text;
        words.advance();
        return true;
    }
    bool first = true;
    if (words.is("{")) {
        json += u'{';
        const bool done = words.object([&](const CallToken& key) {
            json += (first ? QString() : QStringLiteral(",")) + inQuotes(key.text, u'"', Unseen::AsTheyAre) + u':';
            first = false;
            return readValue(words, json, depth + 1);
        });
        json += u'}';
        return done;
    }
    if (!words.is("["))
        return words.fail(words.token(), tr("This value is worked out at run time; write it out here."));
    json += u'[';
    const bool done = words.list([&] {
        json += first ? QString() : QStringLiteral(",");
        first = false;
        return readValue(words, json, depth + 1);
    });
    json += u']';
    return done;
}

} // namespace

bool readJson(CallWords& words, QString& json)
{
    return readValue(words, json, 0);
}

} // namespace corscope::callcode

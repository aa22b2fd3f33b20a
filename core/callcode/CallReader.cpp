#include "core/callcode/CallCode.h"
#include "core/callcode/ReadParts.h"

namespace corscope {

namespace callcode {

bool readAddress(CallWords& words, FetchCall& call)
{
    const auto& start = words.token();
    QString url;
    if (!words.string(url, tr("the address, as a text in quotes")))
        return false;
    if (url.isEmpty())
        return words.fail(start, tr("The address is empty."));
    call.url = url.toUtf8();
    return true;
}

bool readTimer(CallWords& words, const QString& name, std::optional<Milliseconds>& after)
{
    if (name.isEmpty() || words.token().text != name)
        return words.fail(words.token(), tr("Nothing of that name can be aborted."));
    words.advance();
    if (!words.take(".") || !words.take("abort") || !words.take("(") || !words.take(")") || !words.take(","))
        return false;
    after = Milliseconds(0);
    return words.milliseconds(*after) && words.take(")");
}

/// Up to the call itself, and that.
static bool readStatements(CallWords& words, FetchCall& call)
{
    AbortControl control;
    for (;;) {
        if (words.skip({";"}))
            continue;
        if (words.isEnd())
            return words.fail(words.token(), tr("A call of fetch() or an XMLHttpRequest belongs here."));
        if (words.skip({"setTimeout", "(", "(", ")", "=", ">"}) || words.skip({"setTimeout", "(", "(", ")", "=>"})) {
            if (!readTimer(words, control.name, control.aborts))
                return false;
            continue;
        }
        if (words.isMember(control.name, "abort")) {
            words.advance(3);
            if (!words.take("(") || !words.take(")"))
                return false;
            control.aborts = Milliseconds(-1);
            continue;
        }
        QString name;
        const bool declared = words.is("const") || words.is("let") || words.is("var");
        if (declared)
            words.advance();
        if (words.token().kind == CallWords::Kind::Name && words.is("=", 1)) {
            name = words.token().text;
            words.advance(2);
        } else if (declared) {
            return words.fail(words.token(), tr("A name and = belong here."));
        }
        if (words.skip({"new", "AbortController"})) {
            if (!words.take("(") || !words.take(")"))
                return false;
            control.name = name;
            continue;
        }
        if (words.skip({"new", "XMLHttpRequest"}))
            return words.take("(") && words.take(")") && readXhr(words, call, name);
        words.skip({"await"});
        words.skip({"window", "."});
        const auto& start = words.token();
        if (!words.skip({"fetch"}))
            return words.fail(start, tr("A call of fetch() or an XMLHttpRequest belongs here."));
        return readFetch(words, call, control);
    }
}

} // namespace callcode

Result<FetchCall, CodeMistake> readCallCode(const QString& code, const FetchCall& before)
{
    auto tokens = callcode::callTokens(code);
    if (!tokens)
        return tokens.error();
    callcode::CallWords words(code, std::move(tokens).value());
    auto call = before;
    if (callcode::readStatements(words, call))
        return call;
    return *words.mistake();
}

} // namespace corscope

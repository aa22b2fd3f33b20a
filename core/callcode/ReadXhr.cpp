#include "core/callcode/ReadParts.h"

namespace corscope::callcode {

namespace {

/// Functions that are called later are not looked at.
bool readHandler(CallWords& words)
{
    int depth = 0;
    for (; !words.isEnd(); words.advance()) {
        if (depth == 0 && words.is(";"))
            return true;
        depth += words.is("(") || words.is("{") || words.is("[") ? 1 : words.is(")") || words.is("}") || words.is("]") ? -1 : 0;
    }
    return depth == 0 || words.fail(words.token(), tr("A closing bracket is missing at the end."));
}

bool readMember(CallWords& words, const CallToken& member, FetchCall& call, bool& opened, bool& sent)
{
    const auto isNamed = [&](const char* other) { return member.text == QLatin1String(other); };
    if (isNamed("open")) {
        QString method;
        if (!words.take("(") || !words.string(method, tr("the method, such as \"PUT\"")) || !words.take(",") || !readAddress(words, call))
            return false;
        call.method = method.toUtf8();
        opened = true;
        if (words.is(",") && !(words.is("true", 1) && words.is(")", 2)))
            return words.fail(words.token(1), tr("Only asynchronous requests without user name are read."));
        if (words.is(","))
            words.advance(2);
        return words.take(")");
    }
    if (!opened && (isNamed("setRequestHeader") || isNamed("send")))
        return words.fail(member, tr("open() comes before this."));
    if (isNamed("setRequestHeader"))
        return words.take("(") && readHeader(words, call.headers) && words.take(")");
    if (isNamed("send")) {
        sent = true;
        return words.take("(") && (words.is(")") || readBody(words, call)) && words.take(")");
    }
    if (isNamed("withCredentials")) {
        bool with = false;
        if (!words.take("=") || !words.boolean(with))
            return false;
        if (with)
            call.credentials = "include";
        return true;
    }
    if (isNamed("timeout")) {
        Milliseconds timeout{0};
        if (!words.take("=") || !words.milliseconds(timeout))
            return false;
        call.timeout = timeout > Milliseconds(0) ? std::optional(timeout) : std::nullopt;
        return true;
    }
    const bool isHandler = member.text.startsWith(QLatin1String("on")) || isNamed("addEventListener");
    if (isNamed("upload") || isHandler) {
        call.useCorsPreflight = call.useCorsPreflight || isNamed("upload");
        return readHandler(words);
    }
    return words.fail(member, tr("Corscope does not read %1 of an XMLHttpRequest.").arg(member.text));
}

} // namespace

bool readXhr(CallWords& words, FetchCall& call, const QString& name)
{
    call.initiator = FetchCall::Initiator::XmlHttpRequest;
    call.headers = {};
    call.body = {};
    call.bodyType = FetchCall().bodyType;
    call.timeout = {};
    call.abortAfter = {};
    call.useCorsPreflight = false;
    const auto credentialsBefore = call.credentials;
    call.credentials = credentialsBefore == "include" ? QByteArray("same-origin") : credentialsBefore;
    bool opened = false;
    bool sent = false;
    for (;;) {
        if (words.skip({";"}))
            continue;
        if (words.isEnd())
            break;
        if (words.skip({"setTimeout", "(", "(", ")", "=>"})) {
            if (!readTimer(words, name, call.abortAfter))
                return false;
            continue;
        }
        if (name.isEmpty() || words.token().text != name || !words.is(".", 1))
            return words.fail(words.token(), tr("Here only what is done with the XMLHttpRequest is read."));
        words.advance(2);
        const auto member = words.token();
        words.advance();
        if (!readMember(words, member, call, opened, sent))
            return false;
    }
    if (!opened)
        return words.fail(words.token(), tr("open() is missing."));
    return sent || words.fail(words.token(), tr("send() is missing."));
}

} // namespace corscope::callcode

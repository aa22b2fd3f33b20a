#include "core/callcode/ReadParts.h"
#include "core/scenario/ScenarioWords.h"

namespace corscope::callcode {

namespace {

bool readSignal(CallWords& words, FetchCall& call, const AbortControl& control)
{
    if (words.skip({"AbortSignal", ".", "timeout", "("})) {
        call.abortAfter = Milliseconds(0);
        return words.milliseconds(*call.abortAfter) && words.take(")");
    }
    if (!words.isMember(control.name, "signal"))
        return words.fail(words.token(), tr("Expected the signal of an AbortController above, or AbortSignal.timeout(...)."));
    words.advance(3);
    call.abortAfter = control.aborts;
    return true;
}

bool readOption(CallWords& words, const CallToken& key, FetchCall& call, const AbortControl& control)
{
    using namespace scenariowords;
    const auto& name = key.text;
    const auto isNamed = [&](const char* other) { return name == QLatin1String(other); };
    if (isNamed("method")) {
        QString method;
        if (!words.string(method, tr("a method, such as \"PUT\"")))
            return false;
        call.method = method.toUtf8();
        return true;
    }
    if (isNamed("mode"))
        return words.word(call.mode, modes());
    if (isNamed("credentials"))
        return words.word(call.credentials, scenariowords::credentials());
    if (isNamed("redirect"))
        return words.word(call.redirect, redirects());
    if (isNamed("cache"))
        return words.word(call.cache, caches());
    if (isNamed("referrerPolicy"))
        return words.word(call.referrerPolicy, referrerPolicies());
    if (isNamed("targetAddressSpace"))
        return words.word(call.targetAddressSpace, addressSpaces());
    if (isNamed("keepalive"))
        return words.boolean(call.keepalive);
    if (isNamed("referrer")) {
        QString referrer;
        if (!words.string(referrer, tr("an address in quotes, or \"\" for none")))
            return false;
        call.referrer = referrer.toUtf8();
        return true;
    }
    if (isNamed("headers"))
        return readHeaders(words, call.headers);
    if (isNamed("body"))
        return readBody(words, call);
    if (isNamed("signal"))
        return readSignal(words, call, control);
    return words.fail(key, tr("Corscope knows no option %1 of fetch().").arg(name));
}

/// `.then(...)`, `.json()`: what happens to the answer is not looked at.
bool readChain(CallWords& words)
{
    while (words.is(".") && words.token(1).kind == CallWords::Kind::Name && words.is("(", 2)) {
        words.advance(2);
        if (!words.skipBrackets())
            return false;
    }
    return true;
}

bool readEnd(CallWords& words)
{
    while (words.skip({";"})) {
    }
    return words.isEnd() || words.fail(words.token(), tr("Here only the call itself is read; this comes after it."));
}

} // namespace

bool readFetch(CallWords& words, FetchCall& call, const AbortControl& control)
{
    const FetchCall defaults;
    call.initiator = FetchCall::Initiator::Fetch;
    call.method = defaults.method;
    call.headers = {};
    call.body = {};
    call.bodyType = defaults.bodyType;
    call.mode = defaults.mode;
    call.credentials = defaults.credentials;
    call.redirect = defaults.redirect;
    call.cache = defaults.cache;
    call.referrer = {};
    call.referrerPolicy = {};
    call.targetAddressSpace = {};
    call.keepalive = false;
    call.abortAfter = {};
    if (!words.take("(") || !readAddress(words, call))
        return false;
    const auto option = [&](const CallToken& key) { return readOption(words, key, call, control); };
    if (words.skip({","}) && !words.is(")") && !words.object(option))
        return false;
    words.skip({","});
    return words.take(")") && readChain(words) && readEnd(words);
}

} // namespace corscope::callcode

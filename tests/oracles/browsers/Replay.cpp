#include "tests/oracles/browsers/Replay.h"

#include "tests/oracles/browsers/RecordedServer.h"
#include "core/base/Ascii.h"
#include "core/fetch/FetchMethod.h"
#include "core/fetch/ElementCall.h"
#include "core/fetch/ParallelFetch.h"
#include "core/fetch/XhrCall.h"
#include "core/url/PercentEncoding.h"

#include <algorithm>

namespace corscope::oracles::browsers {

namespace {

// What the page at that URL was served with: a query `h-NAME=VALUE` is a response header.
void addResponseHeaders(PageConfig& page, const Url& url)
{
    for (const auto& parameter : url.query().value_or(QByteArray()).split('&')) {
        const auto equals = parameter.indexOf('=');
        if (!parameter.startsWith("h-") || equals < 0)
            continue;
        const auto name = ascii::lowered(parameter.mid(2, equals - 2));
        const auto value = percentDecoded(parameter.mid(equals + 1));
        if (name == "cross-origin-embedder-policy")
            page.embedderPolicy = value;
        else if (name == "content-security-policy")
            page.contentSecurityPolicy.append(value);
        else if (name == "content-security-policy-report-only")
            page.contentSecurityPolicyReportOnly.append(value);
        else if (name == "referrer-policy")
            page.referrerPolicy = value;
    }
}

PageConfig pageOf(const RecordedCase& recorded, const QJsonObject& step)
{
    const auto context = bytes(step.value(QLatin1String("context")));
    PageConfig page;
    page.id = context.isEmpty() ? QByteArray("top") : context;
    const auto top = Url::parse(recorded.pageUrl);
    const auto url = context == "frame-other" ? Url::parse(bytes(step.value(QLatin1String("frameUrl")))) : top;
    if (!top || !url)
        return page;
    page.scheme = url->scheme();
    page.host = url->host();
    page.port = url->portOrDefault();
    page.path = url->path();
    if (url->query())
        page.path += '?' + *url->query();
    addResponseHeaders(page, *url);
    page.addressSpace = toBytes(addressSpaceOf(recorded.launch, *url));
    page.localNetworkAccess = recorded.launch == "lna-granted" ? "granted" : "prompt";

    if (page.scheme == "file")
        page.originKind = PageConfig::OriginKind::File;
    else if (!context.isEmpty() && context != "worker")
        page.embeddedIn = top->origin().serialized();
    if (context == "worker") {
        page.path = "/runner.js"; // a worker's address is its script's
        page.context = PageConfig::Context::Worker;
    }
    if (context == "srcdoc" || context == "sandbox")
        page.context = PageConfig::Context::Srcdoc;
    if (context == "blob")
        page.context = PageConfig::Context::Blob;
    if (context == "sandbox" || context == "sandbox-url")
        page.originKind = PageConfig::OriginKind::Sandboxed;
    if (context == "data")
        page.originKind = PageConfig::OriginKind::Data;
    return page;
}

bool isByteString(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() <= 0xFF; });
}

// Script's bindings refuse header text that is no byte string before fetch() begins.
bool isRefusedByBindings(const QJsonObject& step)
{
    for (const auto& pair : step.value(QLatin1String("init")).toObject().value(QLatin1String("headers")).toArray())
        if (!isByteString(pair.toArray().at(0).toString()) || !isByteString(pair.toArray().at(1).toString()))
            return true;
    return false;
}

// What a body of another kind than a string consists of, and which type it brings along.
void setBody(FetchCall& call, const QJsonObject& body)
{
    const auto kind = body.value(QLatin1String("kind")).toString();
    call.body = body.value(QLatin1String("value")).toString().toUtf8();
    if (kind == QLatin1String("usp")) {
        call.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
    } else if (kind == QLatin1String("blob")) {
        call.bodyType = bytes(body.value(QLatin1String("type"))).toLower();
    } else if (kind == QLatin1String("formdata")) {
        call.bodyType = "multipart/form-data; boundary=----corscope";
    } else if (kind == QLatin1String("stream")) {
        call.bodyIsStream = true;
    } else if (kind == QLatin1String("repeat")) {
        call.body = QByteArray(body.value(QLatin1String("count")).toInt(), body.value(QLatin1String("char")).toString().at(0).toLatin1());
    } else {
        call.body = QByteArray(body.value(QLatin1String("n")).toInt(), '\0');
        call.bodyType.clear();
    }
}

FetchCall callOf(const QJsonObject& step)
{
    FetchCall call;
    call.url = step.value(QLatin1String("url")).toString().toUtf8();
    const auto init = step.value(QLatin1String("init")).toObject();
    const auto set = [&](const char* name, QByteArray& field) {
        if (init.contains(QLatin1String(name)))
            field = bytes(init.value(QLatin1String(name)));
    };
    set("method", call.method);
    set("mode", call.mode);
    set("credentials", call.credentials);
    set("redirect", call.redirect);
    set("cache", call.cache);
    for (const auto& pair : init.value(QLatin1String("headers")).toArray())
        call.headers.append(bytes(pair.toArray().at(0)), bytes(pair.toArray().at(1)));
    call.keepalive = init.value(QLatin1String("keepalive")).toBool();
    set("referrerPolicy", call.referrerPolicy);
    set("targetAddressSpace", call.targetAddressSpace);
    set("integrity", call.integrity);
    set("duplex", call.duplex);
    if (step.contains(QLatin1String("abortAfterMs")))
        call.abortAfter = Milliseconds(step.value(QLatin1String("abortAfterMs")).toInt());
    if (init.contains(QLatin1String("referrer")))
        call.referrer = init.value(QLatin1String("referrer")).toString().toUtf8();
    if (init.value(QLatin1String("body")).isObject())
        setBody(call, init.value(QLatin1String("body")).toObject());
    if (init.value(QLatin1String("body")).isString())
        call.body = init.value(QLatin1String("body")).toString().toUtf8();
    return call;
}

// Null where the object itself throws.
std::optional<FetchCall> xhrCallOf(const QJsonObject& step)
{
    XhrCall xhr;
    xhr.url = step.value(QLatin1String("url")).toString().toUtf8();
    if (step.contains(QLatin1String("method")))
        xhr.method = bytes(step.value(QLatin1String("method")));
    for (const auto& pair : step.value(QLatin1String("headers")).toArray())
        xhr.headers.append(bytes(pair.toArray().at(0)), bytes(pair.toArray().at(1)));
    xhr.withCredentials = step.value(QLatin1String("withCredentials")).toBool();
    xhr.uploadListeners = !step.value(QLatin1String("uploadListeners")).toArray().isEmpty()
        || step.contains(QLatin1String("onuploadprogress"));
    if (const auto timeout = step.value(QLatin1String("timeout")).toInt(); timeout > 0)
        xhr.timeout = Milliseconds(timeout);
    const auto body = step.value(QLatin1String("body"));
    if (body.isString())
        xhr.body = body.toString().toUtf8();
    if (body.isObject()) {
        FetchCall scratch;
        setBody(scratch, body.toObject());
        xhr.body = scratch.body;
        xhr.bodyType = scratch.bodyType;
        xhr.bodyKind = XhrCall::BodyKind::Other;
    }
    auto call = fetchCallOf(xhr);
    if (!call)
        return std::nullopt;
    if (step.contains(QLatin1String("abortAfterMs")))
        call.value().abortAfter = Milliseconds(step.value(QLatin1String("abortAfterMs")).toInt());
    return *call;
}

FetchCall elementCallOf(const QJsonObject& step)
{
    ElementCall element;
    const auto tag = bytes(step.value(QLatin1String("tag")));
    element.tag = tag == "script" ? ElementCall::Tag::Script : tag == "link" ? ElementCall::Tag::Link : ElementCall::Tag::Img;
    element.url = step.value(QLatin1String("url")).toString().toUtf8();
    if (step.value(QLatin1String("crossorigin")).isString())
        element.crossorigin = bytes(step.value(QLatin1String("crossorigin")));
    element.integrity = bytes(step.value(QLatin1String("integrity")));
    return fetchCallOf(element);
}

// Null where script's bindings or its XMLHttpRequest throw.
std::optional<FetchCall> anyCallOf(const QJsonObject& step)
{
    const auto op = bytes(step.value(QLatin1String("op")));
    if (isRefusedByBindings(step))
        return std::nullopt;
    return op == "xhr" ? xhrCallOf(step) : op == "element" ? elementCallOf(step) : callOf(step);
}

SeenOutcome seenOutcome(const SendOutcome& outcome, const FetchCall& call)
{
    SeenOutcome seen;
    if (call.isElement()) {
        seen.result = outcome.blocked && outcome.blocked->why == Why::TimedOut ? "timeout" : outcome.allowed() ? "load" : "error";
        return seen;
    }
    if (outcome.blocked && (outcome.blocked->why == Why::TimedOut || outcome.blocked->why == Why::LocalNetworkPrompt)) {
        seen.result = "timeout";
    } else if (outcome.page.promise == PageView::Promise::Rejected) {
        seen.result = "rejected";
    } else {
        seen = {"resolved", outcome.page.type, outcome.page.status, outcome.page.url, outcome.page.redirected,
                outcome.page.headers.sortedAndCombined()};
    }
    if (call.initiator == FetchCall::Initiator::XmlHttpRequest) {
        seen.type.clear();
        seen.redirected = false;
    }
    return seen;
}

} // namespace

Replayed replay(const RecordedCase& recorded, const Profile& profile, Recorder& recorder)
{
    Replayed result;
    Browser browser;
    browser.profile = profile;
    RecordedServer server(recorded);
    for (const auto& value : recorded.steps) {
        const auto step = value.toObject();
        if (step.value(QLatin1String("op")) == QLatin1String("wait")) {
            browser.clock.advance(Milliseconds(step.value(QLatin1String("ms")).toInt()));
            result.seen.outcomes.emplace_back();
            continue;
        }
        std::vector<QJsonObject> together{step};
        if (step.value(QLatin1String("op")) == QLatin1String("parallel")) {
            together.clear();
            for (const auto& each : step.value(QLatin1String("steps")).toArray())
                together.push_back(each.toObject());
        }
        std::vector<PageCall> calls;
        for (const auto& each : together) {
            auto call = anyCallOf(each);
            if (!call)
                continue;
            auto page = pageOf(recorded, each);
            page.id += QByteArray::number(result.seen.outcomes.size()); // every step makes its frame anew
            calls.push_back({page, *call});
        }
        if (calls.size() < together.size())
            result.seen.outcomes.push_back({"rejected", {}, 0, {}, false, {}});
        const auto outcomes = calls.size() == 1
            ? std::vector{fetchMethod(calls[0].page, calls[0].call, browser, server, recorder)}
            : parallelFetch(calls, browser, server);
        for (size_t i = 0; i < outcomes.size(); ++i) {
            result.outcomes.push_back(outcomes[i]);
            result.seen.outcomes.push_back(seenOutcome(outcomes[i], calls[i].call));
        }
    }
    result.seen.wire = server.arrived();
    if (recorded.breaks())
        dropRetries(result.seen.wire);
    return result;
}

} // namespace corscope::oracles::browsers

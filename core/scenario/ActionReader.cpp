#include "core/scenario/ScenarioReader.h"

#include "core/scenario/JsonPath.h"
#include "core/scenario/ScenarioWords.h"
#include "core/trace/Blocked.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <algorithm>

namespace corscope {

using namespace scenariowords;

static QString tr(const char* text)
{
    return QCoreApplication::translate("ScenarioReader", text);
}

/// Headers of a fetch() call: what the page may try to send, refused or not, so names and values are not judged here.
static HeaderList readCallHeaders(const JsonField& field)
{
    HeaderList headers;
    for (const auto& item : field.items()) {
        if (item.value().toArray().size() != 2) {
            item.fail(tr("a header as [name, value]"));
            continue;
        }
        const auto parts = item.items();
        headers.append(parts[0].isomorphic(), parts[1].isomorphic());
    }
    return headers;
}

constexpr qint64 tenYears = 10LL * 366 * 24 * 3600 * 1000; // in milliseconds

static SendAction readSend(const JsonField& field, const std::vector<PageConfig>& pages)
{
    const JsonObjectField object(field, words({"do", "page", "initiator", "url", "method", "headers", "body",
                                               "bodyBase64", "bodyType", "mode", "credentials", "redirect", "cache",
                                               "referrer", "referrerPolicy", "targetAddressSpace", "keepalive",
                                               "useCorsPreflight", "abortAfter", "timeout"}));
    SendAction send;
    const auto page = object.required("page");
    send.page = page.utf8();
    if (std::none_of(pages.begin(), pages.end(), [&](const PageConfig& p) { return p.id == send.page; }))
        page.fail(tr("the id of a page of this scenario"));
    auto& call = send.call;
    if (const auto initiator = object["initiator"]; initiator.exists())
        call.initiator = FetchCall::Initiator(initiator.oneOf(initiators()));
    call.url = object.required("url").utf8();
    if (const auto method = object["method"]; method.exists())
        call.method = method.utf8();
    if (const auto headers = object["headers"]; headers.exists())
        call.headers = readCallHeaders(headers);
    call.body = readBody(object);
    if (const auto type = object["bodyType"]; type.exists()) {
        call.bodyType = type.isomorphic();
        if (!isHeaderValue(call.bodyType))
            type.fail(tr("a header value, without line breaks and without blanks around it"));
    }
    call.mode = readWord(object["mode"], call.mode, modes());
    call.credentials = readWord(object["credentials"], call.credentials, scenariowords::credentials());
    call.redirect = readWord(object["redirect"], call.redirect, redirects());
    call.cache = readWord(object["cache"], call.cache, caches());
    if (const auto referrer = object["referrer"]; referrer.exists())
        call.referrer = referrer.utf8();
    call.referrerPolicy = readWord(object["referrerPolicy"], call.referrerPolicy, referrerPolicies());
    call.targetAddressSpace = readWord(object["targetAddressSpace"], call.targetAddressSpace, addressSpaces());
    if (const auto keepalive = object["keepalive"]; keepalive.exists())
        call.keepalive = keepalive.boolean();
    if (const auto preflight = object["useCorsPreflight"]; preflight.exists())
        call.useCorsPreflight = preflight.boolean();
    if (const auto abort = object["abortAfter"]; abort.exists())
        call.abortAfter = Milliseconds(abort.wholeNumber(0, tenYears));
    if (const auto timeout = object["timeout"]; timeout.exists())
        call.timeout = Milliseconds(timeout.wholeNumber(1, tenYears));
    return send;
}

static WaitAction readWait(const JsonField& field)
{
    const JsonObjectField object(field, words({"do", "milliseconds"}));
    return {object.required("milliseconds").wholeNumber(0, tenYears)};
}

static ChangeAction readChange(const JsonField& field)
{
    const JsonObjectField object(field, words({"do", "path", "value"}));
    ChangeAction change;
    const auto path = object.required("path");
    change.path = path.text();
    if (!JsonPath::parse(change.path))
        path.fail(tr("a path such as \"servers[0].pipeline[0].enabled\""));
    change.value = object.required("value").value();
    return change;
}

static CompareAction readCompare(const JsonField& field)
{
    const JsonObjectField object(field, words({"do", "urls"}));
    CompareAction compare;
    const auto urls = object.required("urls");
    for (const auto& url : urls.items()) {
        compare.urls.append(url.utf8());
        if (!Url::parse(compare.urls.last()).ok())
            url.fail(tr("an absolute URL"));
    }
    if (compare.urls.size() < 2)
        urls.fail(tr("two URLs or more"));
    return compare;
}

Action readAction(const JsonField& field, const std::vector<PageConfig>& pages)
{
    const auto kind = field.value().toObject().value(QLatin1String("do"));
    if (!field.value().isObject() || kind.isUndefined()) {
        JsonObjectField(field, field.value().toObject().keys()).required("do");
        return WaitAction();
    }
    switch (JsonField(field.reader(), field.path() + QStringLiteral(".do"), kind).oneOf(actions())) {
    case 0: return readSend(field, pages);
    case 1: return readWait(field);
    case 2: return readChange(field);
    default: return readCompare(field);
    }
}

/// What an expectation says is only looked at where the action has such an outcome.
static void checkKind(const JsonField& field, const Expectation& expectation, const std::vector<Action>& actions)
{
    if (size_t(expectation.action) >= actions.size())
        return;
    const auto& action = actions[size_t(expectation.action)];
    const auto keys = field.value().toObject().keys();
    const auto* compare = std::get_if<CompareAction>(&action);
    for (const auto& key : keys) {
        const bool ofCompare = key == QLatin1String("sameOrigin");
        if (key == QLatin1String("action"))
            continue;
        if (ofCompare ? !compare : !std::holds_alternative<SendAction>(action))
            field.reader().fail(field.path() + QLatin1Char('.') + key,
                                ofCompare ? tr("an action that compares") : tr("an action that sends"),
                                QLatin1Char('"') + scenariowords::actions().at(int(action.index())) + QLatin1Char('"'));
    }
    if (!compare || !expectation.sameOrigin)
        return;
    const auto pairs = compare->urls.size() * (compare->urls.size() - 1) / 2;
    if (qsizetype(expectation.sameOrigin->size()) != pairs)
        field.reader().fail(field.path() + QStringLiteral(".sameOrigin"), tr("%1 values, one per pair").arg(pairs),
                            QString::number(expectation.sameOrigin->size()));
}

static QList<QByteArray> readHeaderNames(const JsonField& field)
{
    QList<QByteArray> names;
    if (!field.exists())
        return names;
    for (const auto& item : field.items()) {
        names.append(item.isomorphic());
        if (!isHeaderName(names.last()))
            item.fail(tr("a header name"));
    }
    if (names.isEmpty())
        field.fail(tr("one header name or more"));
    return names;
}

Expectation readExpectation(const JsonField& field, const std::vector<Action>& actions)
{
    const JsonObjectField object(field, words({"action", "allowed", "blocked", "preflight", "requestSent", "visible",
                                               "status", "handlerRuns", "bodyError", "visibleHeaders",
                                               "hiddenHeaders", "sameOrigin"}));
    Expectation expectation;
    const auto action = object.required("action");
    if (actions.empty())
        action.fail(tr("no expectation where there is no action"));
    expectation.action = int(action.wholeNumber(0, qint64(actions.size()) - 1));
    if (const auto allowed = object["allowed"]; allowed.exists())
        expectation.allowed = allowed.boolean();
    if (const auto blocked = object["blocked"]; blocked.exists()) {
        expectation.blockedWhy = blocked.utf8();
        if (!whyFromId(*expectation.blockedWhy))
            blocked.fail(tr("a reason such as \"missing-allow-origin\""));
    }
    if (const auto preflight = object["preflight"]; preflight.exists())
        expectation.preflight = SendOutcome::Preflight(preflight.oneOf(preflights()));
    if (const auto sent = object["requestSent"]; sent.exists())
        expectation.requestSent = sent.boolean();
    if (const auto visible = object["visible"]; visible.exists())
        expectation.visible = SendOutcome::Visible(visible.oneOf(visibilities()));
    if (const auto status = object["status"]; status.exists())
        expectation.status = int(status.wholeNumber(0, 999));
    if (const auto runs = object["handlerRuns"]; runs.exists())
        expectation.handlerRuns = int(runs.wholeNumber(0, 1000000));
    if (const auto error = object["bodyError"]; error.exists())
        expectation.bodyError = BodyError(error.oneOf(bodyErrors()));
    expectation.visibleHeaders = readHeaderNames(object["visibleHeaders"]);
    expectation.hiddenHeaders = readHeaderNames(object["hiddenHeaders"]);
    if (const auto same = object["sameOrigin"]; same.exists()) {
        expectation.sameOrigin.emplace();
        for (const auto& item : same.items())
            expectation.sameOrigin->push_back(item.boolean());
    }
    checkKind(field, expectation, actions);
    return expectation;
}

} // namespace corscope

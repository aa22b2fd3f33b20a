#include "tests/oracles/browsers/Rules.h"

#include "core/base/Ascii.h"
#include "core/fetch/Response.h"

#include <QRegularExpression>

#include <algorithm>

namespace corscope::oracles::browsers {

namespace {

QByteArray word(const QJsonObject& object, const char* name)
{
    return bytes(object.value(QLatin1String(name)));
}

QByteArray stepOutOfScope(const QJsonObject& step)
{
    const auto op = word(step, "op");
    if (op == "wait")
        return {};
    for (const char* scheme : {"data:", "file:"})
        if (step.value(QLatin1String("url")).toString().startsWith(QLatin1String(scheme)))
            return QByteArray(scheme) + " URLs";
    if (op == "element")
        return "requests of elements";
    if (op == "parallel")
        return "requests at the same time";
    if (step.contains(QLatin1String("abortAfterMs")))
        return "abort";

    const auto init = step.value(QLatin1String("init")).toObject();
    const auto body = init.value(QLatin1String("body"));
    if (word(body.toObject(), "kind") == "stream")
        return "streams as bodies";
    if (init.contains(QLatin1String("integrity")))
        return "members of RequestInit: integrity";
    return {};
}

bool recoversAfterBreaking(const std::vector<ScriptedAnswer>& answers)
{
    return answers.size() > 1 && !answers.front().behaviour.isEmpty();
}

template<typename Holds>
bool anyHeader(const RecordedCase& recorded, Holds holds)
{
    for (const auto& step : recorded.steps)
        for (const auto& pair : step.toObject().value(QLatin1String("init")).toObject().value(QLatin1String("headers")).toArray())
            if (holds(bytes(pair.toArray().at(0)), bytes(pair.toArray().at(1))))
                return true;
    return false;
}

bool preflightSays(const RecordedCase& recorded, const char* header, bool (*holds)(const QByteArray& value))
{
    const auto answers = recorded.answers("preflight");
    return std::any_of(answers.begin(), answers.end(), [&](const auto& answer) {
        const auto value = answer.headers.get(header);
        return value && holds(*value);
    });
}

// https://fetch.spec.whatwg.org/#simple-range-header-value with numbers that no 64 bits hold.
bool hasHugeRange(const RecordedCase& recorded)
{
    static const QRegularExpression huge(QStringLiteral("^bytes=.*[0-9]{20}"));
    return anyHeader(recorded, [](const QByteArray& name, const QByteArray& value) {
        return ascii::equalIgnoringCase(name, "range") && huge.match(QString::fromLatin1(value)).hasMatch();
    });
}

bool repeatsContentType(const RecordedCase& recorded)
{
    int count = 0;
    return anyHeader(recorded, [&](const QByteArray& name, const QByteArray&) {
        return ascii::equalIgnoringCase(name, "content-type") && ++count > 1;
    });
}

bool hasSeveralLocations(const RecordedCase& recorded)
{
    const auto answers = recorded.answers("actual");
    return std::any_of(answers.begin(), answers.end(),
                       [](const auto& answer) { return answer.headers.values("Location").size() > 1; });
}

// Documents whose address is none, or not the one that is sent.
bool hasFrameWithoutAddress(const RecordedCase& recorded)
{
    return std::any_of(recorded.steps.begin(), recorded.steps.end(), [](const QJsonValue& step) {
        const auto context = word(step.toObject(), "context");
        return context == "srcdoc" || context == "blob" || context == "sandbox-url";
    });
}

bool refusesRedirectAsCredentialed(const RecordedCase& recorded, const Replayed& ours)
{
    const auto first = recorded.steps.first().toObject().value(QLatin1String("init")).toObject();
    return word(first, "credentials") != "include" && std::any_of(ours.outcomes.begin(), ours.outcomes.end(), [](const auto& outcome) {
        return outcome.blocked && outcome.blocked->on == Blocked::On::Request && isRedirectStatus(outcome.withheldStatus)
            && (outcome.blocked->why == Why::WildcardWithCredentials || outcome.blocked->why == Why::AllowCredentialsNotTrue);
    });
}

bool isAsteriskListed(const QByteArray& value) { return value.contains('*'); }
bool isNegative(const QByteArray& value) { return value.startsWith('-'); }

} // namespace

QByteArray outOfScope(const RecordedCase& recorded)
{
    for (const auto& step : recorded.steps)
        if (const auto reason = stepOutOfScope(step.toObject()); !reason.isEmpty())
            return reason;
    for (const auto& route : recorded.server)
        for (const char* kind : {"preflight", "actual"})
            if (recoversAfterBreaking(scriptedAnswers(route.toObject().value(QLatin1String(kind)))))
                return "connections that break once and hold when tried again";
    for (const char* kind : {"preflight", "actual"})
        for (const auto& answer : recorded.answers(kind)) {
            if (answer.behaviour == "truncate" || answer.behaviour == "resetbody" || answer.behaviour == "badchunk")
                return "responses that break after their headers";
        }
    return {};
}

QByteArray onPurpose(const RecordedCase& recorded, const Replayed& ours, const Difference& difference, const QByteArray& profile)
{
    if (difference.field.endsWith(" referer") && hasFrameWithoutAddress(recorded))
        return "in a frame made of text, of a Blob, or sandboxed, engines send a referrer each in their own way; here such a page has none, or its embedder's";
    if (profile == "webkit" && refusesRedirectAsCredentialed(recorded, ours) && difference.field.startsWith("wire"))
        return "before it refuses a redirect abroad as one with credentials, WebKit has already sent the next preflight";
    if (profile != "standard")
        return {};
    const bool authorizationRefused = std::any_of(ours.outcomes.begin(), ours.outcomes.end(), [](const auto& outcome) {
        return outcome.blocked && outcome.blocked->why == Why::HeaderNotAllowed && outcome.blocked->offender == "authorization";
    });
    if (authorizationRefused && preflightSays(recorded, "Access-Control-Allow-Headers", isAsteriskListed))
        return "the standard wants Authorization named, engines let * cover it";
    if (preflightSays(recorded, "Access-Control-Max-Age", isNegative))
        return "to the standard a negative Access-Control-Max-Age is unreadable and five seconds apply, to engines it is zero";
    if (hasHugeRange(recorded))
        return "to the standard the numbers of a Range have no limit, in engines they have";
    if (difference.field.endsWith(" content-type") && repeatsContentType(recorded))
        return "to the standard a header set twice stays two, engines join them or keep one";
    if (hasSeveralLocations(recorded))
        return "several Location headers are a failure to the standard, engines take equal ones or join them";
    return {};
}

} // namespace corscope::oracles::browsers

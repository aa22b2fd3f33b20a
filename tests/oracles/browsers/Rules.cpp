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

bool hasImage(const RecordedCase& recorded)
{
    return std::any_of(recorded.steps.begin(), recorded.steps.end(),
                       [](const auto& step) { return word(step.toObject(), "tag") == "img"; });
}

bool fetchesFile(const RecordedCase& recorded)
{
    return std::any_of(recorded.steps.begin(), recorded.steps.end(),
                       [](const auto& step) { return word(step.toObject(), "url").startsWith("file:"); });
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

QByteArray onPurpose(const RecordedCase& recorded, const Replayed& ours, const Difference& difference, const QByteArray& profile)
{
    if (difference.field.endsWith(" accept") && hasImage(recorded))
        return "to the standard an image asks for every kind of picture, engines name those that they can decode";
    if (difference.field.endsWith(" referer") && hasFrameWithoutAddress(recorded))
        return "in a frame made of text, of a Blob, or sandboxed, engines send a referrer each in their own way; here such a page has none, or its embedder's";
    if (profile == "webkit" && refusesRedirectAsCredentialed(recorded, ours) && difference.field.startsWith("wire"))
        return "before it refuses a redirect abroad as one with credentials, WebKit has already sent the next preflight";
    if (profile == "firefox" && fetchesFile(recorded))
        return "the recording's automation lets file: pages read files, as no person's Firefox does";
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

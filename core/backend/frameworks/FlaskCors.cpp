#include "core/backend/frameworks/FlaskCors.h"

#include "core/backend/frameworks/FlaskSettings.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

using flask::Resource;

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

/// A header as WSGI hands it on: several lines joined, and empty where there is none.
QByteArray field(const RequestMessage& request, QByteArrayView name)
{
    return ascii::join(request.headers.values(name), ",");
}

class FlaskCors final : public Stage
{
public:
    FlaskCors(const QString& title, const std::vector<Resource>& resources) : m_title(title), m_resources(resources) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("flask-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    const Resource* resourceFor(const RequestMessage& request, Spec& spec) const;

    QString m_title;
    const std::vector<Resource> m_resources;
};

void add(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    if (value.isEmpty())
        return;
    answer.headers.append(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

/// What Flask itself makes of an application that did not answer.
void completeAsFlask(const RequestMessage& request, StageAnswer& result, Spec& spec)
{
    // 1.1 An exception becomes an error page before the middleware looks at the answer.
    if (spec.ask("1.1", result.raised)) {
        result = {{500, reasonPhrase(500), {{"Content-Type", "text/html; charset=utf-8"}},
                   "<!doctype html>\n<title>500 Internal Server Error</title>\n"}};
    }
    // 1.2 Every route answers OPTIONS, unless it has a handler of its own for it.
    auto& answer = result.response;
    if (spec.ask("1.2", request.method == "OPTIONS" && answer.status == 405,
                 {{"method", request.method, "OPTIONS"}, {"status", QByteArray::number(answer.status), "405"}})) {
        const auto methods = answer.headers.get("Allow").value_or(QByteArray());
        answer = {200, reasonPhrase(200), {{"Content-Type", "text/html; charset=utf-8"}}, {}};
        answer.headers.append("Allow", methods.isEmpty() ? QByteArray("OPTIONS") : QByteArray(methods + ", OPTIONS"));
    }
}

/// The value of Access-Control-Allow-Origin; none where the origin is not allowed. (A configured empty text is one, and
/// is only left out when it is sent.)
std::optional<QByteArray> allowedOrigin(const Resource& options, const QByteArray& origin, Spec& spec)
{
    // 4. Is there an Origin?
    if (spec.ask("4", !origin.isEmpty(), {{"Origin", origin, std::nullopt}})) {
        if (spec.ask("4.1", options.anyOrigin && options.sendWildcard))
            return QByteArray("*");
        for (const auto& candidate : options.origins)
            if (spec.ask("4.2", candidate.fits(origin), {{"Origin", origin, candidate.text}}))
                return origin;
        return std::nullopt;
    }
    // 4.3 Without one, the configured origins are sent all the same: of several, the first in the alphabet.
    if (!spec.ask("4.3", options.alwaysSend))
        return std::nullopt;
    if (spec.ask("4.4", options.anyOrigin)) {
        if (spec.ask("4.5", options.supportsCredentials))
            return std::nullopt;
        return QByteArray("*");
    }
    QList<QByteArray> plain;
    for (const auto& candidate : options.origins)
        if (!candidate.isRegex)
            plain.append(candidate.text);
    if (plain.isEmpty())
        return std::nullopt;
    return *std::min_element(plain.begin(), plain.end());
}

void addPreflightHeaders(const RequestMessage& request, const Resource& options, ResponseMessage& answer, Spec& spec)
{
    // 7.1 Is the method a part of the text that will be sent?
    const auto method = ascii::uppered(field(request, "Access-Control-Request-Method"));
    if (!spec.ask("7.1", !method.isEmpty() && options.methods.contains(method),
                  {{"Access-Control-Request-Method", method, options.methods}}))
        return;

    // 7.2 Of the headers, those that are allowed are named; the others are left out.
    QList<QByteArray> accepted;
    const auto requested = field(request, "Access-Control-Request-Headers");
    for (const auto& part : requested.isEmpty() ? QList<QByteArray>() : requested.split(',')) {
        const auto name = part.trimmed();
        const bool fits = std::any_of(options.allowHeaders.begin(), options.allowHeaders.end(),
                                      [&](const auto& allowed) { return allowed.fits(name); });
        if (spec.ask("7.2", fits, {{"header", name, std::nullopt}}))
            accepted.append(name);
    }
    std::sort(accepted.begin(), accepted.end());
    add(answer, "Access-Control-Allow-Headers", ascii::join(accepted, ", "), "7.3", spec);
    add(answer, "Access-Control-Max-Age", options.maxAge, "7.4", spec);
    add(answer, "Access-Control-Allow-Methods", options.methods, "7.5", spec);
}

StageAnswer FlaskCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    // 1. The application answers first, preflights included.
    spec.step("1");
    auto result = context.next(request);
    completeAsFlask(request, result, spec);
    auto& answer = result.response;
    const auto origin = field(request, "Origin");

    // 2. Did the view set the header itself?
    const auto own = answer.headers.get(allowOrigin);
    if (spec.ask("2", own.has_value() && !own->isEmpty(), {{allowOrigin, own, std::nullopt}}))
        return result;

    // 3. Is the path covered?
    const auto* options = resourceFor(request, spec);
    if (!options) {
        spec.step("3.1");
        return result;
    }

    const auto found = allowedOrigin(*options, origin, spec);
    // 5. Nothing at all for an origin that is not allowed.
    if (!spec.ask("5", found.has_value(), {{"Origin", origin, std::nullopt}})) {
        context.decide("5.1", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer, allowOrigin);
        return result;
    }

    const auto& allowed = *found;

    // 6. What every answer gets.
    add(answer, allowOrigin, allowed, "6", spec);
    add(answer, "Access-Control-Expose-Headers", options->exposeHeaders, "6.1", spec);
    if (options->supportsCredentials)
        add(answer, "Access-Control-Allow-Credentials", "true", "6.2", spec);
    if (options->knowsPrivateNetwork && field(request, "Access-Control-Request-Private-Network") == "true")
        add(answer, "Access-Control-Allow-Private-Network", options->allowPrivateNetwork ? "true" : "false", "6.3",
            spec);

    // 7. What only OPTIONS gets.
    if (spec.ask("7", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}}))
        addPreflightHeaders(request, *options, answer, spec);

    // 8. Caches are told only where the answer can differ.
    const bool differs = options->origins.size() > 1
        || std::any_of(options->origins.begin(), options->origins.end(), [](const auto& o) { return o.isRegex; });
    if (spec.ask("8", options->varyHeader && allowed != "*" && differs))
        add(answer, "Vary", "Origin", "8.1", spec);

    // 9. The verdict.
    if (spec.listening()) {
        const bool granted = allowed == "*" || origin.isEmpty() || allowed == origin;
        context.decide("9", granted ? Verdict::Success : Verdict::Failure,
                       {{allowOrigin, allowed, origin}}, answer, allowOrigin);
    }
    return result;
}

const Resource* FlaskCors::resourceFor(const RequestMessage& request, Spec& spec) const
{
    const auto path = QByteArray::fromPercentEncoding(request.path());
    for (const auto& resource : m_resources)
        if (spec.ask("3", resource.path.fits(path), {{"path", path, resource.path.text}}))
            return &resource;
    return nullptr;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeFlaskCors(const StageSettings& settings)
{
    const auto resources = flask::resources(settings);
    if (!resources)
        return resources.error();
    return std::shared_ptr<const Stage>(std::make_shared<FlaskCors>(settings.title, *resources));
}

} // namespace corscope

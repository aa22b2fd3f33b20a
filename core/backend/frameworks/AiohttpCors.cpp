#include "core/backend/frameworks/AiohttpCors.h"

#include "core/backend/frameworks/AiohttpSettings.h"
#include "core/backend/stages/RoutePath.h"
#include "core/base/Ascii.h"

#include <algorithm>
#include <set>

namespace corscope {

namespace {

using aiohttp::ResourceOptions;
using aiohttp::Settings;

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

/// The first value of a header, as aiohttp reads one that came more than once.
std::optional<QByteArray> first(const RequestMessage& request, QByteArrayView name)
{
    const auto values = request.headers.values(name);
    return values.isEmpty() ? std::nullopt : std::optional(values.first());
}

/// A text in quotes, as Python's repr() writes it.
QByteArray quoted(const QByteArray& text)
{
    const char quote = text.contains('\'') && !text.contains('"') ? '"' : '\'';
    QByteArray result(1, quote);
    for (const char c : text) {
        if (c == quote || c == '\\')
            result += '\\';
        if (c == '\t')
            result += "\\t";
        else
            result += c;
    }
    return result + quote;
}

/// The routes of one path: what aiohttp calls a resource.
struct Resource
{
    std::set<QByteArray> methods;
    std::set<QByteArray> added; ///< of them those that CORS was enabled for
    bool ownOptions = false;    ///< it answers OPTIONS by itself, so it could not be added
};

class AiohttpCors final : public Stage
{
public:
    AiohttpCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("aiohttp-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    Resource resourceAt(const QByteArray& path, const ServerConfig& server) const;
    StageAnswer preflight(const RequestMessage& request, const Resource& resource, StageContext& context) const;
    StageAnswer forbidden(const QByteArray& reason, const char* number, const QByteArray& decidingHeader,
                          StageContext& context) const;
    void addHeaders(const RequestMessage& request, const QByteArray& origin, const ResourceOptions& options,
                    ResponseMessage& answer, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

void set(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    answer.headers.set(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

Resource AiohttpCors::resourceAt(const QByteArray& path, const ServerConfig& server) const
{
    Resource resource;
    for (const auto& route : server.routes) {
        if (!routeTakesPath(route, path))
            continue;
        if (route.method == "OPTIONS" || route.method == "*") {
            resource.ownOptions = true;
            continue;
        }
        resource.methods.insert(route.method);
        for (const auto& added : m_settings.added)
            if ((added.path == "*" || added.path == route.path)
                && (added.method == "*" || added.method == route.method))
                resource.added.insert(route.method);
    }
    return resource;
}

StageAnswer AiohttpCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto resource = resourceAt(request.path(), context.server());

    // 1. Was CORS enabled for a route with this path? That of other paths is none of its business, a 404 included.
    if (!spec.ask("1", !resource.added.empty() && !resource.ownOptions, {{"path", request.path(), std::nullopt}})) {
        spec.step("1.1");
        return context.next(request);
    }
    // 2. OPTIONS on such a path belongs to the middleware, whatever is asked.
    if (spec.ask("2", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}}))
        return preflight(request, resource, context);

    // 3. The application answers. aiohttp writes a page for an exception, and names the methods of a path.
    auto result = context.next(request);
    if (spec.ask("3", result.raised))
        result = {{500, reasonPhrase(500), {{"Content-Type", "text/plain; charset=utf-8"}},
                   "500 Internal Server Error\n\nServer got itself in trouble"}};
    auto& answer = result.response;
    if (spec.ask("3.1", resource.methods.count(request.method) == 0, {{"method", request.method, std::nullopt}})) {
        auto methods = resource.methods;
        methods.insert("OPTIONS");
        answer.headers.set("Allow", ascii::join(QList<QByteArray>(methods.begin(), methods.end()), ","));
        return result;
    }

    // 4. Is there an Origin, and is it, or "*", among the origins?
    const auto origin = first(request, "Origin");
    if (!spec.ask("4", origin.has_value(), {{"Origin", origin, std::nullopt}}))
        return result;
    const auto* options =
        m_settings.onRoutes && resource.added.count(request.method) == 0 ? nullptr : m_settings.optionsFor(*origin);
    if (!spec.ask("4.1", options != nullptr, {{"Origin", origin, m_settings.originList}})) {
        context.decide("4.2", Verdict::Failure, {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer,
                       allowOrigin);
        return result;
    }
    // 4.3 A header that the handler has set itself trips an assertion: the connection is closed without an answer.
    const auto isOwn = [&](const char* name) { return answer.headers.contains(name); };
    if (spec.ask("4.3", isOwn(allowOrigin) || isOwn("Access-Control-Allow-Credentials")
                     || isOwn("Access-Control-Expose-Headers"))) {
        const ResponseMessage none{0, {}, {}, {}};
        context.decide("4.4", Verdict::Failure, {{allowOrigin, answer.headers.get(allowOrigin), std::nullopt}}, none);
        return {none};
    }
    addHeaders(request, *origin, *options, answer, spec);
    if (spec.listening())
        context.decide("5.3", Verdict::Success, {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer,
                       allowOrigin);
    return result;
}

/// The names of an answer's headers that script could not read otherwise, those of the server beneath included.
QByteArray exposable(const RequestMessage& request, const ResponseMessage& answer)
{
    static const QList<QByteArray> simple{"cache-control", "content-language", "content-type",
                                          "expires",       "last-modified",    "pragma"};
    QList<QByteArray> names;
    for (const auto& header : answer.headers)
        if (!simple.contains(ascii::lowered(header.name)) && !names.contains(header.name))
            names.append(header.name);
    if (answer.status != 204 && answer.status != 304)
        names.append("Content-Length");
    names.append({"Date", "Server"});
    if (ascii::equalIgnoringCase(request.headers.get("Connection").value_or(QByteArray()), "close"))
        names.append("Connection");
    return ascii::join(names, ",");
}

void AiohttpCors::addHeaders(const RequestMessage& request, const QByteArray& origin, const ResourceOptions& options,
                             ResponseMessage& answer, Spec& spec) const
{
    // 5. Headers that script may read: those listed, or with "*" the names of all that are there.
    if (spec.ask("5", options.exposeHeaders.all))
        set(answer, "Access-Control-Expose-Headers", exposable(request, answer), "5.1", spec);
    else if (!options.exposeHeaders.list.isEmpty())
        set(answer, "Access-Control-Expose-Headers", ascii::join(options.exposeHeaders.list, ","), "5.1", spec);
    // 5.2 The origin by its name, also where "*" allows it; caches are never told.
    set(answer, allowOrigin, origin, "5.2", spec);
    if (options.allowCredentials)
        set(answer, "Access-Control-Allow-Credentials", "true", "5.2", spec);
}

StageAnswer AiohttpCors::forbidden(const QByteArray& reason, const char* number, const QByteArray& decidingHeader,
                                   StageContext& context) const
{
    const ResponseMessage answer{403, reasonPhrase(403), {{"Content-Type", "text/plain; charset=utf-8"}},
                                 "CORS preflight request failed: " + reason};
    context.decide(number, Verdict::Failure, {}, answer, decidingHeader);
    return {answer};
}

StageAnswer AiohttpCors::preflight(const RequestMessage& request, const Resource& resource, StageContext& context) const
{
    auto& spec = context.spec();
    // 6. Both questions of a preflight have to be there.
    const auto origin = first(request, "Origin");
    if (!spec.ask("6", origin.has_value(), {{"Origin", origin, std::nullopt}}))
        return forbidden("origin header is not specified in the request", "6.1", {}, context);
    const auto method = first(request, "Access-Control-Request-Method");
    if (!spec.ask("6.2", method.has_value(), {{"Access-Control-Request-Method", method, std::nullopt}}))
        return forbidden("'Access-Control-Request-Method' header is not specified", "6.3", {}, context);

    // 7. Is the method allowed, by allow_methods or because its route was added?
    const auto* options = m_settings.optionsFor(*origin);
    const bool byOption = !m_settings.onRoutes && options && options->allowMethods
        && options->allowMethods->contains(ascii::uppered(*method));
    const bool isAdded = resource.added.count(*method) > 0;
    if (!spec.ask("7", byOption || isAdded, {{"Access-Control-Request-Method", method, std::nullopt}}))
        return forbidden("request method " + quoted(*method) + " is not allowed for " + quoted(*origin) + " origin",
                         "7.1", "Access-Control-Allow-Methods", context);

    // 8. Is the origin, or "*", among the origins?
    if (!spec.ask("8", !m_settings.origins.empty()))
        return forbidden("no origins are allowed", "8.1", allowOrigin, context);
    if (!spec.ask("8.2", options != nullptr, {{"Origin", origin, m_settings.originList}}))
        return forbidden("origin '" + *origin + "' is not allowed", "8.3", allowOrigin, context);

    // 9. Are all headers allowed? Compared, and later sent, in upper case.
    QList<QByteArray> headers;
    for (const auto& part : first(request, "Access-Control-Request-Headers").value_or(QByteArray()).split(',')) {
        const auto name = ascii::uppered(ascii::trimmedTabOrSpace(part));
        if (!name.isEmpty() && !headers.contains(name))
            headers.append(name);
    }
    QList<QByteArray> disallowed;
    for (const auto& name : headers)
        if (!spec.ask("9", options->allowHeaders.contains(name), {{"header", name, options->allowHeaders.text()}}))
            disallowed.append(name);
    if (spec.ask("9.1", !disallowed.isEmpty()))
        return forbidden("headers are not allowed: " + ascii::join(disallowed, ", "), "9.2",
                         "Access-Control-Allow-Headers", context);

    // 10. Exactly what was asked for is granted.
    ResponseMessage answer{200, reasonPhrase(200), {}, {}};
    set(answer, allowOrigin, *origin, "10", spec);
    if (options->allowCredentials)
        set(answer, "Access-Control-Allow-Credentials", "true", "10.1", spec);
    if (!options->maxAge.isEmpty())
        set(answer, "Access-Control-Max-Age", options->maxAge, "10.2", spec);
    set(answer, "Access-Control-Allow-Methods", *method, "10.3", spec);
    if (!headers.isEmpty())
        set(answer, "Access-Control-Allow-Headers", ascii::join(headers, ","), "10.4", spec);
    if (spec.listening())
        context.decide("10.5", Verdict::Success, {{allowOrigin, *origin, origin}}, answer, allowOrigin);
    return {answer};
}

} // namespace

Result<std::shared_ptr<const Stage>> makeAiohttpCors(const StageSettings& settings)
{
    const auto checked = aiohttp::settings(settings);
    if (!checked)
        return checked.error();
    return std::shared_ptr<const Stage>(std::make_shared<AiohttpCors>(settings.title, *checked));
}

} // namespace corscope

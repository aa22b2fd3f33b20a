#include "core/backend/frameworks/RackCors.h"

#include "core/backend/frameworks/RackSettings.h"
#include "core/base/Ascii.h"

#include <QStringDecoder>
#include <QVersionNumber>

#include <algorithm>

namespace corscope {

namespace {

using rack::Block;
using rack::Resource;

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

/// A header as Rack hands it on: several lines joined.
std::optional<QByteArray> field(const RequestMessage& request, QByteArrayView name)
{
    const auto values = request.headers.values(name);
    return values.isEmpty() ? std::nullopt : std::optional(ascii::join(values, ", "));
}

/// Ruby's text.split(/,\s*/): without empty texts at the end.
QList<QByteArray> splitAtCommas(const QByteArray& text)
{
    QList<QByteArray> parts;
    for (const auto& part : text.split(',')) {
        const auto isSpace = [](char c) { return ascii::isHttpWhitespace(c) || c == '\f' || c == '\v'; };
        const auto start = parts.isEmpty() ? part.begin() : std::find_if_not(part.begin(), part.end(), isSpace);
        parts.append(part.mid(start - part.begin()));
    }
    while (!parts.isEmpty() && parts.last().isEmpty())
        parts.removeLast();
    return parts;
}

/// Without empty parts, `.` and `..`.
QByteArray cleanPath(const QByteArray& path)
{
    QList<QByteArray> parts;
    for (const auto& part : path.split('/')) {
        if (part.isEmpty() || part == ".")
            continue;
        if (part != "..")
            parts.append(part);
        else if (!parts.isEmpty())
            parts.removeLast();
    }
    return '/' + ascii::join(parts, "/");
}

bool isValidPath(const QByteArray& path)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(path);
    return !path.contains('\0') && !decoder.hasError() && !decoded.isNull();
}

class RackCors final : public Stage
{
public:
    RackCors(const QString& title, const std::vector<Block>& blocks, bool lowerCase)
        : m_title(title), m_blocks(blocks), m_lowerCase(lowerCase)
    {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("rack-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    struct Match
    {
        const Block* block = nullptr;
        const Resource* resource = nullptr; ///< null: nothing fits
    };
    Match match(const QByteArray& origin, const QByteArray& path, Spec& spec) const;
    bool areAllowed(const QByteArray& requested, const Resource& resource, Spec& spec) const;
    StageAnswer preflight(const RequestMessage& request, const QByteArray& origin, const QByteArray& path,
                          StageContext& context) const;
    HeaderList headersFor(const QByteArray& origin, const Match& match, Spec& spec) const;
    void add(HeaderList& headers, const QByteArray& name, const QByteArray& value, const char* number,
             Spec& spec) const;
    void tellCaches(const QByteArray& path, ResponseMessage& answer, Spec& spec) const;

    QString m_title;
    const std::vector<Block> m_blocks;
    bool m_lowerCase; ///< header names
};

void RackCors::add(HeaderList& headers, const QByteArray& name, const QByteArray& value, const char* number,
                   Spec& spec) const
{
    const auto written = m_lowerCase ? ascii::lowered(name) : name;
    headers.set(written, value);
    if (spec.listening())
        spec.let(number, written.constData(), value);
}

RackCors::Match RackCors::match(const QByteArray& origin, const QByteArray& path, Spec& spec) const
{
    // 3. One block after the other: is the origin in it, and the path?
    for (const auto& block : m_blocks) {
        const bool allowed = block.isPublic
            || std::any_of(block.origins.begin(), block.origins.end(), [&](const auto& o) { return o.fits(origin); });
        std::vector<Input> inputs;
        if (spec.listening())
            for (const auto& candidate : block.origins)
                inputs.push_back({"Origin", origin, candidate.text});
        if (!spec.ask("3", allowed, inputs))
            continue;
        for (const auto& resource : block.resources)
            if (spec.ask("3.1", resource.fits(path), {{"path", path, resource.path}}))
                return {&block, &resource};
    }
    return {};
}

HeaderList RackCors::headersFor(const QByteArray& origin, const Match& match, Spec& spec) const
{
    HeaderList headers;
    const auto& resource = *match.resource;
    // 4. Everything at once, with every answer: what is for preflights only, and an empty list of exposed headers.
    add(headers, allowOrigin, match.block->isPublic ? QByteArray("*") : origin, "4", spec);
    add(headers, "Access-Control-Allow-Methods", ascii::uppered(ascii::join(resource.methods, ", ")), "4.1", spec);
    add(headers, "Access-Control-Expose-Headers", resource.expose, "4.2", spec);
    add(headers, "Access-Control-Max-Age", resource.maxAge, "4.3", spec);
    if (resource.credentials)
        add(headers, "Access-Control-Allow-Credentials", "true", "4.4", spec);
    return headers;
}

StageAnswer RackCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    auto path = QByteArray::fromPercentEncoding(request.path());
    const bool validPath = isValidPath(path);
    if (validPath)
        path = cleanPath(path);

    // 1. Is there an Origin (or an X-Origin in its place)?
    auto origin = field(request, "Origin");
    if (!origin)
        origin = field(request, "X-Origin");
    HeaderList headers;
    Match found;
    if (spec.ask("1", origin.has_value(), {{"Origin", origin, std::nullopt}})) {
        // 2. Is it a preflight? It is then answered here.
        const auto method = field(request, "Access-Control-Request-Method");
        if (spec.ask("2", request.method == "OPTIONS" && method,
                     {{"method", request.method, "OPTIONS"}, {"Access-Control-Request-Method", method, std::nullopt}})) {
            if (!validPath)
                return {{400, reasonPhrase(400), {}, {}}};
            return preflight(request, *origin, path, context);
        }
        found = match(*origin, path, spec);
        if (found.resource)
            headers = headersFor(*origin, found, spec);
    }

    // 6. The application answers, whoever asks; an exception passes by, without any header.
    auto result = context.next(request);
    if (spec.ask("6", result.raised))
        return result;
    auto& answer = result.response;
    // 6.1 What the application set itself stays.
    for (const auto& header : answer.headers)
        headers.remove(header.name);
    for (const auto& header : answer.headers)
        headers.append(header.name, header.value);
    answer.headers = headers;
    tellCaches(path, answer, spec);

    if (origin && spec.listening())
        context.decide("8", found.resource ? Verdict::Success : Verdict::Failure,
                       {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer, allowOrigin);
    return result;
}

void RackCors::tellCaches(const QByteArray& path, ResponseMessage& answer, Spec& spec) const
{
    // 7. Caches are told wherever a resource has this path, with or without an Origin, whatever block it is in.
    const Resource* covering = nullptr;
    for (const auto& block : m_blocks)
        for (const auto& resource : block.resources)
            if (!covering && resource.fits(path))
                covering = &resource;
    if (!spec.ask("7", covering != nullptr, {{"path", path, std::nullopt}}))
        return;
    QList<QByteArray> names;
    const auto addOnce = [&](const QByteArray& name) {
        if (!names.contains(name))
            names.append(name);
    };
    for (const auto& line : answer.headers.values("Vary"))
        for (const auto& name : splitAtCommas(line))
            addOnce(name);
    for (const auto& name : covering->vary.isEmpty() ? QList<QByteArray>{"Origin"} : covering->vary)
        addOnce(name);
    add(answer.headers, "Vary", ascii::join(names, ", "), "7.1", spec);
}

StageAnswer RackCors::preflight(const RequestMessage& request, const QByteArray& origin, const QByteArray& path,
                                StageContext& context) const
{
    auto& spec = context.spec();
    // Whatever comes of it, the status is 200; what is not granted gets no header at all.
    ResponseMessage answer{200, reasonPhrase(200), {}, {}};
    const auto refused = [&](const QByteArray& header) {
        context.decide("5.5", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer, header);
        return StageAnswer{answer};
    };

    const auto found = match(origin, path, spec);
    if (!spec.ask("5", found.resource != nullptr, {{"Origin", origin, std::nullopt}, {"path", path, std::nullopt}}))
        return refused(allowOrigin);
    // 5.1 The method, in lower case, letter for letter as it was configured.
    const auto method = ascii::lowered(field(request, "Access-Control-Request-Method").value_or(QByteArray()));
    if (!spec.ask("5.1", found.resource->methods.contains(method),
                  {{"Access-Control-Request-Method", method, [&] { return ascii::join(found.resource->methods, ", "); }}}))
        return refused("Access-Control-Allow-Methods");
    // 5.2 The headers, if any are asked for.
    const auto requested = field(request, "Access-Control-Request-Headers");
    if (requested && !areAllowed(*requested, *found.resource, spec))
        return refused("Access-Control-Allow-Headers");

    answer.headers = headersFor(origin, found, spec);
    if (requested)
        add(answer.headers, "Access-Control-Allow-Headers", *requested, "5.4", spec);
    if (spec.listening())
        context.decide("5.6", Verdict::Success, {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer,
                       allowOrigin);
    return {answer};
}

bool RackCors::areAllowed(const QByteArray& requested, const Resource& resource, Spec& spec) const
{
    static const QList<QByteArray> simple{"accept", "accept-language", "content-language", "content-type"};
    if (spec.ask("5.2", resource.anyHeaders))
        return true;
    for (const auto& part : splitAtCommas(requested)) {
        const auto name = ascii::lowered(part);
        if (!spec.ask("5.3", simple.contains(name) || resource.headers.contains(name),
                      {{"header", name, [&] { return ascii::join(resource.headers, ", "); }}}))
            return false;
    }
    return true;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeRackCors(const StageSettings& settings)
{
    const auto blocks = rack::blocks(settings);
    if (!blocks)
        return blocks.error();
    const bool lowerCase = QVersionNumber::fromString(QString::fromLatin1(settings.version)) >= QVersionNumber(3, 0);
    return std::shared_ptr<const Stage>(std::make_shared<RackCors>(settings.title, *blocks, lowerCase));
}

} // namespace corscope

#include "core/backend/frameworks/PhpCors.h"

#include "core/backend/frameworks/PhpPattern.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

QString tr(const char* text) { return QCoreApplication::translate("PhpCors", text); }

/// A header as PHP's $_SERVER has it: several lines joined.
std::optional<QByteArray> field(const RequestMessage& request, QByteArrayView name)
{
    const auto values = request.headers.values(name);
    return values.isEmpty() ? std::nullopt : std::optional(ascii::join(values, ", "));
}

struct Pattern
{
    QByteArray text;
    std::optional<QRegularExpression> regex; ///< none where it matches nothing
};

struct Settings
{
    QList<QByteArray> paths;
    QList<QByteArray> allowedOrigins;
    std::vector<Pattern> patterns; ///< also those that came out of origins with `*`
    QList<QByteArray> allowedMethods; ///< upper case
    QList<QByteArray> allowedHeaders; ///< lower case
    QByteArray exposedHeaders; ///< as sent
    std::optional<QByteArray> maxAge; ///< none: not sent
    bool supportsCredentials = false;

    bool allOrigins() const { return allowedOrigins.contains("*"); }
    bool allMethods() const { return allowedMethods.contains("*"); }
    bool allHeaders() const { return allowedHeaders.contains("*"); }
    bool isOneOrigin() const { return !allOrigins() && patterns.empty() && allowedOrigins.size() == 1; }
};

class PhpCors final : public Stage
{
public:
    PhpCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("php-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    bool covers(const RequestMessage& request, Spec& spec) const;
    void configureOrigin(const RequestMessage& request, ResponseMessage& answer, Spec& spec) const;
    bool isOriginAllowed(const QByteArray& origin, Spec& spec) const;
    void addPreflightHeaders(const RequestMessage& request, ResponseMessage& answer, Spec& spec) const;
    void decide(const RequestMessage& request, const ResponseMessage& answer, StageContext& context) const;

    QString m_title;
    const Settings m_settings;
};

void set(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    answer.headers.set(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

void vary(ResponseMessage& answer, const QByteArray& name, const char* number, Spec& spec)
{
    const auto before = answer.headers.values("Vary");
    if (before.isEmpty())
        set(answer, "Vary", name, number, spec);
    else if (!QString::fromLatin1(before.first()).split(QStringLiteral(", ")).contains(QString::fromLatin1(name)))
        set(answer, "Vary", before.first() + ", " + name, number, spec);
}

StageAnswer PhpCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    // 1. Is the path among paths? Elsewhere nothing is done at all.
    if (!covers(request, spec)) {
        spec.step("1.1");
        return context.next(request);
    }

    // 2. A preflight is answered here, with or without an Origin.
    const auto method = field(request, "Access-Control-Request-Method");
    StageAnswer result;
    const bool isPreflight =
        spec.ask("2", request.method == "OPTIONS" && method,
                 {{"method", request.method, "OPTIONS"}, {"Access-Control-Request-Method", method, std::nullopt}});
    if (isPreflight) {
        result = {{204, reasonPhrase(204), {}, {}}};
    } else {
        // 3. Anything else the application answers, whoever asks; Laravel turns an exception into a page first.
        result = context.next(request);
        if (spec.ask("3", result.raised))
            result = {{500, reasonPhrase(500), {{"Content-Type", "text/html; charset=UTF-8"}}, "Server Error"}};
        if (spec.ask("3.1", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}}))
            vary(result.response, "Access-Control-Request-Method", "3.2", spec);
    }
    auto& answer = result.response;

    configureOrigin(request, answer, spec);
    // 5. The other headers only go with an Access-Control-Allow-Origin, whoever set it.
    const auto allowed = answer.headers.get(allowOrigin);
    if (spec.ask("5", allowed.has_value(), {{allowOrigin, allowed, std::nullopt}})) {
        if (m_settings.supportsCredentials)
            set(answer, "Access-Control-Allow-Credentials", "true", "5.1", spec);
        if (isPreflight)
            addPreflightHeaders(request, answer, spec);
        else if (!m_settings.exposedHeaders.isEmpty())
            set(answer, "Access-Control-Expose-Headers", m_settings.exposedHeaders, "5.2", spec);
    }
    if (isPreflight)
        vary(answer, "Access-Control-Request-Method", "6", spec);
    if (spec.listening())
        decide(request, answer, context);
    return result;
}

bool PhpCors::covers(const RequestMessage& request, Spec& spec) const
{
    auto path = QByteArray::fromPercentEncoding(request.path());
    while (path.startsWith('/'))
        path.remove(0, 1);
    while (path.endsWith('/'))
        path.chop(1);
    if (path.isEmpty())
        path = "/";
    const auto host = request.headers.get("Host").value_or(QByteArray());
    const auto address = QByteArray("http://" + host + '/' + (path == "/" ? QByteArray() : path));
    for (const auto& pattern : m_settings.paths) {
        const auto wildcard = phpWildcard(QString::fromUtf8(pattern), true);
        const bool fits = wildcard.match(QString::fromUtf8(path)).hasMatch()
            || wildcard.match(QString::fromUtf8(address)).hasMatch();
        if (spec.ask("1", fits, {{"path", path, pattern}}))
            return true;
    }
    return false;
}

void PhpCors::configureOrigin(const RequestMessage& request, ResponseMessage& answer, Spec& spec) const
{
    // 4. Everyone, and no credentials: "*" is safe.
    if (spec.ask("4", m_settings.allOrigins() && !m_settings.supportsCredentials)) {
        set(answer, allowOrigin, "*", "4.1", spec);
        return;
    }
    // 4.2 One origin and no pattern: it is sent to everyone as it stands.
    if (spec.ask("4.2", m_settings.isOneOrigin(), {{"allowed_origins", ascii::join(m_settings.allowedOrigins, ", "),
                                                     std::nullopt}})) {
        set(answer, allowOrigin, m_settings.allowedOrigins.first(), "4.3", spec);
        return;
    }
    // 4.4 Otherwise the answer depends on who asks, and caches are told.
    const auto origin = field(request, "Origin");
    if (spec.ask("4.4", origin.has_value(), {{"Origin", origin, std::nullopt}}) && isOriginAllowed(*origin, spec))
        set(answer, allowOrigin, *origin, "4.8", spec);
    vary(answer, "Origin", "4.9", spec);
}

bool PhpCors::isOriginAllowed(const QByteArray& origin, Spec& spec) const
{
    if (spec.ask("4.5", m_settings.allOrigins()))
        return true;
    for (const auto& allowed : m_settings.allowedOrigins)
        if (spec.ask("4.6", allowed == origin, {{"Origin", origin, allowed}}))
            return true;
    for (const auto& pattern : m_settings.patterns)
        if (spec.ask("4.7", pattern.regex && pattern.regex->match(QString::fromUtf8(origin)).hasMatch(),
                     {{"Origin", origin, pattern.text}}))
            return true;
    return false;
}

void PhpCors::addPreflightHeaders(const RequestMessage& request, ResponseMessage& answer, Spec& spec) const
{
    // 5.3 Methods: the one asked for where all are allowed, or the whole list. Whether it is in there is not looked at.
    if (spec.ask("5.3", m_settings.allMethods())) {
        set(answer, "Access-Control-Allow-Methods",
            ascii::uppered(field(request, "Access-Control-Request-Method").value_or(QByteArray())), "5.4", spec);
        vary(answer, "Access-Control-Request-Method", "5.4", spec);
    } else {
        set(answer, "Access-Control-Allow-Methods", ascii::join(m_settings.allowedMethods, ", "), "5.5", spec);
    }
    // 5.6 Headers likewise; what was not asked for is sent empty.
    if (spec.ask("5.6", m_settings.allHeaders())) {
        set(answer, "Access-Control-Allow-Headers",
            field(request, "Access-Control-Request-Headers").value_or(QByteArray()), "5.7", spec);
        vary(answer, "Access-Control-Request-Headers", "5.7", spec);
    } else {
        set(answer, "Access-Control-Allow-Headers", ascii::join(m_settings.allowedHeaders, ", "), "5.8", spec);
    }
    if (m_settings.maxAge)
        set(answer, "Access-Control-Max-Age", *m_settings.maxAge, "5.9", spec);
}

void PhpCors::decide(const RequestMessage& request, const ResponseMessage& answer, StageContext& context) const
{
    const auto origin = field(request, "Origin");
    const auto allowed = answer.headers.get(allowOrigin);
    const bool granted = allowed && (*allowed == "*" || !origin || *allowed == *origin);
    context.decide("7", granted ? Verdict::Success : Verdict::Failure, {{allowOrigin, allowed, origin}}, answer,
                   allowOrigin);
}

QList<QByteArray> strings(const QJsonValue& value)
{
    QList<QByteArray> result;
    for (const auto& item : value.toArray())
        result.append(item.toString().toUtf8());
    return result;
}

QList<QByteArray> each(QList<QByteArray> items, QByteArray (*change)(QByteArrayView))
{
    std::transform(items.begin(), items.end(), items.begin(), [&](const auto& item) { return change(item); });
    return items;
}

} // namespace

Result<std::shared_ptr<const Stage>> makePhpCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto exposed = value("exposed_headers");
    if (exposed.isBool() && exposed.toBool())
        return InputError{QStringLiteral("exposed_headers"), tr("a list, or false for none"), QStringLiteral("true")};

    Settings result{{},
                    strings(value("allowed_origins")),
                    {},
                    each(strings(value("allowed_methods")), ascii::uppered),
                    each(strings(value("allowed_headers")), ascii::lowered),
                    ascii::join(strings(exposed), ", "),
                    std::nullopt,
                    value("supports_credentials").toBool()};
    for (auto path : strings(value("paths"))) {
        while (path.size() > 1 && path.startsWith('/'))
            path.remove(0, 1);
        while (path.size() > 1 && path.endsWith('/'))
            path.chop(1);
        result.paths.append(path);
    }
    for (const auto& pattern : strings(value("allowed_origins_patterns")))
        result.patterns.push_back({pattern, phpPattern(QString::fromUtf8(pattern))});
    for (const auto& origin : result.allowedOrigins)
        if (origin.contains('*') && !result.allOrigins())
            result.patterns.push_back({origin, phpWildcard(QString::fromUtf8(origin), false)});
    const auto maxAge = value("max_age");
    if (!maxAge.isNull())
        result.maxAge = QByteArray::number(maxAge.isBool() ? qint64(maxAge.toBool()) : maxAge.toInteger());
    return std::shared_ptr<const Stage>(std::make_shared<PhpCors>(settings.title, result));
}

} // namespace corscope

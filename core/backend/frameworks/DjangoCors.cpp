#include "core/backend/frameworks/DjangoCors.h"

#include "core/backend/frameworks/DjangoSettings.h"
#include "core/backend/frameworks/WsgiRequest.h"

#include <QRegularExpression>

#include <algorithm>

namespace corscope {

namespace {

using django::Settings;

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

class DjangoCors final : public Stage
{
public:
    DjangoCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("django-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    enum class Allowed { No, Yes, Raises };

    bool signalAllows(const QByteArray& path) const;
    Allowed isAllowed(const QByteArray& origin, const django::Site& site, const QByteArray& path, Spec& spec) const;
    StageAnswer raised(const char* number, StageContext& context) const;
    void set(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number,
             Spec& spec) const;
    void patchVary(ResponseMessage& answer, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

/// What Django makes of an exception, wherever it was raised: a fresh page.
ResponseMessage serverError()
{
    return {500, reasonPhrase(500), {{"Content-Type", "text/html; charset=utf-8"}},
            "<!doctype html>\n<html lang=\"en\"><head><title>Server Error (500)</title></head></html>\n"};
}

void DjangoCors::set(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number,
                     Spec& spec) const
{
    const auto written = m_settings.lowerCase ? ascii::lowered(name) : name;
    answer.headers.set(written, value);
    if (spec.listening())
        spec.let(number, written.constData(), value);
}

void DjangoCors::patchVary(ResponseMessage& answer, Spec& spec) const
{
    static const QRegularExpression comma(QStringLiteral("\\s*,\\s*"));
    QStringList names;
    if (const auto before = answer.headers.get("Vary"))
        names = QString::fromLatin1(*before).split(comma);
    const auto has = [&](const char* name) { return names.contains(QLatin1String(name), Qt::CaseInsensitive); };
    if (has("*"))
        names = QStringList(QStringLiteral("*"));
    else if (!has("origin"))
        names.append(m_settings.lowerCase ? QStringLiteral("origin") : QStringLiteral("Origin"));
    answer.headers.set("Vary", names.join(QStringLiteral(", ")).toLatin1());
    if (spec.listening())
        spec.let("3", "Vary", *answer.headers.get("Vary"));
}

bool DjangoCors::signalAllows(const QByteArray& path) const
{
    return std::any_of(m_settings.signalPaths.begin(), m_settings.signalPaths.end(),
                       [&](const auto& start) { return path.startsWith(start); });
}

StageAnswer DjangoCors::raised(const char* number, StageContext& context) const
{
    const auto page = serverError();
    context.decide(number, Verdict::Failure, {}, page);
    return {page};
}

StageAnswer DjangoCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto path = QByteArray::fromPercentEncoding(request.path());

    // 1. Is the path covered? A pattern that Python cannot read raises here, at every request.
    if (spec.ask("1.1", !m_settings.urls.regex, {{"CORS_URLS_REGEX", m_settings.urls.text, std::nullopt}}))
        return raised("1.2", context);
    const bool covered =
        spec.ask("1", m_settings.urls.fits(path), {{"path", path, m_settings.urls.text}})
        || (!m_settings.signalPaths.isEmpty() && spec.ask("1.3", signalAllows(path), {{"path", path, std::nullopt}}));

    // 2. A preflight is answered here, with or without an Origin, and goes no further.
    const auto method = wsgiHeader(request, "Access-Control-Request-Method");
    StageAnswer result;
    if (covered
        && spec.ask("2", request.method == "OPTIONS" && method,
                    {{"method", request.method, "OPTIONS"}, {"Access-Control-Request-Method", method, std::nullopt}})) {
        result = {{200, reasonPhrase(200), {{"Content-Type", "text/html; charset=utf-8"}}, {}}};
    } else {
        result = context.next(request);
        // 2.1 Django turns an exception into a page before the middleware looks at the answer.
        if (spec.ask("2.1", result.raised))
            result = {serverError()};
    }
    if (!covered) {
        spec.step("1.4");
        return result;
    }
    auto& answer = result.response;

    // 3. Caches are told in any case.
    patchVary(answer, spec);

    // 4. Is there an Origin?
    const auto origin = wsgiHeader(request, "Origin");
    if (!spec.ask("4", origin && !origin->isEmpty(), {{"Origin", origin, std::nullopt}}))
        return result;
    const auto site = django::urlSplit(*origin);
    if (!spec.ask("4.1", site.has_value(), {{"Origin", origin, std::nullopt}}))
        return result;
    if (m_settings.credentialsToAll && m_settings.allowCredentials)
        set(answer, "Access-Control-Allow-Credentials", "true", "4.2", spec);

    // 5. Is it allowed?
    const auto allowed = isAllowed(*origin, *site, path, spec);
    if (allowed == Allowed::Raises)
        return raised("5.5", context);
    if (!spec.ask("6", allowed == Allowed::Yes, {{"Origin", origin, std::nullopt}})) {
        context.decide("6.1", Verdict::Failure, {{allowOrigin, answer.headers.get(allowOrigin), origin}},
                       answer, allowOrigin);
        return result;
    }

    // 7. What every answer to it gets.
    const bool star = m_settings.allowAll && !m_settings.allowCredentials;
    set(answer, allowOrigin, star ? QByteArray("*") : *origin, "7", spec);
    if (!m_settings.credentialsToAll && m_settings.allowCredentials)
        set(answer, "Access-Control-Allow-Credentials", "true", "7.1", spec);
    if (!m_settings.exposeHeaders.isEmpty())
        set(answer, "Access-Control-Expose-Headers", m_settings.exposeHeaders, "7.2", spec);

    // 8. And what OPTIONS gets, preflight or not; nothing of what was asked for is looked at.
    if (spec.ask("8", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}})) {
        set(answer, "Access-Control-Allow-Headers", m_settings.headers, "8.1", spec);
        set(answer, "Access-Control-Allow-Methods", m_settings.methods, "8.1", spec);
        if (!m_settings.maxAge.isEmpty())
            set(answer, "Access-Control-Max-Age", m_settings.maxAge, "8.2", spec);
    }
    if (m_settings.allowPrivateNetwork && wsgiHeader(request, "Access-Control-Request-Private-Network") == "true")
        set(answer, "Access-Control-Allow-Private-Network", "true", "8.3", spec);

    // 9. The verdict.
    if (spec.listening())
        context.decide("9", Verdict::Success, {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer,
                       allowOrigin);
    return result;
}

DjangoCors::Allowed DjangoCors::isAllowed(const QByteArray& origin, const django::Site& site, const QByteArray& path,
                                          Spec& spec) const
{
    if (spec.ask("5", m_settings.allowAll))
        return Allowed::Yes;
    // 5.1 "null" has no host to compare, and is looked for as it stands.
    if (spec.ask("5.1", origin == "null" && m_settings.allowedOrigins.contains(origin), {{"Origin", origin, "null"}}))
        return Allowed::Yes;
    // 5.2 One entry after the other: scheme and host.
    for (qsizetype i = 0; i < m_settings.sites.size(); ++i)
        if (spec.ask("5.2", m_settings.sites[i] == site, {{"Origin", origin, m_settings.allowedOrigins.items()[i]}}))
            return Allowed::Yes;
    // 5.3 Then the patterns, which have to fit the start.
    for (const auto& pattern : m_settings.patterns) {
        if (!pattern.regex)
            return Allowed::Raises;
        if (spec.ask("5.3", pattern.fits(origin), {{"Origin", origin, pattern.text}}))
            return Allowed::Yes;
    }
    // 5.4 Whoever receives the signal may still say yes.
    if (!m_settings.signalPaths.isEmpty()
        && spec.ask("5.4", signalAllows(path), {{"path", path, [&] { return ascii::join(m_settings.signalPaths, ", "); }}}))
        return Allowed::Yes;
    return Allowed::No;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeDjangoCors(const StageSettings& settings)
{
    const auto checked = django::settings(settings);
    if (!checked)
        return checked.error();
    return std::shared_ptr<const Stage>(std::make_shared<DjangoCors>(settings.title, *checked));
}

} // namespace corscope

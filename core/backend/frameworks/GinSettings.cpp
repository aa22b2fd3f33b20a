#include "core/backend/frameworks/GinSettings.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QVersionNumber>

#include <algorithm>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("GinCors", text); }

InputError refusal(const QByteArray& option, const QString& expected, const QByteArray& panic, const QString& found)
{
    return {QString::fromUtf8(option), tr("%1 (gin panics: %2)").arg(expected, QString::fromUtf8(panic)), found};
}

/// Trimmed, lower case, each once.
QList<QByteArray> normalized(const QList<QByteArray>& values)
{
    QList<QByteArray> result;
    for (const auto& value : values) {
        const auto item = ascii::lowered(value.trimmed());
        if (!result.contains(item))
            result.append(item);
    }
    return result;
}

/// What stands between the slashes of "/pattern/flags"; empty where it is no such text.
QByteArray betweenSlashes(const QByteArray& text)
{
    auto end = text.size();
    if (end > 0 && QByteArrayView("gimuy").contains(text[end - 1]))
        --end;
    if (end < 3 || text[0] != '/' || text[end - 1] != '/')
        return {};
    return text.mid(1, end - 2);
}

QList<QByteArray> schemesOf(const StageSettings& settings)
{
    const auto on = [&](const char* name) { return settings.values[QLatin1String(name)].toBool(); };
    QList<QByteArray> schemes{"http://", "https://"};
    if (on("AllowBrowserExtensions"))
        schemes += QList<QByteArray>{"chrome-extension://", "safari-extension://", "moz-extension://",
                                     "ms-browser-extension://"};
    if (on("AllowWebSockets"))
        schemes += QList<QByteArray>{"ws://", "wss://"};
    if (on("AllowFiles"))
        schemes += "file://";
    return schemes + go::strings(settings.values[QLatin1String("CustomSchemas")]);
}

bool hasScheme(QByteArray origin, const QList<QByteArray>& schemes, bool knowsPatterns)
{
    const auto pattern = knowsPatterns ? betweenSlashes(origin) : QByteArray();
    if (!pattern.isEmpty()) {
        origin = pattern;
        if (const auto optional = origin.indexOf('?'); optional >= 0)
            origin.remove(optional, 1);
        if (origin.startsWith('^'))
            origin.remove(0, 1);
    }
    return std::any_of(schemes.begin(), schemes.end(), [&](const auto& scheme) { return origin.startsWith(scheme); });
}

/// Go's expressions know neither looking around nor references back.
std::optional<QRegularExpression> goPattern(const QByteArray& pattern)
{
    for (const char* unknown : {"(?=", "(?!", "(?<=", "(?<!", "\\1", "\\2", "(?>"})
        if (pattern.contains(unknown))
            return {};
    const QRegularExpression expression(QString::fromUtf8(pattern));
    return expression.isValid() ? std::optional(expression) : std::nullopt;
}

} // namespace

Result<GinSettings> GinSettings::parse(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const bool old = QVersionNumber::fromString(QString::fromLatin1(settings.version)) < QVersionNumber(1, 5);
    const auto origins = go::strings(value("AllowOrigins"));
    GinSettings result;
    result.function = go::originFunction(value("AllowOriginFunc"));
    result.contextFunction = go::originFunction(value("AllowOriginWithContextFunc"));
    result.allOrigins = value("AllowAllOrigins").toBool();
    const bool decides =
        result.function != go::OriginFunction::None || result.contextFunction != go::OriginFunction::None;

    if (result.allOrigins && (decides || !origins.isEmpty()))
        return refusal("AllowAllOrigins", tr("no origins and no function beside it"),
                       old ? "conflict settings: all origins are allowed. AllowOriginFunc or AllowOrigins is not needed"
                           : "conflict settings: all origins enabled. AllowOriginFunc or AllowOriginFuncWithContext or "
                             "AllowOrigins is not needed",
                       QStringLiteral("true"));
    if (!result.allOrigins && !decides && origins.isEmpty())
        return refusal("AllowOrigins", tr("an origin, a function or AllowAllOrigins"),
                       "conflict settings: all origins disabled", tr("an empty list"));
    const auto schemes = schemesOf(settings);
    for (qsizetype i = 0; i < origins.size(); ++i) {
        const auto place = QByteArray("AllowOrigins[" + QByteArray::number(i) + ']');
        const auto found = QStringLiteral("\"%1\"").arg(QString::fromUtf8(origins[i]));
        if (!origins[i].contains('*') && !hasScheme(origins[i], schemes, !old))
            return refusal(place, tr("an origin with a scheme"),
                           QByteArray("bad origin: origins must contain '*' or include " + ascii::join(schemes, ",")),
                           found);
        if (value("AllowWildcard").toBool() && origins[i].count('*') > 1)
            return refusal(place, tr("one * at most"), "only one * is allowed", found);
    }

    result.allOrigins = result.allOrigins || origins.contains("*");
    for (const auto& origin : normalized(origins)) {
        const auto pattern = old ? QByteArray() : betweenSlashes(origin);
        if (pattern.isEmpty()) {
            result.origins.append(origin);
        } else if (const auto expression = goPattern(pattern)) {
            result.patterns.push_back(*expression);
        } else {
            return InputError{QStringLiteral("AllowOrigins"), tr("a regular expression that Go takes"),
                              QString::fromUtf8(origin)};
        }
    }
    for (const auto& origin : origins) {
        const auto star = origin.indexOf('*');
        if (!value("AllowWildcard").toBool() || star < 0)
            continue;
        // 1.4.0 forgets the letter before a * at the end (CVE-2019-25211); Debian's 1.4.0 does not.
        const bool forgets = settings.version == "1.4.0" && star > 0 && star == origin.size() - 1;
        result.wildcards.push_back({origin.left(forgets ? star - 1 : star), origin.mid(star + 1)});
    }

    const auto joined = [&](const char* name, QByteArray (*spelled)(const QByteArray&)) {
        auto items = normalized(go::strings(value(name)));
        std::transform(items.begin(), items.end(), items.begin(), spelled);
        return ascii::join(items, ",");
    };
    result.methods = joined("AllowMethods", [](const QByteArray& method) { return ascii::uppered(method); });
    result.headers = joined("AllowHeaders", go::canonicalHeaderKey);
    result.exposed = joined("ExposeHeaders", go::canonicalHeaderKey);
    const auto maxAge = value("MaxAge").toInteger();
    if (maxAge > 0)
        result.maxAge = QByteArray::number(maxAge);
    result.credentials = value("AllowCredentials").toBool();
    result.privateNetwork = value("AllowPrivateNetwork").toBool();
    if (const int status = value("OptionsResponseStatusCode").toInt())
        result.status = status;
    return result;
}

} // namespace corscope

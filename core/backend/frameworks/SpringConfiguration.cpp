#include "core/backend/frameworks/SpringConfiguration.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QVersionNumber>

namespace corscope::spring {

namespace {

using Texts = std::optional<QList<QByteArray>>; ///< no value where Java has null

Texts textsOf(const QJsonValue& value)
{
    if (!value.isArray())
        return {};
    QList<QByteArray> texts;
    for (const auto& item : value.toArray())
        texts.append(item.toString().toUtf8());
    return texts;
}

/// Commas divide what was set since version 5.3.
QList<QByteArray> divided(const QList<QByteArray>& entries)
{
    QList<QByteArray> result;
    for (const auto& entry : entries)
        result += splitOrigins(entry);
    return result;
}

} // namespace

bool isKnownMethod(const QByteArray& method)
{
    return QList<QByteArray>{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}.contains(method);
}

Result<Configuration> configurationOf(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    Configuration result;
    result.before5 = QVersionNumber::fromString(QString::fromLatin1(settings.version)) < QVersionNumber(5);

    auto origins = textsOf(value("allowedOrigins"));
    auto patterns = textsOf(value("allowedOriginPatterns"));
    auto methods = textsOf(value("allowedMethods"));
    auto headers = textsOf(value("allowedHeaders"));
    if (const auto age = value("maxAge"); age.isDouble())
        result.maxAge = age.toInteger();
    if (value("applyPermitDefaultValues").toBool()) {
        if (!origins && !patterns)
            origins = {"*"};
        if (!methods)
            methods = {"GET", "HEAD", "POST"};
        if (!headers)
            headers = {"*"};
        if (!result.maxAge)
            result.maxAge = 1800;
    }

    result.origins =
        result.before5 ? origins.value_or(QList<QByteArray>()) : divided(origins.value_or(QList<QByteArray>()));
    result.anyOrigin = result.origins.contains("*");
    result.patternTexts = divided(patterns.value_or(QList<QByteArray>()));
    for (const auto& text : result.patternTexts)
        result.patterns.emplace_back(text);
    if (!methods || methods->isEmpty())
        methods = {"GET", "HEAD"};
    result.anyMethod = methods->contains("*");
    for (const auto& method : *methods)
        result.methods.append(result.before5 && !isKnownMethod(method) ? QByteArray("null") : method);
    result.headers = headers.value_or(QList<QByteArray>());
    result.anyHeader = result.headers.contains("*");
    result.exposed = textsOf(value("exposedHeaders")).value_or(QList<QByteArray>());
    if (result.before5 && result.exposed.contains("*"))
        return InputError{QStringLiteral("exposedHeaders"),
                          QCoreApplication::translate("SpringCors",
                                                      "names of headers (Spring throws: '*' is not a valid exposed "
                                                      "header value)"),
                          QStringLiteral("\"*\"")};
    result.credentials = value("allowCredentials").toBool();
    result.privateNetwork = value("allowPrivateNetwork").toBool();
    result.pathText = value("path").toString().toUtf8();
    result.path = PathPattern(result.pathText);
    if (!result.path.isValid())
        return InputError{QStringLiteral("path"), QCoreApplication::translate("SpringCors", "a pattern of paths"),
                          QString::fromUtf8(result.pathText)};
    return result;
}

} // namespace corscope::spring

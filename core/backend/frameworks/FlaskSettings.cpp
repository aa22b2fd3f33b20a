#include "core/backend/frameworks/FlaskSettings.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/frameworks/PythonPattern.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QVersionNumber>

#include <algorithm>

namespace corscope::flask {

namespace {

bool looksLikeRegex(const QByteArray& text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return QByteArrayView("*\\]?$^[()").contains(c); });
}

QList<QByteArray> strings(const QJsonValue& value)
{
    QList<QByteArray> result;
    if (value.isString())
        result.append(value.toString().toUtf8());
    for (const auto& item : value.toArray())
        result.append(item.toString().toUtf8());
    return result;
}

std::vector<Matcher> matchers(const QJsonValue& value)
{
    std::vector<Matcher> result;
    for (const auto& text : strings(value))
        result.emplace_back(text);
    return result;
}

/// A list is sorted and joined; a string stays as it is.
QByteArray listText(const QJsonValue& value)
{
    auto items = strings(value);
    std::sort(items.begin(), items.end());
    return ascii::join(items, ", ");
}

Result<Resource> resource(const QByteArray& path, const QJsonObject& values, const QVersionNumber& version)
{
    const auto value = [&](const char* name) { return values[QLatin1String(name)]; };
    const auto origins = strings(value("origins"));
    const auto maxAge = value("max_age");
    Resource result{Matcher(path),
                    matchers(value("origins")),
                    origins.contains("*") || origins.contains(".*"),
                    ascii::uppered(listText(value("methods"))),
                    matchers(value("allow_headers")),
                    listText(value("expose_headers")),
                    value("supports_credentials").toBool(),
                    value("send_wildcard").toBool(),
                    // 0 counts as nothing in Python, and is not sent.
                    maxAge.isDouble() && maxAge.toInteger() != 0 ? QByteArray::number(maxAge.toInteger())
                                                                 : maxAge.toString().toUtf8(),
                    value("vary_header").toBool(),
                    value("always_send").toBool(),
                    value("allow_private_network").toBool(),
                    version >= QVersionNumber(4, 0, 2)};
    if (result.anyOrigin && result.supportsCredentials && result.sendWildcard)
        return InputError{QStringLiteral("send_wildcard"),
                          QCoreApplication::translate(
                              "FlaskCors", "no supports_credentials together with an origin of \"*\" that is sent as it is"),
                          QStringLiteral("true")};
    return result;
}

} // namespace

Matcher::Matcher(const QByteArray& written) : text(written == "*" ? QByteArray(".*") : written)
{
    isRegex = looksLikeRegex(text);
    if (!isRegex)
        return;
    if (auto compiled = pythonMatchIgnoringCase(QString::fromUtf8(text)))
        regex = *compiled;
}

bool Matcher::fits(const QByteArray& value) const
{
    if (isRegex)
        return regex && regex->match(QString::fromUtf8(value)).hasMatch();
    return ascii::equalIgnoringCase(value, text);
}

Result<std::vector<Resource>> resources(const StageSettings& settings)
{
    const auto version = QVersionNumber::fromString(QString::fromLatin1(settings.version));
    const auto& values = settings.values;
    const auto given = values[QLatin1String("resources")];
    std::vector<Resource> result;
    for (const auto& path : strings(given)) {
        const auto one = resource(path, values, version);
        if (!one)
            return one.error();
        result.push_back(*one);
    }
    const auto map = given.toObject();
    for (auto it = map.begin(); it != map.end(); ++it) {
        // Its own options on top of those for all paths, checked like those.
        const auto own = it.value().toObject();
        const auto where = QStringLiteral("resources[\"%1\"]").arg(it.key());
        const auto* description = findFrameworkDescription("flask");
        const auto checked = description ? description->completed(own, settings.version) : Result<QJsonObject>(own);
        if (!checked)
            return InputError{where + QLatin1Char('.') + checked.error().where, checked.error().expected,
                              checked.error().found};
        auto merged = values;
        for (auto option = own.begin(); option != own.end(); ++option)
            merged[option.key()] = option.value();
        const auto one = resource(it.key().toUtf8(), merged, version);
        if (!one)
            return InputError{where + QLatin1Char('.') + one.error().where, one.error().expected, one.error().found};
        result.push_back(*one);
    }

    // The longest pattern first; since 6.0 plain paths before patterns, and the deeper before the longer.
    const bool plainFirst = version >= QVersionNumber(6, 0);
    const auto rank = [&](const Resource& item) {
        const auto& text = item.path.text;
        return plainFirst ? std::tuple(item.path.isRegex, -text.count('/'), -text.size())
                          : std::tuple(false, qsizetype(0), -text.size());
    };
    std::stable_sort(result.begin(), result.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return result;
}

} // namespace corscope::flask

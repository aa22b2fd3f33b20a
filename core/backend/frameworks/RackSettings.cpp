#include "core/backend/frameworks/RackSettings.h"

#include "core/backend/FrameworkDescription.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::rack {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("RackCors", text); }

/// One string, or the strings of a list.
QList<QByteArray> strings(const QJsonValue& value)
{
    QList<QByteArray> result;
    if (value.isString())
        result.append(value.toString().toUtf8());
    for (const auto& item : value.toArray())
        result.append(item.toString().toUtf8());
    return result;
}

bool isAny(const QJsonValue& value) { return value == QJsonValue(QStringLiteral("any")); }

/// Ruby's `^` and `$` stand at every line, and a dot never crosses one unless told so by `m`.
Result<QRegularExpression> rubyPattern(const QString& source, const QString& flags)
{
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption;
    for (const auto flag : flags) {
        if (flag == QLatin1Char('i'))
            options |= QRegularExpression::CaseInsensitiveOption;
        else if (flag == QLatin1Char('m'))
            options |= QRegularExpression::DotMatchesEverythingOption;
        else if (flag == QLatin1Char('x'))
            options |= QRegularExpression::ExtendedPatternSyntaxOption;
        else
            return InputError{{}, tr("a pattern that Ruby takes"), QStringLiteral("/%1/%2").arg(source, flags)};
    }
    // \h is a hexadecimal digit there.
    auto translated = source;
    static const QRegularExpression hexadecimal(QStringLiteral("(?<!\\\\)((?:\\\\\\\\)*)\\\\h"));
    translated.replace(hexadecimal, QStringLiteral("\\1[0-9a-fA-F]"));
    const QRegularExpression pattern(translated, options);
    if (!pattern.isValid())
        return InputError{{}, tr("a pattern that Ruby takes"),
                          QStringLiteral("/%1/: %2").arg(source, pattern.errorString())};
    return pattern;
}

/// `*` is anything, `/*` may be missing with its slash, `:name` is one part of the path.
Result<QRegularExpression> pathPattern(const QString& path)
{
    static const QRegularExpression special(QStringLiteral("(:\\w+)|/\\*|[*.+()$]"));
    QString source;
    qsizetype end = 0;
    for (auto it = special.globalMatch(path); it.hasNext();) {
        const auto match = it.next();
        const auto text = match.captured();
        source += path.mid(end, match.capturedStart() - end);
        end = match.capturedEnd();
        source += text == QLatin1String("/*")        ? QStringLiteral("/?(.*?)")
            : text == QLatin1String("*")             ? QStringLiteral("(.*?)")
            : text.startsWith(QLatin1Char(':'))      ? QStringLiteral("([^/?&#]+)")
                                                     : QRegularExpression::escape(text);
    }
    return rubyPattern(QLatin1Char('^') + source + path.mid(end) + QLatin1Char('$'), {});
}

/// \param path a text, or a pattern as it is.
Result<Resource> resource(const QJsonValue& path, const QJsonObject& values, bool isPublic)
{
    const auto value = [&](const char* name) { return values[QLatin1String(name)]; };
    const bool credentials = value("credentials").toBool();
    if (isPublic && credentials)
        return InputError{QStringLiteral("credentials"),
                          tr("false, since everyone is allowed (CorsMisconfigurationError): allowing credentials for "
                             "wildcard origins is insecure"),
                          QStringLiteral("true")};
    const auto source = path[QLatin1String("regex")].toString();
    const auto pattern =
        path.isObject() ? rubyPattern(source, path[QLatin1String("flags")].toString()) : pathPattern(path.toString());
    if (!pattern)
        return InputError{QStringLiteral("resource"), pattern.error().expected, pattern.error().found};

    const auto text = path.isObject() ? source : path.toString();
    Resource result{text.toUtf8(), *pattern, {}, isAny(value("headers")), {}, {}, {}, credentials, {}};
    if (isAny(value("methods")))
        result.methods = {"get", "head", "post", "put", "patch", "delete", "options"};
    else if (value("methods").isNull())
        result.methods = {"get"};
    else
        result.methods = strings(value("methods"));
    if (!result.anyHeaders)
        for (const auto& name : strings(value("headers")))
            result.headers.append(ascii::lowered(name));
    result.expose = ascii::join(strings(value("expose")), ", ");
    result.maxAge = QByteArray::number(value("max_age").isNull() ? 7200 : value("max_age").toInteger());
    result.vary = strings(value("vary"));
    return result;
}

Result<Origin> origin(const QJsonValue& value)
{
    if (value.isObject()) {
        const auto source = value[QLatin1String("regex")].toString();
        const auto pattern = rubyPattern(source, value[QLatin1String("flags")].toString());
        if (!pattern)
            return InputError{QStringLiteral("origins"), pattern.error().expected, pattern.error().found};
        return Origin{source.toUtf8(), *pattern};
    }
    // What has no scheme stands for any.
    static const QRegularExpression scheme(QStringLiteral("^[a-z][a-z0-9.+-]*://"),
                                           QRegularExpression::MultilineOption);
    const auto text = value.toString();
    if (text == QLatin1String("*") || scheme.match(text).hasMatch())
        return Origin{text.toUtf8(), std::nullopt};
    return Origin{text.toUtf8(), QRegularExpression(QStringLiteral("^[a-z][a-z0-9.+-]*://%1$")
                                                        .arg(QRegularExpression::escape(text)),
                                                    QRegularExpression::MultilineOption)};
}

Result<Block> block(const QJsonObject& values)
{
    Block result;
    const auto given = values[QLatin1String("origins")];
    for (const auto& item : given.isArray() ? given.toArray() : QJsonArray{given}) {
        if (item == QJsonValue(QString()))
            continue;
        const auto one = origin(item);
        if (!one)
            return one.error();
        result.isPublic = result.isPublic || one->text == "*";
        result.origins.push_back(*one);
    }

    const auto paths = values[QLatin1String("resource")];
    for (const auto& path : paths.isArray() ? paths.toArray() : QJsonArray{paths}) {
        const auto one = resource(path, values, result.isPublic);
        if (!one)
            return one.error();
        result.resources.push_back(*one);
    }
    return result;
}

} // namespace

bool Origin::fits(const QByteArray& origin) const
{
    return regex ? regex->match(QString::fromUtf8(origin)).hasMatch() : origin == text;
}

bool Resource::fits(const QByteArray& requestPath) const
{
    return pattern.match(QString::fromUtf8(requestPath)).hasMatch();
}

Result<std::vector<Block>> blocks(const StageSettings& settings)
{
    std::vector<Block> result;
    const auto first = block(settings.values);
    if (!first)
        return first.error();
    result.push_back(*first);

    const auto* description = findFrameworkDescription("rack-cors");
    const auto further = settings.values[QLatin1String("further_blocks")].toArray();
    for (qsizetype i = 0; i < further.size(); ++i) {
        const auto inside = [&](const InputError& error) {
            return InputError{QStringLiteral("further_blocks[%1].").arg(i) + error.where, error.expected, error.found};
        };
        auto own = further[i].toObject();
        if (own.contains(QLatin1String("further_blocks")))
            return inside({QStringLiteral("further_blocks"), tr("no blocks within a block"), {}});
        const auto values = description ? description->completed(own, settings.version) : Result<QJsonObject>(own);
        if (!values)
            return inside(values.error());
        const auto one = block(*values);
        if (!one)
            return inside(one.error());
        result.push_back(*one);
    }
    return result;
}

} // namespace corscope::rack

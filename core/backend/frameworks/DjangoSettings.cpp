#include "core/backend/frameworks/DjangoSettings.h"

#include "core/backend/frameworks/PythonPattern.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QVersionNumber>

#include <algorithm>

namespace corscope::django {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("DjangoCors", text); }

/// The system checks of the app, as far as types have not been looked at before.
class Checks
{
public:
    explicit Checks(const QJsonValue& silenced)
    {
        for (const auto& id : silenced.toArray())
            m_silenced.append(id.toString());
    }

    /// \param id without "corsheaders."
    void require(bool holds, const char* id, const QString& where, const QString& expected, const QString& found)
    {
        const QString name = QStringLiteral("corsheaders.") + QLatin1String(id);
        if (!holds && !m_error && !m_silenced.contains(name))
            m_error = InputError{where, expected, QStringLiteral("%1 (%2)").arg(found, name)};
    }
    const std::optional<InputError>& error() const { return m_error; }

private:
    QStringList m_silenced;
    std::optional<InputError> m_error;
};

void checkOrigins(const PythonSequence& origins, Checks& checks)
{
    for (qsizetype i = 0; i < origins.items().size(); ++i) {
        const auto& origin = origins.items()[i];
        if (origin == "null" || origin == "file://")
            continue;
        const auto where = origins.isString() ? QStringLiteral("CORS_ALLOWED_ORIGINS")
                                              : QStringLiteral("CORS_ALLOWED_ORIGINS[%1]").arg(i);
        const auto found = QStringLiteral("\"%1\"").arg(QString::fromUtf8(origin));
        const auto site = urlSplit(origin);
        const bool whole = site && !site->scheme.isEmpty() && !site->host.isEmpty();
        checks.require(whole, "E013", where, tr("an origin with scheme and host"), found);
        checks.require(!whole || site->rest.isEmpty(), "E014", where, tr("an origin without path, query or fragment"),
                       found);
    }
}

QByteArray joinedOr(const QJsonValue& value, const char* standard)
{
    return value.isNull() ? QByteArray(standard) : PythonSequence(value).joined();
}

/// "False" in quotes counts as true, as every text but the empty one does.
bool isTruthy(const QJsonValue& value)
{
    return value.isString() ? !value.toString().isEmpty() : value.toBool();
}

} // namespace

std::optional<Site> urlSplit(const QByteArray& url)
{
    QByteArray rest = url;
    while (!rest.isEmpty() && uchar(rest.front()) <= ' ')
        rest.remove(0, 1);
    rest.replace('\t', "").replace('\r', "").replace('\n', "");

    Site site;
    const auto isSchemeChar = [](char c) { return ascii::isAlphanumeric(c) || c == '+' || c == '-' || c == '.'; };
    const auto colon = rest.indexOf(':');
    if (colon > 0 && ascii::isAlpha(rest.front())
        && std::all_of(rest.begin(), rest.begin() + colon, isSchemeChar)) {
        site.scheme = ascii::lowered(rest.left(colon));
        rest.remove(0, colon + 1);
    }
    if (rest.startsWith("//")) {
        qsizetype end = 2;
        while (end < rest.size() && !QByteArrayView("/?#").contains(rest[end]))
            ++end;
        site.host = rest.sliced(2, end - 2);
        rest.remove(0, end);
        if (site.host.contains('[') != site.host.contains(']'))
            return std::nullopt;
    }
    site.rest = rest;
    return site;
}

Pattern::Pattern(const QString& written) : text(written.toUtf8())
{
    if (auto compiled = pythonMatch(written))
        regex = *compiled;
}

bool Pattern::fits(const QByteArray& value) const
{
    return regex && regex->match(QString::fromUtf8(value)).hasMatch();
}

Result<Settings> settings(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const bool isThree = QVersionNumber::fromString(QString::fromLatin1(settings.version)) < QVersionNumber(4, 0);
    const PythonSequence origins(value("CORS_ALLOWED_ORIGINS"));
    const auto maxAge = value("CORS_PREFLIGHT_MAX_AGE");

    Checks checks(value("SILENCED_SYSTEM_CHECKS"));
    checks.require(!maxAge.isNull() && maxAge.toInteger() >= 0, "E004", QStringLiteral("CORS_PREFLIGHT_MAX_AGE"),
                   tr("a whole number, zero or more"),
                   maxAge.isNull() ? QStringLiteral("None") : QString::number(maxAge.toInteger()));
    checks.require(!value("CORS_ALLOW_ALL_ORIGINS").isString(), "E005", QStringLiteral("CORS_ALLOW_ALL_ORIGINS"),
                   tr("True or False"), QStringLiteral("\"%1\"").arg(value("CORS_ALLOW_ALL_ORIGINS").toString()));
    checkOrigins(origins, checks);
    if (checks.error())
        return *checks.error();

    QList<Site> sites;
    for (const auto& origin : origins.items()) {
        const auto site = urlSplit(origin);
        if (!site)
            return InputError{QStringLiteral("CORS_ALLOWED_ORIGINS"), tr("addresses that Python can take apart"),
                              QString::fromUtf8(origin)};
        sites.append(*site);
    }
    std::vector<Pattern> patterns;
    for (const auto& pattern : value("CORS_ALLOWED_ORIGIN_REGEXES").toArray())
        patterns.emplace_back(pattern.toString());
    QList<QByteArray> signalPaths;
    for (const auto& path : value("check_request_enabled").toArray())
        signalPaths.append(path.toString().toUtf8());

    return Settings{
        origins,
        sites,
        patterns,
        isTruthy(value("CORS_ALLOW_ALL_ORIGINS")),
        value("CORS_ALLOW_CREDENTIALS").toBool(),
        joinedOr(value("CORS_ALLOW_METHODS"), "DELETE, GET, OPTIONS, PATCH, POST, PUT"),
        joinedOr(value("CORS_ALLOW_HEADERS"),
                 isThree ? "accept, accept-encoding, authorization, content-type, dnt, origin, user-agent, "
                           "x-csrftoken, x-requested-with"
                         : "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with"),
        PythonSequence(value("CORS_EXPOSE_HEADERS")).joined(),
        // 0 counts as nothing in Python, and is not sent.
        maxAge.toInteger() != 0 ? QByteArray::number(maxAge.toInteger()) : QByteArray(),
        value("CORS_ALLOW_PRIVATE_NETWORK").toBool(),
        Pattern(value("CORS_URLS_REGEX").toString()),
        signalPaths,
        isThree,
        !isThree};
}

} // namespace corscope::django

#include "core/explain/Console.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Response.h"
#include "core/url/Url.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace corscope::explain {

namespace {

const QJsonObject& wordings()
{
    static const QJsonObject object = [] {
        QFile file(QStringLiteral(":/spec/console.json"));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }();
    return object;
}

QJsonObject wordingOf(const QByteArray& browser)
{
    return wordings().value(QLatin1String(browser)).toObject();
}

QString text(const QJsonObject& object, const QString& key)
{
    return object.value(key).toString();
}

QJsonObject section(const QJsonObject& wording, const char* name)
{
    return wording.value(QLatin1String(name)).toObject();
}

// Which wording a reason has: its own id, except where an engine tells two kinds of one reason apart.
QString keyOf(const Blocked& blocked, const SendOutcome& outcome, const QJsonObject& wording)
{
    const auto& answer = outcome.page.hiddenHeaders;
    // WebKit looks at a preflight's status before it looks for permission.
    if (blocked.on == Blocked::On::Preflight && !isOkStatus(outcome.withheldStatus)
        && wording.value(QLatin1String("preflightStatusFirst")).toBool())
        return QString::fromLatin1(whyId(Why::PreflightStatusNotOk));
    if (blocked.why == Why::PreflightStatusNotOk && isRedirectStatus(outcome.withheldStatus) && answer.contains("Location"))
        return QStringLiteral("preflight-redirect");
    if (blocked.why == Why::MultipleAllowOrigin && answer.values("Access-Control-Allow-Origin").size() > 1)
        return QStringLiteral("repeated-allow-origin");
    if (blocked.why == Why::MultipleAllowOrigin && !blocked.offender.contains(','))
        return QStringLiteral("spaced-allow-origin");
    return QString::fromLatin1(whyId(blocked.why));
}

// A header's bytes as the engine shows them: read as UTF-8, or beyond ASCII as numbers.
QString shown(const QByteArray& bytes, const QJsonObject& wording)
{
    if (!wording.value(QLatin1String("numbersBeyondAscii")).toBool())
        return QString::fromUtf8(bytes);
    QString result;
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        result += code < 0x80 ? QString(QLatin1Char(byte))
                              : QStringLiteral("\\u%1").arg(QString::number(code, 16).toUpper(), 4, QLatin1Char('0'));
    }
    return result;
}

// The header that the engine names. WebKit asks in its own order, the names it knows first, and writes those its own way.
QByteArray headerNamed(const SendOutcome& outcome, const QJsonObject& wording)
{
    const auto known = wording.value(QLatin1String("knownHeaders")).toArray();
    const auto& answer = outcome.page.hiddenHeaders;
    if (known.isEmpty())
        return outcome.blocked->offender;
    const auto allowed = extractTokenList("Access-Control-Allow-Headers", answer);
    QByteArray unknown;
    for (const auto& [name, value] : outcome.finalHeaders) {
        // The browser's own, which no script set, are safelisted.
        if (isCorsSafelistedRequestHeader(name, value) || allowed.containsIgnoringCase(name))
            continue;
        const auto it = std::find_if(known.begin(), known.end(), [&](const QJsonValue& k) {
            return ascii::equalIgnoringCase(k.toString().toLatin1(), name);
        });
        if (it != known.end())
            return (*it).toString().toLatin1();
        if (unknown.isEmpty())
            unknown = name;
    }
    return unknown.isEmpty() ? outcome.blocked->offender : unknown;
}

// The member of a list that is no token.
QByteArray badToken(const QByteArray& list)
{
    for (const auto& member : list.split(','))
        if (const auto token = member.trimmed(); !token.isEmpty() && !ascii::isToken(token))
            return token;
    return list;
}

// Where a withheld redirect would have led, without user info.
QByteArray redirectTarget(const SendOutcome& outcome)
{
    const auto location = outcome.page.hiddenHeaders.get("Location");
    const auto base = Url::parse(outcome.finalUrl);
    if (!location || !base || !isRedirectStatus(outcome.withheldStatus))
        return {};
    const auto url = Url::parse(*location, &*base);
    return url ? url->withoutCredentials().serialized() : QByteArray();
}

// Fills the placeholders of a template; what a value contains is never read as a placeholder.
QString filled(const QString& pattern, const QHash<QString, QString>& values)
{
    QString result;
    qsizetype from = 0;
    while (true) {
        const auto open = pattern.indexOf(QLatin1Char('{'), from);
        const auto close = open < 0 ? -1 : pattern.indexOf(QLatin1Char('}'), open);
        if (close < 0)
            return result + pattern.mid(from);
        result += pattern.mid(from, open - from) + values.value(pattern.mid(open + 1, close - open - 1));
        from = close + 1;
    }
}

} // namespace

QList<QByteArray> consoleBrowsers()
{
    return {"chromium", "firefox", "webkit"};
}

QString consoleText(const SendOutcome& outcome, const QByteArray& browser)
{
    if (!outcome.blocked)
        return {};
    const auto wording = wordingOf(browser);
    const auto& blocked = *outcome.blocked;
    auto key = keyOf(blocked, outcome, wording);
    const bool preflight = blocked.on == Blocked::On::Preflight;
    const auto url = outcome.finalUrl.isEmpty() ? outcome.url : outcome.finalUrl;
    const auto value = blocked.why == Why::HeaderNotAllowed ? headerNamed(outcome, wording) : blocked.offender;
    const auto target = preflight ? QByteArray() : redirectTarget(outcome);

    QHash<QString, QString> values{
        {QStringLiteral("url"), QString::fromUtf8(url)},
        {QStringLiteral("origin"), QString::fromUtf8(outcome.pageOrigin)},
        {QStringLiteral("finalOrigin"), QString::fromUtf8(outcome.finalOrigin.isEmpty() ? outcome.pageOrigin : outcome.finalOrigin)},
        {QStringLiteral("page"), QString::fromUtf8(outcome.pageUrl)},
        {QStringLiteral("value"), shown(value, wording)},
        {QStringLiteral("token"), shown(badToken(value), wording)},
        {QStringLiteral("target"), QString::fromUtf8(target)},
        {QStringLiteral("firstUrl"), QString::fromUtf8(outcome.url)}};
    values.insert(QStringLiteral("initiator"), QString::fromLatin1(outcome.initiator));
    const auto words = section(section(wording, "initiators"), outcome.initiator.constData());
    for (auto it = words.begin(); it != words.end(); ++it)
        values.insert(it.key(), filled(it.value().toString(), values));
    const auto insert = [&](const char* name) {
        values.insert(QLatin1String(name), filled(text(wording, QLatin1String(name)), values));
    };
    if (url != outcome.url)
        insert("redirected");
    if (!target.isEmpty())
        insert("redirection");

    const auto texts = section(wording, "texts");
    const auto unframed = section(wording, "unframedPreflight");
    const auto whole = section(wording, "whole");
    const bool toRedirectedPreflight = key == QLatin1String("preflight-redirect");
    if (!whole.contains(key) && !texts.contains(key) && !unframed.contains(key))
        key = QString::fromLatin1(whyId(blocked.why));

    QString line;
    if (whole.contains(key)) {
        line = filled(text(whole, key), values);
    } else if (texts.contains(key) || unframed.contains(key)) {
        values.insert(QStringLiteral("text"), filled(text(texts.contains(key) ? texts : unframed, key), values));
        if (preflight && texts.contains(key))
            insert("preflight");
        values.insert(QStringLiteral("statusCode"), QString::number(outcome.withheldStatus));
        if (outcome.withheldStatus && wording.value(QLatin1String("withStatus")).toArray().contains(key))
            insert("status");
        line = filled(text(wording, QStringLiteral("frame")), values);
    } else {
        return {};
    }
    // Firefox says more where a preflight or a hop of a redirect fails.
    if (toRedirectedPreflight && wording.contains(QLatin1String("beforePreflightRedirect")))
        line = filled(text(wording, QStringLiteral("beforePreflightRedirect")), values) + QLatin1Char('\n') + line;
    const bool followed = !target.isEmpty() && outcome.redirectMode == "follow";
    const auto afterwards = filled(text(wording, QStringLiteral("afterwards")), values);
    if ((preflight || followed) && isCorsFailure(blocked.why) && !afterwards.isEmpty() && afterwards != line)
        line += QLatin1Char('\n') + afterwards;
    return line;
}

QString exceptionText(const SendOutcome& outcome, const QByteArray& browser)
{
    if (!outcome.blocked)
        return {};
    const auto key = outcome.blocked->why == Why::Aborted ? QStringLiteral("aborted") : QStringLiteral("exception");
    return text(wordingOf(browser), key);
}

} // namespace corscope::explain

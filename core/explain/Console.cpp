#include "core/explain/Console.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Response.h"
#include "core/url/Site.h"
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
        const auto it = std::find_if(known.begin(), known.end(), [&name = name](const QJsonValue& k) {
            return ascii::equalIgnoringCase(k.toString().toLatin1(), name);
        });
        if (it != known.end())
            return (*it).toString().toLatin1();
        if (unknown.isEmpty())
            unknown = name;
    }
    if (!unknown.isEmpty())
        return unknown;
    for (const auto& name : known)
        if (ascii::equalIgnoringCase(name.toString().toLatin1(), outcome.blocked->offender))
            return name.toString().toLatin1();
    return outcome.blocked->offender;
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

// Where a name of this sandbox leads, as an engine writes address and port.
QString loopbackAddress(const QByteArray& address)
{
    const auto url = Url::parse(address);
    if (!url)
        return {};
    const auto host = url->host() == "[::1]" ? QByteArray("[::1]") : QByteArray("127.0.0.1");
    return QString::fromLatin1(host) + QLatin1Char(':') + QString::number(url->portOrDefault());
}

} // namespace

QList<QByteArray> consoleBrowsers()
{
    return {"chromium", "firefox", "webkit"};
}

// The address that script asked for, as the page's policy left it.
static QByteArray firstUrl(const SendOutcome& outcome)
{
    const auto url = Url::parse(outcome.url);
    return url && outcome.upgradedUrls.contains(outcome.url) ? url->withScheme("https").serialized() : outcome.url;
}

// Whether a secure page fetched from an insecure address all the same, as Local Network Access lets it.
static bool isMixedContentAllowed(const SendOutcome& outcome)
{
    const auto page = Url::parse(outcome.pageUrl);
    const auto url = Url::parse(outcome.finalUrl);
    return page && url && page->scheme() == "https" && url->scheme() == "http" && !isPotentiallyTrustworthy(url->origin())
        && !(outcome.blocked && outcome.blocked->why == Why::MixedContent);
}

// What the page's policies say, whether or not they refuse: what they saw, and what they rewrote.
static QStringList policyLines(const SendOutcome& outcome, const QJsonObject& wording)
{
    QStringList lines;
    for (const auto& report : outcome.policyReports) {
        QHash<QString, QString> values{{QStringLiteral("url"), QString::fromUtf8(report.url)},
                                       {QStringLiteral("value"), shown(report.directive, wording)}};
        const bool fallback = report.directive.startsWith("default-src");
        values.insert(QStringLiteral("policy"), text(wording, fallback ? QStringLiteral("policyFallback") : QStringLiteral("policy")));
        const auto line = filled(text(wording, QStringLiteral("policyReport")), values);
        for (int i = 0; i < std::max(1, wording.value(QLatin1String("policyReportTimes")).toInt()); ++i)
            lines.append(line);
    }
    if (const auto pattern = text(wording, QStringLiteral("upgraded")); !pattern.isEmpty())
        for (const auto& url : outcome.upgradedUrls)
            lines.append(filled(pattern, {{QStringLiteral("url"), QString::fromUtf8(url)}}));
    if (isMixedContentAllowed(outcome))
        lines.append(filled(text(wording, QStringLiteral("mixedContentAllowed")),
                            {{QStringLiteral("page"), QString::fromUtf8(outcome.pageUrl)},
                             {QStringLiteral("url"), QString::fromUtf8(outcome.finalUrl)}}));
    return lines;
}

static QString refusalText(const SendOutcome& outcome, const QJsonObject& wording)
{
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
        {QStringLiteral("firstUrl"), QString::fromUtf8(firstUrl(outcome))},
        {QStringLiteral("announced"), QString::fromUtf8(outcome.targetAddressSpace)},
        {QStringLiteral("ip"), loopbackAddress(url)},
        {QStringLiteral("secure"), outcome.pageIsSecure ? QStringLiteral("True") : QStringLiteral("False")}};
    values.insert(QStringLiteral("initiator"), QString::fromLatin1(outcome.initiator));
    const auto words = section(section(wording, "initiators"), outcome.initiator.constData());
    for (auto it = words.begin(); it != words.end(); ++it)
        values.insert(it.key(), filled(it.value().toString(), values));
    const auto insert = [&](const char* name) {
        values.insert(QLatin1String(name), filled(text(wording, QLatin1String(name)), values));
    };
    const bool redirected = url != firstUrl(outcome);
    if (redirected)
        insert("redirected");
    if (blocked.why == Why::ContentSecurityPolicy) {
        insert(blocked.offender.startsWith("default-src") ? "policyFallback" : "policy");
        insert(redirected ? "policyRedirected" : "policyAtOnce");
    }
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

QString consoleText(const SendOutcome& outcome, const QByteArray& browser)
{
    const auto wording = wordingOf(browser);
    auto lines = policyLines(outcome, wording);
    if (outcome.blocked)
        lines.append(refusalText(outcome, wording));
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

QString exceptionText(const SendOutcome& outcome, const QByteArray& browser)
{
    if (!outcome.blocked || outcome.blocked->why == Why::LocalNetworkPrompt) // which is still to come
        return {};
    const auto key = outcome.blocked->why == Why::Aborted ? QStringLiteral("aborted") : QStringLiteral("exception");
    return text(wordingOf(browser), key);
}

} // namespace corscope::explain

#include "core/explain/Console.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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
QString keyOf(const Blocked& blocked)
{
    if (blocked.why == Why::PreflightStatusNotOk && blocked.offender.startsWith('3'))
        return QStringLiteral("preflight-redirect");
    return QString::fromLatin1(whyId(blocked.why));
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
    auto key = keyOf(blocked);
    const bool preflight = blocked.on == Blocked::On::Preflight;

    QHash<QString, QString> values{{QStringLiteral("url"), QString::fromLatin1(outcome.url)},
                                   {QStringLiteral("origin"), QString::fromLatin1(outcome.pageOrigin)},
                                   {QStringLiteral("page"), QString::fromLatin1(outcome.pageUrl)},
                                   {QStringLiteral("value"), QString::fromLatin1(blocked.offender)}};
    const auto texts = section(wording, "texts");
    const auto unframed = section(wording, "unframedPreflight");
    const auto whole = section(wording, "whole");
    if (!whole.contains(key) && !texts.contains(key) && !unframed.contains(key))
        key = QString::fromLatin1(whyId(blocked.why));

    QString line;
    if (whole.contains(key)) {
        line = filled(text(whole, key), values);
    } else if (texts.contains(key) || unframed.contains(key)) {
        values.insert(QStringLiteral("text"), filled(text(texts.contains(key) ? texts : unframed, key), values));
        if (preflight && texts.contains(key))
            values.insert(QStringLiteral("preflight"), text(wording, QStringLiteral("preflight")));
        if (outcome.withheldStatus
            && wording.value(QLatin1String("withStatus")).toArray().contains(QString::fromLatin1(whyId(blocked.why))))
            values.insert(QStringLiteral("status"), QStringLiteral(" Status code: %1").arg(outcome.withheldStatus)
                              + (browser == "firefox" ? QStringLiteral(".") : QString()));
        line = filled(text(wording, QStringLiteral("frame")), values);
    } else {
        return {};
    }
    if (preflight && wording.contains(QLatin1String("after-preflight")))
        line += QLatin1Char('\n') + filled(text(wording, QStringLiteral("after-preflight")), values);
    return line;
}

QString exceptionText(const SendOutcome& outcome, const QByteArray& browser)
{
    if (!outcome.blocked)
        return {};
    return text(wordingOf(browser), QStringLiteral("exception"));
}

} // namespace corscope::explain

#include "core/paste/ConsoleReport.h"

#include "core/base/Ascii.h"
#include "core/fetch/Response.h"
#include "core/paste/ConsolePattern.h"
#include "core/url/Url.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace corscope::paste {

namespace {

constexpr qsizetype longestConsole = 1 << 20;

std::optional<Why> whyOf(const QByteArray& key)
{
    if (key == "preflight-redirect")
        return Why::PreflightStatusNotOk;
    if (key == "repeated-allow-origin" || key == "spaced-allow-origin")
        return Why::MultipleAllowOrigin;
    return whyFromId(key);
}

// Chromium shows bytes beyond ASCII as numbers; the others read the value as UTF-8.
QByteArray bytesOf(const QString& shown, const QByteArray& engine)
{
    if (engine != "chromium")
        return shown.toUtf8();
    QByteArray result;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        bool ok = false;
        const auto code = shown[i] == QLatin1Char('\\') && i + 5 < shown.size() && shown[i + 1] == QLatin1Char('u')
            ? shown.mid(i + 2, 4).toUInt(&ok, 16) : 0u;
        if (ok && code < 0x100) {
            result += char(code);
            i += 5;
        } else {
            result += QString(shown[i]).toUtf8();
        }
    }
    return result;
}

// An address that was broken over lines, or stands in quotation marks.
QByteArray addressOf(const QString& shown)
{
    QString result;
    for (const auto c : shown)
        if (!c.isSpace() && c.unicode() != 0x2018 && c.unicode() != 0x2019)
            result += c;
    return result.toUtf8();
}

// Firefox has one wording for all values that do not match; their kinds are told apart as the CORS check does.
QByteArray kindOfMismatch(const QByteArray& value)
{
    if (value.contains(',') || value.contains(' '))
        return "multiple-allow-origin";
    return value == "null" || Url::parse(value) ? "allow-origin-mismatch" : "invalid-allow-origin";
}

ConsoleReport reportOf(const ConsoleMatch& match, const LevelledText& text)
{
    const auto& pattern = *match.pattern;
    ConsoleReport report;
    report.engine = pattern.engine;
    report.key = pattern.key;
    report.code = pattern.code;
    report.preflight = pattern.preflight;
    const auto gap = [&](const char* name) { return match.gaps.value(QLatin1String(name)); };
    report.initiator = match.gaps.contains(QStringLiteral("initiator")) ? gap("initiator").toLatin1() : pattern.initiator;
    report.url = addressOf(gap("url"));
    report.firstUrl = addressOf(gap("firstUrl"));
    report.target = addressOf(gap("target"));
    report.announced = gap("announced").toLatin1();
    report.page = addressOf(gap("page"));
    report.origin = (match.gaps.contains(QStringLiteral("origin")) ? gap("origin") : gap("finalOrigin")).toUtf8();
    report.value = bytesOf(match.gaps.contains(QStringLiteral("token")) ? gap("token") : gap("value"), pattern.engine);
    report.status = gap("statusCode").toInt();
    if (report.engine == "firefox" && report.code == "CORSAllowOriginNotMatchingOrigin")
        report.key = kindOfMismatch(report.value);
    if (report.key == "spaced-allow-origin" || report.key == "allow-origin-mismatch" || report.key == "invalid-allow-origin")
        if (report.engine == "webkit")
            report.key = "missing-allow-origin";
    if (report.code == "CorsDisabledScheme" && !report.firstUrl.isEmpty())
        report.key = "redirect-scheme-not-http";
    report.ambiguous = report.engine == "webkit" && report.key == "missing-allow-origin";
    report.why = whyOf(report.key);
    report.range = {text.originalAt(match.from), match.to > match.from ? text.originalAt(match.to - 1) + 1 : text.originalAt(match.from)};
    return report;
}

// "POST http://api.example/ net::ERR_FAILED 413": method and address stand in front of the error.
void readErrorLine(ConsoleReport& report, const QString& pasted)
{
    constexpr qsizetype longestLine = 4096;
    const auto start = std::max<qsizetype>(0, report.range.from - longestLine);
    const auto before = pasted.mid(start, report.range.from - start).section(QLatin1Char('\n'), -1);
    static const QRegularExpression call(QStringLiteral("\\b([A-Z]{3,10}) (https?://[^ ]+) *$"));
    if (const auto found = call.match(before); found.hasMatch()) {
        report.method = found.captured(1).toLatin1();
        report.url = found.captured(2).toUtf8();
    }
    static const QRegularExpression number(QStringLiteral("^ *([1-5][0-9]{2})\\b"));
    const auto behind = pasted.mid(report.range.to, 40);
    if (const auto found = number.match(behind); found.hasMatch())
        report.status = found.captured(1).toInt();
}

QList<ConsoleMatch> allMatches(const LevelledText& text)
{
    std::map<QString, QList<const ConsolePattern*>> byAnchor;
    for (const auto& pattern : consolePatterns())
        byAnchor[pattern.anchor()].append(&pattern);
    QList<ConsoleMatch> matches;
    for (const auto& [anchor, patterns] : byAnchor) {
        auto at = text.text().indexOf(anchor);
        while (at >= 0) {
            // A message ends where the next of its kind begins, which keeps the work in proportion to the text.
            const auto next = text.text().indexOf(anchor, at + anchor.size());
            std::optional<ConsoleMatch> best;
            for (const auto* pattern : patterns) {
                auto match = matched(*pattern, text, at, next < 0 ? text.size() : next);
                if (match && (!best || match->literal > best->literal))
                    best = std::move(match);
            }
            if (best)
                matches.append(*std::move(best));
            at = next;
        }
    }
    return matches;
}

// The surest reading of each stretch of text.
QList<ConsoleMatch> surest(QList<ConsoleMatch> matches)
{
    std::stable_sort(matches.begin(), matches.end(), [](const auto& a, const auto& b) { return a.literal > b.literal; });
    std::map<qsizetype, qsizetype> taken; // from -> to
    QList<ConsoleMatch> result;
    for (auto& match : matches) {
        auto it = taken.lower_bound(match.to);
        if (it != taken.begin() && std::prev(it)->second > match.from)
            continue;
        taken[match.from] = match.to;
        result.append(std::move(match));
    }
    std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return result;
}

// Whether the second message only goes with the first; then what it adds is taken over.
bool joins(ConsoleReport& first, const ConsoleReport& second)
{
    if (first.engine != second.engine)
        return false;
    const bool sameAddress = first.url.isEmpty() || second.url.isEmpty() || first.url == second.url;
    if (!sameAddress)
        return false;
    const bool echo = second.key == "did-not-succeed" && first.key != "did-not-succeed" && !first.key.isEmpty();
    const bool redirectedPreflight = first.key == "external-redirect" && second.key == "preflight-status-not-ok";
    const bool goesWith = second.key.isEmpty() && !first.key.isEmpty();
    if (!echo && !redirectedPreflight && !goesWith)
        return false;
    if (redirectedPreflight) {
        first.key = "preflight-redirect";
        first.code = second.code;
        first.why = second.why;
        first.preflight = true;
    }
    first.echoed = first.echoed || echo;
    if (first.url.isEmpty())
        first.url = second.url;
    if (first.initiator.isEmpty())
        first.initiator = second.initiator;
    if (first.method.isEmpty())
        first.method = second.method;
    if (!first.status)
        first.status = second.status;
    first.range.to = second.range.to;
    return true;
}

} // namespace

QList<ConsoleReport> readConsole(const QString& pasted)
{
    const LevelledText text(pasted.left(longestConsole));
    QList<ConsoleReport> reports;
    for (const auto& match : surest(allMatches(text))) {
        auto report = reportOf(match, text);
        if (match.pattern->isError)
            readErrorLine(report, pasted);
        if (reports.isEmpty() || !joins(reports.last(), report))
            reports.append(report);
    }
    // Firefox does not say that it was the preflight; but it says it again for the request, unless that was redirected.
    for (auto& report : reports)
        report.preflight = report.preflight || (report.echoed && !isRedirectStatus(report.status));
    // A policy that only reports has blocked nothing.
    reports.removeIf([](const ConsoleReport& report) { return report.key == "report-only"; });
    // A line that goes with another, which was not pasted: worth something where it names the address.
    reports.removeIf([](const ConsoleReport& report) { return report.key.isEmpty() && report.url.isEmpty() && report.engine == "chromium"; });
    for (auto& report : reports)
        if (report.key.isEmpty())
            report.key = "blocked-by-cors";
    return reports;
}

} // namespace corscope::paste

#include "core/paste/PastedPieces.h"

#include "core/paste/CurlCommand.h"
#include "core/paste/FetchCode.h"
#include "core/paste/RawMessages.h"
#include "core/url/Url.h"

#include <QRegularExpression>

#include <algorithm>

namespace corscope::paste {

namespace {

constexpr int mostUnread = 20;

class Splitter
{
public:
    explicit Splitter(const QString& pasted) : m_pasted(pasted), m_rest(pasted) {}

    PastedPieces run()
    {
        m_pieces.console = readConsole(m_pasted);
        for (const auto& report : m_pieces.console)
            take(report.range);
        readCalls();
        readFailures();
        auto messages = readRawMessages(m_rest);
        for (auto& request : messages.requests) {
            take(request.range);
            if (!request.call.url.isEmpty() || !request.pageOrigin.isEmpty() || request.isPreflight)
                m_pieces.requests.push_back(std::move(request));
        }
        for (auto& answer : messages.answers) {
            take(answer.range);
            if (const auto* command = answer.url.isEmpty() ? commandAbove(answer.range.from) : nullptr) {
                answer.method = command->call.method;
                answer.url = command->call.url;
            }
            m_pieces.answers.push_back(std::move(answer));
        }
        readSettings();
        quoteUnread();
        return std::move(m_pieces);
    }

private:
    const QString& m_pasted;
    PastedPieces m_pieces;
    QString m_rest; ///< the text with blanks where it was read, of the same length, so that places stay right

    // Whole lines: what stands beside a piece on its line (times, places, counters) belongs to it.
    void take(const TextRange& range)
    {
        const auto from = range.from == 0 ? 0 : m_rest.lastIndexOf(QLatin1Char('\n'), range.from - 1) + 1;
        for (auto i = from; i < m_rest.size() && (i < range.to || m_rest[i] != QLatin1Char('\n')); ++i)
            if (m_rest[i] != QLatin1Char('\n'))
                m_rest[i] = QLatin1Char(' ');
    }

    void quote(qsizetype at, const QString& problem)
    {
        if (m_pieces.unread.size() >= mostUnread)
            return;
        const auto line = m_pasted.mid(at, 200).section(QLatin1Char('\n'), 0, 0).trimmed();
        m_pieces.unread.append({line.size() > 80 ? QString(line.left(79) + QChar(0x2026)) : line, placeOf(m_pasted, at), problem});
    }

    // curl stands at the start of a command; fetch() anywhere in code.
    void readCalls()
    {
        static const QRegularExpression calls(
            QStringLiteral("(?:^|[\\n`;|&])[ \\t]*(?:[$>#%][ \\t]+|[A-Za-z]:[^\\n>]{0,200}>[ \\t]*)?(curl(?:\\.exe)?)[ \\t]|(?<![A-Za-z0-9_$])(fetch)[ \\t]*\\("));
        int failures = 0;
        auto it = calls.globalMatch(m_pasted);
        while (it.hasNext() && m_pieces.requests.size() < 100 && failures < 20) {
            const auto found = it.next();
            const bool isCurl = found.capturedStart(1) >= 0;
            const auto at = isCurl ? found.capturedStart(1) : found.capturedStart(2);
            if (m_rest[at].isSpace())
                continue; // part of something that was read
            // fetch() without anything in it is how people speak of the function.
            if (!isCurl && QStringView(m_pasted).mid(found.capturedEnd(2), 20).trimmed().mid(1).trimmed().startsWith(QLatin1Char(')')))
                continue;
            auto request = isCurl ? readCurlCommand(m_pasted, at) : readFetchCode(m_pasted, at);
            if (request) {
                take(request->range);
                m_pieces.requests.push_back(std::move(request).value());
            } else {
                ++failures;
                quote(at, request.error().sentence());
                take({at, at + 1});
            }
        }
    }

    // The curl command whose output stands at that place.
    const PastedRequest* commandAbove(qsizetype at) const
    {
        const PastedRequest* nearest = nullptr;
        for (const auto& request : m_pieces.requests)
            if (request.range.to <= at && QStringView(m_pasted).mid(request.range.from, 4) == QLatin1String("curl")
                && (!nearest || request.range.from > nearest->range.from))
                nearest = &request;
        return nearest;
    }

    void readFailures()
    {
        m_pieces.failures = readCurlFailures(m_rest);
        for (auto& failure : m_pieces.failures) {
            take(failure.range);
            const auto* command = commandAbove(failure.range.from);
            failure.onPreflight = command && command->isPreflight;
        }
    }

    void readSettings()
    {
        const auto read = readFrameworkSnippet(m_rest);
        if (!read)
            return;
        if (*read) {
            m_pieces.snippet = **read;
            take(m_pieces.snippet->range);
        } else {
            m_pieces.unread.append({read->error().found, {}, read->error().sentence()});
        }
    }

    // Lines that are part of nothing. What only surrounds the rest is left out: fences, brackets, prompts.
    void quoteUnread()
    {
        qsizetype from = 0;
        while (from < m_pasted.size() && m_pieces.unread.size() < mostUnread) {
            const auto newline = m_pasted.indexOf(QLatin1Char('\n'), from);
            const auto to = newline < 0 ? m_pasted.size() : newline;
            const auto line = QStringView(m_rest).mid(from, to - from);
            const bool says = std::any_of(line.begin(), line.end(), [](QChar c) { return c.isLetter(); });
            const bool noise = line.startsWith(QLatin1String("```")) || line.contains(QLatin1String("Failed to fetch"))
                || line.contains(QLatin1String("net::ERR_FAILED")) || line.contains(QLatin1String("NetworkError when attempting"))
                || line.contains(QLatin1String("Load failed"));
            if (says && !noise)
                quote(from + qsizetype(std::find_if(line.begin(), line.end(), [](QChar c) { return !c.isSpace(); }) - line.begin()), {});
            from = to + 1;
        }
    }
};

// How much a console line tells: its reason, its address.
int weight(const ConsoleReport& report)
{
    return (report.key != "blocked-by-cors" && report.key != "did-not-succeed" ? 4 : 0) + (report.url.isEmpty() ? 0 : 2)
        + (report.origin.isEmpty() ? 0 : 1);
}

bool sameAddress(const QByteArray& a, const QByteArray& b)
{
    const auto first = Url::parse(a), second = Url::parse(b);
    return first && second && first->serializedWithoutFragment() == second->serializedWithoutFragment();
}

bool isForPreflights(const PastedAnswer& answer)
{
    if (!answer.method.isEmpty())
        return answer.method == "OPTIONS";
    const auto& headers = answer.headers;
    return answer.status == 204 || headers.contains("Access-Control-Max-Age")
        || (headers.contains("Access-Control-Allow-Methods") && !headers.contains("Content-Type"));
}

} // namespace

PastedPieces readPieces(const QString& pasted) { return Splitter(pasted).run(); }

Evidence combined(const PastedPieces& pieces)
{
    Evidence evidence;
    const auto& console = pieces.console;
    if (!console.isEmpty())
        evidence.console = *std::max_element(console.begin(), console.end(), [](const auto& a, const auto& b) { return weight(a) < weight(b); });
    const auto address = evidence.console ? evidence.console->url : QByteArray();
    for (const auto& request : pieces.requests) {
        // What two pieces say of one request counts together.
        if (evidence.request && evidence.request->pageOrigin.isEmpty() && sameAddress(evidence.request->call.url, request.call.url)) {
            evidence.request->pageOrigin = request.pageOrigin;
            evidence.request->pageUrl = request.pageUrl;
        }
        const bool better = !evidence.request || (evidence.request->isPreflight && !request.isPreflight)
            || (!address.isEmpty() && sameAddress(request.call.url, address) && !sameAddress(evidence.request->call.url, address));
        if (!better)
            continue;
        // What another piece knows of the page is kept.
        const auto known = evidence.request ? evidence.request->pageOrigin : QByteArray();
        evidence.request = request;
        if (evidence.request->pageOrigin.isEmpty())
            evidence.request->pageOrigin = known;
    }
    for (const auto& answer : pieces.answers) {
        auto& place = isForPreflights(answer) ? evidence.preflight : evidence.answer;
        if (!place || sameAddress(answer.url, address))
            place = answer;
    }
    for (const auto& answer : pieces.answers)
        if (!answer.url.isEmpty() && !answer.method.isEmpty() && evidence.further.size() < 20)
            evidence.further.push_back(answer);
    // One answer of which nothing says whose it is: that of the request.
    const bool preflighted = evidence.console && evidence.console->preflight;
    if (evidence.preflight && !evidence.answer && evidence.preflight->method.isEmpty() && !preflighted)
        std::swap(evidence.preflight, evidence.answer);
    if (evidence.answer && !evidence.preflight && evidence.answer->method.isEmpty() && preflighted && isForPreflights(*evidence.answer))
        std::swap(evidence.preflight, evidence.answer);
    evidence.snippet = pieces.snippet;
    if (!pieces.failures.empty()) {
        evidence.failure = pieces.failures.back();
        evidence.unanswered = !evidence.answer;
    }
    return evidence;
}

} // namespace corscope::paste

#include "core/share/Mermaid.h"

#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"

#include <QCoreApplication>

#include <set>

namespace corscope::share {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Mermaid", text); }

constexpr qsizetype longestText = 120;

// Characters that end a message, begin an entity or a comment, or are markup, as entities of their number.
QString plain(const QString& text)
{
    const auto cut = text.size() > longestText ? QString(text.left(longestText - 1) + QChar(0x2026)) : text;
    QString result;
    for (const QChar c : cut) {
        if (c == QLatin1Char('\n'))
            result += QStringLiteral("<br/>");
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            result += QLatin1Char(' ');
        else if (QStringLiteral("#;<>&%\"`{}[]()\\|*_~$").contains(c))
            result += QStringLiteral("#%1;").arg(int(c.unicode()));
        else
            result += c;
    }
    return result.trimmed();
}

QString laneName(int lane) { return QStringLiteral("L%1").arg(lane); }

class Writer
{
public:
    Writer(const Trace& trace, int action) : m_trace(trace), m_action(action) {}

    QString run()
    {
        m_text = QStringLiteral("sequenceDiagram\n");
        participants();
        int number = 0;
        for (const auto& step : m_trace.steps) {
            if (!step->landmark)
                continue;
            ++number;
            if (m_action >= 0 && step->action != m_action)
                continue;
            if (m_open >= 0 && step->preflight != m_open)
                close();
            if (step->preflight >= 0 && m_open < 0)
                open(*step);
            row(*step, number);
        }
        close();
        return m_text;
    }

private:
    void line(const QString& text)
    {
        m_text += QString(m_open >= 0 ? 8 : 4, QLatin1Char(' ')) + text + QLatin1Char('\n');
    }

    // Only lanes in which something stands; in the order of the trace.
    void participants()
    {
        std::set<int> used;
        for (const auto& step : m_trace.steps)
            if (step->landmark && (m_action < 0 || step->action == m_action)) {
                used.insert(step->lane);
                if (step->toLane >= 0)
                    used.insert(step->toLane);
            }
        for (const int lane : used) {
            const auto& known = m_trace.lanes[size_t(lane)];
            const auto title = plain(known.title.isEmpty() ? QString::fromUtf8(known.id) : known.title);
            line(QStringLiteral("participant %1 as %2").arg(laneName(lane), title.isEmpty() ? laneName(lane) : title));
        }
    }

    void open(const Step& step)
    {
        line(QStringLiteral("rect rgba(217, 160, 56, 0.15)"));
        m_open = step.preflight;
        line(QStringLiteral("Note right of %1: %2").arg(laneName(step.lane), tr("Preflight")));
    }
    void close()
    {
        if (m_open < 0)
            return;
        m_open = -1;
        line(QStringLiteral("end"));
    }

    void row(const Step& step, int number)
    {
        QStringList words{stepwords::title(step)};
        if (const auto word = stepwords::verdict(step); !word.isEmpty())
            words.front() += (words.front().endsWith(QLatin1Char('?')) ? QStringLiteral(" ") : QStringLiteral(": ")) + word;
        const bool travels = step.toLane >= 0 && step.toLane != step.lane;
        if (travels) {
            if (const auto header = stepwords::decidingHeader(step); !header.isEmpty())
                words.append(header);
        } else {
            for (const auto& detail : explain::diagramText(step).split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(0, 2))
                if (detail != words.front() && !words.front().startsWith(detail))
                    words.append(detail);
        }
        QStringList lines;
        for (const auto& word : words)
            lines.append(plain(word));
        const auto text = QStringLiteral("%1. %2").arg(number).arg(lines.join(QStringLiteral("<br/>")));
        if (!travels) {
            const auto mark = step.verdict == Verdict::Failure || step.blocked ? QStringLiteral("✗ ")
                : step.verdict == Verdict::Success                             ? QStringLiteral("✓ ")
                                                                               : QString();
            line(QStringLiteral("Note over %1: %2%3").arg(laneName(step.lane), mark, text));
            return;
        }
        const bool response = step.message && !step.message->isRequest();
        const bool broken = step.kind == StepKind::Ghost || stepwords::isRejection(step, m_trace);
        const auto arrow = broken ? QStringLiteral("--x") : response ? QStringLiteral("-->>") : QStringLiteral("->>");
        line(QStringLiteral("%1%2%3: %4").arg(laneName(step.lane), arrow, laneName(step.toLane), text));
    }

    const Trace& m_trace;
    int m_action;
    int m_open = -1;
    QString m_text;
};

} // namespace

QString mermaidDiagram(const Trace& trace, int action) { return Writer(trace, action).run(); }

} // namespace corscope::share

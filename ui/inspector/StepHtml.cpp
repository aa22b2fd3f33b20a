#include "ui/inspector/StepHtml.h"

#include "core/explain/StepWords.h"
#include "core/base/Ascii.h"
#include "core/explain/Explain.h"
#include "ui/inspector/ByteCompare.h"
#include "ui/inspector/StateText.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}

static QString escaped(const QString& text)
{
    return text.toHtmlEscaped();
}

static QString paragraph(const QString& html)
{
    return html.isEmpty() ? QString() : QString(QStringLiteral("<p style='margin:0 0 6px 0'>") + html + QStringLiteral("</p>"));
}

StepHtml::StepHtml(const Trace& trace, const Theme& theme, const QFont& font) : m_trace(trace), m_theme(theme)
{
    const auto fixed = Theme::fixedLike(font);
    m_mono = QStringLiteral("font-family:'%1';").arg(fixed.families().join(QStringLiteral("','")));
}

QString StepHtml::mono(const QString& html) const
{
    return QStringLiteral("<span style=\"%1\">%2</span>").arg(m_mono, html);
}

QString StepHtml::heading(const QString& text) const
{
    return QStringLiteral("<p style='margin:4px 0 2px 0; color:%1; font-weight:600'>%2</p>").arg(m_theme.muted.name(), escaped(text));
}

QString StepHtml::tinted(const QString& text, const Theme::Tone& tone, bool strong) const
{
    // NB: strong is a mark that is found without colour too: dark and light change places.
    return QStringLiteral("<span style='background:%1; color:%2;%3'>%4</span>")
        .arg((strong ? tone.text : tone.fill).name(), (strong ? m_theme.panel : tone.text).name(),
             strong ? QStringLiteral(" font-weight:600;") : QString(), escaped(text));
}

QString StepHtml::inputValue(std::optional<QByteArrayView> value) const
{
    if (!value)
        return QStringLiteral("<i style='color:%1'>%2</i>").arg(m_theme.muted.name(), tr("absent"));
    if (value->isEmpty())
        return QStringLiteral("<i style='color:%1'>%2</i>").arg(m_theme.muted.name(), tr("empty"));
    return mono(escaped(visibleBytes(*value)));
}

QString StepHtml::inputs(const Step& step) const
{
    if (step.inputs.empty())
        return {};
    // NB: to differ is no fault in itself; only where the step refused is it shown as one.
    const auto& different = step.verdict == Verdict::Failure ? m_theme.block : m_theme.preflight;
    const auto pieces = [&](const QList<ByteComparison::Part>& parts) {
        QString html;
        for (const auto& part : parts)
            html += part.piece == ByteComparison::Piece::Same ? escaped(part.text)
                : part.piece == ByteComparison::Piece::First
                ? tinted(part.text, different, true)
                // What follows the first difference differs because of it: said, but not shouted.
                : QString(QStringLiteral("<span style='color:%1'>%2</span>").arg(different.text.name(), escaped(part.text)));
        return mono(html);
    };
    const auto muted = [&](const QString& text) {
        return QString(QStringLiteral("<span style='color:%1'>%2</span>").arg(m_theme.muted.name(), escaped(text)));
    };
    QString html;
    for (const auto& input : step.inputs) {
        const auto name = QString::fromUtf8(input.name);
        if (!input.comparedWith) {
            html += QStringLiteral("<p style='margin:3px 0 0 0'>%1 &nbsp;%2</p>").arg(muted(name), inputValue(input.value));
            continue;
        }
        QString value = inputValue(input.value);
        QString other = inputValue(input.comparedWith);
        QString verdict = muted(tr("≠ differs"));
        if (input.value) {
            const auto comparison = compareBytes(*input.value, *input.comparedWith);
            value = pieces(comparison.value);
            other = pieces(comparison.other);
            verdict = comparison.firstDifference < 0
                ? muted(tr("= equal, byte for byte"))
                : muted(tr("≠ differs at byte %1").arg(comparison.firstDifference + 1));
        }
        // The two values begin at the same place, so that the eye finds what differs.
        const auto row = [&](const QString& label, const QString& text) {
            return QString(QStringLiteral("<tr><td width='64' valign='middle' style='padding:1px 6px 1px 0'>%1</td>"
                                          "<td valign='middle' style='padding:1px 0'>%2</td></tr>").arg(muted(label), text));
        };
        html += QStringLiteral("<p style='margin:4px 0 0 0'>%1 &nbsp;%2</p>").arg(muted(name), verdict)
            + QStringLiteral("<table cellspacing='0' cellpadding='0'>") + row(tr("value"), value)
            + row(tr("against"), other) + QStringLiteral("</table>");
    }
    return html;
}

QString StepHtml::rule(const Step& step) const
{
    auto html = paragraph(escaped(explain::stepText(step, m_trace)));
    html += inputs(step);
    const auto taken = explain::branchTaken(step);
    const auto other = explain::branchNotTaken(step);
    if (!taken.isEmpty())
        html += QStringLiteral("<p style='margin:6px 0 0 0'><b>%1</b> %2</p>").arg(tr("So:"), escaped(taken));
    if (!other.isEmpty())
        html += QStringLiteral("<p style='margin:4px 0 0 0; color:%1'><b>%2</b> %3</p>")
                    .arg(m_theme.muted.name(), tr("Otherwise:"), escaped(other));
    return html.isEmpty() ? paragraph(QStringLiteral("<span style='color:%1'>%2</span>").arg(m_theme.muted.name(),
                                tr("This step has nothing more to tell."))) : html;
}

QString StepHtml::message(const Step& step) const
{
    if (!step.message)
        return {};
    const auto& message = *step.message;
    QString html = QStringLiteral("<p style=\"margin:0; %1\"><b>").arg(m_mono);
    if (message.isRequest())
        html += escaped(QString::fromUtf8(message.request().method + ' ' + message.request().target + " HTTP/1.1"));
    else
        html += escaped(QString::fromUtf8("HTTP/1.1 " + QByteArray::number(message.response().status) + ' '
                                          + message.response().reason));
    html += QStringLiteral("</b></p>");
    bool found = false;
    for (const auto& header : message.headers()) {
        const bool decides = !step.decidingHeader.isEmpty()
            && ascii::equalIgnoringCase(header.name, step.decidingHeader);
        found = found || decides;
        const auto line = QString(QString::fromUtf8(header.name) + QStringLiteral(": ") + visibleBytes(header.value));
        const auto& tone = step.verdict == Verdict::Failure ? m_theme.block
            : step.verdict == Verdict::Success              ? m_theme.allow
                                                            : m_theme.preflight;
        html += QStringLiteral("<p style=\"margin:0; %1\">").arg(m_mono);
        html += decides ? QString(tinted(QStringLiteral("▸ "), tone) + QStringLiteral("<b>") + tinted(line, tone)
                                  + QStringLiteral("</b>"))
                        : escaped(line);
        html += QStringLiteral("</p>");
    }
    if (!found && !step.decidingHeader.isEmpty())
        html += QStringLiteral("<p style=\"margin:0\">%1</p>").arg(tinted(
            tr("▸ no %1").arg(QString::fromUtf8(step.decidingHeader)),
            step.verdict == Verdict::Failure ? m_theme.block : m_theme.neutral));
    const auto& body = message.isRequest() ? message.request().body : message.response().body;
    if (!body.isEmpty()) {
        auto text = escaped(QString::fromUtf8(body.left(4000)));
        text.replace(QLatin1Char('\n'), QStringLiteral("<br>"));
        html += QStringLiteral("<p style=\"margin:6px 0 0 0; color:%1; %2\">%3</p>").arg(m_theme.muted.name(), m_mono, text);
    }
    return html;
}

// One line a row, so that it can be read in a narrow column; the whole table stands on the other tab.
QString StepHtml::difference(const StateTable& now, const StateTable& then) const
{
    auto html = heading(stepwords::tableTitle(now.id) + tr(" (changed in this step)"));
    const auto lines = [&](const StateTable& in, const StateTable& notIn, QChar sign) {
        for (const auto& row : in.rows) {
            if (notIn.rows.contains(row))
                continue;
            QStringList parts;
            for (qsizetype i = 0; i < row.size() && i < in.columns.size(); ++i)
                if (!row[i].isEmpty() && in.columns[i] != "time")
                    parts.append(QStringLiteral("<span style='color:%1'>%2</span>&nbsp;%3")
                                     .arg(m_theme.muted.name(), escaped(QString::fromUtf8(in.columns[i])),
                                          mono(tinted(visibleBytes(row[i]), m_theme.chosen))));
            html += paragraph(sign + QLatin1Char(' ') + parts.join(QStringLiteral("  ")));
        }
    };
    lines(now, then, u'+');
    lines(then, now, u'−');
    return html;
}

QString StepHtml::changes(const Step& step) const
{
    const auto* before = stateBefore(step, m_trace);
    if (!step.state || !before || step.state == before)
        return {};
    QString html;
    for (const auto& now : *step.state) {
        static const StateTable none;
        const auto* then = tableOf(before, now.id());
        if (!then || *then != *now)
            html += difference(*now, then ? *then : none);
    }
    return html;
}

QString StepHtml::messageAndChanges(const Step& step) const
{
    auto html = message(step);
    const auto changed = changes(step);
    if (!changed.isEmpty())
        html += (html.isEmpty() ? QString() : QStringLiteral("<p style='margin:0'>&nbsp;</p>")) + changed;
    return html;
}

} // namespace corscope

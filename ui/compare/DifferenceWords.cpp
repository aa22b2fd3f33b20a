#include "ui/compare/DifferenceWords.h"

#include "core/advise/Differences.h"
#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "ui/inspector/ByteCompare.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::differencewords {

using What = diff::Difference::What;

static QString tr(const char* text)
{
    return QCoreApplication::translate("DifferenceWords", text);
}

QString sign(const diff::Row& row)
{
    if (row.a < 0)
        return tr("only B");
    if (row.b < 0)
        return tr("only A");
    return row.isSame() ? QStringLiteral("=") : QStringLiteral("≠");
}

static QString nameOf(const diff::Difference& difference)
{
    switch (difference.what) {
    case What::Sent: return tr("message");
    case What::Verdict: return tr("verdict");
    case What::Reason: return tr("reason");
    case What::Place: return tr("decided by step");
    case What::Label: return tr("what");
    case What::Method: return tr("method");
    case What::Url: return tr("URL");
    case What::Status: return tr("status");
    case What::Header:
    case What::Input: return QString::fromUtf8(difference.name);
    case What::Body: return tr("body");
    case What::Compared: return tr("%1, compared with").arg(QString::fromUtf8(difference.name));
    }
    return {};
}

QString summary(const diff::Row& row)
{
    if (row.a < 0 || row.b < 0)
        return row.a < 0 ? tr("only the second run has this step") : tr("only the first run has this step");
    if (row.differences.empty())
        return tr("the same in both runs");
    QStringList names;
    for (const auto& difference : row.differences)
        names.append(nameOf(difference));
    names.removeDuplicates();
    return tr("not the same: %1").arg(names.join(QStringLiteral(", ")));
}

static QString valueHtml(const std::optional<QByteArray>& value, const Theme& theme)
{
    constexpr int shown = 400;
    if (!value)
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(theme.muted.name(), tr("absent"));
    if (value->isEmpty())
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(theme.muted.name(), tr("empty"));
    auto text = visibleBytes(value->left(shown)).toHtmlEscaped();
    if (value->size() > shown)
        text += QStringLiteral("…");
    return QStringLiteral("<span style='font-family:\"%1\"'>%2</span>").arg(Theme::fixedFont().family(), text);
}

static QString tableRow(const QString& name, const QString& a, const QString& b, const Theme& theme)
{
    return QStringLiteral("<tr><td style='color:%1; padding-right:12px'>%2</td><td style='padding-right:16px'>%3</td>"
                          "<td>%4</td></tr>").arg(theme.muted.name(), name.toHtmlEscaped(), a, b);
}

/// The values of a difference as a person reads them.
static QString sideHtml(const diff::Difference& difference, const Step& step, const std::optional<QByteArray>& value,
                        const Theme& theme)
{
    switch (difference.what) {
    case What::Sent:
        return (step.kind == StepKind::Ghost ? tr("%1 was never sent") : tr("%1 was sent"))
            .arg(QString::fromUtf8(step.label)).toHtmlEscaped();
    case What::Verdict: return value ? stepwords::verdict(step).toHtmlEscaped() : tr("none");
    case What::Reason: return value ? explain::diagramText(step).replace(u'\n', u' ').toHtmlEscaped() : tr("none");
    default: return valueHtml(value, theme);
    }
}

QString html(const diff::Row& row, const Trace& a, const Trace& b, const Theme& theme)
{
    const auto& trace = row.a >= 0 ? a : b;
    const auto& step = trace.at(row.a >= 0 ? row.a : row.b);
    auto text = QStringLiteral("<p style='margin-bottom:4px'><b>%1</b></p>").arg(stepwords::title(step).toHtmlEscaped());
    if (row.a < 0 || row.b < 0) {
        text += QStringLiteral("<p>%1</p>").arg(row.a < 0 ? tr("Only B has this step.") : tr("Only A has this step."));
        auto full = stepwords::full(step, trace).split(u'\n');
        full.removeFirst();
        return QString(text + QStringLiteral("<p style='color:%1'>%2</p>")
                                  .arg(theme.muted.name(), full.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))));
    }
    if (row.differences.empty())
        return QString(text + QStringLiteral("<p>%1</p>").arg(tr("The same in both runs.")));
    text += QStringLiteral("<table cellspacing='0' cellpadding='2'>")
        + tableRow({}, QStringLiteral("<b>A</b>"), QStringLiteral("<b>B</b>"), theme);
    for (const auto& difference : row.differences)
        text += tableRow(nameOf(difference), sideHtml(difference, a.at(row.a), difference.a, theme),
                         sideHtml(difference, b.at(row.b), difference.b, theme), theme);
    return QString(text + QStringLiteral("</table>"));
}

/// "CORS check, step 4: failure"
static QString ruleWords(const Step& step)
{
    auto words = step.landmark ? stepwords::title(step) : explain::stepTitle(step);
    if (!step.at.step.isEmpty())
        words = tr("%1, step %2").arg(words, QString::fromUtf8(step.at.step));
    const auto verdict = stepwords::verdict(step);
    return verdict.isEmpty() ? words : QString(words + QStringLiteral(": ") + verdict);
}

QString parting(const diff::Row* row, const Trace& a, const Trace& b)
{
    if (!row)
        return tr("The runs do not part: every step is the same in both.");
    const auto number = [](const Trace& trace, int step) {
        return int(std::count_if(trace.steps.begin(), trace.steps.begin() + step + 1, [](const auto& s) { return s->landmark; }));
    };
    if (row->a < 0 || row->b < 0) {
        const auto& trace = row->a < 0 ? b : a;
        const int step = row->a < 0 ? row->b : row->a;
        return (row->a < 0 ? tr("The runs part at step %1 of B, %2, which A does not have.")
                           : tr("The runs part at step %1 of A, %2, which B does not have."))
            .arg(QString::number(number(trace, step)), stepwords::title(trace.at(step)));
    }
    QStringList names;
    for (const auto& difference : row->differences)
        names.append(nameOf(difference));
    names.removeDuplicates();
    return tr("The runs part at step %1, %2: %3.").arg(QString::number(number(a, row->a)), stepwords::title(a.at(row->a)),
                                                      tr("not the same %1").arg(names.join(tr(", "))));
}

QString forkWords(const Trace& a, const Trace& b)
{
    const auto fork = diff::fork(a, b);
    if (!fork.exists())
        return {};
    const auto at = [](const Trace& trace, int step) {
        return step < 0 ? tr("it has ended") : ruleWords(trace.at(step));
    };
    return tr("The first rule with another answer. A: %1. B: %2.").arg(at(a, fork.a), at(b, fork.b));
}

static QString lineHtml(const advise::DiffLine& line, const Theme& theme)
{
    const auto& tone = line.mark == '-' ? theme.block : theme.allow;
    const auto sign = line.mark == '-' ? QStringLiteral("A −&nbsp;") : QStringLiteral("B +&nbsp;");
    return QStringLiteral("<div style='font-family:\"%1\"; color:%2'>%3%4</div>")
        .arg(Theme::fixedFont().family(), tone.text.name(), sign,
             QString::fromUtf8(line.text).toHtmlEscaped().replace(QStringLiteral("  "), QStringLiteral("&nbsp; ")));
}

QString scenarioHtml(const Scenario& a, const Scenario& b, const Theme& theme)
{
    if (a == b)
        return tr("Nothing: both runs are of the same scenario.");
    const auto kinds = [](const Scenario& scenario) {
        std::vector<size_t> result{scenario.pages.size(), scenario.servers.size()};
        for (const auto& action : scenario.actions)
            result.push_back(action.index());
        return result;
    };
    QString html;
    if (a.profile != b.profile)
        html += QStringLiteral("<p>%1</p>").arg(tr("Rules of: %1 in A, %2 in B").arg(QString::fromUtf8(a.profile),
                                                                                 QString::fromUtf8(b.profile)));
    if (kinds(a) != kinds(b))
        return QString(html + tr("The scenarios have other pages, servers or requests."));
    for (const auto& difference : advise::differencesBetween(a, b)) {
        html += QStringLiteral("<p style='margin-bottom:2px'><b>%1</b></p>").arg(difference.title.toHtmlEscaped());
        const bool code = !difference.codeBefore.isEmpty() && !difference.codeAfter.isEmpty()
            && difference.codeBefore != difference.codeAfter;
        for (const auto& line : code ? advise::lineDiff(difference.codeBefore, difference.codeAfter)
                                     : advise::lineDiff(difference.settingsBefore, difference.settingsAfter))
            if (line.mark != ' ')
                html += lineHtml(line, theme);
    }
    return html.isEmpty() ? tr("Nothing that counts for the run.") : html;
}

} // namespace corscope::differencewords

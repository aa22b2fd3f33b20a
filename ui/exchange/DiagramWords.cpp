#include "ui/exchange/DiagramWords.h"

#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "ui/exchange/DiagramText.h"

#include <QCoreApplication>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("SequenceDiagram", text);
}

static void join(DiagramWords::Row& row, const QString& second)
{
    static const QString dot = QStringLiteral(" · ");
    row.title.prepend(QString::number(row.number) + QStringLiteral("  "));
    if (second.isEmpty())
        return;
    row.whole = row.title + dot + second;
    row.brief = row.title + dot + shortHeader(second);
}

const DiagramWords::Row& DiagramWords::arrow(const Trace& trace, const Step& step, int number)
{
    auto& row = m_rows[&step];
    if (row.number == number)
        return row;
    row = {trace.steps.shared(size_t(step.index)), number, stepwords::title(step), stepwords::decidingHeader(step), {}, {}, {}};
    if (step.kind == StepKind::Ghost)
        row.title += QStringLiteral(" · ") + stepwords::verdict(step);
    if (stepwords::isRedirect(step))
        row.title += QStringLiteral(" ↪");
    join(row, row.header);
    return row;
}

const DiagramWords::Row& DiagramWords::box(const Trace& trace, const Step& step, int number)
{
    auto& row = m_rows[&step];
    if (row.number == number)
        return row;
    row = {trace.steps.shared(size_t(step.index)), number, stepwords::title(step), {}, {}, {}, {}};
    if (stepwords::isShortCut(step)) {
        row.title = tr("Preflight remembered: not asked again");
    } else {
        row.details = explain::diagramText(step).split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(0, 2);
        if (row.details.value(0) == row.title)
            row.details.removeFirst();
        const auto word = stepwords::verdict(step);
        if (!word.isEmpty())
            row.title += (row.title.endsWith(QLatin1Char('?')) ? QStringLiteral(" ") : QStringLiteral(": ")) + word;
    }
    join(row, row.details.value(0));
    return row;
}

} // namespace corscope

#include "app/cli/TraceText.h"

#include "core/base/Ascii.h"
#include "core/explain/Explain.h"
#include "core/scenario/ScenarioWords.h"

#include <QCoreApplication>
#include <algorithm>

namespace corscope::cli {

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

static QString shown(std::optional<QByteArrayView> value)
{
    if (!value)
        return tr("(absent)");
    return QLatin1Char('"') + QString::fromLatin1(*value).replace(QLatin1Char('\n'), QLatin1String("\\n")) + QLatin1Char('"');
}

static QString markOf(const Step& step)
{
    switch (step.verdict) {
    case Verdict::Success: return QStringLiteral("✓");
    case Verdict::Failure: return QStringLiteral("✗");
    case Verdict::Yes: return QStringLiteral("y");
    case Verdict::No: return QStringLiteral("n");
    case Verdict::None: break;
    }
    switch (step.kind) {
    case StepKind::Message: return QStringLiteral("→");
    case StepKind::Ghost: return QStringLiteral("┄");
    case StepKind::Effect: return QStringLiteral("*");
    default: return QStringLiteral(" ");
    }
}

/// How a value stands to what it was compared with: equal or not, or a member of a list or not.
static QString relation(const RecordedInput& input)
{
    const auto list = QString::fromLatin1(*input.comparedWith).split(QStringLiteral(", "));
    const auto value = QString::fromLatin1(input.value.value_or(QByteArrayView()));
    if (list.size() > 1 && !value.contains(QLatin1Char(',')))
        return input.value && list.contains(value) ? tr("in") : tr("not in");
    return input.value == input.comparedWith ? QStringLiteral("=") : QStringLiteral("≠");
}

static QString inputsOf(const Step& step)
{
    QStringList parts;
    for (const auto& input : step.inputs) {
        QString part = QString::fromUtf8(input.name) + QLatin1Char(' ') + shown(input.value);
        if (input.comparedWith)
            part += QLatin1Char(' ') + relation(input) + QLatin1Char(' ') + shown(input.comparedWith);
        parts.append(part);
    }
    return parts.join(QStringLiteral(", "));
}

/// The values that make this step what it is.
static QString detailsOf(const Step& step, const Trace& trace)
{
    QStringList parts;
    if (!step.label.isEmpty() && QString::fromUtf8(step.label) != explain::stepTitle(step))
        parts.append(QString::fromUtf8(step.label));
    if (step.toLane >= 0)
        parts.append(QStringLiteral("→ ") + QString::fromUtf8(trace.lanes[size_t(step.toLane)].id));
    if (step.blocked)
        parts.append(QString::fromUtf8(whyId(step.blocked->why)));
    if (const auto inputs = inputsOf(step); !inputs.isEmpty())
        parts.append(inputs);
    else if (step.message && !step.decidingHeader.isEmpty())
        parts.append(QString::fromUtf8(step.decidingHeader) + QLatin1Char(' ')
                     + shown(step.message->headers().get(step.decidingHeader)));
    return parts.join(QStringLiteral("  "));
}

QString shortVerdict(const Outcome& outcome)
{
    if (const auto* send = std::get_if<SendOutcome>(&outcome))
        return send->blocked ? tr("blocked (%1)").arg(QString::fromUtf8(whyId(send->blocked->why)))
            : send->allowed() ? tr("allowed")
                              : tr("not allowed");
    QStringList pairs;
    if (const auto* compare = std::get_if<CompareOutcome>(&outcome))
        for (const auto& pair : compare->pairs)
            pairs.append(pair.sameOrigin
                             ? tr("%1 and %2: the same origin").arg(QString::fromUtf8(pair.a), QString::fromUtf8(pair.b))
                             : tr("%1 and %2: different origins (%3)")
                                   .arg(QString::fromUtf8(pair.a), QString::fromUtf8(pair.b),
                                        QString::fromUtf8(ascii::join(pair.differing, ", "))));
    return pairs.join(QStringLiteral("; "));
}

static QString lamp(bool on)
{
    return on ? QStringLiteral("●") : QStringLiteral("○");
}

static QStringList verdictLines(const SendOutcome& outcome, const Trace& trace, int action)
{
    QStringList lines;
    const auto preflight = scenariowords::preflights().at(int(outcome.preflight));
    lines.append(tr("  %1 preflight sent (%2)   %3 request sent   %4 response visible to script (%5)")
                     .arg(lamp(outcome.preflight == SendOutcome::Preflight::Sent), preflight, lamp(outcome.requestSent),
                          lamp(outcome.allowed()), scenariowords::visibilities().at(int(outcome.visible))));
    lines.append(QStringLiteral("  %1 %2").arg(outcome.allowed() ? QStringLiteral("✓") : QStringLiteral("✗"),
                                               shortVerdict(outcome)));
    if (const auto sentence = explain::verdictSentence(trace, action); !sentence.isEmpty())
        lines.append(QStringLiteral("  ") + sentence);
    QString ledger = tr("  Ledger: %1").arg(outcome.handlerRuns == 0 ? tr("no handler ran")
                                                : outcome.handlerRuns == 1 ? tr("the handler ran once")
                                                                           : tr("handlers ran %1 times").arg(outcome.handlerRuns));
    if (!outcome.effects.isEmpty())
        ledger += QStringLiteral("; ") + QString::fromUtf8(ascii::join(outcome.effects, "; "));
    lines.append(ledger);
    return lines;
}

static QString heading(const Scenario& scenario, size_t index)
{
    const auto& action = scenario.actions[index];
    auto text = QStringLiteral("%1  %2").arg(index).arg(scenariowords::actions().at(int(action.index())));
    if (const auto* send = std::get_if<SendAction>(&action)) {
        text += QStringLiteral("  ") + QString::fromUtf8(send->call.method) + QLatin1Char(' ') + QString::fromUtf8(send->call.url);
        for (const auto& page : scenario.pages)
            if (page.id == send->page)
                text += tr("  from %1").arg(QString::fromUtf8(page.origin()));
    }
    return text;
}

QStringList traceText(const Scenario& scenario, const Trace& trace, walk::Stops stops)
{
    qsizetype laneWidth = 0;
    qsizetype titleWidth = 0;
    const auto shownSteps = walk::stops(trace, stops);
    const auto indent = [&](const Step& step) {
        return stops == walk::Stops::EveryStep ? QString(step.depth, QLatin1Char(' ')) : QString();
    };
    const auto titleOf = [&](const Step& step) -> QString {
        const QString number = stops == walk::Stops::EveryStep && !step.at.step.isEmpty()
            ? QString(QString::fromUtf8(step.at.step) + QStringLiteral(". "))
            : QString();
        return indent(step) + number + explain::stepTitle(step);
    };
    for (const int i : shownSteps) {
        laneWidth = std::max(laneWidth, trace.lanes[size_t(trace.at(i).lane)].id.size());
        titleWidth = std::max(titleWidth, titleOf(trace.at(i)).size());
    }
    QStringList lines{scenario.title};
    for (size_t action = 0; action < scenario.actions.size(); ++action) {
        lines.append(QString());
        lines.append(heading(scenario, action));
        for (const int i : shownSteps) {
            const auto& step = trace.at(i);
            if (step.action != int(action))
                continue;
            auto line = QStringLiteral("  %1  %2  %3  %4  %5")
                            .arg(i, 4)
                            .arg(QString::fromUtf8(trace.lanes[size_t(step.lane)].id).leftJustified(laneWidth), markOf(step),
                                 titleOf(step).leftJustified(titleWidth), detailsOf(step, trace));
            while (line.endsWith(QLatin1Char(' ')))
                line.chop(1);
            lines.append(line);
        }
        if (action >= trace.outcomes.size())
            continue;
        if (const auto* send = std::get_if<SendOutcome>(&trace.outcomes[action]))
            lines += verdictLines(*send, trace, int(action));
        else if (std::holds_alternative<CompareOutcome>(trace.outcomes[action]))
            for (const auto& pair : shortVerdict(trace.outcomes[action]).split(QStringLiteral("; ")))
                lines.append(QStringLiteral("  ") + pair);
    }
    return lines;
}

} // namespace corscope::cli

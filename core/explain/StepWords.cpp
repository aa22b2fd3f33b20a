#include "core/explain/StepWords.h"

#include "core/base/Ascii.h"
#include "core/explain/Explain.h"

#include <QCoreApplication>

namespace corscope::stepwords {

static QString tr(const char* text)
{
    return QCoreApplication::translate("StepWords", text);
}

QString verdict(const Step& step)
{
    if (step.kind == StepKind::Ghost)
        return tr("never sent");
    switch (step.verdict) {
    case Verdict::None: return {};
    case Verdict::Yes: return tr("yes");
    case Verdict::No: return tr("no");
    case Verdict::Success: return tr("success");
    case Verdict::Failure: return tr("failure");
    }
    return {};
}

QString decidingHeader(const Step& step)
{
    if (step.decidingHeader.isEmpty() || !step.message)
        return {};
    QList<QByteArray> values;
    for (const auto& header : step.message->headers())
        if (ascii::equalIgnoringCase(header.name, step.decidingHeader))
            values.append(header.value);
    if (values.isEmpty())
        return tr("no %1").arg(QString::fromUtf8(step.decidingHeader));
    return QString::fromUtf8(step.decidingHeader) + QStringLiteral(": ")
        + QString::fromUtf8(ascii::join(values, ", "));
}

QString title(const Step& step)
{
    const bool literal = step.kind == StepKind::Message || step.kind == StepKind::Ghost
        || step.kind == StepKind::Effect;
    if (literal && !step.label.isEmpty())
        return QString::fromUtf8(step.label);
    const auto title = explain::stepTitle(step);
    return title.isEmpty() ? QString::fromUtf8(step.label) : title;
}

QString full(const Step& step, const Trace& trace)
{
    QStringList lines;
    auto head = title(step);
    const auto word = verdict(step);
    if (!word.isEmpty())
        head += (head.endsWith(QLatin1Char('?')) ? QStringLiteral(" ") : QStringLiteral(": ")) + word;
    lines.append(head);
    const auto header = decidingHeader(step);
    if (!header.isEmpty())
        lines.append(header);
    const auto text = explain::stepText(step, trace);
    if (!text.isEmpty())
        lines.append(text);
    return lines.join(QLatin1Char('\n'));
}

static const SendOutcome* outcomeOf(const Step& step, const Trace& trace)
{
    return step.action < int(trace.outcomes.size()) ? std::get_if<SendOutcome>(&trace.outcomes[size_t(step.action)])
                                                    : nullptr;
}

bool isRejection(const Step& step, const Trace& trace)
{
    const auto* send = outcomeOf(step, trace);
    return send && send->blocked && step.kind == StepKind::Message && step.toLane >= 0
        && trace.lanes[size_t(step.toLane)].kind == Lane::Kind::Page;
}

bool isBlocking(const Step& step, const Trace& trace)
{
    if (const auto* send = outcomeOf(step, trace))
        return send->blocked && send->blockedStep == step.index;
    // A run under way has no outcome yet.
    return step.kind == StepKind::Decision && step.blocked;
}

bool isFailure(const Step& step)
{
    return step.verdict == Verdict::Failure || step.blocked;
}

bool isShortCut(const Step& step)
{
    return step.landmark && step.kind == StepKind::Branch && step.verdict == Verdict::No
        && step.at.algorithm == Algorithm::HttpFetch && step.at.step == "4.1";
}

Mark mark(const Step& step, bool failed)
{
    switch (step.verdict) {
    case Verdict::None: break;
    case Verdict::Yes:
    case Verdict::No: return Mark::Question;
    case Verdict::Success: return Mark::Yes;
    case Verdict::Failure: return Mark::No;
    }
    return failed ? Mark::No : Mark::None;
}

bool isRedirect(const Step& step)
{
    return step.kind == StepKind::Message && step.message && !step.message->isRequest()
        && isRedirectStatus(step.message->response().status);
}

QString tableTitle(const QByteArray& id)
{
    const auto colon = id.indexOf(':');
    const auto kind = colon < 0 ? id : id.left(colon);
    const auto of = colon < 0 ? QString() : QString(QStringLiteral(" · ") + QString::fromUtf8(id.mid(colon + 1)));
    if (kind == "preflight-cache")
        return tr("Preflight cache") + of;
    if (kind == "http-cache")
        return tr("HTTP cache") + of;
    if (kind == "cookies")
        return tr("Cookies") + of;
    if (kind == "ledger")
        return tr("Ledger: what handlers did") + of;
    if (kind == "access-log")
        return tr("Access log") + of;
    return QString::fromUtf8(kind) + of;
}

} // namespace corscope::stepwords

#include "ui/present/Curtain.h"

#include "core/trace/Walk.h"

namespace corscope::curtain {

bool isQuestion(const Step& step)
{
    return step.landmark && step.verdict != Verdict::None && step.kind != StepKind::Message && step.kind != StepKind::Ghost;
}

/// The last landmark of an action: with it everything about the action is known.
static int endOf(const Trace& whole, int action)
{
    int last = -1;
    for (int i = 0; i < whole.size(); ++i)
        if (whole.at(i).action == action && whole.at(i).landmark)
            last = i;
    return last;
}

/// A refusal settles everything; that all went well is known only at the end.
static bool isSettled(const Trace& whole, int action, int step, LastStep last)
{
    const int decision = walk::decision(whole, action);
    const bool refused = decision >= 0 && whole.at(decision).blocked;
    const int at = refused ? decision : endOf(whole, action);
    return step > at || (step == at && last == LastStep::Answered);
}

static std::shared_ptr<const Step> withoutAnswer(const Step& step)
{
    auto asked = std::make_shared<Step>(step);
    asked->verdict = Verdict::None;
    asked->blocked.reset();
    asked->decidingHeader.clear();
    for (auto& input : asked->inputs)
        input.comparedWith.reset();
    return asked;
}

Trace shownUntil(const Trace& whole, int step, LastStep last)
{
    Trace shown;
    shown.lanes = whole.lanes;
    if (step < 0 || step >= whole.size())
        return shown;
    shown.steps.assign(whole.steps.begin(), whole.steps.begin() + step + 1);
    if (last == LastStep::Asked)
        shown.steps.back() = withoutAnswer(whole.at(step));
    const int action = whole.at(step).action;
    const auto known = size_t(action + (isSettled(whole, action, step, last) ? 1 : 0));
    shown.outcomes.assign(whole.outcomes.begin(), whole.outcomes.begin() + qsizetype(std::min(known, whole.outcomes.size())));
    return shown;
}

} // namespace corscope::curtain

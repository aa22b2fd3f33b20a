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

static std::shared_ptr<const Step> withoutAnswer(const std::shared_ptr<const Step>& step)
{
    struct Asked
    {
        std::shared_ptr<const Step> whole;
        Step step;
        std::vector<RecordedInput> inputs;
    };
    const auto asked = std::make_shared<Asked>(Asked{step, *step, {step->inputs.begin(), step->inputs.end()}});
    for (auto& input : asked->inputs)
        input.comparedWith.reset();
    asked->step.verdict = Verdict::None;
    asked->step.blocked = nullptr;
    asked->step.decidingHeader = {};
    asked->step.inputs = asked->inputs;
    return {asked, &asked->step};
}

Trace shownUntil(const Trace& whole, int step, LastStep last)
{
    Trace shown;
    shown.lanes = whole.lanes;
    if (step < 0 || step >= whole.size())
        return shown;
    shown.steps = whole.steps.first(size_t(step) + (last == LastStep::Asked ? 0 : 1));
    if (last == LastStep::Asked)
        shown.steps.push_back(withoutAnswer(whole.steps.shared(size_t(step))));
    const int action = whole.at(step).action;
    const auto known = size_t(action + (isSettled(whole, action, step, last) ? 1 : 0));
    shown.outcomes.assign(whole.outcomes.begin(), whole.outcomes.begin() + qsizetype(std::min(known, whole.outcomes.size())));
    return shown;
}

} // namespace corscope::curtain

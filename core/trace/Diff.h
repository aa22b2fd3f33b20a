#pragma once

#include "core/trace/Trace.h"

/// Two runs side by side: which landmarks stand for each other, what is not the same about them, and where the runs
/// part. Pure functions. State and time are not compared: they differ from run to run by themselves.
namespace corscope::diff {

/// One thing that is not the same about two steps that stand for each other.
struct Difference
{
    enum class What {
        Sent,    ///< a message here, a message that was never sent there; the values are the labels
        Verdict, ///< the values are "success", "failure", "yes", "no", or absent
        Reason,  ///< the values are Why ids
        Place,   ///< another numbered step of the same rule
        Label,
        Method,
        Url,
        Status,
        Header,  ///< `name` is the header's; all its values, with commas between them
        Body,
        Input,   ///< `name` is the variable's; the values are what was looked at
        Compared ///< as Input, for what it was compared with
    };
    What what = What::Verdict;
    QByteArray name;
    std::optional<QByteArray> a, b; ///< null: absent
    bool operator==(const Difference&) const = default;
};

/// A line of the comparison: a landmark of each run, or of one of them only.
struct Row
{
    int a = -1; ///< index of the step; -1 where that run has no such landmark
    int b = -1;
    std::vector<Difference> differences; ///< empty where only one run has it
    bool isSame() const { return a >= 0 && b >= 0 && differences.empty(); }
    bool operator==(const Row&) const = default;
};

/// The landmarks of both runs in their order, as many as possible beside their counterpart: what is done by the same
/// rule in the same place, or goes the same way, whatever came out of it.
std::vector<Row> align(const Trace& a, const Trace& b);

/// What is not the same about two steps. Of messages their bytes, of decisions the values they looked at.
std::vector<Difference> differences(const Step& a, const Step& b);

/// The first steps, rules included, at which the runs do not go the same way: another rule, or another answer. Other
/// values alone are the same way.
struct Fork
{
    int a = -1; ///< -1 where that run had ended
    int b = -1;
    bool exists() const { return a >= 0 || b >= 0; }
    bool operator==(const Fork&) const = default;
};
Fork fork(const Trace& a, const Trace& b);

/// The step of the other run that stands for this one; -1 where there is none.
int counterpart(const Trace& from, int step, const Trace& to);

} // namespace corscope::diff

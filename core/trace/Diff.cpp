#include "core/trace/Diff.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope::diff {

using What = Difference::What;

namespace {

/// A landmark as the alignment sees it: `sign` says what it is, the rest how much it resembles another of its sign.
struct Mark
{
    int step = -1;
    QByteArray sign;
    QByteArrayView label;
    QByteArrayView place;
    int action = 0;
    Verdict verdict = Verdict::None;
};

bool isMessage(const Step& step)
{
    return step.kind == StepKind::Message || step.kind == StepKind::Ghost;
}

/// A lifeline by what it is, not by its number: a stage put in front of it does not make it another one.
QByteArray laneSign(const Trace& trace, int lane)
{
    if (lane < 0 || size_t(lane) >= trace.lanes.size())
        return {};
    const auto& found = trace.lanes[size_t(lane)];
    switch (found.kind) {
    case Lane::Kind::Page: return found.id;
    case Lane::Kind::Browser: return "browser";
    case Lane::Kind::Stage: return QByteArray(found.server + '/' + found.title.toUtf8());
    case Lane::Kind::Handler: return QByteArray(found.server + "/handler");
    }
    return {};
}

/// Where a message comes from or goes to. On the wire a server is one place, whichever of its stages stands in front.
QByteArray endSign(const Trace& trace, int lane, int otherLane)
{
    const auto kindOf = [&](int i) { return trace.lanes[size_t(i)].kind; };
    const auto exists = [&](int i) { return i >= 0 && size_t(i) < trace.lanes.size(); };
    if (exists(lane) && exists(otherLane) && kindOf(otherLane) == Lane::Kind::Browser && kindOf(lane) != Lane::Kind::Page)
        return trace.lanes[size_t(lane)].server;
    return laneSign(trace, lane);
}

QByteArray signOf(const Trace& trace, const Step& step)
{
    QByteArray sign = step.preflight >= 0 ? "preflight " : "";
    if (isMessage(step))
        return sign + endSign(trace, step.lane, step.toLane) + " -> " + endSign(trace, step.toLane, step.lane);
    sign += laneSign(trace, step.lane) + ' ' + step.at.algorithm.id().toByteArray();
    if (step.kind == StepKind::Decision)
        return sign + " decides"; // NB: which numbered step decided is what came out of it
    if (step.kind == StepKind::Effect)
        return sign + " effect";
    return sign + ' ' + step.at.step.toByteArray();
}

std::vector<Mark> marksOf(const Trace& trace)
{
    std::vector<Mark> marks;
    for (const auto& step : trace.steps)
        if (step->landmark)
            marks.push_back({step->index, signOf(trace, *step), step->label, step->at.step, step->action, step->verdict});
    return marks;
}

/// How well two landmarks go together; 0: not at all.
int likeness(const Mark& a, const Mark& b)
{
    if (a.sign != b.sign)
        return 0;
    return 8 + 4 * (a.action == b.action) + 2 * (a.label == b.label) + (a.verdict == b.verdict) + (a.place == b.place);
}

std::optional<QByteArray> word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::None: return std::nullopt;
    case Verdict::Yes: return "yes";
    case Verdict::No: return "no";
    case Verdict::Success: return "success";
    case Verdict::Failure: return "failure";
    }
    return std::nullopt;
}

std::optional<QByteArray> copied(std::optional<QByteArrayView> bytes)
{
    return bytes ? std::optional(bytes->toByteArray()) : std::nullopt;
}

std::optional<QByteArray> reason(const Step& step)
{
    return step.blocked ? std::optional(whyId(step.blocked->why)) : std::nullopt;
}

std::optional<QByteArray> combined(const HeaderList& headers, const QByteArray& name)
{
    QList<QByteArray> values;
    for (const auto& header : headers)
        if (ascii::equalIgnoringCase(header.name, name))
            values.append(header.value);
    return values.isEmpty() ? std::nullopt : std::optional(ascii::join(values, ", "));
}

class Collector
{
public:
    void compare(What what, const QByteArray& name, const std::optional<QByteArray>& a, const std::optional<QByteArray>& b)
    {
        if (a != b)
            found.push_back({what, name, a, b});
    }

    void compareViews(What what, QByteArrayView name, std::optional<QByteArrayView> a, std::optional<QByteArrayView> b)
    {
        if (a != b)
            found.push_back({what, name.toByteArray(), copied(a), copied(b)});
    }

    void compareHeaders(const HeaderList& a, const HeaderList& b)
    {
        QList<QByteArray> names;
        for (const auto* list : {&a, &b})
            for (const auto& header : *list)
                if (std::none_of(names.begin(), names.end(), [&](const auto& n) { return ascii::equalIgnoringCase(n, header.name); }))
                    names.append(header.name);
        for (const auto& name : names)
            compare(What::Header, name, combined(a, name), combined(b, name));
    }

    void compareMessages(const WireMessage& a, const WireMessage& b)
    {
        if (a.isRequest() != b.isRequest())
            return;
        if (a.isRequest()) {
            compare(What::Method, {}, a.request().method, b.request().method);
            compare(What::Url, {}, a.url, b.url);
        } else if (a.response().status != b.response().status) {
            compare(What::Status, {}, QByteArray::number(a.response().status), QByteArray::number(b.response().status));
        }
        compareHeaders(a.headers(), b.headers());
        const auto body = [](const WireMessage& m) { return m.isRequest() ? m.request().body : m.response().body; };
        compare(What::Body, {}, body(a), body(b));
    }

    void compareInputs(std::span<const RecordedInput> a, std::span<const RecordedInput> b)
    {
        const auto find = [](std::span<const RecordedInput> inputs, QByteArrayView name) {
            const auto it = std::find_if(inputs.begin(), inputs.end(), [&](const auto& input) { return input.name == name; });
            return it == inputs.end() ? nullptr : &*it;
        };
        for (const auto& input : a) {
            const auto* other = find(b, input.name);
            compareViews(What::Input, input.name, input.value, other ? other->value : std::nullopt);
            compareViews(What::Compared, input.name, input.comparedWith, other ? other->comparedWith : std::nullopt);
        }
        for (const auto& input : b)
            if (!find(a, input.name)) {
                compareViews(What::Input, input.name, std::nullopt, input.value);
                compareViews(What::Compared, input.name, std::nullopt, input.comparedWith);
            }
    }

    std::vector<Difference> found;
};

/// Whether two steps are the same way: the same rule, the same answer.
bool sameWay(const Step& a, const Step& b)
{
    return a.kind == b.kind && a.at == b.at && a.verdict == b.verdict && reason(a) == reason(b);
}

/// What tells a rule that is no landmark from the others.
QByteArray ruleKey(const Trace& trace, const Step& step)
{
    return QByteArray::number(step.action) + ' ' + QByteArray::number(int(step.kind)) + ' '
        + (step.preflight >= 0 ? "preflight " : "") + laneSign(trace, step.lane) + ' '
        + step.at.algorithm.id().toByteArray() + ' ' + step.at.step.toByteArray();
}

} // namespace

std::vector<Difference> differences(const Step& a, const Step& b)
{
    Collector collector;
    if (a.kind != b.kind && isMessage(a) && isMessage(b))
        return {{What::Sent, {}, copied(a.label), copied(b.label)}};
    collector.compare(What::Verdict, {}, word(a.verdict), word(b.verdict));
    collector.compare(What::Reason, {}, reason(a), reason(b));
    if (isMessage(a) && a.message && b.message) {
        collector.compareMessages(*a.message, *b.message);
    } else {
        collector.compareViews(What::Label, {}, a.label, b.label);
        collector.compareInputs(a.inputs, b.inputs);
    }
    if (collector.found.empty() && a.at.algorithm == b.at.algorithm)
        collector.compareViews(What::Place, {}, a.at.step, b.at.step);
    return collector.found;
}

std::vector<Row> align(const Trace& a, const Trace& b)
{
    const auto marksA = marksOf(a);
    const auto marksB = marksOf(b);
    const size_t n = marksA.size();
    const size_t m = marksB.size();
    // best[i][k]: how well what is left from i and from k on can be laid side by side.
    std::vector<std::vector<int>> best(n + 1, std::vector<int>(m + 1, 0));
    for (size_t i = n; i-- > 0;)
        for (size_t k = m; k-- > 0;) {
            const int alike = likeness(marksA[i], marksB[k]);
            best[i][k] = std::max({best[i + 1][k], best[i][k + 1], alike ? alike + best[i + 1][k + 1] : 0});
        }
    std::vector<Row> rows;
    for (size_t i = 0, k = 0; i < n || k < m;) {
        const int alike = i < n && k < m ? likeness(marksA[i], marksB[k]) : 0;
        if (alike && best[i][k] == alike + best[i + 1][k + 1]) {
            const int stepA = marksA[i++].step;
            const int stepB = marksB[k++].step;
            rows.push_back({stepA, stepB, differences(a.at(stepA), b.at(stepB))});
        } else if (k == m || (i < n && best[i][k] == best[i + 1][k])) {
            rows.push_back({marksA[i++].step, -1, {}});
        } else {
            rows.push_back({-1, marksB[k++].step, {}});
        }
    }
    return rows;
}

Fork fork(const Trace& a, const Trace& b)
{
    int i = 0;
    while (i < a.size() && i < b.size() && sameWay(a.at(i), b.at(i)))
        ++i;
    return {i < a.size() ? i : -1, i < b.size() ? i : -1};
}

int counterpart(const Trace& from, int step, const Trace& to)
{
    if (step < 0 || step >= from.size())
        return -1;
    if (from.at(step).landmark) {
        for (const auto& row : align(from, to))
            if (row.a == step)
                return row.b;
        return -1;
    }
    // A rule: the same one again, as often as it had come before.
    const auto key = ruleKey(from, from.at(step));
    int times = 0;
    for (int i = 0; i <= step; ++i)
        times += !from.at(i).landmark && ruleKey(from, from.at(i)) == key;
    for (int i = 0; i < to.size(); ++i)
        if (!to.at(i).landmark && ruleKey(to, to.at(i)) == key && --times == 0)
            return i;
    return -1;
}

} // namespace corscope::diff

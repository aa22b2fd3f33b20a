#include "app/cli/TraceJson.h"

#include "core/explain/Explain.h"
#include "core/scenario/JsonWriter.h"
#include "core/scenario/ScenarioWords.h"

namespace corscope::cli {

using scenariowords::words;

static JsonTree orNull(std::optional<QByteArrayView> bytes)
{
    return bytes ? isomorphicTree(*bytes) : JsonTree(QJsonValue(QJsonValue::Null));
}

static JsonTree listOf(const QList<QByteArray>& list)
{
    auto tree = JsonTree::array();
    for (const auto& item : list)
        tree.append(item);
    return tree;
}

static JsonTree blockedTree(const Blocked& blocked)
{
    return JsonTree::object()
        .add("why", whyId(blocked.why))
        .add("offender", isomorphicTree(blocked.offender))
        .add("algorithm", blocked.at.algorithm.id().toByteArray())
        .add("step", blocked.at.step.toByteArray())
        .add("on", QByteArray(blocked.on == Blocked::On::Preflight ? "preflight" : "request"));
}

static JsonTree messageTree(const WireMessage& wire)
{
    auto tree = JsonTree::object();
    tree.add("exchange", QByteArray(wire.kind == WireMessage::Kind::Preflight ? "preflight" : "request"));
    tree.add("direction", QByteArray(wire.isRequest() ? "request" : "response"));
    tree.add("url", wire.url);
    if (wire.isRequest()) {
        tree.add("method", wire.request().method).add("target", wire.request().target);
    } else {
        tree.add("status", wire.response().status).add("reason", isomorphicTree(wire.response().reason));
    }
    tree.add("headers", headersTree(wire.headers()));
    addBody(tree, wire.isRequest() ? wire.request().body : wire.response().body);
    if (!wire.isRequest())
        tree.addUnless(wire.response().bodyError == BodyError::None, "bodyError", bodyErrorId(wire.response().bodyError));
    return tree;
}

static JsonTree stepTree(const Step& step, const Trace& trace)
{
    static const auto kinds = words({"enter", "rule", "branch", "decision", "message", "ghost", "effect"});
    static const auto verdicts = words({"none", "yes", "no", "success", "failure"});
    auto tree = JsonTree::object();
    tree.add("index", step.index);
    tree.add("action", step.action);
    tree.add("kind", kinds.at(int(step.kind)));
    tree.addUnless(!step.landmark, "landmark", true);
    tree.add("lane", trace.lanes[size_t(step.lane)].id);
    if (step.toLane >= 0)
        tree.add("toLane", trace.lanes[size_t(step.toLane)].id);
    tree.add("depth", step.depth);
    tree.add("parent", step.parent);
    tree.addUnless(step.preflight < 0, "preflight", step.preflight);
    tree.addUnless(step.at.algorithm.isNull(), "algorithm", step.at.algorithm.id().toByteArray());
    tree.addUnless(step.at.step.isEmpty(), "step", step.at.step.toByteArray());
    if (const auto title = explain::stepTitle(step); !title.isEmpty())
        tree.add("title", title);
    tree.addUnless(step.verdict == Verdict::None, "verdict", verdicts.at(int(step.verdict)));
    tree.addUnless(step.label.isEmpty(), "label", step.label.toByteArray());
    auto inputs = JsonTree::array();
    for (const auto& input : step.inputs) {
        auto entry = JsonTree::object();
        entry.add("name", input.name.toByteArray()).add("value", orNull(input.value));
        if (input.comparedWith)
            entry.add("comparedWith", isomorphicTree(*input.comparedWith));
        inputs.append(entry);
    }
    tree.addUnless(inputs.isEmpty(), "inputs", inputs);
    if (step.blocked)
        tree.add("blocked", blockedTree(*step.blocked));
    if (step.message)
        tree.add("message", messageTree(*step.message));
    tree.addUnless(step.decidingHeader.isEmpty(), "decidingHeader", step.decidingHeader.toByteArray());
    tree.add("time", qint64(step.time.time_since_epoch().count()));
    return tree;
}

static JsonTree outcomeTree(const SendOutcome& outcome, const Trace& trace, int action)
{
    auto tree = JsonTree::object();
    tree.add("action", action);
    tree.add("method", outcome.method).add("url", outcome.url).add("pageOrigin", outcome.pageOrigin);
    tree.add("allowed", outcome.allowed());
    tree.add("preflight", scenariowords::preflights().at(int(outcome.preflight)));
    tree.add("requestSent", outcome.requestSent);
    if (outcome.fromCache) {
        auto from = JsonTree::object();
        from.add("state", QByteArray(outcome.fromCache->state == FromCache::State::Local ? "local" : "validated"));
        from.add("mode", outcome.fromCache->mode);
        if (outcome.fromCache->origin)
            from.add("origin", isomorphicTree(*outcome.fromCache->origin));
        from.add("ageSeconds", outcome.fromCache->ageSeconds).add("variesByOrigin", outcome.fromCache->variesByOrigin);
        tree.add("fromCache", from);
    }
    tree.add("visible", scenariowords::visibilities().at(int(outcome.visible)));
    if (outcome.blocked)
        tree.add("blocked", blockedTree(*outcome.blocked)).add("blockedStep", outcome.blockedStep);
    auto page = JsonTree::object();
    page.add("promise", QByteArray(outcome.page.promise == PageView::Promise::Resolved ? "resolved" : "rejected"));
    page.add("type", outcome.page.type).add("status", outcome.page.status).add("url", outcome.page.url);
    page.add("redirected", outcome.page.redirected);
    page.add("headers", headersTree(outcome.page.headers)).add("hiddenHeaders", headersTree(outcome.page.hiddenHeaders));
    if (outcome.page.body)
        addBody(page, *outcome.page.body);
    page.addUnless(outcome.page.bodyError == BodyError::None, "bodyError", bodyErrorId(outcome.page.bodyError));
    tree.add("page", page);
    tree.add("handlerRuns", outcome.handlerRuns).add("effects", listOf(outcome.effects));
    tree.add("sentence", explain::verdictSentence(trace, action));
    return tree;
}

static JsonTree outcomeTree(const CompareOutcome& outcome, const Trace&, int action)
{
    auto pairs = JsonTree::array();
    for (const auto& pair : outcome.pairs)
        pairs.append(JsonTree::object()
                         .add("a", pair.a)
                         .add("b", pair.b)
                         .add("sameOrigin", pair.sameOrigin)
                         .add("differing", listOf(pair.differing)));
    return JsonTree::object().add("action", action).add("pairs", pairs);
}

static JsonTree outcomeTree(std::monostate, const Trace&, int action)
{
    return JsonTree::object().add("action", action);
}

static JsonTree stateTree(const Trace& trace)
{
    auto tables = JsonTree::array();
    if (trace.size() == 0 || !trace.at(trace.size() - 1).state)
        return tables;
    for (const auto& table : *trace.at(trace.size() - 1).state) {
        auto rows = JsonTree::array();
        for (const auto& row : table->rows)
            rows.append(listOf(row));
        tables.append(JsonTree::object().add("id", table.id()).add("columns", listOf(table->columns)).add("rows", rows));
    }
    return tables;
}

QByteArray traceJson(const Scenario& scenario, const Trace& trace, const QStringList& unmet)
{
    static const auto laneKinds = words({"page", "browser", "stage", "handler"});
    auto lanes = JsonTree::array();
    for (const auto& lane : trace.lanes)
        lanes.append(JsonTree::object()
                         .add("id", lane.id)
                         .add("kind", laneKinds.at(int(lane.kind)))
                         .addUnless(lane.server.isEmpty(), "server", lane.server)
                         .add("title", lane.title));
    auto steps = JsonTree::array();
    for (const auto& step : trace.steps)
        steps.append(stepTree(*step, trace));
    auto outcomes = JsonTree::array();
    for (size_t i = 0; i < trace.outcomes.size(); ++i)
        outcomes.append(std::visit([&](const auto& o) { return outcomeTree(o, trace, int(i)); }, trace.outcomes[i]));
    auto sentences = JsonTree::array();
    for (const auto& sentence : unmet)
        sentences.append(sentence);
    return JsonTree::object()
        .add("corscopeTrace", 1)
        .add("title", scenario.title)
        .add("lanes", lanes)
        .add("outcomes", outcomes)
        .add("unmetExpectations", sentences)
        .add("steps", steps)
        .add("state", stateTree(trace))
        .written();
}

} // namespace corscope::cli

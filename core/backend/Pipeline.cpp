#include "core/backend/Pipeline.h"

#include "core/backend/ConfigCheck.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/stages/ErrorPage.h"
#include "core/backend/stages/Routes.h"
#include "core/base/Decimal.h"

namespace corscope {

namespace {

/// What happens between the stages; worded in resources/frameworks/pipeline.json.
constexpr Algorithm pipelineRules("pipeline");

std::shared_ptr<const WireMessage> wireMessage(const QByteArray& origin, const RequestMessage& request,
                                               std::variant<RequestMessage, ResponseMessage> message)
{
    return std::make_shared<const WireMessage>(
        WireMessage{request.isCorsPreflight() ? WireMessage::Kind::Preflight : WireMessage::Kind::Request,
                    std::move(message), origin + request.target});
}

QByteArray answerLabel(const ResponseMessage& response)
{
    const auto reason = response.reason.isEmpty() ? reasonPhrase(response.status) : response.reason;
    return QByteArray(decimal(response.status) + ' ' + reason).trimmed();
}

} // namespace

/// One request on its way through.
class Pipeline::Run
{
public:
    Run(const Pipeline& pipeline, Instant now, Recorder& recorder, const LedgerWriter& ledger)
        : pipeline(pipeline), now(now), recorder(recorder), ledger(ledger)
    {
        if (recorder.isSilent())
            return;
        lanes.reserve(pipeline.m_links.size());
        for (const auto& link : pipeline.m_links)
            lanes.push_back(recorder.lane(link.lane));
    }

    int lane(size_t link) const { return lanes.empty() ? -1 : lanes[link]; }
    StageAnswer enter(size_t link, const RequestMessage& request);
    void recordCall(size_t from, size_t to, const RequestMessage& request);
    void recordAnswer(size_t from, size_t to, const RequestMessage& request, const StageAnswer& answer);

    const Pipeline& pipeline;
    const Instant now;
    Recorder& recorder;
    const LedgerWriter& ledger;
    std::vector<int> lanes; ///< of the links; empty where nobody watches
    ServerAnswer answer;
};

class Pipeline::Context final : public StageContext
{
public:
    Context(Run& run, size_t link, const RequestMessage& request)
        : m_run(run), m_link(link), m_request(request),
          m_spec(run.recorder.enter(run.pipeline.m_links[link].stage->algorithm(), run.lane(link)))
    {}

    Spec& spec() override { return m_spec; }
    Instant now() const override { return m_run.now; }
    const ServerConfig& server() const override { return m_run.pipeline.m_config; }

    void decide(Literal number, Verdict verdict, const Inputs& inputs, const ResponseMessage& answer,
                const QByteArray& decidingHeader) override
    {
        if (m_run.recorder.isSilent())
            return;
        const auto label = [&] {
            const auto header = answer.headers.get(decidingHeader);
            return header ? QByteArray(decidingHeader + ": " + *header) : answerLabel(answer);
        };
        m_run.recorder.record({.kind = StepKind::Decision, .verdict = verdict, .landmark = true, .lane = m_run.lane(m_link),
                               .at = m_spec.at(number), .label = label, .inputs = inputs,
                               .message = wireMessage(m_run.pipeline.m_origin, m_request, answer), .decidingHeader = decidingHeader});
    }

    StageAnswer next(const RequestMessage& request) override
    {
        Q_ASSERT(m_link + 1 < m_run.pipeline.m_links.size());
        m_run.recordCall(m_link, m_link + 1, request);
        return m_run.enter(m_link + 1, request);
    }

    void handlerRuns(const RequestMessage& request, const QByteArray& effect) override
    {
        m_run.answer.handlerRan = true;
        if (!effect.isEmpty())
            m_run.answer.effects.append(effect);
        if (m_run.ledger)
            m_run.ledger({m_run.now, request.method, request.target, effect});
    }

    void setFault(const Fault& fault) override { m_run.answer.fault = fault; }

private:
    Run& m_run;
    const size_t m_link;
    const RequestMessage& m_request;
    Spec m_spec;
};

StageAnswer Pipeline::Run::enter(size_t link, const RequestMessage& request)
{
    Context context(*this, link, request);
    auto result = pipeline.m_links[link].stage->handle(request, context);
    if (result.response.reason.isEmpty())
        result.response.reason = reasonPhrase(result.response.status);
    if (link > 0)
        recordAnswer(link, link - 1, request, result);
    return result;
}

void Pipeline::Run::recordCall(size_t from, size_t to, const RequestMessage& request)
{
    if (recorder.isSilent())
        return;
    const char* const decidingHeader = request.isCorsPreflight() ? "Access-Control-Request-Method"
        : request.headers.contains("Origin")                     ? "Origin"
                                                                 : "";
    recorder.record({.kind = StepKind::Message, .landmark = true, .lane = lane(from), .toLane = lane(to),
                     .at = {pipelineRules, "call"}, .label = request.method + ' ' + request.target,
                     .message = wireMessage(pipeline.m_origin, request, request), .decidingHeader = decidingHeader});
}

void Pipeline::Run::recordAnswer(size_t from, size_t to, const RequestMessage& request, const StageAnswer& answer)
{
    if (recorder.isSilent())
        return;
    if (answer.raised) {
        recorder.record({.kind = StepKind::Ghost, .landmark = true, .lane = lane(from), .toLane = lane(to),
                         .at = {pipelineRules, "exception"}, .label = "exception"});
        return;
    }
    const bool allows = answer.response.headers.contains("Access-Control-Allow-Origin");
    recorder.record({.kind = StepKind::Message, .landmark = true, .lane = lane(from), .toLane = lane(to),
                     .at = {pipelineRules, "answer"}, .label = [&] { return answerLabel(answer.response); },
                     .message = wireMessage(pipeline.m_origin, request, answer.response),
                     .decidingHeader = allows ? "Access-Control-Allow-Origin" : ""});
}

Result<std::shared_ptr<const Pipeline>> Pipeline::compile(const ServerConfig& config)
{
    if (const auto error = checkedConfig(config); !error)
        return error.error();
    auto pipeline = std::shared_ptr<Pipeline>(new Pipeline(config));
    for (size_t i = 0; i < config.pipeline.size(); ++i) {
        auto stage = makeStage(config.pipeline[i]);
        if (!stage) {
            auto error = stage.error();
            error.where.prepend(QStringLiteral("pipeline[%1].").arg(i));
            return error;
        }
        if (!config.pipeline[i].enabled)
            continue;
        const Lane lane{Lane::Kind::Stage, config.id + '/' + QByteArray::number(int(i)), config.id, (*stage)->title()};
        pipeline->m_links.push_back({*stage, lane});
    }
    const auto routes = std::make_shared<const Routes>(config.routes);
    pipeline->m_links.push_back({routes, {Lane::Kind::Handler, config.id + "/handler", config.id, routes->title()}});
    return std::shared_ptr<const Pipeline>(pipeline);
}

ServerAnswer Pipeline::run(const RequestMessage& request, Instant now, Recorder& recorder,
                           const LedgerWriter& ledger) const
{
    Run run(*this, now, recorder, ledger);
    auto result = run.enter(0, request);
    if (result.raised) {
        // Nobody caught it: the server itself answers, outside of every stage, so no stage adds a header but those
        // that the exception carries.
        auto spec = recorder.enter(pipelineRules, run.lane(0));
        spec.step("uncaught");
        auto answer = internalServerError();
        for (const auto& header : result.response.headers)
            answer.headers.append(header.name, header.value);
        result.response = answer;
    }
    run.answer.response = std::move(result.response);
    return std::move(run.answer);
}

int Pipeline::entryLane(Recorder& recorder) const
{
    int entry = -1;
    for (const auto& link : m_links) {
        const int lane = recorder.lane(link.lane);
        if (entry < 0)
            entry = lane;
    }
    return entry;
}

} // namespace corscope

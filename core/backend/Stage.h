#pragma once

#include "core/backend/ServerConfig.h"
#include "core/base/Clock.h"
#include "core/http/Fault.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// What comes back from a stage: an answer, or the exception of a handler on its way out, which no stage touches
/// unless it handles errors.
struct StageAnswer
{
    ResponseMessage response;
    /// An exception is passing. All that `response` means then is headers for the server's own error page.
    bool raised = false;
    /// Names of headers whose lines join what stages further out write on the same response object (in Go or Java),
    /// instead of replacing it.
    QList<QByteArray> added = {};
};

/// What the pipeline lends a stage while it handles one request.
class StageContext
{
public:
    StageContext() = default;
    StageContext(const StageContext&) = delete;
    StageContext& operator=(const StageContext&) = delete;

    /// The stage's pen, in its own lane, for the rules of its own algorithm.
    virtual Spec& spec() = 0;
    /// The stage's verdict, as a landmark. A stage blocks nothing, it only grants or does not: Verdict::Success or
    /// Verdict::Failure. \param answer the answer that carries the verdict; \param decidingHeader its header that does.
    virtual void decide(Literal number, Verdict verdict, const Inputs& inputs, const ResponseMessage& answer,
                        const QByteArray& decidingHeader = {}) = 0;
    /// Hands the request to the next stage (or the handler) and waits for its answer. A stage that does not call it
    /// answers by itself.
    virtual StageAnswer next(const RequestMessage& request) = 0;
    /// Enters in the ledger that a route handler ran. For the last link only.
    virtual void handlerRuns(const RequestMessage& request, const QByteArray& effect) = 0;
    /// The answer to this request will be late, or break on its way out, whatever the stages further out make of it.
    virtual void setFault(const Fault& fault) = 0;

    virtual Instant now() const = 0;
    virtual const ServerConfig& server() const = 0;

protected:
    ~StageContext() = default;
};

/// One link of a server's pipeline, made from its settings. Immutable, shared by all requests: what a request needs
/// lives in handle().
class Stage
{
public:
    virtual ~Stage() = default;
    /// For people, as the lane's heading: "CORSMiddleware".
    virtual QString title() const = 0;
    /// Names the rules the stage writes down; its description words them.
    virtual Algorithm algorithm() const = 0;
    virtual StageAnswer handle(const RequestMessage& request, StageContext& context) const = 0;
};

} // namespace corscope

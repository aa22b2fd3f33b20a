#include "core/explain/Diagnosis.h"

#include "core/explain/WhyText.h"

#include <QCoreApplication>

namespace corscope::explain {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("explain", text); }

/// The data's texts in the language of the program, where it has them.
QString translated(const QString& text)
{
    return text.isEmpty() ? text : QCoreApplication::translate("explanations", text.toUtf8().constData());
}

QByteArray missingPermissionId(int status)
{
    switch (status) {
    case 413: return "body-too-large";
    case 429:
    case 502:
    case 503:
    case 504: return "gateway-error";
    case 500: return "server-error";
    case 401:
    case 403: return "refused-without-cors";
    default: return "missing-allow-origin";
    }
}

QByteArray preflightStatusId(int status)
{
    if (status >= 300 && status < 400)
        return "preflight-redirect";
    if (status == 401 || status == 403)
        return "preflight-authentication";
    return status == 404 || status == 405 ? "preflight-not-routed" : "preflight-status-not-ok";
}

QString serverDid(const SendOutcome& outcome)
{
    if (!outcome.requestSent && outcome.preflight == SendOutcome::Preflight::Sent)
        return tr("It saw the preflight alone. The request was never sent, and nothing was done.");
    if (!outcome.requestSent)
        return tr("It never heard of the request.");
    if (outcome.handlerRuns > 0 && outcome.blocked)
        return tr("It received the request and carried it out all the same; only its answer is kept from the page.");
    if (outcome.handlerRuns > 0)
        return tr("It carried the request out and answered.");
    return outcome.blocked ? tr("It received the request, and its answer is kept from the page.")
                           : tr("It received the request and answered.");
}

} // namespace

QByteArray explanationId(const SendOutcome& outcome)
{
    if (!outcome.blocked)
        return "allowed";
    const auto why = outcome.blocked->why;
    const bool preflight = outcome.blocked->on == Blocked::On::Preflight;
    const int status = outcome.withheldStatus;
    if (preflight && (why == Why::PreflightStatusNotOk || (why == Why::MissingAllowOrigin && (status < 200 || status > 299))))
        return preflightStatusId(status);
    if (why == Why::MissingAllowOrigin && !preflight)
        return missingPermissionId(status);
    if (why == Why::MultipleAllowOrigin && outcome.page.hiddenHeaders.values("Access-Control-Allow-Origin").size() > 1)
        return "repeated-allow-origin";
    return whyId(why);
}

Diagnosis diagnose(const Explanation& explanation)
{
    Diagnosis result;
    result.id = explanation.id;
    result.title = translated(explanation.title);
    result.happened = translated(explanation.first);
    result.more = translated(explanation.more);
    result.blockedBy = translated(explanation.blockedBy);
    result.fixedBy = translated(explanation.fixedBy);
    result.fix = translated(explanation.fix);
    result.otherTools = translated(explanation.otherTools);
    for (const auto& link : explanation.misconceptions)
        if (const auto* misconception = findMisconception(link))
            result.misconceptions.push_back({misconception->id, misconception->number, translated(misconception->belief),
                                             translated(misconception->truth)});
    return result;
}

Diagnosis diagnose(const SendOutcome& outcome, const Explanation& explanation)
{
    auto result = diagnose(explanation);
    if (outcome.blocked && outcome.blocked->why != Why::PreflightStatusNotOk)
        result.detail = reason(*outcome.blocked, outcome);
    result.serverDid = serverDid(outcome);
    return result;
}

Diagnosis diagnose(const SendOutcome& outcome)
{
    const auto* explanation = findExplanation(explanationId(outcome));
    auto result = explanation ? diagnose(*explanation) : Diagnosis();
    if (outcome.blocked) {
        result.detail = reason(*outcome.blocked, outcome);
        if (!explanation)
            result.happened = result.detail;
    }
    result.serverDid = serverDid(outcome);
    return result;
}

} // namespace corscope::explain

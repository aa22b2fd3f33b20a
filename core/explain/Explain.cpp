#include "core/explain/Explain.h"

#include "core/explain/Catalogue.h"
#include "core/explain/WhyText.h"
#include "core/http/Method.h"
#include "core/trace/Walk.h"

#include <QCoreApplication>
#include <algorithm>

namespace corscope::explain {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("explain", text);
}

QString asText(QByteArrayView bytes)
{
    return QString::fromLatin1(bytes);
}

QString shown(const RecordedInput& input)
{
    const auto value = !input.value ? tr("absent") : input.value->isEmpty() ? tr("empty") : asText(*input.value);
    return tr("%1: %2").arg(asText(input.name), value);
}

// What makes a request need a preflight: its method, its headers, or both.
QString preflightCauses(const Step& step)
{
    QStringList causes;
    for (const auto& input : step.inputs) {
        const auto value = input.value.value_or(QByteArrayView());
        if (!value.isEmpty() && (input.name != "method" || !isCorsSafelistedMethod(value)))
            causes.append(asText(value));
    }
    return causes.join(QStringLiteral(", "));
}

// What differs between two origins, in the order in which they are compared.
QString originDifference(const QByteArray& a, const QByteArray& b)
{
    if (a == "null" || b == "null")
        return tr("opaque origin");
    const auto schemeEnd = [](const QByteArray& o) { return o.indexOf("://"); };
    if (a.left(schemeEnd(a)) != b.left(schemeEnd(b)))
        return tr("scheme %1 ≠ %2").arg(asText(a.left(schemeEnd(a))), asText(b.left(schemeEnd(b))));
    const auto restA = a.mid(schemeEnd(a) + 3);
    const auto restB = b.mid(schemeEnd(b) + 3);
    const auto portStart = [](const QByteArray& r) { return r.indexOf(':', std::max<qsizetype>(0, r.lastIndexOf(']'))); };
    const auto hostA = portStart(restA) < 0 ? restA : restA.left(portStart(restA));
    const auto hostB = portStart(restB) < 0 ? restB : restB.left(portStart(restB));
    if (hostA != hostB)
        return tr("host %1 ≠ %2").arg(asText(hostA), asText(hostB));
    const auto port = [&](const QByteArray& r) { return portStart(r) < 0 ? tr("default") : asText(r.mid(portStart(r) + 1)); };
    return tr("port %1 ≠ %2").arg(port(restA), port(restB));
}

// For whom the stored response had been made: what decides whether it fits.
QString cachedAnswer(const Step& step)
{
    const auto input = [&](const char* name) {
        const auto it = std::find_if(step.inputs.begin(), step.inputs.end(), [&](const auto& i) { return i.name == name; });
        return it == step.inputs.end() ? std::nullopt : it->value;
    };
    const auto allowed = input("Access-Control-Allow-Origin");
    return tr("stored %1 s ago for mode %2").arg(asText(input("seconds old").value_or("")), asText(input("stored for mode").value_or("")))
        + QLatin1Char('\n') + (allowed ? tr("allows %1").arg(asText(*allowed)) : tr("no Access-Control-Allow-Origin"));
}

// Where a stored response was refused: that it was one, and what would have kept it from being used.
QString cachePart(const SendOutcome& outcome)
{
    if (!outcome.fromCache || outcome.blocked->on == Blocked::On::Preflight || !isCorsFailure(outcome.blocked->why))
        return {};
    const auto& from = *outcome.fromCache;
    const auto asked = from.origin ? tr("with mode \"%1\" and Origin: %2").arg(asText(from.mode), asText(*from.origin))
                                   : tr("with mode \"%1\" and no Origin header").arg(asText(from.mode));
    auto text = from.state == FromCache::State::Validated
        ? tr("The answer came from the HTTP cache and the server confirmed it (304) without other CORS headers; it had been stored when this address was asked %1.").arg(asked)
        : tr("The answer came from the HTTP cache, where it had been stored %1 s ago when this address was asked %2; this time the server was not asked.")
              .arg(QString::number(from.ageSeconds), asked);
    if (!from.variesByOrigin)
        text += QLatin1Char(' ') + tr("It has no Vary: Origin, so the cache took it to fit every page and mode; a server that adds CORS headers to some answers only has to send Vary: Origin with all of them.");
    return text + QLatin1Char(' ');
}

QString ledgerPart(const SendOutcome& outcome)
{
    if (!outcome.effects.isEmpty()) {
        QStringList effects;
        for (const auto& effect : outcome.effects)
            effects.append(QString::fromUtf8(effect));
        return tr("The handler ran: %1.").arg(effects.join(tr("; ")));
    }
    if (outcome.handlerRuns == 0 && outcome.fromCache && !outcome.requestSent)
        return tr("The handler did not run.");
    if (outcome.handlerRuns == 0)
        return tr("The handler never ran; nothing changed on the server.");
    return outcome.blocked ? tr("The handler ran all the same; the server did its work.") : tr("The handler ran.");
}

} // namespace

QString stepTitle(const Step& step)
{
    const auto& catalogue = Catalogue::instance();
    if (const auto* rule = catalogue.rule(step.at); rule && !rule->title.isEmpty())
        return rule->title;
    if (const auto* chapter = catalogue.chapter(step.at.algorithm))
        return chapter->title;
    return step.label.isEmpty() ? asText(step.at.algorithm.id().toByteArray()) : QString::fromUtf8(step.label);
}

QString stepText(const Step& step, const Trace& trace)
{
    if (step.kind == StepKind::Message && step.at.step.isEmpty()) {
        const auto to = step.toLane >= 0 && size_t(step.toLane) < trace.lanes.size()
            ? trace.lanes[size_t(step.toLane)].title : QString();
        return to.isEmpty() ? QString() : tr("Passed on to %1.").arg(to);
    }
    const auto* rule = Catalogue::instance().rule(step.at);
    if (step.blocked && trace.lastSend()) {
        const auto* outcome = size_t(step.action) < trace.outcomes.size()
            ? std::get_if<SendOutcome>(&trace.outcomes[size_t(step.action)]) : nullptr;
        if (outcome)
            return reason(*step.blocked, *outcome);
    }
    return rule ? rule->text : QString();
}

static bool saysYes(const Step& step)
{
    return step.verdict == Verdict::Yes;
}

QString branchTaken(const Step& step)
{
    const auto* rule = Catalogue::instance().rule(step.at);
    if (!rule || step.verdict == Verdict::None)
        return {};
    if (step.kind == StepKind::Branch)
        return saysYes(step) ? rule->yes : rule->no;
    return rule->yes; // a decision ends at the step whose question was answered with yes
}

QString branchNotTaken(const Step& step)
{
    const auto* rule = Catalogue::instance().rule(step.at);
    if (!rule || step.verdict == Verdict::None)
        return {};
    if (step.kind == StepKind::Branch)
        return saysYes(step) ? rule->no : rule->yes;
    return rule->no;
}

QString citation(const Step& step)
{
    const auto* chapter = Catalogue::instance().chapter(step.at.algorithm);
    if (!chapter || chapter->standard.isEmpty())
        return {};
    const auto place = chapter->title == chapter->standard
        ? tr("%1 §%2").arg(chapter->standard, chapter->section)
        : tr("%1 §%2 %3").arg(chapter->standard, chapter->section, chapter->title);
    if (step.at.step.isEmpty())
        return place;
    // The arm of a switch is ours; the standard only numbers the switch.
    QByteArrayView number = step.at.step;
    for (qsizetype i = 0; i + 1 < number.size(); ++i)
        if (number[i] == '.' && !(number[i + 1] >= '0' && number[i + 1] <= '9'))
            number.truncate(i);
    return tr("%1, step %2").arg(place, asText(number));
}

QString citationUrl(const Step& step)
{
    const auto* chapter = Catalogue::instance().chapter(step.at.algorithm);
    return chapter ? chapter->url : QString();
}

// The number under which a person finds the step: the landmarks are counted, from one.
static int landmarkNumber(const Trace& trace, int step)
{
    const auto stops = walk::stops(trace, walk::Stops::Landmarks);
    return int(std::lower_bound(stops.begin(), stops.end(), step) - stops.begin()) + 1;
}

static QString compareSentence(const CompareOutcome& compare)
{
    int same = 0;
    for (const auto& pair : compare.pairs)
        same += pair.sameOrigin;
    if (same == 0)
        return tr("All of them are different origins. Scheme, host and port have to be the same, all three.");
    if (same == int(compare.pairs.size()))
        return tr("All of them are the same origin: same scheme, same host, same port.");
    return tr("%1 of %2 pairs are the same origin.").arg(same).arg(compare.pairs.size());
}

QString verdictSentence(const Trace& trace, int action)
{
    if (action < 0 || size_t(action) >= trace.outcomes.size())
        return {};
    const auto& outcome = trace.outcomes[size_t(action)];
    if (const auto* compare = std::get_if<CompareOutcome>(&outcome))
        return compareSentence(*compare);
    const auto* send = std::get_if<SendOutcome>(&outcome);
    if (!send)
        return {};

    if (!send->blocked) {
        if (send->page.bodyError != BodyError::None)
            return tr("Allowed, but the body did not arrive in full: script sees status and headers, and reading the body fails.")
                + QLatin1Char(' ') + ledgerPart(*send);
        const bool fromCache = send->fromCache && !send->requestSent;
        const auto opaque = fromCache ? tr("Answered from the HTTP cache, but opaque: script learns nothing of the answer.")
                                      : tr("Sent, but opaque: script learns nothing of the answer.");
        const auto readable = fromCache ? tr("Allowed: script reads the answer, which came from the HTTP cache.")
                                        : tr("Allowed: script reads the answer.");
        const auto allowed = send->visible == SendOutcome::Visible::Opaque ? opaque : readable;
        return allowed + QLatin1Char(' ') + ledgerPart(*send);
    }

    const auto why = send->blocked->why;
    if (why == Why::InvalidRequest)
        return tr("Refused by fetch() itself.") + QLatin1Char(' ') + reason(*send->blocked, *send);
    const bool decided = send->blockedStep >= 0 && send->blockedStep < trace.size();
    const auto title = decided ? stepTitle(trace.at(send->blockedStep)) : QString();
    const auto number = decided ? landmarkNumber(trace, send->blockedStep) : 0;
    QString head;
    if (isCorsFailure(why))
        head = send->blocked->on == Blocked::On::Preflight && !title.startsWith(tr("Preflight"))
            ? tr("Blocked by the browser at step %1: %2 on the preflight.").arg(number).arg(title)
            : tr("Blocked by the browser at step %1: %2.").arg(number).arg(title);
    else if (send->requestSent || send->preflight == SendOutcome::Preflight::Sent)
        head = tr("Failed: %1.").arg(shortReason(*send->blocked));
    else
        head = why >= Why::NameNotResolved ? tr("No answer: %1.").arg(shortReason(*send->blocked))
                                           : tr("Blocked by the browser at step %1, before anything was sent: %2.").arg(number).arg(title);
    return head + QLatin1Char(' ') + reason(*send->blocked, *send) + QLatin1Char(' ') + cachePart(*send) + ledgerPart(*send);
}

QString diagramText(const Step& step)
{
    if (step.blocked)
        return shortReason(*step.blocked);
    if (step.kind != StepKind::Decision && step.kind != StepKind::Branch)
        return {};
    if (step.at == Place{Algorithm::MainFetch, "12.same-origin"} && !step.inputs.empty()) {
        const auto& input = step.inputs.front();
        return step.verdict == Verdict::Yes ? QString()
                                            : originDifference(input.comparedWith.value_or(QByteArrayView()).toByteArray(),
                                                               input.value.value_or(QByteArrayView()).toByteArray());
    }
    if (step.at == Place{Algorithm::MainFetch, "12.preflight"})
        return step.verdict == Verdict::Yes ? preflightCauses(step) : QString();
    if (step.at == Place{Algorithm::HttpFetch, "4.1"})
        return tr("permission remembered");
    if (step.at == Place{Algorithm::HttpNetworkOrCacheFetch, "8.26.2.2.3"}
        || step.at == Place{Algorithm::HttpNetworkOrCacheFetch, "8.26.2.1"})
        return cachedAnswer(step);
    if (!step.label.isEmpty())
        return QString::fromUtf8(step.label);
    for (const auto& input : step.inputs)
        if (!step.decidingHeader.isEmpty() && input.name == step.decidingHeader)
            return shown(input);
    return step.inputs.empty() ? QString() : shown(step.inputs.front());
}

} // namespace corscope::explain

#include "core/scenario/Runner.h"

#include "core/scenario/ScenarioWords.h"

#include <QCoreApplication>

namespace corscope {

using namespace scenariowords;

static QString tr(const char* text)
{
    return QCoreApplication::translate("Expectations", text);
}

static QString verdictText(const SendOutcome& outcome)
{
    return outcome.blocked ? tr("blocked (%1)").arg(QString::fromUtf8(whyId(outcome.blocked->why)))
        : outcome.allowed() ? tr("allowed")
                            : tr("not allowed");
}

namespace {

/// The sentences about one action.
class Unmet
{
public:
    Unmet(const QString& subject, QStringList& sentences) : m_subject(subject), m_sentences(sentences) {}

    void compare(bool met, const QString& what, const QString& expected, const QString& found)
    {
        if (!met)
            m_sentences.append(tr("%1: expected %2 %3, found %4").arg(m_subject, what, expected, found));
    }
    void say(const QString& text) { m_sentences.append(m_subject + QStringLiteral(": ") + text); }

private:
    QString m_subject;
    QStringList& m_sentences;
};

} // namespace

static void look(const Expectation& expected, const SendOutcome& found, Unmet& unmet)
{
    const auto yesNo = [](bool value) { return value ? tr("yes") : tr("no"); };
    if (expected.allowed)
        unmet.compare(*expected.allowed == found.allowed(), tr("the verdict"), *expected.allowed ? tr("allowed") : tr("blocked"),
                      verdictText(found));
    if (expected.blockedWhy)
        unmet.compare(found.blocked && whyId(found.blocked->why) == *expected.blockedWhy, tr("the verdict"),
                      tr("blocked (%1)").arg(QString::fromUtf8(*expected.blockedWhy)), verdictText(found));
    if (expected.preflight)
        unmet.compare(*expected.preflight == found.preflight, tr("the preflight"), preflights().at(int(*expected.preflight)),
                      preflights().at(int(found.preflight)));
    if (expected.requestSent)
        unmet.compare(*expected.requestSent == found.requestSent, tr("request sent:"), yesNo(*expected.requestSent),
                      yesNo(found.requestSent));
    if (expected.visible)
        unmet.compare(*expected.visible == found.visible, tr("response visible:"), visibilities().at(int(*expected.visible)),
                      visibilities().at(int(found.visible)));
    if (expected.status)
        unmet.compare(*expected.status == found.page.status, tr("the status"), QString::number(*expected.status),
                      QString::number(found.page.status));
    if (expected.handlerRuns)
        unmet.compare(*expected.handlerRuns == found.handlerRuns, tr("handler runs:"), QString::number(*expected.handlerRuns),
                      QString::number(found.handlerRuns));
    if (expected.bodyError)
        unmet.compare(*expected.bodyError == found.page.bodyError, tr("the error in the body:"),
                      bodyErrors().at(int(*expected.bodyError)), bodyErrors().at(int(found.page.bodyError)));
    const auto& page = found.page;
    const auto whereabouts = [&](const QByteArray& name) {
        return page.headers.contains(name) ? tr("that it can be read") : page.hiddenHeaders.contains(name) ? tr("that it is hidden")
                                                                                                   : tr("no such header");
    };
    for (const auto& name : expected.visibleHeaders)
        unmet.compare(page.headers.contains(name), tr("the header %1").arg(QString::fromLatin1(name)),
                      tr("to be one that script can read"), whereabouts(name));
    for (const auto& name : expected.hiddenHeaders)
        unmet.compare(page.hiddenHeaders.contains(name) && !page.headers.contains(name),
                      tr("the header %1").arg(QString::fromLatin1(name)), tr("to be hidden from script"), whereabouts(name));
}

static void look(const Expectation& expected, const CompareOutcome& found, Unmet& unmet)
{
    if (!expected.sameOrigin)
        return;
    for (size_t i = 0; i < expected.sameOrigin->size() && i < found.pairs.size(); ++i) {
        const auto& pair = found.pairs[i];
        const auto same = [](bool value) { return value ? tr("the same origin") : tr("different origins"); };
        unmet.compare((*expected.sameOrigin)[i] == pair.sameOrigin,
                      tr("%1 and %2 to be").arg(QString::fromUtf8(pair.a), QString::fromUtf8(pair.b)),
                      same((*expected.sameOrigin)[i]), same(pair.sameOrigin));
    }
    if (expected.sameOrigin->size() != found.pairs.size())
        unmet.compare(false, tr("pairs:"), QString::number(expected.sameOrigin->size()), QString::number(found.pairs.size()));
}

QStringList unmetExpectations(const Scenario& scenario, const Trace& trace)
{
    QStringList sentences;
    for (const auto& expectation : scenario.expectations) {
        const auto index = size_t(expectation.action);
        auto subject = QStringLiteral("actions[%1]").arg(expectation.action);
        if (index < scenario.actions.size())
            if (const auto* send = std::get_if<SendAction>(&scenario.actions[index]))
                subject += QStringLiteral(" (%1 %2)").arg(QString::fromUtf8(send->call.method), QString::fromUtf8(send->call.url));
        Unmet unmet(subject, sentences);
        if (index >= trace.outcomes.size())
            unmet.say(tr("expected an outcome, found that it did not run"));
        else if (const auto* send = std::get_if<SendOutcome>(&trace.outcomes[index]))
            look(expectation, *send, unmet);
        else if (const auto* compare = std::get_if<CompareOutcome>(&trace.outcomes[index]))
            look(expectation, *compare, unmet);
        else
            unmet.say(tr("expected a verdict, found an action that has none"));
    }
    return sentences;
}

} // namespace corscope

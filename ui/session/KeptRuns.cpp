#include "ui/session/KeptRuns.h"

#include "ui/session/Preview.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"

namespace corscope {

/// What was asked and what came of it, in a line.
static QString summary(const Trace& trace)
{
    const auto* send = trace.lastSend();
    if (!send)
        return KeptRuns::tr("origins compared");
    return KeptRuns::tr("%1 · %2").arg(QString::fromUtf8(send->method + ' ' + send->url),
                                       send->allowed() ? KeptRuns::tr("allowed") : KeptRuns::tr("blocked"));
}

KeptRuns::KeptRuns(ScenarioDocument& document, TraceCursor& cursor, const Preview& preview, QObject* parent)
    : QObject(parent), m_document(document), m_cursor(cursor), m_preview(preview)
{
    connect(&cursor, &TraceCursor::traceChanged, this, &KeptRuns::traceChanged);
    connect(&cursor, &TraceCursor::liveChanged, this, &KeptRuns::changed);
    connect(&preview, &Preview::sentChanged, this, &KeptRuns::changed);
}

void KeptRuns::traceChanged()
{
    if (m_cursor.isLive())
        return; // which is not complete, and not to be compared
    m_shown = m_document.scenario();
    Q_EMIT changed();
}

std::optional<KeptRun> KeptRuns::shown() const
{
    const auto& trace = m_cursor.trace();
    if (m_cursor.isLive() || m_cursor.isEmpty() || trace->outcomes.empty())
        return std::nullopt;
    const auto source = m_cursor.standing().source;
    const auto words = source == TraceStanding::Source::Preview ? tr("The preview · %1") : tr("The run that is shown · %1");
    return KeptRun{"shown", words.arg(summary(*trace)), trace, m_shown, source};
}

std::optional<KeptRun> KeptRuns::sent() const
{
    const auto& trace = m_preview.sentTrace();
    if (!trace || trace->size() == 0)
        return std::nullopt;
    return KeptRun{"sent", tr("Last sent · %1").arg(summary(*trace)), trace, m_preview.sentScenario(), TraceStanding::Source::Wire};
}

bool KeptRuns::shownIsSent() const
{
    return m_preview.sentTrace() && m_preview.sentTrace() == m_cursor.trace();
}

void KeptRuns::keep()
{
    auto run = shown();
    if (!run)
        return;
    run->id = "kept-" + QByteArray::number(m_count + 1);
    run->name = tr("Kept %1 · %2").arg(QString::number(++m_count), summary(*run->trace));
    m_kept.push_back(*std::move(run));
    if (m_kept.size() > most)
        m_kept.erase(m_kept.begin());
    Q_EMIT changed();
}

} // namespace corscope

#pragma once

#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"
#include "ui/session/TraceStanding.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace corscope {

class Preview;
class ScenarioDocument;
class TraceCursor;

/// A run and what it was made of.
struct KeptRun
{
    QByteArray id; ///< "shown", "sent", "kept-2": what stays the same while the run under it becomes another
    QString name;  ///< "Run 2 · PUT http://localhost:5000/items/1 · blocked"
    std::shared_ptr<const Trace> trace;
    Scenario scenario;
    TraceStanding::Source source = TraceStanding::Source::Wire;
};

/// The runs that can be compared: those that were put aside, the last one that was sent, and the one that is shown.
/// They stay when another scenario is opened.
class KeptRuns : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t most = 8; ///< then the oldest goes

    KeptRuns(ScenarioDocument& document, TraceCursor& cursor, const Preview& preview, QObject* parent = nullptr);

    const std::vector<KeptRun>& kept() const { return m_kept; } ///< oldest first
    std::optional<KeptRun> shown() const; ///< null while there is none, or none that is complete
    std::optional<KeptRun> sent() const;
    /// Whether the run that is shown is the one that was sent last.
    bool shownIsSent() const;

public Q_SLOTS:
    void keep(); ///< puts the run that is shown aside

Q_SIGNALS:
    void changed();

private:
    void traceChanged();

    ScenarioDocument& m_document;
    TraceCursor& m_cursor;
    const Preview& m_preview;
    std::vector<KeptRun> m_kept;
    Scenario m_shown; ///< what the trace that is shown was made of
    int m_count = 0;
};

} // namespace corscope

#pragma once

#include <QString>

namespace corscope {

/// What the trace that is shown has to do with the scenario as it stands now.
struct TraceStanding
{
    enum class Source {
        Wire,   ///< it was sent
        Preview ///< worked out in-process after an edit; nothing was sent
    };
    enum class Validity {
        Current,   ///< it is what the scenario does
        Computing, ///< from before an edit whose preview is not there yet
        Refused    ///< from before an edit that cannot be run; `sentence` says why
    };
    Source source = Source::Wire;
    Validity validity = Validity::Current;
    QString sentence;
    QString unread; ///< what is wrong with text that could not be read, and so is in neither scenario nor trace
    bool isPreview() const { return source == Source::Preview; }
    bool operator==(const TraceStanding&) const = default;
};

} // namespace corscope

#pragma once

#include "core/explain/StepWords.h"
#include "core/trace/Trace.h"

#include <QString>

#include <vector>

namespace corscope::share {

/// Where everything of a sequence diagram stands that is written to a file, in pixels of a 13 pixel font. Without Qt Gui,
/// so text is measured by a table (TextWidth).
struct SequenceLayout
{
    struct Rect
    {
        double x = 0, y = 0, width = 0, height = 0;
        double right() const { return x + width; }
        double bottom() const { return y + height; }
    };
    struct Line
    {
        QString text;
        double x = 0;        ///< of its left end; in a lane's header, of its middle
        double baseline = 0;
        double width = 0;
        bool strong = false;
        bool quiet = false;  ///< second to the title
    };
    struct LaneBox
    {
        Lane::Kind kind = Lane::Kind::Browser;
        double x = 0;        ///< of the lifeline
        Rect header;
        std::vector<Line> lines;
    };
    using Mark = stepwords::Mark;
    struct Row
    {
        enum class Kind { Arrow, Box, Effect };
        Kind kind = Kind::Box;
        const Step* step = nullptr;
        int number = 0;       ///< as people count, from 1
        bool ghost = false;
        bool response = false;
        bool preflight = false;
        bool failed = false;
        bool blocking = false; ///< the step that decided against the page
        Mark mark = Mark::None;
        Rect bounds;
        Rect box;             ///< of a decision or an effect
        double fromX = 0, toX = 0, y = 0; ///< of an arrow
        std::vector<Line> lines;
    };
    struct Group
    {
        Rect rect;
        Line title;
    };
    struct Divider
    {
        double y = 0;
        Line title;
    };

    std::vector<LaneBox> lanes;
    std::vector<Row> rows;
    std::vector<Group> groups;
    std::vector<Divider> dividers;
    double headerBottom = 0;
    double width = 0;
    double height = 0;

    static constexpr double fontSize = 13;
    static constexpr double lineHeight = 17;
};

/// \param action index of one action; -1 for all. Points into the trace.
SequenceLayout layoutSequence(const Trace& trace, int action = -1);

} // namespace corscope::share

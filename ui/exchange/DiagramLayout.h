#pragma once

#include "core/explain/StepWords.h"
#include "core/trace/Trace.h"

#include <QFont>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <set>
#include <vector>

namespace corscope {

/// What of a trace is drawn.
struct DiagramFilter
{
    bool messages = true;             ///< with those never sent
    bool decisions = true;
    bool changes = true;              ///< effects: what was written down, stored, forgotten
    std::set<QByteArray> hiddenLanes; ///< ids
    bool foldPreflights = false;      ///< each preflight as one row
    std::set<int> otherwise;          ///< preflights (their Enter steps) that are folded when the rest is not, or not when it is

    bool folds(int preflight) const { return foldPreflights != otherwise.contains(preflight); }
    bool shows(const Step& step) const;
    bool showsAll() const { return messages && decisions && changes && hiddenLanes.empty(); }
    bool operator==(const DiagramFilter&) const = default;
};

/// Where everything of a sequence diagram stands, in pixels: a pure function of trace, font and width, so that it can be
/// tested, drawn on a screen, printed, or written to a file.
struct DiagramLayout
{
    /// One line of text that fits its rectangle.
    struct Line
    {
        QString text;
        QRectF rect;
        bool strong = false;
        bool detail = false; ///< second to the title
    };
    struct LaneBox
    {
        Lane::Kind kind = Lane::Kind::Browser;
        double x = 0;       ///< of the lifeline
        double left = 0;    ///< what stands on this lane stays between left and right
        double right = 0;
        QRectF header;
        std::vector<Line> lines;
        QString full;       ///< the whole title
        bool hidden = false; ///< filtered out: has no lifeline
    };
    using Mark = stepwords::Mark;
    struct Row
    {
        /// ShortCut: a preflight that a remembered one made needless. Folded: a whole preflight.
        enum class Kind { Arrow, Box, Effect, ShortCut, Folded };
        Kind kind = Kind::Box;
        int step = 0;
        int lastStep = 0;      ///< of a folded preflight; else the same
        int number = 0;        ///< as people count, from 1
        int lane = 0;
        int toLane = -1;
        bool ghost = false;
        bool response = false; ///< the message answers
        bool preflight = false;
        bool redirect = false; ///< the message sends the browser elsewhere
        bool cut = false;      ///< an arrow to or from a lane that is filtered out
        bool failed = false;
        bool blocking = false; ///< the step that decided against the page
        Mark mark = Mark::None;
        QRectF bounds;         ///< everything that belongs to the row
        QRectF box;            ///< of a decision or an effect
        QRectF markRect;
        QRectF badge;          ///< behind "Blocked here"; its words are the first line
        double fromX = 0, toX = 0, y = 0; ///< of an arrow
        std::vector<Line> lines;
        QString folded;        ///< the words of a folded preflight, uncut
    };
    struct Group
    {
        QRectF rect;
        Line title;
        QRectF sign;     ///< the triangle that folds
        int firstStep = 0;
        int preflight = -1; ///< the Enter step of it
    };
    /// A line across all lanes where the next action of the scenario begins.
    struct Divider
    {
        double y = 0;
        Line title;
        int firstStep = 0;
    };
    /// What a handler did in all, at the foot of its lane.
    struct Note
    {
        int lane = 0;
        int runs = 0;
        QRectF rect;
        Line line;
    };

    std::vector<LaneBox> lanes;
    std::vector<Row> rows;
    std::vector<Group> groups;
    std::vector<Divider> dividers;
    std::vector<Note> notes;
    double headerHeight = 0;
    double width = 0;
    double height = 0;

    /// Row of a step; null where it is not drawn.
    const Row* rowOf(int step) const;
    const Row* rowAt(const QPointF& point) const;
    /// Index of the first row that ends below a height, and so of the first one in sight there; rows.size() where none.
    size_t firstRowBelow(double y) const;
};

/// All that a row has to say, for a tooltip and for screen readers.
QString rowText(const DiagramLayout::Row& row, const Trace& trace);

/// \param width there is; the diagram is wider where its lanes need more.
DiagramLayout layoutDiagram(const Trace& trace, const QFont& font, double width, const DiagramFilter& filter = {});

} // namespace corscope

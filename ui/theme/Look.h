#pragma once

#include "ui/theme/Theme.h"

#include <QMargins>
#include <QStyle>

#include <array>

namespace corscope {

/// What a widget is to the eye, named by its dynamic property "role"; None for the usual ones of its class.
enum class Role { None, Card, CardHeading, CardTitle, Bar, Badge, Chip, ChipRemove, Input, Inner, Note, Muted, Grip, Quiet, Primary,
                  Segment, Chooser, StageRow, StageName, Banner, DropLine, CodeView, Lined };
Role roleOf(const QWidget* widget);

/// A box as one widget has it in one state: ground, line around it, room between line and content, and its text.
struct Look
{
    QColor fill;                        ///< invalid: what is behind shows through
    QColor line;                        ///< invalid: has its width, but cannot be seen
    QMargins width;                     ///< of the line
    std::array<int, 4> radius{};        ///< top left, top right, bottom right, bottom left
    QMargins padding;
    QMargins margin;                    ///< outside of the line
    QColor text;                        ///< invalid: the palette's
    Qt::PenStyle pen = Qt::SolidLine;
    bool strong = false;                ///< its text is bold
    bool leftAligned = false;

    QMargins around() const { return width + padding + margin; }
    void setRadius(int all) { radius.fill(all); }
};

/// Every box of the program in the colours of one theme and the lengths of one size of text.
class Looks
{
public:
    Looks(const Theme& theme, const QFont& font);

    /// Of a frame, a label or whatever else paints no box of its own; nothing where it needs none.
    std::optional<Look> frame(const QWidget& widget, QStyle::State state) const;
    Look button(const QWidget* widget, QStyle::State state) const;
    /// A line to type in, a list to choose from.
    Look field(const QWidget* widget, QStyle::State state) const;

    Theme theme;
    int hair, quarter, third, half, one; ///< paddings, in parts of a line of text; all lengths in pixels
    int inner;                           ///< radius of what is operated
    int card;                            ///< radius of what holds it
    int pill;
    int pillPadding;
    int tick;                            ///< side of a check box
    int drop;                            ///< width of a list's arrow and its room
    int arrow;
    int scroll;
    int knob;
    QColor hover;
    QColor accentHover;
    QColor ticked;

private:
    QColor softened(const Theme::Tone& tone) const;
    std::optional<Look> toned(const QWidget& widget, Role role) const;
};

void paintBox(QPainter& painter, const QRect& rect, const Look& look);

} // namespace corscope

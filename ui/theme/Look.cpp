#include "ui/theme/Look.h"

#include <QFontMetricsF>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVariant>

#include <algorithm>

namespace corscope {

Role roleOf(const QWidget* widget)
{
    static const std::pair<QLatin1String, Role> roles[] = {
        {QLatin1String("card"), Role::Card}, {QLatin1String("card-heading"), Role::CardHeading},
        {QLatin1String("card-title"), Role::CardTitle}, {QLatin1String("bar"), Role::Bar}, {QLatin1String("badge"), Role::Badge},
        {QLatin1String("chip"), Role::Chip}, {QLatin1String("chip-remove"), Role::ChipRemove}, {QLatin1String("input"), Role::Input},
        {QLatin1String("inner"), Role::Inner}, {QLatin1String("note"), Role::Note}, {QLatin1String("muted"), Role::Muted},
        {QLatin1String("grip"), Role::Grip}, {QLatin1String("quiet"), Role::Quiet}, {QLatin1String("primary"), Role::Primary},
        {QLatin1String("segment"), Role::Segment}, {QLatin1String("chooser"), Role::Chooser},
        {QLatin1String("stage-row"), Role::StageRow}, {QLatin1String("stage-name"), Role::StageName},
        {QLatin1String("banner"), Role::Banner}, {QLatin1String("drop-line"), Role::DropLine},
        {QLatin1String("code-view"), Role::CodeView}, {QLatin1String("lined"), Role::Lined}};
    const auto name = widget ? widget->property("role").toString() : QString();
    if (name.isEmpty())
        return Role::None;
    for (const auto& [known, role] : roles)
        if (name == known)
            return role;
    return Role::None;
}

static bool is(const QWidget& widget, const char* property)
{
    return widget.property(property).toBool();
}

static bool is(const QWidget& widget, const char* property, const char* value)
{
    return widget.property(property).toString() == QLatin1String(value);
}

Looks::Looks(const Theme& t, const QFont& font) : theme(t)
{
    const double em = QFontMetricsF(font).height();
    const auto px = [em](double part) { return qRound(em * part); };
    hair = px(0.08);
    quarter = px(0.22);
    third = px(0.33);
    half = px(0.5);
    one = px(1);
    inner = px(0.3);
    card = px(0.4);
    pill = px(0.58);
    pillPadding = px(0.42);
    tick = px(0.75);
    drop = px(1.1);
    arrow = px(0.6);
    scroll = px(0.6);
    knob = px(0.62);
    const bool light = theme.kind == Theme::Kind::Light;
    hover = light ? QColor(0xf0f4fau) : theme.heading.lighter(115);
    accentHover = light ? theme.accent.darker(112) : theme.accent.lighter(112);
    ticked = theme.kind == Theme::Kind::HighContrast ? QColor(0x3355aau) : theme.accent;
}

/// A line that is no louder than the fill it goes around.
QColor Looks::softened(const Theme::Tone& tone) const
{
    if (theme.kind == Theme::Kind::HighContrast)
        return tone.line;
    const auto mixed = [](float line, float fill) { return line * 0.45f + fill * 0.55f; };
    return QColor::fromRgbF(mixed(tone.line.redF(), tone.fill.redF()), mixed(tone.line.greenF(), tone.fill.greenF()),
                            mixed(tone.line.blueF(), tone.fill.blueF()));
}

/// Badges and cards, whose colours tell what happened.
std::optional<Look> Looks::toned(const QWidget& widget, Role role) const
{
    const bool plain = theme.kind == Theme::Kind::HighContrast;
    const auto name = widget.property("look").toString();
    const auto named = [&](const char* one, const char* other) { return name == QLatin1String(one) || name == QLatin1String(other); };
    const bool allow = named("allow", "good"), block = named("block", "bad"), accent = named("accent", "accent");
    const bool warning = named("preflight", "warning");
    const auto& tone = allow ? theme.allow : block ? theme.block : accent ? theme.chosen : warning ? theme.preflight : theme.neutral;
    Look look;
    look.width = {1, 1, 1, 1};
    if (role == Role::Card) {
        look.setRadius(card);
        look.fill = allow || block || accent ? tone.fill : theme.panel;
        look.line = allow ? softened(tone) : block || accent ? tone.line : theme.border;
        return look;
    }
    look.fill = tone.fill;
    look.text = tone.text;
    look.setRadius(pill);
    look.padding = {pillPadding, hair, pillPadding, hair};
    if (plain)
        look.line = theme.border;
    // On a card of its own colour only its line tells it from the ground.
    for (const auto* around = widget.parentWidget(); around && (allow || block); around = around->parentWidget())
        if (roleOf(around) == Role::Card && around->property("look").toString() == name) {
            look.line = allow ? softened(tone) : tone.line;
            break;
        }
    return look;
}

std::optional<Look> Looks::frame(const QWidget& widget, QStyle::State state) const
{
    Look look;
    const auto role = roleOf(&widget);
    switch (role) {
    case Role::Card:
    case Role::Badge:
        return toned(widget, role);
    case Role::CardHeading:
        look.fill = theme.heading;
        look.line = theme.border;
        look.width = {0, 0, 0, 1};
        look.radius = {inner, inner, 0, 0};
        return look;
    case Role::Bar:
        look.fill = theme.panel;
        look.line = theme.border;
        look.width = {0, 0, 0, 1};
        return look;
    case Role::Chip:
        look.fill = theme.neutral.fill;
        look.text = theme.text;
        if (theme.kind == Theme::Kind::HighContrast)
            look.line = theme.border;
        look.width = {1, 1, 1, 1};
        look.setRadius(inner);
        look.padding = {third, 0, third, 0};
        return look;
    case Role::Input:
        return field(&widget, state);
    case Role::Banner: {
        const bool warning = is(widget, "look", "warning");
        look.fill = warning ? theme.preflight.fill : theme.neutral.fill;
        look.text = theme.text;
        look.line = warning ? theme.preflight.text : theme.fieldBorder;
        look.width = {3, 0, 0, 0};
        look.padding = {third, quarter, third, quarter};
        return look;
    }
    case Role::StageRow:
        look.width = {1, 1, 1, 1};
        look.setRadius(inner);
        if (is(widget, "chosen")) {
            look.fill = theme.chosen.fill;
            look.line = theme.chosen.line;
        } else if (state & QStyle::State_MouseOver) {
            look.fill = hover;
        }
        if (is(widget, "dragged")) {
            look.line = theme.chosen.line;
            look.pen = Qt::DashLine;
        }
        return look;
    case Role::DropLine:
        look.fill = theme.accent;
        return look;
    case Role::Note:
        look.text = is(widget, "invalid") ? theme.block.text : theme.muted;
        return look;
    case Role::Muted:
    case Role::Grip:
        look.text = theme.muted;
        return look;
    case Role::CardTitle:
        look.strong = true;
        return look;
    case Role::CodeView:
        return look;
    default:
        break;
    }
    if (is(widget, "marked")) {
        look.fill = theme.chosen.fill;
        look.text = theme.chosen.text;
        look.setRadius(hair);
        return look;
    }
    if (qobject_cast<const QPlainTextEdit*>(&widget)) {
        look = field(&widget, state);
        look.padding = is(widget, "role", "code-edit") ? QMargins(quarter, quarter, quarter, quarter) : QMargins();
        return look;
    }
    return std::nullopt;
}

Look Looks::field(const QWidget* widget, QStyle::State state) const
{
    Look look;
    if (roleOf(widget) == Role::Inner)
        return look;
    look.fill = theme.field;
    look.line = widget && is(*widget, "invalid") ? theme.block.line : state & QStyle::State_HasFocus ? theme.focus : theme.fieldBorder;
    look.width = {1, 1, 1, 1};
    look.setRadius(inner);
    if (roleOf(widget) != Role::Input)
        look.padding = {third, quarter, third, quarter};
    return look;
}

Look Looks::button(const QWidget* widget, QStyle::State state) const
{
    const auto role = roleOf(widget);
    const bool enabled = state & QStyle::State_Enabled;
    const bool hovered = enabled && state & QStyle::State_MouseOver;
    const bool pressed = enabled && state & QStyle::State_Sunken;
    const bool checked = state & QStyle::State_On;
    const bool focused = enabled && state & QStyle::State_HasFocus;
    const bool quiet = role == Role::Quiet || role == Role::ChipRemove || role == Role::StageName;

    Look look;
    look.fill = quiet ? QColor() : theme.panel;
    look.line = quiet ? QColor() : theme.fieldBorder;
    look.text = role == Role::Quiet ? theme.chosen.text : role == Role::ChipRemove ? theme.muted : theme.text;
    look.width = {1, 1, 1, 1};
    look.setRadius(inner);
    look.padding = qobject_cast<const QToolButton*>(widget) ? QMargins(quarter, quarter, quarter, quarter)
                                                            : QMargins(half, quarter, half, quarter);
    look.leftAligned = role == Role::Chooser || role == Role::StageName;
    if (role == Role::ChipRemove)
        look.padding = {hair, 0, hair, 0};
    if (role == Role::StageName)
        look.padding = {hair, quarter, hair, quarter};
    if (role == Role::Segment) {
        const bool first = is(*widget, "place", "first"), last = is(*widget, "place", "last");
        look.radius = {first ? inner : 0, last ? inner : 0, last ? inner : 0, first ? inner : 0};
        look.margin = {first ? 0 : -1, 0, 0, 0}; // neighbours share a line
    }

    if (role == Role::Primary) {
        look.fill = !enabled ? theme.neutral.fill : hovered || pressed ? accentHover : theme.accent;
        look.line = !enabled ? theme.border : focused ? theme.text : theme.accent;
        look.text = enabled ? theme.onAccent : theme.ghost;
        look.strong = true;
        if (focused) { // a line wider than the others', in the same room
            look.width = {2, 2, 2, 2};
            look.padding -= 1;
        }
        return look;
    }
    if (role == Role::StageName) {
        look.text = !enabled ? theme.ghost : checked ? theme.chosen.text : theme.text;
        look.strong = checked;
    } else if (checked || pressed) {
        look.fill = theme.chosen.fill;
        if (checked) {
            look.text = theme.chosen.text;
            look.line = theme.chosen.line;
            look.strong = role == Role::Segment;
        }
    } else if (hovered) {
        look.fill = role == Role::ChipRemove ? theme.block.fill : hover;
        if (role == Role::ChipRemove)
            look.text = theme.block.text;
    }
    if (!enabled) {
        look.text = theme.ghost;
        look.fill = quiet ? QColor() : theme.panel;
        look.line = quiet ? QColor() : theme.border;
    }
    if (focused)
        look.line = theme.focus;
    return look;
}

/// A rectangle whose corners are rounded each on its own.
static QPainterPath rounded(const QRectF& rect, const std::array<int, 4>& radius, double less)
{
    const auto r = [&](int i) { return std::max(0.0, std::min({radius[i] - less, rect.width() / 2, rect.height() / 2})); };
    QPainterPath path;
    path.moveTo(rect.left(), rect.bottom() - r(3));
    const auto corner = [&](const QPointF& at, double dx, double dy, double side, int from) {
        // An arc of no size would draw no line to the corner.
        if (side > 0)
            path.arcTo(at.x() - (dx > 0 ? 2 * side : 0), at.y() - (dy > 0 ? 2 * side : 0), 2 * side, 2 * side, from, -90);
        else
            path.lineTo(at);
    };
    corner(rect.topLeft(), -1, -1, r(0), 180);
    corner(rect.topRight(), 1, -1, r(1), 90);
    corner(rect.bottomRight(), 1, 1, r(2), 0);
    corner(rect.bottomLeft(), -1, 1, r(3), 270);
    path.closeSubpath();
    return path;
}

void paintBox(QPainter& painter, const QRect& whole, const Look& look)
{
    const auto rect = whole.marginsRemoved(look.margin);
    const bool isRound = look.radius != std::array<int, 4>{};
    const bool isRing = look.width.left() && look.width == QMargins(1, 1, 1, 1) * look.width.left();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, isRound);
    if (isRing && look.line.isValid()) {
        const double half = look.width.left() / 2.0;
        painter.setPen(QPen(look.line, look.width.left(), look.pen));
        painter.setBrush(look.fill.isValid() ? QBrush(look.fill) : QBrush(Qt::NoBrush));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawPath(rounded(QRectF(rect).adjusted(half, half, -half, -half), look.radius, half));
    } else {
        if (look.fill.isValid() && isRound)
            painter.fillPath(rounded(rect, look.radius, 0), look.fill);
        else if (look.fill.isValid())
            painter.fillRect(rect, look.fill);
        if (look.line.isValid()) {
            const auto& w = look.width;
            painter.fillRect(QRect(rect.left(), rect.top(), w.left(), rect.height()), look.line);
            painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - w.bottom(), rect.width(), w.bottom()), look.line);
        }
    }
    painter.restore();
}

} // namespace corscope

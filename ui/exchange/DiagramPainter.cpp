#include "ui/exchange/DiagramPainter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace corscope {

using Row = DiagramLayout::Row;
using Mark = DiagramLayout::Mark;

namespace {

constexpr double faint = 0.38;

class Pencil
{
public:
    Pencil(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look)
        : m_painter(painter), m_layout(layout), m_look(look), m_theme(look.theme), m_strong(look.font),
          m_em(QFontMetricsF(look.font).height())
    {
        m_strong.setBold(true);
    }

    void lifelines() const;
    void group(const DiagramLayout::Group& group) const;
    void divider(const DiagramLayout::Divider& divider) const;
    void note(const DiagramLayout::Note& note) const;
    void band(const Row& row) const;
    void row(const Row& row) const;
    void header(const DiagramLayout::LaneBox& lane) const;

private:
    QRectF bandRect(const Row& row) const;
    void erase(const QRectF& rect, const QColor& ground) const
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(ground);
        m_painter.drawRoundedRect(rect, m_em * 0.4, m_em * 0.4);
    }
    void arrow(const Row& row) const;
    void box(const Row& row) const;
    void mark(const Row& row, const QColor& color) const;
    void text(const DiagramLayout::Line& line, const QColor& color) const;
    bool happened(int step) const { return step <= m_look.until; }
    QColor ground(const Row& row) const;
    const Theme::Tone& laneTone(Lane::Kind kind) const
    {
        return kind == Lane::Kind::Page ? m_theme.page : kind == Lane::Kind::Browser ? m_theme.browser : m_theme.server;
    }

    QPainter& m_painter;
    const DiagramLayout& m_layout;
    const DiagramLook& m_look;
    const Theme& m_theme;
    QFont m_strong;
    double m_em;
};

void Pencil::text(const DiagramLayout::Line& line, const QColor& color) const
{
    m_painter.setFont(line.strong ? m_strong : m_look.font);
    m_painter.setPen(color);
    m_painter.drawText(line.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line.text);
}

void Pencil::lifelines() const
{
    QPen pen(m_theme.lifeline, 1, Qt::CustomDashLine);
    pen.setDashPattern({4, 4});
    m_painter.setPen(pen);
    for (const auto& lane : m_layout.lanes)
        m_painter.drawLine(QPointF(lane.x + 0.5, lane.header.bottom()), QPointF(lane.x + 0.5, m_layout.height - 4));
}

void Pencil::group(const DiagramLayout::Group& group) const
{
    m_painter.setOpacity(happened(group.firstStep) ? 1 : faint + 0.2);
    m_painter.setPen(QPen(m_theme.preflight.line, 1));
    m_painter.setBrush(m_theme.preflight.fill);
    const auto rect = QRectF(group.rect.toAlignedRect()).adjusted(0.5, 0.5, -0.5, -0.5);
    m_painter.drawRoundedRect(rect, m_em * 0.35, m_em * 0.35);
    text(group.title, m_theme.preflight.text);
    m_painter.setOpacity(1);
    // The lifelines go on through the frame.
    QPen pen(m_theme.lifeline, 1, Qt::CustomDashLine);
    pen.setDashPattern({4, 4});
    m_painter.setPen(pen);
    for (const auto& lane : m_layout.lanes)
        if (lane.x > rect.left() && lane.x < rect.right())
            m_painter.drawLine(QPointF(lane.x + 0.5, group.title.rect.bottom()), QPointF(lane.x + 0.5, rect.bottom()));
}

void Pencil::divider(const DiagramLayout::Divider& divider) const
{
    m_painter.setOpacity(happened(divider.firstStep) ? 1 : faint + 0.2);
    m_painter.setPen(QPen(m_theme.border, 1));
    m_painter.drawLine(QPointF(6, divider.y + 0.5), QPointF(m_layout.width - 6, divider.y + 0.5));
    m_painter.fillRect(divider.title.rect.adjusted(-4, 0, 6, 0), m_theme.panel);
    text(divider.title, m_theme.muted);
    m_painter.setOpacity(1);
}

void Pencil::note(const DiagramLayout::Note& note) const
{
    erase(note.rect, m_theme.panel);
    m_painter.setOpacity(m_layout.rows.empty() || happened(m_layout.rows.back().step) ? 1 : faint);
    const auto& tone = note.runs ? m_theme.server : m_theme.neutral;
    m_painter.setPen(QPen(note.runs ? tone.line : m_theme.border, 1, note.runs ? Qt::SolidLine : Qt::DashLine));
    m_painter.setBrush(note.runs ? tone.fill : m_theme.panel);
    m_painter.drawRoundedRect(note.rect.adjusted(0.5, 0.5, -0.5, -0.5), note.rect.height() / 2, note.rect.height() / 2);
    text(note.line, note.runs ? tone.text : m_theme.muted);
    m_painter.setOpacity(1);
}

QColor Pencil::ground(const Row& row) const
{
    if (row.preflight)
        return m_theme.preflight.fill;
    if (row.step != m_look.current)
        return m_theme.panel;
    const auto mix = [](float a, float b) { return a * 0.12f + b * 0.88f; };
    return QColor::fromRgbF(mix(m_theme.accent.redF(), m_theme.panel.redF()),
                            mix(m_theme.accent.greenF(), m_theme.panel.greenF()),
                            mix(m_theme.accent.blueF(), m_theme.panel.blueF()));
}

QRectF Pencil::bandRect(const Row& row) const
{
    return QRectF(3.5, std::floor(row.bounds.top() - m_em * 0.2) + 0.5, m_layout.width - 7,
                  std::ceil(row.bounds.height() + m_em * 0.4));
}

/// A tint across the whole width, under everything, says which step is looked at.
void Pencil::band(const Row& row) const
{
    auto fill = m_theme.accent;
    fill.setAlphaF(row.step == m_look.current ? 0.12f : 0.05f);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(fill);
    m_painter.drawRoundedRect(bandRect(row), m_em * 0.25, m_em * 0.25);
}

void Pencil::row(const Row& row) const
{
    const bool current = row.step == m_look.current;
    if (current) {
        // The frame is not blue alone: it has a bar at its side, and it is the only row that has either.
        const auto rect = bandRect(row);
        m_painter.setPen(QPen(m_theme.focus, m_look.focused ? 1.6 : 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(rect, m_em * 0.25, m_em * 0.25);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.focus);
        m_painter.drawRoundedRect(QRectF(rect.left(), rect.top(), m_em * 0.25, rect.height()), 2, 2);
    }
    // Lifelines end where something stands on them, however faint it is, and do not strike through words.
    if (row.kind != Row::Kind::Arrow)
        erase(row.box, ground(row));
    for (const auto& line : row.lines)
        for (const auto& lane : m_layout.lanes)
            if (row.kind == Row::Kind::Arrow && lane.x > line.rect.left() - 2 && lane.x < line.rect.right() + 2)
                m_painter.fillRect(QRectF(lane.x - 1, line.rect.top(), 3, line.rect.height()), ground(row));
    m_painter.setOpacity(happened(row.step) || current ? 1 : faint);
    if (row.kind == Row::Kind::Arrow)
        arrow(row);
    else
        box(row);
    m_painter.setOpacity(1);
}

void Pencil::arrow(const Row& row) const
{
    const auto color = row.ghost ? m_theme.ghost
        : row.failed             ? m_theme.block.line
        : row.preflight          ? m_theme.preflight.text
                                 : m_theme.page.line;
    const auto words = row.ghost ? m_theme.ghost : row.failed ? m_theme.block.text : m_theme.text;
    for (const auto& line : row.lines)
        text(line, line.detail && !row.failed && !row.ghost ? m_theme.muted : words);

    const double head = m_em * 0.42;
    const double direction = row.toX > row.fromX ? 1 : -1;
    const double y = row.y + 0.5;
    QPen pen(color, row.blocking ? 3 : row.ghost ? 1.4 : 1.8);
    pen.setCapStyle(Qt::FlatCap);
    if (row.ghost)
        pen.setDashPattern({3, 4});
    else if (row.response)
        pen.setDashPattern({5, 3});
    m_painter.setPen(pen);
    const double tip = row.toX + 0.5 - direction;
    m_painter.drawLine(QPointF(row.fromX + 0.5 + direction, y), QPointF(tip - direction * head, y));
    const QPolygonF triangle({{tip, y}, {tip - direction * head * 1.25, y - head * 0.72},
                              {tip - direction * head * 1.25, y + head * 0.72}});
    m_painter.setPen(QPen(color, 1.2));
    m_painter.setBrush(row.ghost ? m_theme.panel : color);
    m_painter.drawPolygon(triangle);
}

void Pencil::box(const Row& row) const
{
    const bool effect = row.kind == Row::Kind::Effect;
    const bool refused = row.mark == Mark::No;
    const auto line = row.ghost ? m_theme.ghost
        : row.blocking || refused ? m_theme.block.line
        : effect                  ? m_theme.server.line
        : row.mark == Mark::Yes   ? m_theme.allow.line
                                  : m_theme.fieldBorder;
    const auto fill = row.blocking || refused ? m_theme.block.fill : effect ? m_theme.server.fill : m_theme.panel;
    const double width = row.blocking ? 3 : refused ? 2 : 1.2;
    m_painter.setPen(QPen(line, width, row.ghost ? Qt::DashLine : Qt::SolidLine));
    m_painter.setBrush(fill);
    const auto rect = row.box.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    const double radius = effect ? 1 : m_em * (row.blocking ? 0.4 : 0.55);
    m_painter.drawRoundedRect(rect, radius, radius);
    const auto words = row.blocking || refused ? m_theme.block.text : effect ? m_theme.server.text : m_theme.text;
    for (const auto& line : row.lines)
        text(line, line.detail ? (row.blocking || refused ? m_theme.text : m_theme.muted) : words);
    mark(row, line);
}

void Pencil::mark(const Row& row, const QColor& color) const
{
    if (row.mark == Mark::None)
        return;
    const auto& rect = row.markRect;
    const bool filled = row.mark != Mark::Question;
    m_painter.setPen(filled ? Qt::NoPen : QPen(m_theme.muted, 1.2));
    m_painter.setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
    m_painter.drawEllipse(rect.adjusted(0.6, 0.6, -0.6, -0.6));
    const auto at = [&](double x, double y) {
        return QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    };
    if (row.mark == Mark::Question) {
        auto font = m_strong;
        font.setPointSizeF(font.pointSizeF() * 0.82);
        m_painter.setFont(font);
        m_painter.setPen(m_theme.muted);
        m_painter.drawText(rect, Qt::AlignCenter, QStringLiteral("?"));
        return;
    }
    QPainterPath path;
    if (row.mark == Mark::Yes) {
        path.moveTo(at(0.27, 0.53));
        path.lineTo(at(0.43, 0.69));
        path.lineTo(at(0.74, 0.34));
    } else {
        path.moveTo(at(0.31, 0.31));
        path.lineTo(at(0.69, 0.69));
        path.moveTo(at(0.69, 0.31));
        path.lineTo(at(0.31, 0.69));
    }
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_theme.panel, std::max(1.6, m_em * 0.11), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.drawPath(path);
}

void Pencil::header(const DiagramLayout::LaneBox& lane) const
{
    const auto& tone = laneTone(lane.kind);
    m_painter.setPen(m_theme.kind == Theme::Kind::HighContrast ? QPen(tone.line, 1) : QPen(Qt::NoPen));
    m_painter.setBrush(tone.fill);
    m_painter.drawRoundedRect(lane.header, m_em * 0.3, m_em * 0.3);
    for (const auto& line : lane.lines) {
        m_painter.setFont(line.strong ? m_strong : m_look.font);
        m_painter.setPen(line.detail ? m_theme.muted : tone.text);
        m_painter.drawText(line.rect, Qt::AlignCenter | Qt::TextSingleLine, line.text);
    }
}

} // namespace

void paintDiagram(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look, const QRectF& exposed)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const Pencil pencil(painter, layout, look);
    for (const int step : {look.current, look.hovered})
        if (const auto* row = layout.rowOf(step))
            pencil.band(*row);
    pencil.lifelines();
    for (const auto& group : layout.groups)
        pencil.group(group);
    for (const auto& divider : layout.dividers)
        pencil.divider(divider);
    for (const auto& note : layout.notes)
        pencil.note(note);
    for (const auto& row : layout.rows)
        if (exposed.isNull() || row.bounds.adjusted(-8, -16, 8, 16).intersects(exposed) || row.step == look.current)
            pencil.row(row);
}

void paintLaneHeaders(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const Pencil pencil(painter, layout, look);
    for (const auto& lane : layout.lanes)
        pencil.header(lane);
}

} // namespace corscope

#include "ui/exchange/DiagramPainter.h"

#include "ui/exchange/DiagramPencil.h"

#include <algorithm>
#include <cmath>

namespace corscope {

using Row = DiagramLayout::Row;

void DiagramPencil::text(const DiagramLayout::Line& line, const QColor& color) const
{
    const double opacity = m_painter.opacity();
    if (m_later)
        m_painter.setOpacity(1);
    m_painter.setFont(line.strong ? m_strong : m_look.font);
    m_painter.setPen(m_later ? m_theme.muted : color);
    m_painter.drawText(line.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line.text);
    m_painter.setOpacity(opacity);
}

void DiagramPencil::tense(bool later)
{
    m_later = later;
    m_painter.setOpacity(later ? faint : 1);
}

void DiagramPencil::lifelines(double top, double bottom, double left, double right) const
{
    QPen pen(m_theme.lifeline, thick(1), Qt::CustomDashLine);
    pen.setDashPattern({4, 4});
    // NB: wherever drawing begins, dashes fall on the same places.
    pen.setDashOffset(std::fmod(top / thick(1), 8));
    m_painter.setPen(pen);
    for (const auto& lane : m_layout.lanes)
        if (!lane.hidden && lane.x > left && lane.x < right)
            m_painter.drawLine(QPointF(lane.x + 0.5, top), QPointF(lane.x + 0.5, bottom));
}

void DiagramPencil::lifelines(const QRectF& exposed) const
{
    double top = m_layout.headerHeight - 0.3 * m_em;
    double bottom = m_layout.height - 4;
    if (!exposed.isNull()) {
        top = std::max(top, exposed.top());
        bottom = std::min(bottom, exposed.bottom());
    }
    if (bottom > top)
        lifelines(top, bottom, -1, m_layout.width + 1);
}

void DiagramPencil::group(const DiagramLayout::Group& group)
{
    tense(!happened(group.firstStep));
    m_painter.setPen(QPen(m_theme.preflight.line, thick(1)));
    m_painter.setBrush(m_theme.preflight.fill);
    const auto rect = QRectF(group.rect.toAlignedRect()).adjusted(0.5, 0.5, -0.5, -0.5);
    m_painter.drawRoundedRect(rect, m_em * 0.35, m_em * 0.35);
    // The lifelines go on through the frame.
    m_painter.setOpacity(1);
    lifelines(group.title.rect.bottom(), rect.bottom(), rect.left(), rect.right());
    text(group.title, m_theme.preflight.text);
    foldSign(group.sign, false);
    tense(false);
}

void DiagramPencil::foldSign(const QRectF& rect, bool folded) const
{
    const double side = rect.width() * 0.26;
    const auto at = rect.center();
    const auto triangle = folded
        ? QPolygonF({{at.x() - side * 0.7, at.y() - side}, {at.x() + side, at.y()}, {at.x() - side * 0.7, at.y() + side}})
        : QPolygonF({{at.x() - side, at.y() - side * 0.7}, {at.x() + side, at.y() - side * 0.7}, {at.x(), at.y() + side}});
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.preflight.text);
    m_painter.drawPolygon(triangle);
}

void DiagramPencil::divider(const DiagramLayout::Divider& divider)
{
    tense(!happened(divider.firstStep));
    m_painter.setPen(QPen(m_theme.border, thick(1)));
    m_painter.drawLine(QPointF(6, divider.y + 0.5), QPointF(m_layout.width - 6, divider.y + 0.5));
    m_painter.fillRect(divider.title.rect.adjusted(-4, 0, 6, 0), m_theme.panel);
    text(divider.title, m_theme.muted);
    tense(false);
}

void DiagramPencil::note(const DiagramLayout::Note& note)
{
    erase(note.rect, m_theme.panel);
    tense(!m_layout.rows.empty() && !happened(m_layout.rows.back().step));
    const auto& tone = note.runs ? m_theme.server : m_theme.neutral;
    m_painter.setPen(QPen(note.runs ? tone.line : m_theme.border, thick(1), note.runs ? Qt::SolidLine : Qt::DashLine));
    m_painter.setBrush(note.runs ? tone.fill : m_theme.panel);
    m_painter.drawRoundedRect(note.rect.adjusted(0.5, 0.5, -0.5, -0.5), note.rect.height() / 2, note.rect.height() / 2);
    text(note.line, note.runs ? tone.text : m_theme.muted);
    tense(false);
}

QColor DiagramPencil::ground(const Row& row) const
{
    if (row.preflight)
        return m_theme.preflight.fill;
    if (!isCurrent(row))
        return m_theme.panel;
    const auto mix = [](float a, float b) { return a * 0.12f + b * 0.88f; };
    return QColor::fromRgbF(mix(m_theme.accent.redF(), m_theme.panel.redF()),
                            mix(m_theme.accent.greenF(), m_theme.panel.greenF()),
                            mix(m_theme.accent.blueF(), m_theme.panel.blueF()));
}

QRectF DiagramPencil::bandRect(const Row& row) const
{
    return QRectF(3.5, std::floor(row.bounds.top() - m_em * 0.2) + 0.5, m_layout.width - 7,
                  std::ceil(row.bounds.height() + m_em * 0.4));
}

/// A tint across the whole width, under everything, says which step is looked at.
void DiagramPencil::band(const Row& row) const
{
    auto fill = m_theme.accent;
    fill.setAlphaF(isCurrent(row) ? 0.12f : 0.05f);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(fill);
    m_painter.drawRoundedRect(bandRect(row), m_em * 0.25, m_em * 0.25);
}

void DiagramPencil::header(const DiagramLayout::LaneBox& lane) const
{
    const auto& tone = laneTone(lane.kind);
    m_painter.setPen(m_theme.kind == Theme::Kind::HighContrast ? QPen(tone.line, thick(1)) : QPen(Qt::NoPen));
    m_painter.setBrush(tone.fill);
    m_painter.drawRoundedRect(lane.header, m_em * 0.3, m_em * 0.3);
    for (const auto& line : lane.lines) {
        m_painter.setFont(line.strong ? m_strong : m_look.font);
        m_painter.setPen(line.detail ? m_theme.muted : tone.text);
        m_painter.drawText(line.rect, Qt::AlignCenter | Qt::TextSingleLine, line.text);
    }
}

void paintDiagram(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look, const QRectF& exposed)
{
    painter.setRenderHint(QPainter::Antialiasing);
    DiagramPencil pencil(painter, layout, look);
    const auto seen = [&](double top, double bottom) {
        return exposed.isNull() || (bottom >= exposed.top() && top <= exposed.bottom());
    };
    const auto* current = layout.rowOf(look.current);
    const auto* hovered = layout.rowOf(look.hovered);
    if (current)
        pencil.band(*current);
    if (hovered && hovered != current)
        pencil.band(*hovered);
    pencil.lifelines(exposed);
    for (const auto& group : layout.groups)
        if (seen(group.rect.top(), group.rect.bottom()))
            pencil.group(group);
    for (const auto& divider : layout.dividers)
        if (seen(divider.title.rect.top(), divider.title.rect.bottom()))
            pencil.divider(divider);
    for (const auto& note : layout.notes)
        if (seen(note.rect.top(), note.rect.bottom()))
            pencil.note(note);
    // NB: only what is in sight, however long the trace.
    const double margin = 20;
    for (size_t i = exposed.isNull() ? 0 : layout.firstRowBelow(exposed.top() - margin);
         i < layout.rows.size() && (exposed.isNull() || layout.rows[i].bounds.top() - margin <= exposed.bottom()); ++i)
        pencil.row(layout.rows[i]);
}

void paintLaneHeaders(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const DiagramPencil pencil(painter, layout, look);
    for (const auto& lane : layout.lanes)
        if (!lane.hidden)
            pencil.header(lane);
}

} // namespace corscope

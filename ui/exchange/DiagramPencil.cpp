#include "ui/exchange/DiagramPencil.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace corscope {

void DiagramPencil::row(const Row& row)
{
    const bool current = isCurrent(row);
    if (current) {
        // The frame is not blue alone: it has a bar at its side, and it is the only row that has either.
        const auto rect = bandRect(row);
        m_painter.setPen(QPen(m_theme.focus, thick(m_look.focused ? 1.6 : 1)));
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
            if (!lane.hidden && row.kind == Row::Kind::Arrow && lane.x > line.rect.left() - 2 && lane.x < line.rect.right() + 2)
                m_painter.fillRect(QRectF(lane.x - 1, line.rect.top(), 3, line.rect.height()), ground(row));
    tense(!happened(row.step) && !current);
    if (current && row.kind != Row::Kind::Arrow)
        m_painter.setOpacity(0.25 + 0.75 * m_look.progress);
    if (row.kind == Row::Kind::Arrow)
        arrow(row);
    else if (row.kind == Row::Kind::Folded)
        fold(row);
    else
        box(row);
    tense(false);
}

void DiagramPencil::arrow(const Row& row) const
{
    const auto color = row.ghost ? m_theme.ghost
        : row.failed             ? m_theme.block.line
        : row.preflight          ? m_theme.preflight.text
                                 : m_theme.page.line;
    const auto words = row.ghost ? m_theme.ghost : row.failed ? m_theme.block.text : m_theme.text;
    for (size_t i = row.badge.isEmpty() ? 0 : 1; i < row.lines.size(); ++i)
        text(row.lines[i], row.lines[i].detail && !row.failed && !row.ghost ? m_theme.muted : words);
    badge(row);

    const double head = m_em * 0.42;
    const double direction = row.toX > row.fromX ? 1 : -1;
    const double y = row.y + 0.5;
    QPen pen(color, thick(row.blocking ? 3 : row.ghost ? 1.4 : 1.8));
    pen.setCapStyle(Qt::FlatCap);
    if (row.ghost)
        pen.setDashPattern({3, 4});
    else if (row.response)
        pen.setDashPattern({5, 3});
    m_painter.setPen(pen);
    // The message that is just being sent is under way.
    const double progress = isCurrent(row) ? m_look.progress : 1;
    const double start = row.fromX + 0.5 + direction;
    const double tip = start + (row.toX + 0.5 - direction - start) * std::max(progress, 0.02);
    if ((tip - start) * direction > head)
        m_painter.drawLine(QPointF(start, y), QPointF(tip - direction * head, y));
    const QPolygonF triangle({{tip, y}, {tip - direction * head * 1.25, y - head * 0.72},
                              {tip - direction * head * 1.25, y + head * 0.72}});
    m_painter.setPen(QPen(color, thick(1.2)));
    m_painter.setBrush(row.ghost ? m_theme.panel : color);
    m_painter.drawPolygon(triangle);
    if (row.cut) {
        // The other end stands on a lane that is not shown.
        const bool fromHidden = m_layout.lanes[size_t(row.lane)].hidden;
        m_painter.setBrush(m_theme.panel);
        m_painter.drawEllipse(QPointF(fromHidden ? row.fromX : row.toX + direction * head * 0.5, y), m_em * 0.16, m_em * 0.16);
    }
}

/// A stop sign, and words, on a solid ground.
void DiagramPencil::badge(const Row& row) const
{
    if (row.badge.isEmpty())
        return;
    m_painter.setPen(m_later ? QPen(m_theme.block.text, thick(1)) : QPen(Qt::NoPen));
    m_painter.setBrush(m_later ? ground(row) : m_theme.block.text); // NB: its words are grey then
    m_painter.drawRect(row.badge);
    const double side = row.badge.height() * 0.4;
    const QPointF at(row.badge.left() + row.badge.height() * 0.62, row.badge.center().y());
    const double cut = side * 0.42;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_later ? m_theme.block.text : m_theme.panel);
    m_painter.drawPolygon(QPolygonF({{at.x() - cut, at.y() - side}, {at.x() + cut, at.y() - side}, {at.x() + side, at.y() - cut},
                                     {at.x() + side, at.y() + cut}, {at.x() + cut, at.y() + side}, {at.x() - cut, at.y() + side},
                                     {at.x() - side, at.y() + cut}, {at.x() - side, at.y() - cut}}));
    m_painter.setPen(QPen(m_later ? m_theme.panel : m_theme.block.text, std::max(1.6, side * 0.36), Qt::SolidLine, Qt::FlatCap));
    m_painter.drawLine(QPointF(at.x() - side * 0.55, at.y()), QPointF(at.x() + side * 0.55, at.y()));
    text(row.lines.front(), m_theme.panel);
}

void DiagramPencil::fold(const Row& row) const
{
    const auto& tone = row.failed ? m_theme.block : m_theme.preflight;
    m_painter.setPen(QPen(tone.line, thick(row.blocking ? 3 : 1.2)));
    m_painter.setBrush(m_theme.preflight.fill);
    // Two edges one behind the other: there is more inside.
    m_painter.drawRoundedRect(row.box.adjusted(3, 3, 0, 2), m_em * 0.3, m_em * 0.3);
    m_painter.drawRoundedRect(row.box.adjusted(0, 0, -3, -1), m_em * 0.3, m_em * 0.3);
    foldSign(row.markRect, true);
    for (const auto& line : row.lines)
        text(line, tone.text);
}

void DiagramPencil::box(const Row& row) const
{
    const bool effect = row.kind == Row::Kind::Effect;
    const bool refused = row.mark == Mark::No;
    const auto line = row.ghost ? m_theme.ghost
        : row.blocking || refused ? m_theme.block.line
        : effect                  ? m_theme.server.line
        : row.mark == Mark::Yes   ? m_theme.allow.line
                                  : m_theme.fieldBorder;
    const auto fill = row.blocking || refused ? m_theme.block.fill : effect ? m_theme.server.fill : m_theme.panel;
    const bool shortCut = row.kind == Row::Kind::ShortCut;
    const double width = thick(row.blocking ? 3 : refused ? 2 : 1.2);
    m_painter.setPen(QPen(shortCut ? m_theme.preflight.line : line, width, row.ghost || shortCut ? Qt::DashLine : Qt::SolidLine));
    m_painter.setBrush(shortCut ? m_theme.preflight.fill : fill);
    const auto rect = row.box.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    if (row.blocking) {
        // Cut corners, as a stop sign has them, and a thick edge: it is told apart without colour.
        const double cut = m_em * 0.45;
        m_painter.drawPolygon(QPolygonF({rect.topLeft(), rect.topRight() - QPointF(cut, 0), rect.topRight() + QPointF(0, cut),
                                         rect.bottomRight() - QPointF(0, cut), rect.bottomRight() - QPointF(cut, 0),
                                         rect.bottomLeft() + QPointF(cut, 0), rect.bottomLeft() - QPointF(0, cut)}));
    } else {
        const double radius = effect ? 1 : m_em * 0.5;
        m_painter.drawRoundedRect(rect, radius, radius);
    }
    const auto words = row.blocking || refused ? m_theme.block.text : effect ? m_theme.server.text
        : shortCut                             ? m_theme.preflight.text
                                               : m_theme.text;
    for (size_t i = row.badge.isEmpty() ? 0 : 1; i < row.lines.size(); ++i)
        text(row.lines[i], row.lines[i].detail ? (row.blocking || refused ? m_theme.text : m_theme.muted) : words);
    badge(row);
    if (shortCut) {
        // A way around: from the lifeline, past what was left out, and back to it.
        const auto at = row.markRect;
        QPainterPath path(at.topLeft() + QPointF(at.width() * 0.25, at.height() * 0.05));
        path.cubicTo(at.topRight() + QPointF(at.width() * 0.1, 0), at.bottomRight() + QPointF(at.width() * 0.1, 0),
                     at.bottomLeft() + QPointF(at.width() * 0.4, -at.height() * 0.1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme.preflight.text, thick(1.8), Qt::SolidLine, Qt::RoundCap));
        m_painter.drawPath(path);
        const auto tip = at.bottomLeft() + QPointF(at.width() * 0.2, -at.height() * 0.12);
        m_painter.setBrush(m_theme.preflight.text);
        m_painter.setPen(Qt::NoPen);
        m_painter.drawPolygon(QPolygonF({tip, tip + QPointF(at.width() * 0.36, -at.height() * 0.24),
                                         tip + QPointF(at.width() * 0.36, at.height() * 0.2)}));
        return;
    }
    mark(row, line);
}

void DiagramPencil::mark(const Row& row, const QColor& color) const
{
    if (row.mark == Mark::None)
        return;
    const auto& rect = row.markRect;
    const bool filled = row.mark != Mark::Question;
    m_painter.setPen(filled ? Qt::NoPen : QPen(m_theme.muted, thick(1.2)));
    m_painter.setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
    m_painter.drawEllipse(rect.adjusted(0.6, 0.6, -0.6, -0.6));
    const auto at = [&](double x, double y) {
        return QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    };
    if (row.mark == Mark::Question) {
        auto font = m_strong;
        if (font.pixelSize() > 0)
            font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * 0.82))));
        else
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

} // namespace corscope

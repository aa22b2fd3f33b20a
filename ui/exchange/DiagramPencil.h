#pragma once

#include "ui/exchange/DiagramPainter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace corscope {

/// Draws one thing of a diagram after the other.
class DiagramPencil
{
public:
    using Row = DiagramLayout::Row;
    using Mark = DiagramLayout::Mark;

    DiagramPencil(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look)
        : m_painter(painter), m_layout(layout), m_look(look), m_theme(look.theme), m_strong(look.font),
          m_em(QFontMetricsF(look.font).height())
    {
        m_strong.setBold(true);
    }

    void lifelines(const QRectF& exposed) const;
    void group(const DiagramLayout::Group& group);
    void divider(const DiagramLayout::Divider& divider);
    void note(const DiagramLayout::Note& note);
    void band(const Row& row) const;
    void row(const Row& row);
    void header(const DiagramLayout::LaneBox& lane) const;

private:
    static constexpr double faint = 0.38;

    /// What has not happened yet has faint shapes and grey words, which are as easy to read as any.
    void tense(bool later);
    QRectF bandRect(const Row& row) const;
    void erase(const QRectF& rect, const QColor& ground) const
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(ground);
        m_painter.drawRoundedRect(rect, m_em * 0.4, m_em * 0.4);
    }
    /// Lines are as much thicker as the text is larger.
    double thick(double pixels) const { return pixels * std::max(1.0, m_em / 18); }
    void arrow(const Row& row) const;
    void box(const Row& row) const;
    void fold(const Row& row) const;
    void badge(const Row& row) const;
    void mark(const Row& row, const QColor& color) const;
    /// A triangle that points down where a group is open, and to the right where it is folded.
    void foldSign(const QRectF& rect, bool folded) const;
    void lifelines(double top, double bottom, double left, double right) const;
    void text(const DiagramLayout::Line& line, const QColor& color) const;
    bool isCurrent(const Row& row) const { return m_look.current >= row.step && m_look.current <= row.lastStep; }
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
    bool m_later = false;
};

} // namespace corscope

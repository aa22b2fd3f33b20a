#include "ui/exchange/SequenceDiagram.h"

#include "ui/exchange/DiagramPainter.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/AccessibleRole.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace corscope {

SequenceDiagram::SequenceDiagram(TraceCursor& cursor, QWidget* parent) : QAbstractScrollArea(parent), m_cursor(cursor)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleRole(*this, QAccessible::Chart); // NB: naming it asks for it
    setAccessibleName(tr("Exchange"));
    connect(&cursor, &TraceCursor::traceChanged, this, &SequenceDiagram::relayout);
    connect(&cursor, &TraceCursor::cursorChanged, this, &SequenceDiagram::cursorMoved);
    relayout();
}

QSize SequenceDiagram::sizeHint() const
{
    const int em = fontMetrics().height();
    return {36 * em, 24 * em};
}

QFont SequenceDiagram::zoomedFont() const
{
    auto result = font();
    if (result.pixelSize() > 0)
        result.setPixelSize(std::max(6, int(std::lround(result.pixelSize() * m_zoom))));
    else
        result.setPointSizeF(result.pointSizeF() * m_zoom);
    return result;
}

DiagramLook SequenceDiagram::look() const
{
    DiagramLook result;
    result.theme = Theme::of(*this);
    result.font = zoomedFont();
    result.until = m_cursor.position();
    result.current = result.until < 0 ? -1 : walk::landmarkOf(*m_cursor.trace(), result.until);
    result.hovered = m_hovered;
    result.focused = hasFocus();
    return result;
}

void SequenceDiagram::setZoom(double factor)
{
    factor = std::clamp(factor, 0.5, 3.0);
    if (qFuzzyCompare(factor, m_zoom))
        return;
    m_zoom = factor;
    relayout();
    follow();
}

void SequenceDiagram::relayout()
{
    m_layout = layoutDiagram(*m_cursor.trace(), zoomedFont(), viewport()->width());
    m_hovered = -1;
    updateScrollBars();
    viewport()->update();
}

void SequenceDiagram::updateScrollBars()
{
    const int em = QFontMetrics(zoomedFont()).height();
    const auto room = viewport()->size();
    verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(m_layout.height)) - room.height()));
    verticalScrollBar()->setPageStep(room.height());
    verticalScrollBar()->setSingleStep(2 * em);
    horizontalScrollBar()->setRange(0, std::max(0, int(std::floor(m_layout.width)) - room.width()));
    horizontalScrollBar()->setPageStep(room.width());
    horizontalScrollBar()->setSingleStep(2 * em);
}

int SequenceDiagram::currentRow() const
{
    const int current = look().current;
    const auto it = std::find_if(m_layout.rows.begin(), m_layout.rows.end(),
                                 [&](const auto& row) { return row.step == current; });
    return it == m_layout.rows.end() ? -1 : int(it - m_layout.rows.begin());
}

void SequenceDiagram::follow()
{
    const int index = currentRow();
    if (index < 0)
        return;
    const auto& row = m_layout.rows[size_t(index)];
    const double em = QFontMetricsF(zoomedFont()).height();
    auto* bar = verticalScrollBar();
    const double top = row.bounds.top() - m_layout.headerHeight - 2 * em;
    const double bottom = row.bounds.bottom() + (index + 1 == int(m_layout.rows.size()) ? 4 : 2) * em - viewport()->height();
    if (bar->value() > top)
        bar->setValue(int(top));
    else if (bar->value() < bottom)
        bar->setValue(int(std::ceil(bottom)));
    auto* across = horizontalScrollBar();
    if (across->value() > row.bounds.left() - em)
        across->setValue(int(row.bounds.left() - em));
    else if (across->value() + viewport()->width() < row.bounds.right() + em)
        across->setValue(int(row.bounds.right() + em) - viewport()->width());
}

void SequenceDiagram::cursorMoved()
{
    follow();
    viewport()->update();
    const int index = currentRow();
    setAccessibleDescription(index < 0 ? QString() : m_layout.rows[size_t(index)].full);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

QPointF SequenceDiagram::toDiagram(const QPointF& point) const
{
    return point + QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

void SequenceDiagram::paintEmpty(QPainter& painter) const
{
    const auto theme = Theme::of(*this);
    const double em = fontMetrics().height();
    auto strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.15);
    strong.setBold(true);
    const auto room = QRectF(viewport()->rect()).adjusted(em, em, -em, -em);
    const double middle = room.center().y();
    painter.setFont(strong);
    painter.setPen(theme.text);
    painter.drawText(QRectF(room.left(), middle - 2.2 * em, room.width(), 2 * em), Qt::AlignHCenter | Qt::AlignBottom,
                     tr("Nothing has been sent yet"));
    painter.setFont(font());
    painter.setPen(theme.muted);
    painter.drawText(QRectF(room.left(), middle + 0.2 * em, room.width(), 4 * em),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     tr("Press Send to watch the request cross the wire, step by step."));
}

void SequenceDiagram::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const auto appearance = look();
    painter.fillRect(event->rect(), appearance.theme.panel);
    if (m_layout.lanes.empty() || m_layout.rows.empty()) {
        paintEmpty(painter);
        return;
    }
    const QPointF offset(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    painter.save();
    painter.translate(offset);
    paintDiagram(painter, m_layout, appearance, QRectF(event->rect()).translated(-offset));
    painter.restore();

    // The headers stay in sight.
    painter.translate(offset.x(), 0);
    painter.fillRect(QRectF(-offset.x(), 0, viewport()->width(), m_layout.headerHeight), appearance.theme.panel);
    paintLaneHeaders(painter, m_layout, appearance);
    if (verticalScrollBar()->value() > 0) {
        painter.setPen(appearance.theme.border);
        painter.drawLine(QPointF(-offset.x(), m_layout.headerHeight), QPointF(-offset.x() + viewport()->width(),
                                                                             m_layout.headerHeight));
    }
}

void SequenceDiagram::paintWhole(QPainter& painter) const
{
    auto appearance = look();
    appearance.until = m_cursor.trace()->size();
    appearance.current = -1;
    paintDiagram(painter, m_layout, appearance, {});
    paintLaneHeaders(painter, m_layout, appearance);
}

void SequenceDiagram::resizeEvent(QResizeEvent*)
{
    relayout();
    follow();
}

void SequenceDiagram::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    relayout();
    follow();
}

void SequenceDiagram::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        relayout();
    else if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void SequenceDiagram::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || event->position().y() < m_layout.headerHeight)
        return;
    if (const auto* row = m_layout.rowAt(toDiagram(event->position())))
        m_cursor.moveTo(row->step);
}

void SequenceDiagram::mouseMoveEvent(QMouseEvent* event)
{
    const auto* row = event->position().y() < m_layout.headerHeight ? nullptr
                                                                    : m_layout.rowAt(toDiagram(event->position()));
    const int hovered = row ? row->step : -1;
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    viewport()->setCursor(row ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

bool SequenceDiagram::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        viewport()->update();
    }
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    if (help->pos().y() < m_layout.headerHeight) {
        for (const auto& lane : m_layout.lanes)
            if (lane.header.contains(help->pos() + QPointF(horizontalScrollBar()->value(), 0)))
                text = lane.full;
    } else if (const auto* row = m_layout.rowAt(toDiagram(help->pos()))) {
        text = row->full;
    }
    if (text.isEmpty())
        QToolTip::hideText();
    else
        // NB: rich text, so that long lines wrap.
        QToolTip::showText(help->globalPos(), QStringLiteral("<qt>") + text.toHtmlEscaped().replace(
                               QLatin1Char('\n'), QStringLiteral("<br>")) + QStringLiteral("</qt>"), viewport());
    return true;
}

void SequenceDiagram::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal: setZoom(m_zoom * 1.15); return;
        case Qt::Key_Minus: setZoom(m_zoom / 1.15); return;
        case Qt::Key_0: setZoom(1); return;
        default: break;
        }
    }
    const auto moveRow = [this](int by) {
        const int count = int(m_layout.rows.size());
        if (count)
            m_cursor.moveTo(m_layout.rows[size_t(std::clamp(currentRow() + by, 0, count - 1))].step);
    };
    switch (event->key()) {
    case Qt::Key_Down: m_cursor.atLast() && m_cursor.isLive() ? m_cursor.next() : moveRow(1); return;
    case Qt::Key_Up: moveRow(-1); return;
    case Qt::Key_Right: m_cursor.next(); return;
    case Qt::Key_Left: m_cursor.back(); return;
    case Qt::Key_Home: m_cursor.first(); return;
    case Qt::Key_End: m_cursor.last(); return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void SequenceDiagram::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setZoom(m_zoom * std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

} // namespace corscope

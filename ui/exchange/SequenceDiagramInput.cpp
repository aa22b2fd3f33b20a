// What mouse and keyboard do in the diagram.
#include "ui/exchange/SequenceDiagram.h"

#include "ui/session/TraceCursor.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace corscope {

const DiagramLayout::Group* SequenceDiagram::groupTitleAt(const QPointF& point) const
{
    for (const auto& group : diagram().groups)
        if ((group.title.rect | group.sign).adjusted(-4, -2, 4, 2).contains(point))
            return &group;
    return nullptr;
}

void SequenceDiagram::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressed = event->button();
    m_pressedAt = event->position().toPoint();
    m_scrolledAt = QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value());
    m_panning = m_pressed == Qt::MiddleButton || m_spaceDown;
    showHand();
}

void SequenceDiagram::mouseMoveEvent(QMouseEvent* event)
{
    const auto moved = event->position().toPoint() - m_pressedAt;
    if (m_pressed != Qt::NoButton && !m_panning)
        m_panning = moved.manhattanLength() >= QApplication::startDragDistance();
    if (m_panning) {
        m_glide.stop();
        horizontalScrollBar()->setValue(m_scrolledAt.x() - moved.x());
        verticalScrollBar()->setValue(m_scrolledAt.y() - moved.y());
        showHand();
        return;
    }
    const auto* row = event->position().y() < diagram().headerHeight ? nullptr
                                                                     : diagram().rowAt(toDiagram(event->position()));
    const int hovered = row ? row->step : -1;
    if (hovered != m_hovered) {
        m_hovered = hovered;
        viewport()->update();
    }
    const bool title = event->position().y() >= diagram().headerHeight && groupTitleAt(toDiagram(event->position()));
    viewport()->setCursor(m_spaceDown ? Qt::OpenHandCursor : row || title ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void SequenceDiagram::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != m_pressed)
        return;
    const bool click = m_pressed == Qt::LeftButton && !m_panning && event->position().y() >= diagram().headerHeight;
    m_pressed = Qt::NoButton;
    m_panning = false;
    showHand();
    if (!click)
        return;
    const auto point = toDiagram(event->position());
    if (const auto* group = groupTitleAt(point)) {
        toggleFold(group->preflight);
        return;
    }
    const auto* row = diagram().rowAt(point);
    if (!row)
        return;
    if (row->kind == DiagramLayout::Row::Kind::Folded && row->markRect.adjusted(-4, -4, 4, 4).contains(point))
        toggleFold(m_cursor.trace()->at(row->step).preflight);
    else
        m_cursor.moveTo(row->step);
}

void SequenceDiagram::showHand()
{
    viewport()->setCursor(m_panning ? Qt::ClosedHandCursor : m_spaceDown ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

QString SequenceDiagram::tipAt(const QPoint& point) const
{
    if (point.y() < diagram().headerHeight) {
        for (const auto& lane : diagram().lanes)
            if (!lane.hidden && lane.header.contains(point + QPointF(horizontalScrollBar()->value(), 0)))
                return lane.full;
        return {};
    }
    if (groupTitleAt(toDiagram(point)))
        return tr("Click to fold this preflight into one row (Return)");
    const auto* row = diagram().rowAt(toDiagram(point));
    if (!row)
        return {};
    const auto text = rowText(*row, *m_cursor.trace());
    return row->kind == DiagramLayout::Row::Kind::Folded ? text + QLatin1Char('\n') + tr("Click the triangle to open it (Return)")
                                                         : text;
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
    const auto text = tipAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        // NB: rich text, so that long lines wrap.
        QToolTip::showText(help->globalPos(), QStringLiteral("<qt>") + text.toHtmlEscaped().replace(
                               QLatin1Char('\n'), QStringLiteral("<br>")) + QStringLiteral("</qt>"), viewport());
    return true;
}

static bool isZoomKey(const QKeyEvent& event)
{
    static const QList<int> keys{Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus, Qt::Key_0, Qt::Key_9};
    return (event.modifiers() & Qt::ControlModifier) && !(event.modifiers() & Qt::AltModifier) && keys.contains(event.key());
}

bool SequenceDiagram::event(QEvent* event)
{
    // While the keyboard is here, these keys are the diagram's, whatever they do elsewhere in the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (isZoomKey(*key) || (key->key() == Qt::Key_Space && !key->modifiers())) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void SequenceDiagram::moveRow(int by)
{
    const auto& rows = diagram().rows;
    if (!rows.empty())
        m_cursor.moveTo(rows[size_t(std::clamp(currentRow() + by, 0, int(rows.size()) - 1))].step);
}

void SequenceDiagram::keyPressEvent(QKeyEvent* event)
{
    if (isZoomKey(*event)) {
        switch (event->key()) {
        case Qt::Key_Minus: zoomOut(); return;
        case Qt::Key_0: setZoom(1); return;
        case Qt::Key_9: fitWidth(); return;
        default: zoomIn(); return;
        }
    }
    switch (event->key()) {
    case Qt::Key_Down: m_cursor.atLast() && m_cursor.isLive() ? m_cursor.next() : moveRow(1); return;
    case Qt::Key_Up: moveRow(-1); return;
    case Qt::Key_Right: m_cursor.next(); return;
    case Qt::Key_Left: m_cursor.back(); return;
    case Qt::Key_Home: m_cursor.first(); return;
    case Qt::Key_End: m_cursor.last(); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto* step = m_cursor.step(); step && step->preflight >= 0)
            toggleFold(step->preflight);
        return;
    case Qt::Key_Space:
        m_spaceDown = true;
        showHand();
        return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void SequenceDiagram::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceDown = false;
        showHand();
        return;
    }
    QAbstractScrollArea::keyReleaseEvent(event);
}

void SequenceDiagram::focusOutEvent(QFocusEvent*)
{
    m_spaceDown = false;
    viewport()->update();
}

void SequenceDiagram::wheelEvent(QWheelEvent* event)
{
    m_glide.stop();
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    zoomAround(m_zoom * std::pow(1.0015, event->angleDelta().y()), event->position().y());
    event->accept();
}

} // namespace corscope

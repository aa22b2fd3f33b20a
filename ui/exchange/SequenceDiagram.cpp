#include "ui/exchange/SequenceDiagram.h"

#include "ui/exchange/DiagramPainter.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/AccessibleRole.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace corscope {

SequenceDiagram::SequenceDiagram(TraceCursor& cursor, QWidget* parent)
    : QAbstractScrollArea(parent), m_cursor(cursor), m_glide(verticalScrollBar(), "value")
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleRole(*this, QAccessible::Chart); // NB: naming it asks for it
    setAccessibleName(tr("Exchange"));
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    m_glide.setDuration(180);
    m_arrival.setDuration(260);
    m_arrival.setStartValue(0.0);
    m_arrival.setEndValue(1.0);
    m_arrival.setEasingCurve(QEasingCurve::InOutQuad);
    connect(&m_arrival, &QVariantAnimation::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&cursor, &TraceCursor::traceChanged, this, &SequenceDiagram::takeTrace);
    connect(&cursor, &TraceCursor::traceGrew, this, &SequenceDiagram::takeTrace);
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

int SequenceDiagram::currentLandmark() const
{
    return m_cursor.isEmpty() ? -1 : walk::landmarkOf(*m_cursor.trace(), m_cursor.position());
}

DiagramLook SequenceDiagram::look() const
{
    DiagramLook result;
    result.theme = Theme::of(*this);
    result.font = zoomedFont();
    result.until = m_cursor.position();
    result.current = currentLandmark();
    result.hovered = m_hovered;
    result.focused = hasFocus();
    result.progress = m_arrival.state() == QAbstractAnimation::Running ? m_arrival.currentValue().toDouble() : 1;
    return result;
}

void SequenceDiagram::setZoom(double factor)
{
    factor = std::clamp(factor, 0.4, 3.0);
    if (qFuzzyCompare(factor, m_zoom))
        return;
    m_zoom = factor;
    relayout();
    follow(Glide::No);
}

/// What stands at a height of the view stays there.
void SequenceDiagram::zoomAround(double factor, double y)
{
    const double before = (verticalScrollBar()->value() + y) / std::max(1.0, diagram().height);
    m_glide.stop();
    m_zoom = std::clamp(factor, 0.4, 3.0);
    relayout();
    verticalScrollBar()->setValue(int(std::lround(before * diagram().height - y)));
}

void SequenceDiagram::fitWidth()
{
    m_zoom = 1;
    relayout();
    for (int tries = 0; tries < 6 && diagram().width > viewport()->width() + 0.5 && m_zoom > 0.4; ++tries) {
        m_zoom = std::max(0.4, m_zoom * std::min(0.98, viewport()->width() / diagram().width));
        relayout();
    }
    follow(Glide::No);
}

void SequenceDiagram::setFilter(const DiagramFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    relayout();
    follow(Glide::No);
    Q_EMIT filterChanged();
}

void SequenceDiagram::toggleFold(int preflight)
{
    auto filter = m_filter;
    if (!filter.otherwise.erase(preflight))
        filter.otherwise.insert(preflight);
    setFilter(filter);
}

void SequenceDiagram::setAnimated(bool animated)
{
    m_animated = animated;
    if (!animated) {
        m_glide.stop();
        m_arrival.stop();
        viewport()->update();
    }
}

bool SequenceDiagram::mayAnimate() const
{
    return m_animated && isVisible() && style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
}

void SequenceDiagram::relayout()
{
    m_builder = std::make_unique<DiagramBuilder>(zoomedFont(), viewport()->width(), m_filter, m_words);
    m_hovered = -1;
    takeTrace();
}

void SequenceDiagram::takeTrace()
{
    const auto& trace = *m_cursor.trace();
    const auto first = trace.steps.empty() ? nullptr : trace.steps.shared(0);
    if (first != m_firstStep) {
        m_firstStep = first;
        m_lastRow = -1;
        m_words->clear();
        // Folds are told by places in the trace they were made in.
        if (!m_filter.otherwise.empty()) {
            m_filter.otherwise.clear();
            m_builder = std::make_unique<DiagramBuilder>(zoomedFont(), viewport()->width(), m_filter, m_words);
        }
    }
    m_builder->take(trace);
    updateScrollBars();
    viewport()->update();
}

void SequenceDiagram::updateScrollBars()
{
    const int em = QFontMetrics(zoomedFont()).height();
    const auto room = viewport()->size();
    verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(diagram().height)) - room.height()));
    verticalScrollBar()->setPageStep(room.height());
    verticalScrollBar()->setSingleStep(2 * em);
    horizontalScrollBar()->setRange(0, std::max(0, int(std::floor(diagram().width)) - room.width()));
    horizontalScrollBar()->setPageStep(room.width());
    horizontalScrollBar()->setSingleStep(2 * em);
}

/// Row of the step looked at, or the last one before it where that is filtered out.
int SequenceDiagram::currentRow() const
{
    const auto& rows = diagram().rows;
    const int current = currentLandmark();
    const auto it = std::upper_bound(rows.begin(), rows.end(), current, [](int step, const auto& row) { return step < row.step; });
    return int(it - rows.begin()) - 1;
}

void SequenceDiagram::follow(Glide glide)
{
    const int index = currentRow();
    if (index < 0)
        return;
    const auto& row = diagram().rows[size_t(index)];
    const double em = QFontMetricsF(zoomedFont()).height();
    auto* bar = verticalScrollBar();
    m_glide.stop();
    const double top = row.bounds.top() - diagram().headerHeight - 2 * em;
    const double bottom = row.bounds.bottom() + (index + 1 == int(diagram().rows.size()) ? 4 : 2) * em - viewport()->height();
    int target = bar->value();
    if (bar->value() > top)
        target = int(top);
    else if (bar->value() < bottom)
        target = int(std::ceil(bottom));
    target = std::clamp(target, bar->minimum(), bar->maximum());
    if (target != bar->value() && glide == Glide::Yes && mayAnimate()) {
        m_glide.setStartValue(bar->value());
        m_glide.setEndValue(target);
        m_glide.start();
    } else {
        bar->setValue(target);
    }
    auto* across = horizontalScrollBar();
    if (across->value() > row.bounds.left() - em)
        across->setValue(int(row.bounds.left() - em));
    else if (across->value() + viewport()->width() < row.bounds.right() + em)
        across->setValue(int(row.bounds.right() + em) - viewport()->width());
}

void SequenceDiagram::cursorMoved()
{
    const int index = currentRow();
    // Only a step forward travels; a jump is there at once.
    m_arrival.stop();
    if (index == m_lastRow + 1 && mayAnimate())
        m_arrival.start();
    m_lastRow = index;
    follow(Glide::Yes);
    viewport()->update();
    setAccessibleDescription(index < 0 ? QString() : rowText(diagram().rows[size_t(index)], *m_cursor.trace()));
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
    if (diagram().lanes.empty() || diagram().rows.empty()) {
        paintEmpty(painter);
        return;
    }
    const QPointF offset(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    painter.save();
    painter.translate(offset);
    paintDiagram(painter, diagram(), appearance, QRectF(event->rect()).translated(-offset));
    painter.restore();

    // The headers stay in sight.
    painter.translate(offset.x(), 0);
    painter.fillRect(QRectF(-offset.x(), 0, viewport()->width(), diagram().headerHeight), appearance.theme.panel);
    paintLaneHeaders(painter, diagram(), appearance);
    if (verticalScrollBar()->value() > 0) {
        painter.setPen(appearance.theme.border);
        painter.drawLine(QPointF(-offset.x(), diagram().headerHeight), QPointF(-offset.x() + viewport()->width(),
                                                                             diagram().headerHeight));
    }
}

void SequenceDiagram::resizeEvent(QResizeEvent*)
{
    refit();
}

void SequenceDiagram::refit()
{
    if (m_builder->isFor(zoomedFont(), viewport()->width()))
        updateScrollBars();
    else
        relayout();
    follow(Glide::No);
}

void SequenceDiagram::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    refit();
}

void SequenceDiagram::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        relayout();
    else if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

} // namespace corscope

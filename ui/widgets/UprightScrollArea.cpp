#include "ui/widgets/UprightScrollArea.h"

#include <QEvent>
#include <QScrollBar>
#include <QVariant>

namespace corscope {

UprightScrollArea::UprightScrollArea(QWidget* content, int lines, QWidget* parent) : QScrollArea(parent), m_lines(lines)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // who goes through it with Tab is taken to what it shows
    setWidget(content);
    setProperty("role", QStringLiteral("column"));
}

QSize UprightScrollArea::minimumSizeHint() const
{
    const int bar = verticalScrollBar()->maximum() > 0 ? verticalScrollBar()->sizeHint().width() : 0;
    const auto least = widget()->minimumSizeHint().expandedTo(widget()->minimumSize());
    return {least.width() + bar, qMin(least.height(), fontMetrics().height() * m_lines)};
}

QSize UprightScrollArea::sizeHint() const
{
    return {minimumSizeHint().width(), widget()->sizeHint().height()};
}

bool UprightScrollArea::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry(); // what is shown may need more width now
    return QScrollArea::eventFilter(watched, event);
}

} // namespace corscope

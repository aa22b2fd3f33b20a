#include "ui/widgets/Column.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace corscope {

namespace {

/// Scrolls upwards only: it is as wide as what it shows needs.
class UprightScrollArea : public QScrollArea
{
public:
    explicit UprightScrollArea(QWidget* content)
    {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(content);
        setProperty("role", QStringLiteral("column"));
    }
    QSize minimumSizeHint() const override
    {
        const int bar = verticalScrollBar()->sizeHint().width();
        return {widget()->minimumSizeHint().width() + bar, fontMetrics().height() * 8};
    }
    QSize sizeHint() const override { return {minimumSizeHint().width(), widget()->sizeHint().height()}; }
};

} // namespace

Column::Column(const QList<QWidget*>& scrolling, QWidget* staying, QWidget* parent) : QSplitter(Qt::Vertical, parent)
{
    setChildrenCollapsible(false);
    auto* content = new QWidget;
    content->setProperty("role", QStringLiteral("column"));
    auto* cards = new QVBoxLayout(content);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(fontMetrics().height() / 2);
    for (auto* card : scrolling)
        cards->addWidget(card);
    cards->addStretch(1);
    addWidget(new UprightScrollArea(content));
    addWidget(staying);
    setHandleWidth(fontMetrics().height() / 2);
    setStretchFactor(0, 2);
    setStretchFactor(1, 1);
}

} // namespace corscope

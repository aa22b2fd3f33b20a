#include "ui/widgets/Column.h"

#include "ui/widgets/UprightScrollArea.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace corscope {

Column::Column(const QList<QWidget*>& scrolling, QWidget* staying, int share, QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
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
    auto* scrollArea = new UprightScrollArea(content, 8);
    addWidget(scrollArea);
    auto* below = new QWidget;
    auto* inset = new QVBoxLayout(below);
    inset->setContentsMargins(0, 0, 0, 0);
    inset->addWidget(staying);
    addWidget(below);
    // The cards' right edges stay in line whether there is a scroll bar or not.
    auto* bar = scrollArea->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, below, [bar, inset](int, int maximum) {
        inset->setContentsMargins(0, 0, maximum > 0 ? bar->sizeHint().width() : 0, 0);
    });
    setHandleWidth(fontMetrics().height() / 2);
    setStretchFactor(0, 100 - share);
    setStretchFactor(1, share);
    const int em = fontMetrics().height();
    setSizes({(100 - share) * em, share * em});
}

} // namespace corscope

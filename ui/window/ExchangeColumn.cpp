#include "ui/window/ExchangeColumn.h"

#include "ui/exchange/SequenceDiagram.h"
#include "ui/exchange/StepList.h"
#include "ui/inspector/Inspector.h"
#include "ui/session/RunController.h"
#include "ui/verdict/VerdictBar.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/Segmented.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace corscope {

ExchangeColumn::ExchangeColumn(TraceCursor& cursor, RunController& run, QWidget* parent) : QWidget(parent)
{
    const int em = fontMetrics().height();
    auto* verdict = new VerdictBar(cursor);
    verdict->setObjectName(QStringLiteral("verdict"));
    connect(&run, &RunController::runningChanged, verdict, &VerdictBar::setRunning);
    auto* inspector = new Inspector(cursor);
    inspector->setObjectName(QStringLiteral("inspector"));
    auto* split = new QSplitter(Qt::Vertical);
    split->setObjectName(QStringLiteral("exchangeAndStep"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(em / 2);
    split->addWidget(exchangeCard(cursor));
    split->addWidget(inspector);
    split->setSizes({em * 30, em * 18});
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 3);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em / 2);
    column->addWidget(verdict);
    column->addWidget(split, 1);
}

QWidget* ExchangeColumn::exchangeCard(TraceCursor& cursor)
{
    auto* card = new Card(tr("Exchange"));
    auto* which = new Segmented({{"diagram", tr("Diagram"), tr("The exchange as a sequence diagram")},
                                 {"steps", tr("Steps"), tr("Every step as a list")}});
    which->setObjectName(QStringLiteral("exchangeChooser"));
    which->setValue("diagram");
    card->addToHeading(which);
    auto* diagram = new SequenceDiagram(cursor);
    diagram->setObjectName(QStringLiteral("diagram"));
    auto* steps = new StepList(cursor);
    steps->setObjectName(QStringLiteral("stepList"));
    auto* pages = new QStackedWidget;
    pages->setMinimumHeight(fontMetrics().height() * 9); // with large text the column scrolls
    pages->addWidget(diagram);
    pages->addWidget(steps);
    card->body()->addWidget(pages);
    card->setFlush();
    connect(which, &Segmented::chosen, pages, [pages](const QByteArray& value) {
        pages->setCurrentIndex(value == "steps" ? 1 : 0);
    });
    return card;
}

} // namespace corscope

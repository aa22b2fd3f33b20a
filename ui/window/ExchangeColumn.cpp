#include "ui/window/ExchangeColumn.h"

#include "ui/exchange/ExchangeTools.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/exchange/StepList.h"
#include "ui/inspector/Inspector.h"
#include "ui/present/Enlarged.h"
#include "ui/session/RunController.h"
#include "ui/verdict/StandingMark.h"
#include "ui/verdict/VerdictBar.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/Segmented.h"

#include <QApplication>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace corscope {

ExchangeColumn::ExchangeColumn(TraceCursor& cursor, RunController& run, QWidget* parent) : QWidget(parent)
{
    const int em = fontMetrics().height();
    m_verdict = new VerdictBar(cursor);
    m_verdict->setObjectName(QStringLiteral("verdict"));
    connect(&run, &RunController::runningChanged, m_verdict, &VerdictBar::setRunning);
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
    column->addWidget(m_verdict);
    column->addWidget(split, 1);
}

void ExchangeColumn::addToExchangeHeading(QWidget* widget)
{
    m_exchange->addToHeading(widget);
}

QList<QAction*> ExchangeColumn::viewActions() const
{
    return m_tools->actions();
}

void ExchangeColumn::setEnlarged(bool large)
{
    const double points = (large ? enlarged(QApplication::font(), 1.4) : QApplication::font()).pointSizeF();
    const auto sized = [points](QFont font) {
        font.setPointSizeF(points);
        return font;
    };
    // What has a font of its own does not follow the column.
    setFont({});
    for (auto* part : findChildren<QWidget*>())
        if (part->testAttribute(Qt::WA_SetFont) && part->font().resolveMask() & QFont::SizeResolved)
            part->setFont(sized(part->font()));
    if (large)
        setFont(sized({}));
}

QWidget* ExchangeColumn::exchangeCard(TraceCursor& cursor)
{
    auto* card = new Card(tr("Exchange"));
    m_exchange = card;
    auto* standing = new StandingMark(cursor);
    standing->setObjectName(QStringLiteral("exchangeStanding"));
    card->addToHeading(standing);
    auto* which = new Segmented({{"diagram", tr("Diagram"), tr("The exchange as a sequence diagram")},
                                 {"steps", tr("Steps"), tr("Every step as a list")}});
    which->setObjectName(QStringLiteral("exchangeChooser"));
    which->setValue("diagram");
    m_diagram = new SequenceDiagram(cursor);
    auto* diagram = m_diagram;
    diagram->setObjectName(QStringLiteral("diagram"));
    m_tools = new ExchangeTools(*diagram, cursor);
    auto* tools = m_tools;
    tools->setObjectName(QStringLiteral("exchangeTools"));
    card->addToHeading(tools);
    card->addToHeading(which);
    auto* steps = new StepList(cursor);
    steps->setObjectName(QStringLiteral("stepList"));
    auto* pages = new QStackedWidget;
    pages->setMinimumHeight(fontMetrics().height() * 9); // with large text the column scrolls
    pages->addWidget(diagram);
    pages->addWidget(steps);
    StandingMark::veil(*pages, cursor);
    card->body()->addWidget(pages);
    card->setFlush();
    connect(which, &Segmented::chosen, pages, [pages, tools](const QByteArray& value) {
        pages->setCurrentIndex(value == "steps" ? 1 : 0);
        tools->setVisible(value != "steps");
    });
    return card;
}

} // namespace corscope

#include "ui/window/ExchangeColumn.h"

#include "ui/session/TraceCursor.h"
#if __has_include("ui/exchange/SequenceDiagram.h")
#include "ui/exchange/SequenceDiagram.h"
#define HAVE_DIAGRAM
#endif
#include "ui/widgets/Card.h"

#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace corscope {

ExchangeColumn::ExchangeColumn(ScenarioDocument&, TraceCursor& cursor, QWidget* parent)
    : QWidget(parent), m_cursor(cursor)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 2);
    column->addWidget(new Card(tr("Verdict")));
    auto* split = new QSplitter(Qt::Vertical);
    auto* exchange = new Card(tr("Exchange"));
#ifdef HAVE_DIAGRAM
    exchange->body()->addWidget(new SequenceDiagram(cursor));
#endif
    split->addWidget(exchange);
    split->addWidget(new Card(tr("Step")));
    split->setSizes({600, 300});
    column->addWidget(split, 1);
}

QWidget* ExchangeColumn::makeTransport()
{
    return new QWidget;
}

} // namespace corscope

#pragma once

#include <QWidget>

namespace corscope {

class Card;
class RunController;
class TraceCursor;

/// The middle column: the verdict, the exchange as a diagram or as a list, and the step being looked at.
class ExchangeColumn : public QWidget
{
    Q_OBJECT
public:
    ExchangeColumn(TraceCursor& cursor, RunController& run, QWidget* parent = nullptr);

    void addToExchangeHeading(QWidget* widget);

private:
    QWidget* exchangeCard(TraceCursor& cursor);

    Card* m_exchange = nullptr;
};

} // namespace corscope

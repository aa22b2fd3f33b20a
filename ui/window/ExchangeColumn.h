#pragma once

#include <QWidget>

namespace corscope {

class Card;
class RunController;
class TraceCursor;
class VerdictBar;

/// The middle column: the verdict, the exchange as a diagram or as a list, and the step being looked at.
class ExchangeColumn : public QWidget
{
    Q_OBJECT
public:
    ExchangeColumn(TraceCursor& cursor, RunController& run, QWidget* parent = nullptr);

    VerdictBar& verdict() { return *m_verdict; }
    void addToExchangeHeading(QWidget* widget);

private:
    QWidget* exchangeCard(TraceCursor& cursor);

    VerdictBar* m_verdict;
    Card* m_exchange = nullptr;
};

} // namespace corscope

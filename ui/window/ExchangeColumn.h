#pragma once

#include <QWidget>

namespace corscope {

class ScenarioDocument;
class TraceCursor;

/// The middle column: the verdict, the exchange, and the step being looked at.
class ExchangeColumn : public QWidget
{
    Q_OBJECT
public:
    ExchangeColumn(ScenarioDocument& document, TraceCursor& cursor, QWidget* parent = nullptr);

    /// What steps through the trace; belongs to whoever shows it.
    QWidget* makeTransport();

private:
    TraceCursor& m_cursor;
};

} // namespace corscope

#pragma once

#include <QWidget>

namespace corscope {

class RunController;
class TraceCursor;
class VerdictBar;

/// The middle column: the verdict, the exchange as a diagram or as a list, and the step being looked at.
class ExchangeColumn : public QWidget
{
    Q_OBJECT
public:
    ExchangeColumn(TraceCursor& cursor, RunController& run, QWidget* parent = nullptr);

    VerdictBar* verdict() const { return m_verdict; }
    /// Type and lines for a room full of people, or as usual.
    void setEnlarged(bool large);

private:
    QWidget* exchangeCard(TraceCursor& cursor);

    VerdictBar* m_verdict;
};

} // namespace corscope

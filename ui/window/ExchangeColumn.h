#pragma once

#include <QWidget>

namespace corscope {

class Card;
class RunController;
class ExchangeTools;
class SequenceDiagram;
class TraceCursor;
class VerdictBar;

/// The middle column: the verdict, the exchange as a diagram or as a list, and the step being looked at.
class ExchangeColumn : public QWidget
{
    Q_OBJECT
public:
    ExchangeColumn(TraceCursor& cursor, RunController& run, QWidget* parent = nullptr);

    SequenceDiagram& diagram() const { return *m_diagram; }
    VerdictBar& verdict() const { return *m_verdict; }
    void addToExchangeHeading(QWidget* widget);
    /// Filters and zoom, for a menu.
    QList<QAction*> viewActions() const;
    /// Type and lines for a room full of people, or as usual.
    void setEnlarged(bool large);

private:
    QWidget* exchangeCard(TraceCursor& cursor);

    VerdictBar* m_verdict = nullptr;
    Card* m_exchange = nullptr;
    SequenceDiagram* m_diagram = nullptr;
    ExchangeTools* m_tools = nullptr;
};

} // namespace corscope

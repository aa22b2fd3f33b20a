#pragma once

#include "ui/widgets/Card.h"

class QTableView;
class QToolButton;

namespace corscope {

class RouteForm;
class RouteTableModel;
class ScenarioDocument;

/// The routes behind the pipeline, the first that fits answers: a table to choose from, add to and put in order, and the
/// chosen one in full.
class RoutesCard : public Card
{
    Q_OBJECT
public:
    RoutesCard(ScenarioDocument& document, int server, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QToolButton* button(const char* name, const QString& text, const QString& help, void (RoutesCard::*action)());
    void buildTable();
    void refresh();
    void choose(int row);
    void add();
    void duplicate();
    void remove();
    void moveUp() { moveBy(-1); }
    void moveDown() { moveBy(1); }
    void moveBy(int rows);

    ScenarioDocument& m_document;
    int m_server;
    RouteTableModel* m_model;
    QTableView* m_table;
    RouteForm* m_form;
    QLabel* m_empty;
    QToolButton* m_duplicate;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_remove;
    int m_chosen = 0;
};

} // namespace corscope

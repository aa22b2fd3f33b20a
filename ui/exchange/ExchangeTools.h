#pragma once

#include <QWidget>

class QAction;
class QMenu;
class QToolButton;

namespace corscope {

class SequenceDiagram;
class TraceCursor;

/// What of the exchange is shown, and how large: a menu with filters by kind and lane, folding and zoom. Its actions
/// (QWidget::actions) carry the shortcuts and can be put into a menu of the window.
class ExchangeTools : public QWidget
{
    Q_OBJECT
public:
    ExchangeTools(SequenceDiagram& diagram, TraceCursor& cursor, QWidget* parent = nullptr);

private:
    QAction* add(const QString& id, const QString& text, const QString& key, const QString& tip);
    QAction* addToggle(const QString& id, const QString& text, const QString& key, const QString& tip);
    void buildActions();
    void fillLanes();
    void apply();
    void refresh();

    SequenceDiagram& m_diagram;
    TraceCursor& m_cursor;
    QToolButton* m_button;
    QMenu* m_menu;
    QMenu* m_lanes;
    QAction* m_messages;
    QAction* m_decisions;
    QAction* m_changes;
    QAction* m_fold;
    QAction* m_all;
};

} // namespace corscope

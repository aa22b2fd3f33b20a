#pragma once

#include "ui/session/PageEdits.h"

#include <QWidget>

class QAction;
class QTabBar;

namespace corscope {

class ChosenPage;
class MenuButton;
class ScenarioDocument;

/// The pages as tabs, and what can be done with them.
class PageTabs : public QWidget
{
    Q_OBJECT
public:
    PageTabs(ScenarioDocument& document, ChosenPage& page, QWidget* parent = nullptr);

Q_SIGNALS:
    void renameWanted();

private:
    void addMenus();
    void add(pageedits::Newcomer newcomer, const QString& name);
    void duplicate();
    void remove();
    void refresh();

    ScenarioDocument& m_document;
    ChosenPage& m_page;
    QTabBar* m_tabs;
    MenuButton* m_add;
    MenuButton* m_more;
    QAction* m_twin;
    QAction* m_remove;
};

} // namespace corscope

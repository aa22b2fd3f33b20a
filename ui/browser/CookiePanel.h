#pragma once

#include "core/http/Cookie.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace corscope {

class CookieForm;
class Memory;
class SmallTable;

/// The cookies of the simulated browser: a table, and the chosen one as a form.
class CookiePanel : public QWidget
{
    Q_OBJECT
public:
    explicit CookiePanel(Memory& memory, QWidget* parent = nullptr);

private:
    void add();
    void remove(int row);
    void replace(const Cookie& cookie);
    void refresh();

    Memory& m_memory;
    QList<Cookie> m_shown;
    SmallTable* m_table;
    CookieForm* m_form;
    QLabel* m_empty;
    QPushButton* m_remove;
    QPushButton* m_clear;
    QPushButton* m_keep;
};

} // namespace corscope

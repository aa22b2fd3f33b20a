#pragma once

#include "core/http/Cookie.h"

#include <QWidget>

class QPushButton;

namespace corscope {

class CookieForm;
class EntryList;
class Memory;

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
    EntryList* m_list;
    CookieForm* m_form;
    QPushButton* m_keep;
};

} // namespace corscope

#pragma once

#include <QDialog>

namespace corscope {

class Actions;

/// Every key of the window in one table, made from its actions, and the keys that only count inside one panel.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutsDialog(const Actions& actions, QWidget* parent = nullptr);
};

} // namespace corscope

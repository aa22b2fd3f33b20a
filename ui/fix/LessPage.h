#pragma once

#include "core/advise/Minimise.h"
#include "ui/session/Background.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace corscope {

/// What could be left out: settings and headers that are superfluous for one send, each removable; and the smallest
/// scenario in which that send ends the same way.
class LessPage : public QWidget
{
    Q_OBJECT
public:
    explicit LessPage(QWidget* parent = nullptr);

    /// Looks anew, away from the window's thread.
    void look(const Scenario& scenario, int action);
    void forget();

Q_SIGNALS:
    void removeWanted(const advise::Superfluous& superfluous);
    void openWanted(const Scenario& smallest);

private:
    struct Less
    {
        std::vector<advise::Superfluous> superfluous;
        Scenario smallest;
    };
    void show(const Scenario& before, const Less& less);
    void removeChosen();

    Background m_background;
    Less m_less;
    QLabel* m_said;
    QListWidget* m_list;
    QPushButton* m_remove;
    QLabel* m_size;
    QPushButton* m_open;
};

} // namespace corscope

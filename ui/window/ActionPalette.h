#pragma once

#include <QFrame>
#include <QPointer>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace corscope {

/// Everything that can be done, found by typing: a list over the window. Arrow keys choose, Enter does, Esc leaves.
class ActionPalette : public QFrame
{
    Q_OBJECT
public:
    struct Item
    {
        QString text;
        QString category;
        QString keys;
        bool enabled = true;
        std::function<void()> run;
        int rank = 0; ///< of two that fit equally well, the lower one comes first
    };
    /// Asked for each text that is typed, trimmed; items that do not fit it are left out afterwards.
    using Source = std::function<std::vector<Item>(const QString& typed)>;

    /// Shows itself over the window and takes the keyboard; deletes itself when it is left.
    ActionPalette(Source source, QWidget& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void place();
    void runRow(int row);
    void leave();

    Source m_source;
    std::vector<Item> m_items; ///< as the list shows them
    QPointer<QWidget> m_focusBefore;
    QLineEdit* m_line;
    QListWidget* m_list;
};

} // namespace corscope

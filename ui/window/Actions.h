#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

#include <array>
#include <functional>

class QAction;
class QMainWindow;
class QMenu;

namespace corscope {

/// Every action of the window, once: its id, its words, its keys and where it belongs. The menus, the list behind
/// Ctrl+K, the page of keyboard shortcuts and the tooltips of buttons are made from it, so an action that is added here
/// is in all of them.
class Actions : public QObject
{
    Q_OBJECT
public:
    /// Each is a menu, in this order.
    enum class Category { File, Edit, Run, View, Help };
    static constexpr int categories = 5;

    struct Entry
    {
        Category category;
        QAction* action; ///< its object name is its id
    };

    explicit Actions(QMainWindow& window);

    /// Adds an action at the end of a menu.
    /// \param id becomes the action's object name; unique.
    QAction* add(Category category, const QString& id, const QString& text, const QList<QKeySequence>& keys = {},
                 const std::function<void()>& triggered = {});
    /// The same with an action that somebody else made and owns; it needs an object name.
    void adopt(Category category, QAction* action);
    void separate(Category category);

    const std::vector<Entry>& entries() const { return m_entries; }
    QAction* find(const QString& id) const; ///< null where there is none
    // cppcheck-suppress CastIntegerToAddressAtReturn ; they are pointers
    QMenu* menu(Category category) const { return m_menus[size_t(category)]; }

    static QString title(Category category);
    /// Its words, without what marks the key of a menu.
    static QString words(const QAction& action);
    /// Its keys as people read them, "Ctrl+K"; empty where it has none.
    static QString keys(const QAction& action);
    /// What a tooltip says: the sentence, or the action's words, and its key.
    static QString hint(const QAction& action, const QString& sentence = {});

Q_SIGNALS:
    void added(QAction* action);

private:
    QMainWindow& m_window;
    std::array<QMenu*, categories> m_menus{};
    std::vector<Entry> m_entries;
};

} // namespace corscope

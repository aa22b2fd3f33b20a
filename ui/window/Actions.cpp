#include "ui/window/Actions.h"

#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace corscope {

Actions::Actions(QMainWindow& window) : QObject(&window), m_window(window)
{
    static constexpr const char* names[] = {QT_TR_NOOP("&File"), QT_TR_NOOP("&Edit"), QT_TR_NOOP("&Run"), QT_TR_NOOP("&View"),
                                            QT_TR_NOOP("&Help")};
    for (int i = 0; i < categories; ++i) {
        m_menus[size_t(i)] = window.menuBar()->addMenu(tr(names[i]));
        m_menus[size_t(i)]->setToolTipsVisible(true);
    }
}

QAction* Actions::add(Category category, const QString& id, const QString& text, const QList<QKeySequence>& keys,
                      const std::function<void()>& triggered)
{
    auto* action = new QAction(text, this);
    action->setObjectName(id);
    action->setShortcuts(keys);
    if (triggered)
        connect(action, &QAction::triggered, this, triggered);
    adopt(category, action);
    return action;
}

void Actions::adopt(Category category, QAction* action)
{
    Q_ASSERT(!action->objectName().isEmpty() && !find(action->objectName()));
    menu(category)->addAction(action);
    m_window.addAction(action); // NB: its keys count also while the menus are hidden
    m_entries.push_back({category, action});
    Q_EMIT added(action);
}

void Actions::separate(Category category)
{
    menu(category)->addSeparator();
}

QAction* Actions::find(const QString& id) const
{
    for (const auto& entry : m_entries)
        if (entry.action->objectName() == id)
            return entry.action;
    return nullptr;
}

QString Actions::title(Category category)
{
    switch (category) {
    case Category::File: return tr("File");
    case Category::Edit: return tr("Edit");
    case Category::Run: return tr("Run");
    case Category::View: return tr("View");
    case Category::Help: return tr("Help");
    }
    return {};
}

QString Actions::words(const QAction& action)
{
    return action.text().remove(u'&');
}

QString Actions::keys(const QAction& action)
{
    return action.shortcut().toString(QKeySequence::NativeText);
}

QString Actions::hint(const QAction& action, const QString& sentence)
{
    const auto key = keys(action);
    const auto what = sentence.isEmpty() ? words(action) : sentence;
    return key.isEmpty() ? what : tr("%1 (%2)").arg(what, key);
}

} // namespace corscope

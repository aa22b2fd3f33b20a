#include "ui/window/ShortcutsDialog.h"

#include "ui/window/Actions.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace corscope {

namespace {

QTreeWidgetItem* heading(QTreeWidget* table, const QString& text)
{
    auto* item = new QTreeWidgetItem(table, {text});
    auto font = item->font(0);
    font.setBold(true);
    item->setFont(0, font);
    item->setFirstColumnSpanned(true);
    item->setFlags(Qt::ItemIsEnabled);
    return item;
}

QStringList allKeys(const QAction& action)
{
    QStringList keys;
    for (const auto& key : action.shortcuts())
        keys.append(key.toString(QKeySequence::NativeText));
    keys.removeDuplicates();
    return keys;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Actions& actions, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcuts"));
    setWindowTitle(tr("Keyboard shortcuts"));
    const int em = fontMetrics().height();
    auto* table = new QTreeWidget;
    table->setObjectName(QStringLiteral("shortcutTable"));
    table->setAccessibleName(windowTitle());
    table->setColumnCount(2);
    table->setHeaderHidden(true);
    table->setRootIsDecorated(false);
    table->setIndentation(em);
    for (int i = 0; i < Actions::categories; ++i) {
        const auto category = Actions::Category(i);
        QTreeWidgetItem* group = nullptr;
        for (const auto& entry : actions.entries()) {
            const auto keys = allKeys(*entry.action);
            if (entry.category != category || keys.isEmpty())
                continue;
            if (!group)
                group = heading(table, Actions::title(category));
            new QTreeWidgetItem(group, {Actions::words(*entry.action), keys.join(tr(" or "))});
        }
    }
    auto* places = heading(table, tr("Inside a panel"));
    const QList<QStringList> rows{
        {tr("Diagram and step list: step back and forward"), tr("↑, ↓")},
        {tr("Diagram: larger, smaller, as it was"), tr("Ctrl and +, −, 0")},
        {tr("Pipeline: go from stage to stage"), tr("↑, ↓")},
        {tr("Pipeline: move the stage"), tr("Alt+↑, Alt+↓")},
        {tr("Pipeline: switch the stage on or off"), tr("Space")},
        {tr("Pipeline: duplicate, remove"), tr("Ctrl+Shift+D, Del")},
        {tr("From field to field"), tr("Tab, Shift+Tab")}};
    for (const auto& row : rows)
        new QTreeWidgetItem(places, row);
    table->expandAll();
    table->header()->setStretchLastSection(true);
    table->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto* note = new QLabel(tr("Ctrl+K finds any of these by its words."));
    note->setProperty("role", QStringLiteral("muted"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->addWidget(note, 1);
    foot->addWidget(buttons);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table, 1);
    column->addLayout(foot);
    resize(em * 36, em * 34);
}

} // namespace corscope

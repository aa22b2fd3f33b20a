#include "ui/browser/EntryList.h"

#include "ui/browser/SmallButton.h"
#include "ui/browser/SmallTable.h"
#include "ui/widgets/FlowLayout.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

EntryList::EntryList(const Names& names, const QString& accessibleName, const QStringList& columns, const QString& empty,
                     QWidget* parent)
    : QWidget(parent), m_table(new SmallTable(names.table, accessibleName, columns)), m_empty(new QLabel(empty)),
      m_remove(smallButton(names.remove, tr("Remove"))), m_clear(smallButton(names.clear, tr("Clear"))), m_buttons(new QWidget)
{
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setWordWrap(true);
    m_buttons->setLayout(new FlowLayout(nullptr, fontMetrics().height() / 4));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    for (auto* widget : {static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_table), m_buttons})
        column->addWidget(widget);
    addButton(m_remove);
    addButton(m_clear);
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeWanted(chosen()); });
    connect(m_clear, &QPushButton::clicked, this, &EntryList::clearWanted);
    connect(m_table, &SmallTable::removeWanted, this, &EntryList::removeWanted);
    connect(m_table, &SmallTable::rowChosen, this, [this](int row) {
        showButtons();
        Q_EMIT rowChosen(row);
    });
}

void EntryList::addButton(QPushButton* button, int place)
{
    auto* row = static_cast<FlowLayout*>(m_buttons->layout());
    row->insert(place < 0 ? row->count() : place, button);
}

void EntryList::setRows(const QList<QStringList>& rows)
{
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    m_empty->setVisible(rows.isEmpty());
    showButtons();
}

int EntryList::chosen() const
{
    return m_table->rowCount() > 0 ? m_table->currentRow() : -1;
}

void EntryList::choose(int row)
{
    m_table->setCurrentCell(row, 0);
}

void EntryList::showButtons()
{
    m_remove->setEnabled(chosen() >= 0);
    m_clear->setEnabled(m_table->rowCount() > 0);
}

} // namespace corscope

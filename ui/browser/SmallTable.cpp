#include "ui/browser/SmallTable.h"

#include "ui/theme/Theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>

namespace corscope {

static constexpr int mostRows = 6;

SmallTable::SmallTable(const char* name, const QString& accessibleName, const QStringList& columns, QWidget* parent)
    : QTableWidget(0, int(columns.size()), parent)
{
    setObjectName(QLatin1String(name));
    setAccessibleName(accessibleName);
    setHorizontalHeaderLabels(columns);
    setFont(Theme::fixedLike(font()));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    verticalHeader()->setMinimumSectionSize(fontMetrics().height());
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QTableWidget::currentCellChanged, this, [this](int row) { Q_EMIT rowChosen(row); });
}

void SmallTable::setRows(const QList<QStringList>& rows)
{
    const QSignalBlocker blocker(this);
    const int current = currentRow();
    setRowCount(int(rows.size()));
    for (int row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            const auto text = rows[row].value(column);
            auto* cell = item(row, column);
            if (!cell) {
                cell = new QTableWidgetItem;
                setItem(row, column, cell);
            }
            cell->setText(text);
            cell->setToolTip(text);
        }
    }
    if (current >= 0 && rowCount() > 0)
        setCurrentCell(std::min(current, rowCount() - 1), 0);
    updateGeometry();
}

QSize SmallTable::sizeHint() const
{
    const int rows = qBound(1, rowCount(), mostRows);
    const int height = horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth();
    return {fontMetrics().height() * 12, height};
}

void SmallTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && currentRow() >= 0)
        Q_EMIT removeWanted(currentRow());
    else
        QTableWidget::keyPressEvent(event);
}

} // namespace corscope

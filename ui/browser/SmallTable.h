#pragma once

#include <QTableWidget>

namespace corscope {

/// A few rows in a narrow column: as tall as its rows up to a limit, whole rows selected, Delete takes one away.
class SmallTable : public QTableWidget
{
    Q_OBJECT
public:
    SmallTable(const char* name, const QString& accessibleName, const QStringList& columns, QWidget* parent = nullptr);

    /// Replaces the rows without saying so; the selection stays at its place.
    void setRows(const QList<QStringList>& rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {fontMetrics().height() * 8, sizeHint().height()}; }

Q_SIGNALS:
    void removeWanted(int row);
    void rowChosen(int row); ///< -1 for none

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace corscope

#pragma once

#include "core/backend/Ledger.h"

#include <QAbstractTableModel>

namespace corscope {

/// What a server was asked, newest last, and a remark below, for instance on what it was never asked because a
/// preflight failed.
class AccessLogModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Request, Status, Remark, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    /// \param steps of the run that is shown, by entry; -1 where an entry is not of that run.
    void setEntries(const QList<AccessLogEntry>& entries, const QString& remark, const QList<int>& steps = {});

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const AccessLogEntry& entry, int column) const;

    QList<AccessLogEntry> m_entries;
    QList<int> m_steps;
    QString m_remark; ///< a last, grey row; empty for none
};

} // namespace corscope

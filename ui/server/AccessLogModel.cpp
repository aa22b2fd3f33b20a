#include "ui/server/AccessLogModel.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QPalette>

namespace corscope {

void AccessLogModel::setEntries(const QList<AccessLogEntry>& entries, const QString& remark, const QList<int>& steps)
{
    m_steps = steps;
    if (entries == m_entries && remark == m_remark)
        return;
    beginResetModel();
    m_entries = entries;
    m_remark = remark;
    endResetModel();
}

int AccessLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size()) + (m_remark.isEmpty() ? 0 : 1);
}

int AccessLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString AccessLogModel::text(const AccessLogEntry& entry, int column) const
{
    switch (column) {
    case Request: return QString::fromUtf8(entry.method + ' ' + entry.target);
    case Status: return QString::number(entry.status);
    case Remark: return entry.preflight ? tr("preflight") : entry.handlerRan ? tr("handler ran") : tr("no handler");
    }
    return {};
}

QVariant AccessLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isRemark = index.row() >= m_entries.size();
    if (isRemark) {
        if (role == Qt::DisplayRole && index.column() == Request)
            return m_remark;
        if (role == Qt::ForegroundRole)
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        return {};
    }
    const auto& entry = m_entries[index.row()];
    if (role == Qt::DisplayRole)
        return text(entry, index.column());
    if (role == Qt::ToolTipRole) {
        const auto time = QDateTime::fromMSecsSinceEpoch(entry.time.time_since_epoch().count(), Qt::UTC);
        const auto run = m_steps.value(index.row(), -1) >= 0 ? tr("Choose it to go to its step.")
                                                             : tr("Of an earlier run, or from another program.");
        return tr("%1 %2\n%3, Origin: %4\n%5").arg(QString::fromUtf8(entry.method), QString::fromUtf8(entry.target),
                                                   time.toString(QStringLiteral("HH:mm:ss")),
                                                   entry.origin.isEmpty() ? tr("none") : QString::fromUtf8(entry.origin), run);
    }
    return {};
}

QVariant AccessLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Request: return tr("Request");
    case Status: return tr("Status");
    case Remark: return tr("What it was");
    }
    return {};
}

} // namespace corscope

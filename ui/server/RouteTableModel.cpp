#include "ui/server/RouteTableModel.h"

#include "ui/theme/Theme.h"

namespace corscope {

void RouteTableModel::setRoutes(const std::vector<RouteConfig>& routes)
{
    if (routes == m_routes)
        return;
    if (routes.size() == m_routes.size()) { // the selection stays
        m_routes = routes;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_routes = routes;
    endResetModel();
}

int RouteTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_routes.size());
}

int RouteTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RouteTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || size_t(index.row()) >= m_routes.size())
        return {};
    const auto& route = m_routes[size_t(index.row())];
    const auto effect = route.raises ? tr("raises") : route.effect.isEmpty() ? tr("reads") : QString::fromUtf8(route.effect);
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case Method: return QString::fromUtf8(route.method);
        case Path: return QString::fromUtf8(route.path);
        case Status: return route.raises ? QStringLiteral("500") : QString::number(route.status);
        case Effect: return effect;
        }
    }
    if (role == Qt::ToolTipRole)
        return tr("%1 %2 answers %3; the handler: %4").arg(QString::fromUtf8(route.method), QString::fromUtf8(route.path),
                                                         route.raises ? QStringLiteral("500") : QString::number(route.status), effect);
    return {};
}

QVariant RouteTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Method: return tr("Method");
    case Path: return tr("Path");
    case Status: return tr("Status");
    case Effect: return tr("Handler");
    }
    return {};
}

} // namespace corscope

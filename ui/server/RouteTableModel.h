#pragma once

#include "core/backend/ServerConfig.h"

#include <QAbstractTableModel>

namespace corscope {

/// The routes of a server as a table: what is asked, and what is answered in short.
class RouteTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Method, Path, Status, Effect, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setRoutes(const std::vector<RouteConfig>& routes);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<RouteConfig> m_routes;
};

} // namespace corscope

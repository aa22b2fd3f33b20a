#pragma once

#include <QList>
#include <QSplitter>

namespace corscope {

/// A column of the workspace: cards one below the other that scroll inside, and a last one that always stays in sight,
/// with a handle between the two.
class Column : public QSplitter
{
    Q_OBJECT
public:
    Column(const QList<QWidget*>& scrolling, QWidget* staying, QWidget* parent = nullptr);
};

} // namespace corscope

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
    /// \param share of the height, in per cent, that the last card has at first.
    Column(const QList<QWidget*>& scrolling, QWidget* staying, int share, QWidget* parent = nullptr);
};

} // namespace corscope

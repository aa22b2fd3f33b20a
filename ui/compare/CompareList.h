#pragma once

#include <QTreeView>

namespace corscope {

class CompareModel;

/// Two step lists beside one another, what belongs together on one line. Rows that are not the same are tinted, and say
/// so by their sign in the middle.
class CompareList : public QTreeView
{
    Q_OBJECT
public:
    explicit CompareList(CompareModel& model, QWidget* parent = nullptr);

    int currentRow() const;
    void goTo(int row);
    /// Hides the rows that are the same.
    void showOnlyDifferences(bool only);

Q_SIGNALS:
    void rowChanged(int row);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();
    void filter();

    CompareModel& m_model;
    bool m_onlyDifferences = false;
};

} // namespace corscope

#pragma once

#include <QTreeView>

namespace corscope {

class StepListModel;
class TraceCursor;

/// The steps of the trace as a list. Its selection is the cursor.
class StepList : public QTreeView
{
    Q_OBJECT
public:
    explicit StepList(TraceCursor& cursor, QWidget* parent = nullptr);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void follow();
    void fitColumns();

    TraceCursor& m_cursor;
    StepListModel* m_model;
    bool m_following = false;
};

} // namespace corscope

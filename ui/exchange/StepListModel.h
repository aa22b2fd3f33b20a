#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace corscope {

class TraceCursor;

/// The stops of the trace at the cursor as a list: number, where it happens, what, and its verdict. Keeps only which
/// steps are rows; what they say is read from the trace.
class StepListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Number, Where, Title, Verdict, ColumnCount };
    enum Role { StepRole = Qt::UserRole, ToneRole, DepthRole };
    enum class Tone { None, Good, Bad, Ghost, Quiet };
    Q_ENUM(Tone)

    explicit StepListModel(TraceCursor& cursor, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    int stepOf(int row) const { return m_rows[size_t(row)]; }
    /// What a column may have to show, header included: its width is known without looking at every row.
    QStringList longestTexts(int column) const;
    /// Row of the last stop at or before a step; -1 where there is none.
    int rowOf(int step) const;

private:
    void takeTrace();
    void grow();

    TraceCursor& m_cursor;
    std::vector<int> m_rows;
};

} // namespace corscope

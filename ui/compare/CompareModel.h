#pragma once

#include "core/trace/Diff.h"

#include <QAbstractTableModel>

#include <memory>

namespace corscope {

/// Two runs side by side: a row per landmark, or pair of landmarks.
class CompareModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NumberA, TitleA, VerdictA, Sign, NumberB, TitleB, VerdictB, ColumnCount };
    enum Role { ToneRole = Qt::UserRole };
    enum class Tone { Same, Differs, Alone, Nothing };
    Q_ENUM(Tone)

    explicit CompareModel(QObject* parent = nullptr);
    void setRuns(const std::shared_ptr<const Trace>& a, const std::shared_ptr<const Trace>& b);

    const diff::Row& row(int row) const { return m_rows[size_t(row)]; }
    int differences() const;
    /// The next row that is not the same, after or before that one; -1 where there is none.
    int nextDifference(int row) const;
    int previousDifference(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const diff::Row& row, int column) const;
    QString spoken(const diff::Row& row) const;

    std::shared_ptr<const Trace> m_a;
    std::shared_ptr<const Trace> m_b;
    std::vector<diff::Row> m_rows;
    std::vector<int> m_numbersA; ///< by step
    std::vector<int> m_numbersB;
};

} // namespace corscope

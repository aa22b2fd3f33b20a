#include "ui/compare/CompareModel.h"

#include "ui/compare/DifferenceWords.h"
#include "core/explain/StepWords.h"

#include <algorithm>

namespace corscope {

static std::vector<int> landmarkNumbers(const Trace& trace)
{
    std::vector<int> numbers;
    int number = 0;
    for (const auto& step : trace.steps)
        numbers.push_back(number += step->landmark);
    return numbers;
}

CompareModel::CompareModel(QObject* parent)
    : QAbstractTableModel(parent), m_a(std::make_shared<const Trace>()), m_b(m_a)
{
}

void CompareModel::setRuns(const std::shared_ptr<const Trace>& a, const std::shared_ptr<const Trace>& b)
{
    beginResetModel();
    m_a = a ? a : std::make_shared<const Trace>();
    m_b = b ? b : std::make_shared<const Trace>();
    m_rows = diff::align(*m_a, *m_b);
    m_numbersA = landmarkNumbers(*m_a);
    m_numbersB = landmarkNumbers(*m_b);
    endResetModel();
}

int CompareModel::differences() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const auto& row) { return !row.isSame(); }));
}

int CompareModel::nextDifference(int row) const
{
    for (int i = row + 1; i < int(m_rows.size()); ++i)
        if (!m_rows[size_t(i)].isSame())
            return i;
    return -1;
}

int CompareModel::previousDifference(int row) const
{
    for (int i = row - 1; i >= 0; --i)
        if (!m_rows[size_t(i)].isSame())
            return i;
    return -1;
}

int CompareModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

static QString verdictText(const Step& step)
{
    const auto word = stepwords::verdict(step);
    return step.verdict == Verdict::Success ? QStringLiteral("✓ ") + word
        : step.verdict == Verdict::Failure  ? QStringLiteral("✗ ") + word
                                            : word;
}

QString CompareModel::text(const diff::Row& row, int column) const
{
    if (column == Sign)
        return differencewords::sign(row);
    const bool first = column < Sign;
    const int step = first ? row.a : row.b;
    if (step < 0)
        return column == TitleA || column == TitleB ? QStringLiteral("—") : QString();
    const auto& at = (first ? *m_a : *m_b).at(step);
    switch (column) {
    case NumberA: return QString::number(m_numbersA[size_t(step)]);
    case NumberB: return QString::number(m_numbersB[size_t(step)]);
    case TitleA:
    case TitleB: return stepwords::title(at);
    default: return verdictText(at);
    }
}

/// The whole line for those who hear it.
QString CompareModel::spoken(const diff::Row& row) const
{
    const auto side = [&](int title, int verdict) {
        return QString(text(row, title) + u' ' + text(row, verdict)).trimmed();
    };
    if (row.isSame())
        return tr("%1: the same in both runs").arg(side(TitleA, VerdictA));
    return tr("A: %1. B: %2. %3").arg(side(TitleA, VerdictA), side(TitleB, VerdictB), differencewords::summary(row));
}

QVariant CompareModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return spoken(row);
    case Qt::TextAlignmentRole:
        if (index.column() == Sign)
            return int(Qt::AlignCenter);
        return index.column() == NumberA || index.column() == NumberB ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                                                      : QVariant();
    case ToneRole: {
        const int here = index.column() < Sign ? row.a : index.column() > Sign ? row.b : 0;
        return QVariant::fromValue(here < 0         ? Tone::Nothing
                                   : row.isSame()   ? Tone::Same
                                   : row.a < 0 || row.b < 0 ? Tone::Alone
                                                    : Tone::Differs);
    }
    default: return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberA:
    case NumberB: return tr("No.");
    case TitleA: return tr("A");
    case TitleB: return tr("B");
    case VerdictA:
    case VerdictB: return tr("Verdict");
    default: return {};
    }
}

} // namespace corscope

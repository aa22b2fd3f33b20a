#include "ui/exchange/StepListModel.h"

#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "ui/session/TraceCursor.h"

#include <QFont>

#include <algorithm>

namespace corscope {

StepListModel::StepListModel(TraceCursor& cursor, QObject* parent) : QAbstractTableModel(parent), m_cursor(cursor)
{
    connect(&cursor, &TraceCursor::traceChanged, this, &StepListModel::takeTrace);
    connect(&cursor, &TraceCursor::traceGrew, this, &StepListModel::grow);
    connect(&cursor, &TraceCursor::stopsModeChanged, this, &StepListModel::takeTrace);
    takeTrace();
}

void StepListModel::takeTrace()
{
    const auto& rows = m_cursor.stops();
    // Where only what the steps say is new, the rows stay, and with them what is in sight.
    if (!m_rows.empty() && rows.size() >= m_rows.size() && std::equal(m_rows.begin(), m_rows.end(), rows.begin())) {
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
        grow();
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void StepListModel::grow()
{
    const auto& rows = m_cursor.stops();
    if (rows.size() == m_rows.size())
        return;
    beginInsertRows({}, int(m_rows.size()), int(rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin() + std::ptrdiff_t(m_rows.size()), rows.end());
    endInsertRows();
}

int StepListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int StepListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

int StepListModel::rowOf(int step) const
{
    return int(std::upper_bound(m_rows.begin(), m_rows.end(), step) - m_rows.begin()) - 1;
}

static StepListModel::Tone toneOf(const Step& step)
{
    if (step.kind == StepKind::Ghost)
        return StepListModel::Tone::Ghost;
    if (stepwords::isFailure(step))
        return StepListModel::Tone::Bad;
    if (step.verdict == Verdict::Success)
        return StepListModel::Tone::Good;
    return step.landmark ? StepListModel::Tone::None : StepListModel::Tone::Quiet;
}

static QString verdictText(const Step& step)
{
    const auto word = stepwords::verdict(step);
    if (step.verdict == Verdict::Success)
        return QStringLiteral("✓ ") + word;
    if (step.verdict == Verdict::Failure)
        return QStringLiteral("✗ ") + word;
    return word;
}

QStringList StepListModel::longestTexts(int column) const
{
    QStringList texts{headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()};
    if (column == Number) {
        texts.append(QString::number(m_cursor.trace()->size()));
    } else if (column == Where) {
        for (const auto& lane : m_cursor.trace()->lanes)
            texts.append(lane.title);
    } else if (column == Verdict) {
        Step step;
        for (const auto verdict : {corscope::Verdict::Yes, corscope::Verdict::No, corscope::Verdict::Success, corscope::Verdict::Failure}) {
            step.verdict = verdict;
            texts.append(verdictText(step));
        }
        step.kind = StepKind::Ghost;
        texts.append(verdictText(step));
    }
    return texts;
}

static QString titleText(const Step& step)
{
    if (step.landmark)
        return stepwords::title(step);
    // A rule is one of many of its algorithm: its number in the standard tells it from the others.
    const auto title = explain::stepTitle(step);
    if (step.kind == StepKind::Enter || step.at.step.isEmpty())
        return title;
    return StepListModel::tr("%1, step %2").arg(title, QString::fromUtf8(step.at.step));
}

QVariant StepListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& trace = *m_cursor.trace();
    if (stepOf(index.row()) >= trace.size())
        return {};
    const auto& step = trace.at(stepOf(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Number: {
            const int number = m_cursor.landmarkNumber(step.index);
            return number ? QString::number(number) : QString();
        }
        case Where: {
            const auto lane = size_t(std::max(step.lane, 0));
            return lane < trace.lanes.size() ? trace.lanes[lane].title : QString();
        }
        case Title: return titleText(step);
        case Verdict: return verdictText(step);
        default: return {};
        }
    case Qt::TextAlignmentRole:
        return index.column() == Number ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::FontRole:
        if (stepwords::isBlocking(step, trace)) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return stepwords::full(step, trace);
    case StepRole: return step.index;
    case ToneRole: return QVariant::fromValue(toneOf(step));
    case DepthRole: return m_cursor.stopsMode() == walk::Stops::EveryStep ? step.depth : 0;
    default: return {};
    }
}

QVariant StepListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return tr("No.");
    case Where: return tr("Where");
    case Title: return tr("What");
    case Verdict: return tr("Verdict");
    default: return {};
    }
}

} // namespace corscope

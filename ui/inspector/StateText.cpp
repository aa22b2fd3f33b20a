#include "ui/inspector/StateText.h"

#include "core/explain/StepWords.h"
#include "ui/inspector/ByteCompare.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

using Kind = StateLine::Kind;

static QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}

const State* stateBefore(const Step& step, const Trace& trace)
{
    return step.index > 0 && step.index <= trace.size() ? trace.at(step.index - 1).state : nullptr;
}

const StateTable* tableOf(const State* state, const QByteArray& id)
{
    if (!state)
        return nullptr;
    const auto it = std::find_if(state->begin(), state->end(), [&](const auto& table) { return table.id() == id; });
    return it == state->end() ? nullptr : it->get();
}

/// Cells one after the other, each as wide as its column.
static QString lineOf(const QStringList& cells, const std::vector<qsizetype>& widths)
{
    QString line(QStringLiteral("  "));
    for (qsizetype i = 0; i < cells.size(); ++i)
        line += i + 1 < cells.size() ? QString(cells[i].leftJustified(widths[size_t(i)]) + QStringLiteral("  ")) : cells[i];
    return line;
}

static void addTable(std::vector<StateLine>& lines, const StateTable& table, const StateTable* before)
{
    const bool changed = before && before != &table && *before != table;
    if (!lines.empty())
        lines.push_back({Kind::Remark, {}});
    lines.push_back({Kind::Title, stepwords::tableTitle(table.id) + (changed ? tr(" (changed in this step)") : QString())});
    if (table.rows.isEmpty()) {
        lines.push_back({Kind::Remark, QStringLiteral("  ") + tr("empty")});
        return;
    }
    // NB: the newest stand last. A log of thousands would be written anew at each step, and nobody reads it here.
    constexpr qsizetype most = 30;
    const auto left = std::max<qsizetype>(0, table.rows.size() - most);
    QList<QStringList> rows;
    rows.emplaceBack();
    for (const auto& column : table.columns)
        rows.front().append(QString::fromUtf8(column));
    for (const auto& row : table.rows.sliced(left)) {
        rows.emplaceBack();
        for (const auto& value : row)
            rows.back().append(visibleBytes(value));
    }
    std::vector<qsizetype> widths;
    for (const auto& row : std::as_const(rows)) {
        widths.resize(std::max(widths.size(), size_t(row.size())));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[size_t(i)] = std::max(widths[size_t(i)], row[i].size());
    }
    lines.push_back({Kind::Columns, lineOf(rows.front(), widths)});
    if (left > 0)
        lines.push_back({Kind::Remark, QStringLiteral("  ") + tr("%1 earlier ones").arg(left)});
    for (qsizetype i = 1; i < rows.size(); ++i) {
        auto line = lineOf(rows[i], widths);
        const bool isNew = changed && !before->rows.contains(table.rows[left + i - 1]);
        if (isNew)
            line[0] = u'+';
        lines.push_back({isNew ? Kind::NewRow : Kind::Row, line});
    }
}

std::vector<StateLine> stateLines(const Step& step, const Trace& trace)
{
    std::vector<StateLine> lines;
    const auto* before = stateBefore(step, trace);
    if (step.state)
        for (const auto& now : *step.state)
            addTable(lines, *now, tableOf(before, now.id()));
    if (lines.empty())
        lines.push_back({Kind::Remark, tr("Nothing is kept yet.")});
    return lines;
}

} // namespace corscope

#include "core/share/SequenceLayout.h"

#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "core/share/TextWidth.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace corscope::share {

namespace {

using Line = SequenceLayout::Line;
using Rect = SequenceLayout::Rect;
using Row = SequenceLayout::Row;
using Mark = SequenceLayout::Mark;

constexpr double fontSize = SequenceLayout::fontSize;
constexpr double lineHeight = SequenceLayout::lineHeight;
constexpr double ascent = 12.5; ///< from a line's top to where its letters stand
constexpr double pad = 9;
constexpr double markRoom = 21;

QString tr(const char* text) { return QCoreApplication::translate("SequenceDiagram", text); }

double widthOf(const QString& text, bool strong) { return fontSize * textWidth(text, strong ? Weight::Bold : Weight::Normal); }

QStringList broken(const QString& text, bool strong, double width, int lines)
{
    return wrappedText(text, strong ? Weight::Bold : Weight::Normal, width / fontSize, lines);
}

/// Builds one layout, row by row, downwards.
class Builder
{
public:
    Builder(const Trace& trace, int action) : m_trace(trace), m_action(action) {}

    SequenceLayout run()
    {
        placeLanes();
        int number = 0;
        int action = -1;
        for (const auto& step : m_trace.steps) {
            if (!step->landmark)
                continue;
            ++number;
            if (!isShown(*step))
                continue;
            if (m_group >= 0 && step->preflight != m_group)
                closeGroup();
            if (m_action < 0 && several() && step->action != action)
                addDivider(*step);
            action = step->action;
            if (step->preflight >= 0 && m_group < 0)
                openGroup(*step);
            addRow(*step, number);
        }
        if (m_group >= 0)
            closeGroup();
        m_layout.height = std::ceil(m_y + 8);
        return std::move(m_layout);
    }

private:
    bool isShown(const Step& step) const { return step.landmark && (m_action < 0 || step.action == m_action); }

    bool several() const
    {
        return std::any_of(m_trace.steps.begin(), m_trace.steps.end(),
                           [&](const auto& step) { return step->action != m_trace.steps.front()->action; });
    }

    SequenceLayout::LaneBox& lane(int index) { return m_layout.lanes[size_t(m_place[index])]; }

    void placeLanes()
    {
        std::set<int> used;
        std::set<QByteArray> servers;
        for (const auto& step : m_trace.steps)
            if (isShown(*step)) {
                used.insert(step->lane);
                if (step->toLane >= 0)
                    used.insert(step->toLane);
            }
        for (const int i : used)
            if (const auto& server = m_trace.lanes[size_t(i)].server; !server.isEmpty())
                servers.insert(server);
        double x = 0;
        double previousHalf = 0;
        int lines = 1;
        const Lane* previous = nullptr;
        for (const int i : used) {
            const auto& known = m_trace.lanes[size_t(i)];
            SequenceLayout::LaneBox box;
            box.kind = known.kind;
            const auto title = known.title.isEmpty() ? QString::fromUtf8(known.id) : known.title;
            const bool named = servers.size() > 1 && !known.server.isEmpty();
            auto texts = broken(title, true, 120, named ? 1 : 2);
            double widest = 56;
            for (const auto& text : texts)
                widest = std::max(widest, widthOf(text, true));
            if (named) {
                texts.append(broken(QString::fromUtf8(known.server), false, 120, 1));
                widest = std::max(widest, widthOf(texts.last(), false));
            }
            const double half = widest / 2 + 10;
            const bool wire = previous && previous->kind == Lane::Kind::Browser && known.kind != Lane::Kind::Page;
            const double gap = !previous ? half + 6 : wire ? 250 : previous->kind == Lane::Kind::Page ? 176 : 150;
            x += std::max(gap, previous ? previousHalf + half + 14 : 0);
            box.x = std::round(x);
            box.header = {box.x - half, 6, 2 * half, 0};
            for (const auto& text : texts)
                box.lines.push_back({text, box.x, 0, 0, !(named && text == texts.last()), named && text == texts.last()});
            lines = std::max(lines, int(texts.size()));
            m_place[i] = int(m_layout.lanes.size());
            m_layout.lanes.push_back(box);
            previous = &known;
            previousHalf = half;
        }
        m_layout.width = std::ceil(x + std::max(previousHalf + 6, 96.0));
        for (auto& box : m_layout.lanes) {
            box.header.height = lines * lineHeight + 12;
            double y = box.header.y + (box.header.height - double(box.lines.size()) * lineHeight) / 2;
            for (auto& line : box.lines) {
                line.baseline = y + ascent;
                y += lineHeight;
            }
        }
        m_layout.headerBottom = 6 + lines * lineHeight + 12;
        m_y = m_layout.headerBottom + 12;
    }

    /// Lines one below the other. \returns the bottom.
    double put(std::vector<Line>& lines, const QString& text, double left, double top, double width, int most, bool strong, bool quiet)
    {
        auto texts = broken(text, strong, width, most);
        // A header that does not fit breaks behind its name, not inside its value.
        const auto colon = text.indexOf(QLatin1String(": "));
        if (texts.size() > 1 && most > 1 && colon > 0 && widthOf(text.left(colon + 1), strong) <= width)
            texts = QStringList(text.left(colon + 1)) + broken(text.mid(colon + 2), strong, width, most - 1);
        for (const auto& part : texts) {
            lines.push_back({part, left, top + ascent, std::min(widthOf(part, strong), width), strong, quiet});
            top += lineHeight;
        }
        return top;
    }

    void addRow(const Step& step, int number)
    {
        Row row;
        row.step = &step;
        row.number = number;
        row.ghost = step.kind == StepKind::Ghost;
        row.preflight = step.preflight >= 0;
        row.response = step.message && !step.message->isRequest();
        row.failed = stepwords::isFailure(step) || stepwords::isRejection(step, m_trace);
        row.blocking = stepwords::isBlocking(step, m_trace);
        if (step.toLane >= 0 && step.toLane != step.lane)
            addArrow(row, step);
        else
            addBox(row, step);
        m_y = row.bounds.bottom() + 7;
        m_layout.rows.push_back(std::move(row));
    }

    void addArrow(Row& row, const Step& step)
    {
        row.kind = Row::Kind::Arrow;
        row.fromX = lane(step.lane).x;
        row.toX = lane(step.toLane).x;
        const double left = std::min(row.fromX, row.toX) + pad;
        const double width = std::abs(row.toX - row.fromX) - 2 * pad;
        QString title = QStringLiteral("%1  %2").arg(row.number).arg(stepwords::title(step));
        if (row.ghost)
            title += QStringLiteral(" · ") + stepwords::verdict(step);
        const auto header = stepwords::decidingHeader(step);
        double bottom = put(row.lines, title, left, m_y, width, 3, row.blocking, false);
        if (!header.isEmpty())
            bottom = put(row.lines, header, left, bottom, width, 3, false, true);
        row.y = std::round(bottom + 6) + 0.5;
        row.bounds = {std::min(row.fromX, row.toX), m_y, std::abs(row.toX - row.fromX), row.y + 6 - m_y};
    }

    void addBox(Row& row, const Step& step)
    {
        row.kind = step.kind == StepKind::Effect ? Row::Kind::Effect : Row::Kind::Box;
        row.mark = stepwords::mark(step, row.failed);
        const size_t place = size_t(m_place[step.lane]);
        const double lifeline = m_layout.lanes[place].x;
        const double leftEdge = place ? m_layout.lanes[place - 1].x + 12 : 4;
        const double rightEdge = place + 1 < m_layout.lanes.size() ? m_layout.lanes[place + 1].x - 12 : m_layout.width - 4;
        double left = std::max(leftEdge, lifeline - 64);
        left = std::max(leftEdge, std::min(left, rightEdge - 236));
        const double room = rightEdge - left - 2 * pad - (row.mark == Mark::None ? 0 : markRoom);

        auto details = explain::diagramText(step).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        auto title = stepwords::title(step);
        if (details.value(0) == title)
            details.removeFirst();
        if (const auto word = stepwords::verdict(step); !word.isEmpty())
            title += (title.endsWith(QLatin1Char('?')) ? QStringLiteral(" ") : QStringLiteral(": ")) + word;
        const bool strong = row.blocking || row.mark == Mark::No;
        const double top = m_y + 5;
        double bottom = put(row.lines, QStringLiteral("%1  %2").arg(row.number).arg(title), 0, top, room, 3, strong, false);
        for (const auto& detail : details.mid(0, 2))
            bottom = put(row.lines, detail, 0, bottom, room, 2, false, true);
        double widest = 0;
        for (const auto& line : row.lines)
            widest = std::max(widest, line.width);
        const double width = widest + 2 * pad + (row.mark == Mark::None ? 0 : markRoom);
        // A narrow box must still sit on its lifeline.
        left = std::min(std::max(left, lifeline + 16 - width), rightEdge - width);
        row.box = row.bounds = {left, m_y, width, bottom + 4 - m_y};
        for (auto& line : row.lines)
            line.x = left + pad + (row.mark == Mark::None ? 0 : markRoom);
    }

    void openGroup(const Step& step)
    {
        m_group = step.preflight;
        m_groupFirstRow = m_layout.rows.size();
        m_y += 2;
        SequenceLayout::Group group;
        group.rect.y = m_y;
        group.title = {tr("Preflight"), 0, m_y + 5 + ascent, widthOf(tr("Preflight"), true), true, false};
        m_y += 5 + lineHeight + 5;
        m_layout.groups.push_back(group);
    }

    void closeGroup()
    {
        auto& group = m_layout.groups.back();
        double left = m_layout.width;
        double right = 0;
        for (size_t i = m_groupFirstRow; i < m_layout.rows.size(); ++i) {
            left = std::min(left, m_layout.rows[i].bounds.x);
            right = std::max(right, m_layout.rows[i].bounds.right());
        }
        group.rect.x = std::max(2.5, std::round(left - 12) + 0.5);
        group.rect.width = std::min(m_layout.width - 2.5, std::round(right + 12) + 0.5) - group.rect.x;
        group.rect.height = m_y + 3 - group.rect.y;
        group.title.x = group.rect.x + 10;
        m_y = group.rect.bottom() + 10;
        m_group = -1;
    }

    void addDivider(const Step& step)
    {
        auto title = tr("Action %1").arg(step.action + 1);
        if (step.action < int(m_trace.outcomes.size()))
            if (const auto* send = std::get_if<SendOutcome>(&m_trace.outcomes[size_t(step.action)]))
                title += QStringLiteral(" · %1 %2").arg(QString::fromUtf8(send->method), QString::fromUtf8(send->url));
        m_y += m_layout.rows.empty() ? 0 : 6;
        std::vector<Line> lines;
        put(lines, title, 14, m_y, m_layout.width - 28, 1, true, true);
        m_layout.dividers.push_back({std::round(m_y + lineHeight / 2) + 0.5, lines.front()});
        m_y += lineHeight + 10;
    }

    const Trace& m_trace;
    int m_action;
    SequenceLayout m_layout;
    std::map<int, int> m_place; ///< of a lane of the trace among those that are drawn
    double m_y = 0;
    int m_group = -1;
    size_t m_groupFirstRow = 0;
};

} // namespace

SequenceLayout layoutSequence(const Trace& trace, int action)
{
    return Builder(trace, action).run();
}

} // namespace corscope::share

#include "ui/exchange/DiagramLayout.h"

#include "core/explain/Explain.h"
#include "ui/exchange/StepWords.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace corscope {

using Line = DiagramLayout::Line;
using Row = DiagramLayout::Row;
using Mark = DiagramLayout::Mark;

const Row* DiagramLayout::rowOf(int step) const
{
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.step == step; });
    return it == rows.end() ? nullptr : &*it;
}

const Row* DiagramLayout::rowAt(const QPointF& point) const
{
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
        return row.bounds.adjusted(-4, -3, 4, 3).contains(point);
    });
    return it == rows.end() ? nullptr : &*it;
}

QStringList wrapped(const QString& text, const QFont& font, double width, int lines)
{
    const QFontMetricsF metrics(font);
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList result;
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (result.size() == lines - 1) {
            result.append(metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, width));
            break;
        }
        result.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return result;
}

namespace {

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("SequenceDiagram", text, nullptr, n);
}

/// Builds one layout, row by row, downwards.
class Builder
{
public:
    Builder(const Trace& trace, const QFont& font, double width)
        : m_trace(trace), m_font(font), m_strong(font), m_em(QFontMetricsF(font).height())
    {
        m_strong.setBold(true);
        m_line = std::ceil(std::max(QFontMetricsF(m_font).height(), QFontMetricsF(m_strong).height()));
        placeLanes(width);
    }

    DiagramLayout build();

private:
    void placeLanes(double width);
    void addRow(const Step& step, int number);
    void addArrow(Row& row, const Step& step);
    void addBox(Row& row, const Step& step);
    void addDivider(const Step& step);
    void addNotes();
    void openGroup(const Step& step);
    void closeGroup();
    double textWidth(const QString& text, bool strong) const
    {
        return std::ceil(QFontMetricsF(strong ? m_strong : m_font).horizontalAdvance(text)) + 1;
    }
    /// Puts text at a place, in lines one below the other. \returns the bottom.
    double put(std::vector<Line>& lines, const QString& text, double left, double top, double width, int most,
               bool strong, bool detail) const;

    const Trace& m_trace;
    QFont m_font, m_strong;
    double m_em, m_line;
    DiagramLayout m_layout;
    double m_y = 0;
    size_t m_groupFirstRow = 0;
    int m_openGroup = -1;
};

void Builder::placeLanes(double width)
{
    const int count = int(m_trace.lanes.size());
    std::set<QByteArray> servers;
    for (const auto& lane : m_trace.lanes)
        if (!lane.server.isEmpty())
            servers.insert(lane.server);

    const double pad = 0.45 * m_em;
    std::vector<double> halves; // of the headers
    for (const auto& lane : m_trace.lanes) {
        const auto title = lane.title.isEmpty() ? QString::fromUtf8(lane.id) : lane.title;
        const double words = std::clamp(textWidth(title, true), 4 * m_em, 8 * m_em);
        halves.push_back(words / 2 + pad * 1.1);
    }
    // What crosses the wire has the longest words: its gap gets the most room.
    std::vector<double> gaps;
    std::vector<double> shares;
    for (size_t i = 0; i + 1 < size_t(count); ++i) {
        const auto from = m_trace.lanes[i].kind;
        const auto to = m_trace.lanes[i + 1].kind;
        const bool wire = from == Lane::Kind::Browser && to != Lane::Kind::Page;
        gaps.push_back(std::max((wire ? 9.0 : 5.6) * m_em, halves[i] + halves[i + 1] + pad));
        shares.push_back(wire ? 1.55 : from == Lane::Kind::Page ? 1.9 : 0.85);
    }
    double left = count ? std::max(2.8 * m_em, halves.front() + pad) : 0;
    const double right = count ? std::max(2.8 * m_em, halves.back() + pad) : 0;
    double needed = left + right;
    double allShares = 0.3; // of both margins
    for (size_t i = 0; i < gaps.size(); ++i) {
        needed += gaps[i];
        allShares += shares[i];
    }
    const double total = std::max(width, needed);
    // Wide windows get wider gaps, up to where lines become tiresome to follow.
    const double spare = std::min(total - needed, 30 * m_em);
    left += spare * 0.15 / allShares + (total - needed - spare) / 2;
    double x = left;
    for (int i = 0; i < count; ++i) {
        DiagramLayout::LaneBox box;
        box.kind = m_trace.lanes[size_t(i)].kind;
        box.x = std::round(x);
        m_layout.lanes.push_back(box);
        if (i + 1 < count)
            x += gaps[size_t(i)] + spare * shares[size_t(i)] / allShares;
    }
    m_layout.width = total;

    int lines = 1;
    for (int i = 0; i < count; ++i) {
        auto& box = m_layout.lanes[size_t(i)];
        box.left = i ? m_layout.lanes[size_t(i) - 1].x + pad * 1.5 : pad;
        box.right = i + 1 < count ? m_layout.lanes[size_t(i) + 1].x - pad * 1.5 : total - pad;
        const double half = halves[size_t(i)];
        const auto& lane = m_trace.lanes[size_t(i)];
        box.full = lane.title.isEmpty() ? QString::fromUtf8(lane.id) : lane.title;
        const bool named = servers.size() > 1 && !lane.server.isEmpty();
        const double room = 2 * (half - pad) + 2;
        auto texts = wrapped(box.full, m_strong, room, 2);
        if (named) {
            texts = wrapped(box.full, m_strong, room, 1) + wrapped(QString::fromUtf8(lane.server), m_font, room, 1);
            box.full += QStringLiteral(" (%1)").arg(QString::fromUtf8(lane.server));
        }
        box.header = QRectF(box.x - half, 0, 2 * half, 0);
        for (int t = 0; t < texts.size(); ++t)
            box.lines.push_back({texts[t], QRectF(box.x - half + pad / 2, 0, 2 * half - pad, m_line),
                                 !(named && t > 0), named && t > 0});
        lines = std::max(lines, int(texts.size()));
    }
    const double top = 0.5 * m_em;
    const double height = lines * m_line + 0.5 * m_em;
    for (auto& box : m_layout.lanes) {
        box.header = QRectF(box.header.left(), top, box.header.width(), height);
        double y = top + (height - double(box.lines.size()) * m_line) / 2;
        for (auto& line : box.lines) {
            line.rect.moveTop(y);
            y += m_line;
        }
    }
    m_layout.headerHeight = top + height + 0.35 * m_em;
    m_y = m_layout.headerHeight + 0.35 * m_em;
}

double Builder::put(std::vector<Line>& lines, const QString& text, double left, double top, double width, int most,
                    bool strong, bool detail) const
{
    const auto& font = strong ? m_strong : m_font;
    auto texts = wrapped(text, font, width, most);
    // A header that does not fit breaks after its name, not inside its value.
    const auto colon = text.indexOf(QStringLiteral(": "));
    if (texts.size() > 1 && most > 1 && colon > 0 && textWidth(text.left(colon + 1), strong) <= width)
        texts = QStringList(text.left(colon + 1)) + wrapped(text.mid(colon + 2), font, width, most - 1);
    for (const auto& line : texts) {
        lines.push_back({line, QRectF(left, top, std::min(textWidth(line, strong), width), m_line), strong, detail});
        top += m_line;
    }
    return top;
}

DiagramLayout Builder::build()
{
    int number = 0;
    int action = -1;
    bool several = false;
    for (const auto& step : m_trace.steps)
        several = several || step->action != m_trace.steps.front()->action;
    for (const auto& step : m_trace.steps) {
        if (!step->landmark || step->lane < 0 || step->lane >= int(m_trace.lanes.size()))
            continue;
        ++number;
        if (m_openGroup >= 0 && step->preflight != m_openGroup)
            closeGroup();
        if (several && step->action != action)
            addDivider(*step);
        action = step->action;
        if (step->preflight >= 0 && m_openGroup < 0)
            openGroup(*step);
        addRow(*step, number);
    }
    if (m_openGroup >= 0)
        closeGroup();
    if (!m_layout.rows.empty())
        addNotes();
    m_layout.height = std::ceil(m_y + 0.4 * m_em);
    return std::move(m_layout);
}

void Builder::addRow(const Step& step, int number)
{
    Row row;
    row.step = step.index;
    row.number = number;
    row.lane = step.lane;
    row.toLane = step.toLane;
    row.ghost = step.kind == StepKind::Ghost;
    row.preflight = step.preflight >= 0;
    row.response = step.message && !step.message->isRequest();
    row.failed = stepwords::isFailure(step) || stepwords::isRejection(step, m_trace);
    row.blocking = stepwords::isBlocking(step, m_trace);
    row.full = QStringLiteral("%1. %2").arg(number).arg(stepwords::full(step, m_trace));
    const bool travels = step.toLane >= 0 && step.toLane < int(m_trace.lanes.size()) && step.toLane != step.lane;
    if (travels)
        addArrow(row, step);
    else
        addBox(row, step);
    m_y = row.bounds.bottom() + 0.42 * m_em;
    m_layout.rows.push_back(std::move(row));
}

void Builder::addArrow(Row& row, const Step& step)
{
    row.kind = Row::Kind::Arrow;
    row.fromX = m_layout.lanes[size_t(step.lane)].x;
    row.toX = m_layout.lanes[size_t(step.toLane)].x;
    const double pad = 0.42 * m_em;
    const double left = std::min(row.fromX, row.toX) + pad;
    const double right = std::max(row.fromX, row.toX) - pad;
    const double width = right - left;
    auto title = stepwords::title(step);
    if (row.ghost)
        title += QStringLiteral(" · ") + stepwords::verdict(step);
    title = QStringLiteral("%1  %2").arg(row.number).arg(title);
    const auto header = stepwords::decidingHeader(step);
    const auto both = QString(title + QStringLiteral(" · ") + header);
    const bool strong = row.blocking;
    double bottom = m_y;
    if (!header.isEmpty() && textWidth(both, strong) <= width) {
        bottom = put(row.lines, both, left, m_y, width, 1, strong, false);
    } else {
        bottom = put(row.lines, title, left, m_y, width, 3, strong, false);
        if (!header.isEmpty())
            bottom = put(row.lines, header, left, bottom, width, 3, false, true);
    }
    row.y = std::round(bottom + 0.3 * m_em);
    const double from = std::min(row.fromX, row.toX);
    row.bounds = QRectF(QPointF(from, m_y), QPointF(std::max(row.fromX, row.toX), row.y + 0.35 * m_em));
}

void Builder::addBox(Row& row, const Step& step)
{
    row.kind = step.kind == StepKind::Effect ? Row::Kind::Effect : Row::Kind::Box;
    switch (step.verdict) {
    case Verdict::None: row.mark = row.failed ? Mark::No : Mark::None; break;
    case Verdict::Yes:
    case Verdict::No: row.mark = Mark::Question; break;
    case Verdict::Success: row.mark = Mark::Yes; break;
    case Verdict::Failure: row.mark = Mark::No; break;
    }
    const auto& lane = m_layout.lanes[size_t(step.lane)];
    const double padX = 0.5 * m_em;
    const double padY = (row.blocking ? 0.4 : 0.28) * m_em;
    const double markWidth = row.mark == Mark::None ? 0 : 1.25 * m_em;
    // All boxes of a lane begin at the same edge, a little before the lifeline, as long as there is room for words.
    double left = std::max(lane.left, lane.x - 4.2 * m_em);
    left = std::max(lane.left, std::min(left, lane.right - 12 * m_em));
    const double room = std::min(lane.right - left, 26 * m_em) - 2 * padX - markWidth;

    auto details = explain::diagramText(step).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    auto title = stepwords::title(step);
    if (details.value(0) == title)
        details.removeFirst();
    const auto word = stepwords::verdict(step);
    if (!word.isEmpty())
        title += (title.endsWith(QLatin1Char('?')) ? QStringLiteral(" ") : QStringLiteral(": ")) + word;
    title.prepend(QStringLiteral("%1  ").arg(row.number));
    const auto both = QString(title + QStringLiteral(" · ") + details.value(0));
    const bool strong = row.blocking || row.mark == Mark::No;
    const double top = m_y + padY;
    double bottom = top;
    if (details.size() == 1 && !row.blocking && textWidth(both, strong) <= room) {
        bottom = put(row.lines, both, 0, top, room, 1, strong, false);
    } else {
        bottom = put(row.lines, title, 0, top, room, 3, strong, false);
        for (const auto& detail : details.mid(0, 2))
            bottom = put(row.lines, detail, 0, bottom, room, 2, false, true);
    }
    double widest = 0;
    for (const auto& line : row.lines)
        widest = std::max(widest, line.rect.width());
    const double width = widest + 2 * padX + markWidth;
    // A narrow box must still sit on its lifeline.
    left = std::min(std::max(left, lane.x + 1.2 * m_em - width), lane.right - width);
    row.box = QRectF(left, m_y, width, bottom + padY - m_y);
    row.bounds = row.box;
    for (auto& line : row.lines)
        line.rect.translate(left + padX + markWidth, 0);
    if (row.mark != Mark::None)
        row.markRect = QRectF(left + padX * 0.8, top + (m_line - 0.95 * m_em) / 2, 0.95 * m_em, 0.95 * m_em);
}

void Builder::openGroup(const Step& step)
{
    m_openGroup = step.preflight;
    m_groupFirstRow = m_layout.rows.size();
    DiagramLayout::Group group;
    group.firstStep = step.index;
    m_y += 0.15 * m_em;
    group.title = {tr("Preflight"), QRectF(0, m_y + 0.25 * m_em, textWidth(tr("Preflight"), true), m_line), true,
                   false};
    group.rect.setTop(m_y);
    m_y = group.title.rect.bottom() + 0.3 * m_em;
    m_layout.groups.push_back(group);
}

void Builder::closeGroup()
{
    auto& group = m_layout.groups.back();
    double left = m_layout.width;
    double right = 0;
    for (size_t i = m_groupFirstRow; i < m_layout.rows.size(); ++i) {
        left = std::min(left, m_layout.rows[i].bounds.left());
        right = std::max(right, m_layout.rows[i].bounds.right());
    }
    const double pad = 0.6 * m_em;
    group.title.rect.moveLeft(left);
    right = std::max(right, group.title.rect.right());
    group.rect.setLeft(std::max(2.0, left - pad));
    group.rect.setRight(std::min(m_layout.width - 2, right + pad));
    group.rect.setBottom(m_y + 0.1 * m_em);
    m_y = group.rect.bottom() + 0.55 * m_em;
    m_openGroup = -1;
}

void Builder::addDivider(const Step& step)
{
    DiagramLayout::Divider divider;
    divider.firstStep = step.index;
    auto title = tr("Action %1").arg(step.action + 1);
    if (step.action < int(m_trace.outcomes.size()))
        if (const auto* send = std::get_if<SendOutcome>(&m_trace.outcomes[size_t(step.action)]))
            title += QStringLiteral(" · %1 %2").arg(QString::fromUtf8(send->method), QString::fromUtf8(send->url));
    m_y += m_layout.rows.empty() ? 0 : 0.3 * m_em;
    const double left = 0.6 * m_em;
    std::vector<Line> lines;
    put(lines, title, left, m_y, m_layout.width - 2 * left, 1, true, true);
    divider.title = lines.front();
    divider.y = std::round(m_y + m_line / 2);
    m_y += m_line + 0.5 * m_em;
    m_layout.dividers.push_back(divider);
}

void Builder::addNotes()
{
    std::map<int, int> runs;
    for (int i = 0; i < int(m_trace.lanes.size()); ++i)
        if (m_trace.lanes[size_t(i)].kind == Lane::Kind::Handler)
            runs[i] = 0;
    for (const auto& step : m_trace.steps)
        if (step->kind == StepKind::Message && runs.contains(step->toLane) && step->lane != step->toLane)
            ++runs[step->toLane];
    const double height = m_line + 0.3 * m_em;
    for (const auto& [lane, count] : runs) {
        const auto& box = m_layout.lanes[size_t(lane)];
        const auto text = count == 0 ? tr("0 runs") : count == 1 ? tr("1 run") : tr("%1 runs").arg(count);
        const double width = std::min(textWidth(text, true) + 1.2 * m_em, 2 * std::min(box.x - box.left, box.right - box.x));
        const QRectF rect(box.x - width / 2, m_y, width, height);
        std::vector<Line> lines;
        put(lines, text, rect.left() + 0.4 * m_em, m_y + 0.15 * m_em, width - 0.8 * m_em, 1, true, false);
        auto line = lines.front();
        line.rect.moveLeft(box.x - line.rect.width() / 2);
        m_layout.notes.push_back({lane, count, rect, line});
    }
    if (!runs.empty())
        m_y += height;
}

} // namespace

DiagramLayout layoutDiagram(const Trace& trace, const QFont& font, double width)
{
    return Builder(trace, font, width).build();
}

} // namespace corscope

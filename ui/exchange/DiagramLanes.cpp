#include "ui/exchange/DiagramLanes.h"

#include "ui/exchange/DiagramText.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace corscope {

namespace {

struct Column
{
    int lane = 0;
    double half = 0;     ///< of the header
    double leastHalf = 0;
    double gap = 0;      ///< to the next
    double leastGap = 0;
    double share = 0;    ///< of room to spare
};

QString nameOf(const Lane& lane)
{
    return lane.title.isEmpty() ? QString::fromUtf8(lane.id) : lane.title;
}

class Placer
{
public:
    Placer(DiagramLayout& layout, const Trace& trace, const QFont& font, const DiagramFilter& filter)
        : m_layout(layout), m_trace(trace), m_filter(filter), m_font(font), m_strong(font), m_em(QFontMetricsF(font).height())
    {
        m_strong.setBold(true);
        m_line = std::ceil(std::max(m_em, QFontMetricsF(m_strong).height()));
    }
    void place(double width);

private:
    void measure();
    void rooms();
    void headers(const std::vector<double>& halves);

    DiagramLayout& m_layout;
    const Trace& m_trace;
    const DiagramFilter& m_filter;
    QFont m_font, m_strong;
    double m_em, m_line;
    std::vector<Column> m_columns; ///< the lanes that are shown
};

void Placer::measure()
{
    const QFontMetricsF metrics(m_strong);
    const double pad = 0.45 * m_em;
    for (int i = 0; i < int(m_trace.lanes.size()); ++i) {
        if (m_filter.hiddenLanes.contains(m_trace.lanes[size_t(i)].id))
            continue;
        Column column;
        column.lane = i;
        const double words = std::ceil(metrics.horizontalAdvance(nameOf(m_trace.lanes[size_t(i)]))) + 1;
        column.half = std::clamp(words, 4 * m_em, 8 * m_em) / 2 + pad * 1.1;
        column.leastHalf = std::min(column.half, 1.75 * m_em + pad);
        m_columns.push_back(column);
    }
    // What crosses the wire has the longest words: its gap gets the most room.
    for (size_t c = 0; c + 1 < m_columns.size(); ++c) {
        const auto from = m_trace.lanes[size_t(m_columns[c].lane)].kind;
        const auto to = m_trace.lanes[size_t(m_columns[c + 1].lane)].kind;
        const bool wire = from == Lane::Kind::Browser && to != Lane::Kind::Page;
        m_columns[c].gap = std::max((wire ? 9.0 : 5.6) * m_em, m_columns[c].half + m_columns[c + 1].half + pad);
        m_columns[c].leastGap = std::max((wire ? 5.2 : 3.6) * m_em, m_columns[c].leastHalf + m_columns[c + 1].leastHalf + pad);
        m_columns[c].share = wire ? 1.55 : from == Lane::Kind::Page ? 1.2 : 0.85;
    }
}

void Placer::place(double width)
{
    measure();
    m_layout.lanes.resize(m_trace.lanes.size());
    const double pad = 0.45 * m_em;
    double easy = 0;
    double least = 0;
    double shares = 0.3; // of both margins
    double left = 0;
    double leastLeft = 0;
    if (!m_columns.empty()) {
        left = std::max(2.8 * m_em, m_columns.front().half + pad);
        leastLeft = std::min(left, m_columns.front().leastHalf + pad);
        easy = left + std::max(2.8 * m_em, m_columns.back().half + pad);
        least = leastLeft + std::min(std::max(2.8 * m_em, m_columns.back().half + pad), m_columns.back().leastHalf + pad);
    }
    for (const auto& column : m_columns) {
        easy += column.gap;
        least += column.leastGap;
        shares += column.share;
    }
    const double total = std::max(width, least);
    // From 0, as narrow as can be, to 1, as wide as names ask for.
    const double ease = easy > least ? std::clamp((total - least) / (easy - least), 0.0, 1.0) : 1.0;
    const double needed = least + ease * (easy - least);
    // Wide windows get wider gaps, up to where lines become tiresome to follow.
    const double spare = std::clamp(total - needed, 0.0, 30 * m_em);
    double x = leastLeft + ease * (left - leastLeft) + spare * 0.15 / shares + std::max(0.0, total - needed - spare) / 2;
    std::vector<double> halves;
    for (const auto& column : m_columns) {
        m_layout.lanes[size_t(column.lane)].x = std::round(x);
        halves.push_back(column.leastHalf + ease * (column.half - column.leastHalf));
        x += column.leastGap + ease * (column.gap - column.leastGap) + spare * column.share / shares;
    }
    m_layout.width = total;
    rooms();
    headers(halves);
}

/// What stands on a lane keeps clear of its neighbours' lifelines, unless they are too near to leave room for words.
void Placer::rooms()
{
    for (auto& lane : m_layout.lanes)
        lane.hidden = true;
    const double margin = 0.5 * m_em;
    for (size_t c = 0; c < m_columns.size(); ++c) {
        auto& box = m_layout.lanes[size_t(m_columns[c].lane)];
        box.hidden = false;
        box.kind = m_trace.lanes[size_t(m_columns[c].lane)].kind;
        box.left = c ? m_layout.lanes[size_t(m_columns[c - 1].lane)].x + 1.5 * margin : margin;
        box.right = c + 1 < m_columns.size() ? m_layout.lanes[size_t(m_columns[c + 1].lane)].x - 1.5 * margin
                                             : m_layout.width - margin;
        const double wanted = std::min(16 * m_em, m_layout.width - 2 * margin);
        if (box.right - box.left < wanted)
            box.right = std::min(box.left + wanted, m_layout.width - margin);
        if (box.right - box.left < wanted)
            box.left = box.right - wanted;
    }
    // A hidden lane is told by where it would have been.
    double x = 0;
    for (auto& lane : m_layout.lanes)
        x = lane.hidden ? (lane.x = x + 1) : lane.x;
}

void Placer::headers(const std::vector<double>& halves)
{
    std::set<QByteArray> servers;
    for (const auto& lane : m_trace.lanes)
        if (!lane.server.isEmpty())
            servers.insert(lane.server);
    const double pad = 0.45 * m_em;
    int lines = 1;
    for (size_t c = 0; c < m_columns.size(); ++c) {
        const auto& lane = m_trace.lanes[size_t(m_columns[c].lane)];
        auto& box = m_layout.lanes[size_t(m_columns[c].lane)];
        const double half = halves[c];
        box.full = nameOf(lane);
        const bool named = servers.size() > 1 && !lane.server.isEmpty();
        const double room = 2 * (half - pad) + 2;
        auto texts = wrapped(breakable(box.full), m_strong, room, 2);
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
    const double top = 0.4 * m_em;
    const double height = lines * m_line + 0.4 * m_em;
    for (auto& box : m_layout.lanes) {
        box.header = QRectF(box.header.left(), top, box.header.width(), height);
        double y = top + (height - double(box.lines.size()) * m_line) / 2;
        for (auto& line : box.lines) {
            line.rect.moveTop(y);
            y += m_line;
        }
    }
    m_layout.headerHeight = top + height + 0.3 * m_em;
}

} // namespace

void placeLanes(DiagramLayout& layout, const Trace& trace, const QFont& font, double width, const DiagramFilter& filter)
{
    Placer(layout, trace, font, filter).place(width);
}

} // namespace corscope

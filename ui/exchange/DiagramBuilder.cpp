#include "ui/exchange/DiagramBuilder.h"

#include "ui/exchange/DiagramLanes.h"
#include "ui/exchange/DiagramText.h"
#include "core/explain/StepWords.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("SequenceDiagram", text);
}

static QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

DiagramBuilder::DiagramBuilder(const QFont& font, double width, const DiagramFilter& filter, std::shared_ptr<DiagramWords> words)
    : m_font(font), m_strong(bold(font)), m_metrics(m_font), m_strongMetrics(m_strong), m_width(width),
      m_em(m_metrics.height()), m_line(std::ceil(std::max(m_em, m_strongMetrics.height()))), m_filter(filter), m_words(std::move(words))
{
}

bool DiagramBuilder::continues(const Trace& trace) const
{
    return m_taken > 0 && trace.size() >= m_taken && trace.steps[size_t(m_taken) - 1] == m_lastTaken.get()
        && trace.outcomes.size() == m_outcomes && trace.lanes == m_lanes
        // With a second action each gets its divider, the first one too.
        && (m_several || trace.steps.back()->action == trace.steps.front()->action);
}

const DiagramLayout& DiagramBuilder::take(const Trace& trace)
{
    m_trace = &trace;
    if (continues(trace))
        reopen();
    else
        begin(trace);
    for (; m_taken < trace.size(); ++m_taken)
        add(trace.at(m_taken));
    m_lastTaken = trace.steps.empty() ? nullptr : trace.steps.shared(trace.steps.size() - 1);
    close();
    m_trace = nullptr;
    return m_layout;
}

void DiagramBuilder::begin(const Trace& trace)
{
    m_layout = {};
    m_lanes = trace.lanes;
    m_outcomes = trace.outcomes.size();
    m_several = !trace.steps.empty() && trace.steps.front()->action != trace.steps.back()->action;
    m_taken = m_number = 0;
    m_action = m_openGroup = -1;
    m_folding = false;
    m_runs.clear();
    for (int i = 0; i < int(trace.lanes.size()); ++i)
        if (trace.lanes[size_t(i)].kind == Lane::Kind::Handler && !m_filter.hiddenLanes.contains(trace.lanes[size_t(i)].id))
            m_runs[i] = 0;
    placeLanes(m_layout, trace, m_font, m_width, m_filter);
    m_y = m_layout.headerHeight + 0.3 * m_em;
}

void DiagramBuilder::reopen()
{
    m_layout.notes.clear();
    m_y = m_openY;
}

/// What stands below the last row, until there is another one.
void DiagramBuilder::close()
{
    m_openY = m_y;
    if (m_openGroup >= 0 && !m_folding)
        frameGroup();
    if (!m_layout.rows.empty())
        addNotes();
    m_layout.height = std::ceil(m_y + 0.4 * m_em);
}

void DiagramBuilder::add(const Step& step)
{
    const bool travels = step.toLane >= 0 && step.toLane < int(m_lanes.size()) && step.toLane != step.lane;
    if (step.kind == StepKind::Message && travels && m_runs.contains(step.toLane))
        ++m_runs[step.toLane];
    if (!step.landmark || step.lane < 0 || step.lane >= int(m_lanes.size()))
        return;
    ++m_number;
    if (m_openGroup >= 0 && step.preflight != m_openGroup)
        closeGroup();
    if (m_several && step.action != m_action)
        addDivider(step);
    m_action = step.action;
    if (step.preflight >= 0 && m_filter.folds(step.preflight)) {
        if (m_openGroup < 0)
            addFold(step);
        growFold(step);
        return;
    }
    const bool seen = !hides(step.lane) || (travels && !hides(step.toLane));
    if (!m_filter.shows(step) || !seen)
        return;
    if (step.preflight >= 0 && m_openGroup < 0)
        openGroup(step);
    addRow(step, m_number);
}

bool DiagramBuilder::hides(int lane) const
{
    return lane >= 0 && m_layout.lanes[size_t(lane)].hidden;
}

/// NB: measuring text is most of the work, and a long trace says the same words again and again, after the number of each
/// row. So the two are measured apart.
double DiagramBuilder::textWidth(const QString& text, bool strong) const
{
    const auto& metrics = strong ? m_strongMetrics : m_metrics;
    auto& known = strong ? m_strongAdvances : m_advances;
    const auto advance = [&](const QString& part) {
        const auto it = known.constFind(part);
        return it != known.constEnd() ? *it : *known.insert(part, metrics.horizontalAdvance(part));
    };
    qsizetype number = 0;
    while (number < text.size() && text[number].isDigit())
        ++number;
    double width = advance(text.mid(number));
    for (qsizetype i = 0; i < number; ++i)
        width += advance(text.mid(i, 1));
    return std::ceil(width) + 1;
}

double DiagramBuilder::put(std::vector<Line>& lines, const QStringList& texts, double left, double top, bool strong,
                           bool detail) const
{
    for (const auto& text : texts) {
        lines.push_back({text, QRectF(left, top, textWidth(text, strong), m_line), strong, detail});
        top += m_line;
    }
    return top;
}

void DiagramBuilder::openGroup(const Step& step)
{
    m_openGroup = step.preflight;
    m_groupFirstRow = m_layout.rows.size();
    DiagramLayout::Group group;
    group.firstStep = step.index;
    group.preflight = step.preflight;
    m_y += 0.1 * m_em;
    group.sign = QRectF(0, m_y + 0.1 * m_em, m_line, m_line);
    group.title = {tr("Preflight"), QRectF(0, m_y + 0.1 * m_em, textWidth(tr("Preflight"), true), m_line), true, false};
    group.rect.setTop(m_y);
    m_y = group.title.rect.bottom() + 0.15 * m_em;
    m_layout.groups.push_back(group);
}

void DiagramBuilder::frameGroup()
{
    auto& group = m_layout.groups.back();
    double left = m_layout.width;
    double right = 0;
    for (size_t i = m_groupFirstRow; i < m_layout.rows.size(); ++i) {
        left = std::min(left, m_layout.rows[i].bounds.left());
        right = std::max(right, m_layout.rows[i].bounds.right());
    }
    const double pad = 0.6 * m_em;
    group.sign.moveLeft(left);
    group.title.rect.moveLeft(left + m_line);
    right = std::max(right, group.title.rect.right());
    group.rect.setLeft(std::max(2.0, left - pad));
    group.rect.setRight(std::min(m_layout.width - 2, right + pad));
    group.rect.setBottom(m_y + 0.05 * m_em);
    m_y = group.rect.bottom() + 0.4 * m_em;
}

void DiagramBuilder::closeGroup()
{
    if (!m_folding)
        frameGroup();
    m_folding = false;
    m_openGroup = -1;
}

void DiagramBuilder::addDivider(const Step& step)
{
    DiagramLayout::Divider divider;
    divider.firstStep = step.index;
    auto title = tr("Action %1").arg(step.action + 1);
    if (step.action < int(m_trace->outcomes.size()))
        if (const auto* send = std::get_if<SendOutcome>(&m_trace->outcomes[size_t(step.action)]))
            title += QStringLiteral(" · %1 %2").arg(QString::fromUtf8(send->method), QString::fromUtf8(send->url));
    m_y += m_layout.rows.empty() ? 0 : 0.25 * m_em;
    const double left = 0.6 * m_em;
    std::vector<Line> lines;
    put(lines, {QFontMetricsF(m_strong).elidedText(title, Qt::ElideMiddle, m_layout.width - 2 * left - 2)}, left, m_y, true, true);
    divider.title = lines.front();
    divider.y = std::round(m_y + m_line / 2);
    m_y += m_line + 0.35 * m_em;
    m_layout.dividers.push_back(divider);
}

void DiagramBuilder::addNotes()
{
    const double height = m_line + 0.3 * m_em;
    for (const auto& [lane, count] : m_runs) {
        const auto& box = m_layout.lanes[size_t(lane)];
        const auto text = count == 0 ? tr("0 runs") : count == 1 ? tr("1 run") : tr("%1 runs").arg(count);
        const double width = textWidth(text, true) + 1.2 * m_em;
        const double left = std::clamp(box.x - width / 2, 0.0, std::max(0.0, m_layout.width - width));
        const QRectF rect(left, m_y, width, height);
        std::vector<Line> lines;
        put(lines, {text}, rect.left() + 0.6 * m_em, m_y + 0.15 * m_em, true, false);
        m_layout.notes.push_back({lane, count, rect, lines.front()});
    }
    if (!m_runs.empty())
        m_y += height;
}

} // namespace corscope

// The rows of a diagram: arrows, boxes, folded preflights.
#include "ui/exchange/DiagramBuilder.h"

#include "core/explain/Explain.h"
#include "ui/exchange/DiagramText.h"
#include "core/explain/StepWords.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace corscope {

using Mark = DiagramLayout::Mark;

static const QString dot = QStringLiteral(" · ");

static QString tr(const char* text)
{
    return QCoreApplication::translate("SequenceDiagram", text);
}

QString rowText(const DiagramLayout::Row& row, const Trace& trace)
{
    if (row.kind == DiagramLayout::Row::Kind::Folded)
        return row.folded;
    const auto text = QStringLiteral("%1. %2").arg(row.number).arg(stepwords::full(trace.at(row.step), trace));
    return row.blocking ? tr("Blocked here") + QStringLiteral(": ") + text : text;
}

void DiagramBuilder::addRow(const Step& step, int number)
{
    Row row;
    row.step = row.lastStep = step.index;
    row.number = number;
    row.lane = step.lane;
    row.toLane = step.toLane;
    row.ghost = step.kind == StepKind::Ghost;
    row.preflight = step.preflight >= 0;
    row.response = step.message && !step.message->isRequest();
    row.redirect = stepwords::isRedirect(step);
    row.failed = stepwords::isFailure(step) || stepwords::isRejection(step, *m_trace);
    row.blocking = stepwords::isBlocking(step, *m_trace);
    const bool travels = step.toLane >= 0 && step.toLane < int(m_lanes.size()) && step.toLane != step.lane;
    if (travels)
        addArrow(row, step);
    else
        addBox(row, step);
    m_y = row.bounds.bottom() + 0.28 * m_em;
    m_layout.rows.push_back(std::move(row));
}

/// "Blocked here" on a solid ground, with room for a sign before it. \returns the bottom.
double DiagramBuilder::putBadge(Row& row, double left, double top) const
{
    const auto words = tr("Blocked here");
    const double sign = m_line;
    row.badge = QRectF(left, top, sign + textWidth(words, true) + 0.9 * m_em, m_line + 0.1 * m_em);
    put(row.lines, {words}, left + sign + 0.45 * m_em, top + 0.05 * m_em, true, false);
    return row.badge.bottom() + 0.1 * m_em;
}

/// In two lines at most.
QStringList DiagramBuilder::lines(const QString& text, bool strong, double room) const
{
    return textWidth(text, strong) <= room ? QStringList(text) : wrapped(text, strong ? m_strong : m_font, room, 2);
}

void DiagramBuilder::addArrow(Row& row, const Step& step)
{
    row.kind = Row::Kind::Arrow;
    row.fromX = m_layout.lanes[size_t(step.lane)].x;
    row.toX = m_layout.lanes[size_t(step.toLane)].x;
    row.cut = hides(step.lane) || hides(step.toLane);
    if (row.cut) {
        const double stub = (step.toLane > step.lane ? 2.4 : -2.4) * m_em;
        if (hides(step.lane))
            row.fromX = std::clamp(row.toX - stub, 4.0, m_layout.width - 4);
        else
            row.toX = std::clamp(row.fromX + stub, 4.0, m_layout.width - 4);
    }
    const double margin = 0.42 * m_em;
    const double from = std::min(row.fromX, row.toX);
    const double left = from + margin;
    const double width = std::max(row.fromX, row.toX) - margin - left;
    const double most = m_layout.width - 2 * margin;
    const bool strong = row.blocking;
    const auto& font = strong ? m_strong : m_font;

    const auto& words = m_words->arrow(*m_trace, step, row.number);
    const auto& title = words.title;
    const auto& header = words.header;
    double bottom = m_y;
    if (row.blocking)
        bottom = putBadge(row, std::min(left, m_layout.width - margin - textWidth(tr("Blocked here"), true) - m_line - m_em), bottom);

    // Words may reach beyond their arrow: nothing else stands in its row. They begin at it as long as there is room.
    const auto place = [&](const QString& text, bool detail) {
        const double wide = textWidth(text, strong);
        bottom = put(row.lines, {text}, std::max(margin, std::min(left, m_layout.width - margin - wide)), bottom, strong, detail);
    };
    const double beside = m_layout.width - margin - left;
    const auto fits = [&](const QString& text, double room) { return textWidth(text, strong) <= room; };
    if (header.isEmpty()) {
        place(fits(title, most) ? title : QFontMetricsF(font).elidedText(title, Qt::ElideMiddle, most - 2), false);
    } else if (fits(words.whole, width)) {
        place(words.whole, false);
    } else if (fits(words.brief, std::max(width, beside))) {
        place(fits(words.whole, beside) && !fits(words.brief, width) ? words.whole : words.brief, false);
    } else {
        place(fits(title, most) ? title : QFontMetricsF(font).elidedText(title, Qt::ElideMiddle, most - 2), false);
        place(headerLine(header, font, std::max(width, std::min(beside, most)) - 2), true);
    }
    row.y = std::round(bottom + 0.2 * m_em);
    row.bounds = QRectF(QPointF(from, m_y), QPointF(std::max(row.fromX, row.toX), row.y + 0.34 * m_em));
    for (const auto& line : row.lines)
        row.bounds |= line.rect;
}

void DiagramBuilder::addBox(Row& row, const Step& step)
{
    row.kind = stepwords::isShortCut(step)    ? Row::Kind::ShortCut
        : step.kind == StepKind::Effect       ? Row::Kind::Effect
                                              : Row::Kind::Box;
    row.mark = stepwords::mark(step, row.failed);
    const auto& lane = m_layout.lanes[size_t(step.lane)];
    const double padX = 0.5 * m_em;
    const double padY = 0.16 * m_em;
    const double markWidth = row.mark == Mark::None ? 0 : 1.25 * m_em;
    // All boxes of a lane begin at the same edge, a little before the lifeline, as long as there is room for words.
    double left = std::max(lane.left, lane.x - 3.6 * m_em);
    left = std::max(lane.left, std::min(left, lane.right - 15 * m_em));
    const double room = std::min(lane.right - left, 27 * m_em) - 2 * padX - markWidth;

    const auto& words = m_words->box(*m_trace, step, row.number);
    const auto& title = words.title;
    const auto& details = words.details;
    const bool strong = row.blocking || row.mark == Mark::No;
    double top = m_y + padY;
    if (row.blocking)
        top = putBadge(row, 0, m_y) + padY;
    double bottom = top;
    if (details.size() == 1 && !row.blocking && textWidth(words.whole, strong) <= room) {
        bottom = put(row.lines, {words.whole}, 0, top, strong, false);
    } else if (details.size() == 1 && !row.blocking && textWidth(words.brief, strong) <= room) {
        bottom = put(row.lines, {words.brief}, 0, top, strong, false);
    } else {
        bottom = put(row.lines, lines(title, strong, room - 1), 0, top, strong, false);
        for (const auto& detail : details) {
            const auto colon = detail.indexOf(QStringLiteral(": "));
            const bool header = colon > 0 && !detail.left(colon).contains(QLatin1Char(' '));
            const bool fits = textWidth(detail, false) <= room;
            bottom = put(row.lines, header && !fits ? QStringList(headerLine(detail, m_font, room - 1)) : lines(detail, false, room - 1),
                         0, bottom, false, true);
        }
    }
    double widest = row.badge.width() - padX - markWidth;
    for (size_t i = row.badge.isEmpty() ? 0 : 1; i < row.lines.size(); ++i)
        widest = std::max(widest, row.lines[i].rect.width());
    const double width = std::min(widest + 2 * padX + markWidth, lane.right - lane.left);
    // A narrow box must still sit on its lifeline.
    left = std::min(std::max(left, lane.x + 1.2 * m_em - width), lane.right - width);
    row.box = QRectF(left, m_y, width, bottom + padY - m_y);
    row.bounds = row.box;
    for (size_t i = 0; i < row.lines.size(); ++i)
        row.lines[i].rect.translate(!row.badge.isEmpty() && i == 0 ? left : left + padX + markWidth, 0);
    row.badge.translate(left, 0);
    if (row.mark != Mark::None)
        row.markRect = QRectF(left + padX * 0.8, top + (m_line - 0.95 * m_em) / 2, 0.95 * m_em, 0.95 * m_em);
}

void DiagramBuilder::addFold(const Step& step)
{
    m_openGroup = step.preflight;
    m_folding = true;
    m_folded = 0;
    m_foldAsks.clear();
    m_foldAnswers.clear();
    m_y += 0.1 * m_em;
    Row row;
    row.kind = Row::Kind::Folded;
    row.step = step.index;
    row.number = m_number;
    row.lane = step.lane;
    row.preflight = true;
    const double left = std::max(0.6 * m_em, m_layout.lanes[size_t(step.lane)].x - 3.6 * m_em);
    row.box = QRectF(left, m_y, m_layout.width - left - 0.6 * m_em, m_line + 0.3 * m_em);
    row.bounds = row.box;
    row.markRect = QRectF(left + 0.2 * m_em, m_y + 0.15 * m_em, m_line, m_line);
    m_y = row.bounds.bottom() + 0.4 * m_em;
    m_layout.rows.push_back(std::move(row));
}

void DiagramBuilder::growFold(const Step& step)
{
    auto& row = m_layout.rows.back();
    row.lastStep = step.index;
    ++m_folded;
    row.failed = row.failed || stepwords::isFailure(step);
    row.blocking = row.blocking || stepwords::isBlocking(step, *m_trace);
    if (step.kind == StepKind::Message && step.message) {
        auto& words = step.message->isRequest() ? m_foldAsks : m_foldAnswers;
        words = stepwords::title(step);
    }
    QString text = QStringLiteral("%1–%2  ").arg(row.number).arg(m_number) + tr("Preflight");
    if (row.blocking)
        text += dot + tr("Blocked here");
    if (!m_foldAsks.isEmpty())
        text += dot + m_foldAsks;
    if (!m_foldAnswers.isEmpty())
        text += QStringLiteral(" → ") + m_foldAnswers;
    row.folded = text;
    const double textLeft = row.markRect.right() + 0.3 * m_em;
    row.lines.clear();
    put(row.lines, {QFontMetricsF(m_strong).elidedText(text, Qt::ElideRight, row.box.right() - textLeft - 0.4 * m_em)}, textLeft,
        row.box.top() + 0.15 * m_em, true, false);
}

} // namespace corscope

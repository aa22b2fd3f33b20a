#include "core/share/SvgDiagram.h"

#include "core/explain/StepWords.h"
#include "core/share/Markup.h"
#include "core/share/SequenceLayout.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::share {

namespace {

using Line = SequenceLayout::Line;
using Rect = SequenceLayout::Rect;
using Row = SequenceLayout::Row;
using Mark = SequenceLayout::Mark;

/// A look by its class: what a style sheet says of it, and every element says for itself, since not all readers of SVG read
/// style sheets.
struct Ink
{
    const char* name;
    const char* fill;
    const char* stroke;
    const char* darkFill;
    const char* darkStroke;
};
constexpr Ink inks[] = {
    {"cs-ground", "#ffffff", nullptr, "#19212c", nullptr},
    {"cs-life", "none", "#b4bfcc", "none", "#46546a"},
    {"cs-rule", "none", "#d5dce5", "none", "#2e3a4a"},
    {"cs-side", "#dfe9fd", nullptr, "#1d2f52", nullptr},
    {"cs-served", "#e2f4e8", nullptr, "#173527", nullptr},
    {"cs-group", "#fef5e1", "#c8860d", "#33280f", "#d9a038"},
    {"cs-text", "#17202c", nullptr, "#e6ebf2", nullptr},
    {"cs-quiet", "#556274", nullptr, "#9fadbf", nullptr},
    {"cs-side-text", "#1c49b4", nullptr, "#a9c5ff", nullptr},
    {"cs-served-text", "#17603a", nullptr, "#95ddb3", nullptr},
    {"cs-group-text", "#7d4b02", nullptr, "#f3c877", nullptr},
    {"cs-block-text", "#a11a14", nullptr, "#ffaaa5", nullptr},
    {"cs-ghost-text", "#627083", nullptr, "#8b99ac", nullptr},
    {"cs-group-ground", "#fef5e1", nullptr, "#33280f", nullptr},
    {"cs-call", "#2b62dd", "#2b62dd", "#6d9bff", "#6d9bff"},
    {"cs-asks", "#7d4b02", "#7d4b02", "#f3c877", "#f3c877"},
    {"cs-blocks", "#b4231b", "#b4231b", "#f0716b", "#f0716b"},
    {"cs-ghost", "#ffffff", "#627083", "#19212c", "#8b99ac"},
    {"cs-box", "#ffffff", "#8592a3", "#19212c", "#6d7c90"},
    {"cs-box-yes", "#ffffff", "#2d8a54", "#19212c", "#4dbb7e"},
    {"cs-box-no", "#fde3e2", "#b4231b", "#431b1f", "#f0716b"},
    {"cs-effect", "#e2f4e8", "#2d8a54", "#173527", "#4dbb7e"},
    {"cs-mark-yes", "#2d8a54", nullptr, "#4dbb7e", nullptr},
    {"cs-mark-no", "#b4231b", nullptr, "#f0716b", nullptr},
    {"cs-tick", "none", "#ffffff", "none", "#19212c"},
    {"cs-asked", "none", "#556274", "none", "#9fadbf"},
};

const Ink& ink(const char* name)
{
    const auto it = std::find_if(std::begin(inks), std::end(inks), [&](const Ink& i) { return qstrcmp(i.name, name) == 0; });
    Q_ASSERT(it != std::end(inks));
    return *it;
}

QByteArray rules(bool dark)
{
    QByteArray css;
    for (const auto& i : inks) {
        const auto* fill = dark ? i.darkFill : i.fill;
        const auto* stroke = dark ? i.darkStroke : i.stroke;
        css += '.' + QByteArray(i.name) + "{fill:" + fill + (stroke ? QByteArray(QByteArray(";stroke:") + stroke) : QByteArray()) + "}\n";
    }
    return css;
}

QByteArray number(double value) { return QByteArray::number(value, 'f', value == double(int(value)) ? 0 : 1); }

QByteArray attributes(const char* name, const char* extra = nullptr)
{
    const auto& look = ink(name);
    QByteArray text = QByteArray(" class=\"") + name + (extra ? QByteArray(QByteArray(" ") + extra) : QByteArray()) + "\" fill=\"" + look.fill + '"';
    if (look.stroke)
        text += QByteArray(" stroke=\"") + look.stroke + '"';
    return text;
}

class Writer
{
public:
    Writer(const Trace& trace, const SequenceLayout& layout) : m_trace(trace), m_layout(layout) {}

    QByteArray run()
    {
        for (const auto& group : m_layout.groups)
            rect(group.rect, "cs-group", 6, 1);
        for (const auto& lane : m_layout.lanes)
            line(lane.x + 0.5, lane.header.bottom(), lane.x + 0.5, m_layout.height - 4, "cs-life", 1, "4 4");
        for (const auto& group : m_layout.groups)
            text(group.title, "cs-group-text", "cs-group-ground");
        for (const auto& divider : m_layout.dividers) {
            line(6, divider.y, m_layout.width - 6, divider.y, "cs-rule", 1);
            rect({divider.title.x - 4, divider.y - 9, divider.title.width + 8, 18}, "cs-ground", 0, 0);
            text(divider.title, "cs-quiet");
        }
        for (const auto& lane : m_layout.lanes)
            header(lane);
        for (const auto& row : m_layout.rows)
            this->row(row);
        return std::move(m_out);
    }

private:
    void rect(const Rect& r, const char* look, double radius, double strokeWidth, const char* dash = nullptr)
    {
        m_out += "<rect x=\"" + number(r.x) + "\" y=\"" + number(r.y) + "\" width=\"" + number(r.width) + "\" height=\"" + number(r.height) + '"';
        if (radius > 0)
            m_out += " rx=\"" + number(radius) + '"';
        m_out += attributes(look);
        if (strokeWidth > 0)
            m_out += " stroke-width=\"" + number(strokeWidth) + '"';
        if (dash)
            m_out += QByteArray(" stroke-dasharray=\"") + dash + '"';
        m_out += "/>";
    }
    void line(double x1, double y1, double x2, double y2, const char* look, double width, const char* dash = nullptr)
    {
        m_out += "<path d=\"M" + number(x1) + ' ' + number(y1) + 'L' + number(x2) + ' ' + number(y2) + '"' + attributes(look)
            + " stroke-width=\"" + number(width) + '"' + (dash ? QByteArray(QByteArray(" stroke-dasharray=\"") + dash + '"') : QByteArray()) + "/>";
    }
    void text(const Line& line, const char* look, const char* ground = nullptr, const char* anchor = nullptr)
    {
        if (ground)
            for (const auto& lane : m_layout.lanes)
                if (lane.x > line.x - 2 && lane.x < line.x + line.width + 2)
                    rect({lane.x - 1, line.baseline - 12.5, 4, SequenceLayout::lineHeight}, ground, 0, 0);
        m_out += "<text x=\"" + number(line.x) + "\" y=\"" + number(line.baseline) + '"' + attributes(look);
        if (anchor)
            m_out += QByteArray(" text-anchor=\"") + anchor + '"';
        if (line.strong)
            m_out += " font-weight=\"600\"";
        m_out += '>' + markup::escaped(line.text) + "</text>";
    }

    void header(const SequenceLayout::LaneBox& lane)
    {
        const bool side = lane.kind == Lane::Kind::Page || lane.kind == Lane::Kind::Browser;
        rect(lane.header, side ? "cs-side" : "cs-served", 5, 0);
        for (const auto& line : lane.lines)
            text(line, line.quiet ? "cs-quiet" : side ? "cs-side-text" : "cs-served-text", nullptr, "middle");
    }

    void row(const Row& row)
    {
        m_out += "\n<g class=\"cs-row\" data-step=\"" + QByteArray::number(row.step->index) + "\"><title>"
            + markup::escaped(QStringLiteral("%1. %2").arg(row.number).arg(stepwords::full(*row.step, m_trace))) + "</title>";
        m_out += "<rect class=\"cs-band\" x=\"3\" y=\"" + number(row.bounds.y - 3) + "\" width=\"" + number(m_layout.width - 6) + "\" height=\""
            + number(row.bounds.height + 6) + "\" rx=\"4\" fill=\"none\"/>";
        if (row.kind == Row::Kind::Arrow)
            arrow(row);
        else
            box(row);
        m_out += "</g>";
    }

    void arrow(const Row& row)
    {
        const char* look = row.ghost ? "cs-ghost" : row.failed ? "cs-blocks" : row.preflight ? "cs-asks" : "cs-call";
        for (const auto& line : row.lines)
            text(line, row.ghost ? "cs-ghost-text" : row.failed ? "cs-block-text" : line.quiet ? "cs-quiet" : "cs-text",
                 row.preflight ? "cs-group-ground" : "cs-ground");
        const double direction = row.toX > row.fromX ? 1 : -1;
        const double tip = row.toX + 0.5 - direction;
        line(row.fromX + 0.5 + direction, row.y, tip - direction * 7, row.y, look, row.blocking ? 3 : 1.7, row.ghost ? "3 4" : row.response ? "5 3" : nullptr);
        m_out += "<path d=\"M" + number(tip) + ' ' + number(row.y) + 'L' + number(tip - direction * 9) + ' ' + number(row.y - 5) + 'L'
            + number(tip - direction * 9) + ' ' + number(row.y + 5) + "Z\"" + attributes(look) + "/>";
    }

    void box(const Row& row)
    {
        const bool refused = row.blocking || row.mark == Mark::No;
        const bool effect = row.kind == Row::Kind::Effect;
        rect(row.box, refused ? "cs-box-no" : effect ? "cs-effect" : row.ghost ? "cs-ghost" : row.mark == Mark::Yes ? "cs-box-yes" : "cs-box",
             effect ? 2 : 8, row.blocking ? 2.5 : refused ? 1.8 : 1.2, row.ghost ? "3 4" : nullptr);
        for (const auto& line : row.lines)
            text(line, refused ? (line.quiet ? "cs-text" : "cs-block-text") : effect ? "cs-served-text" : line.quiet ? "cs-quiet" : "cs-text");
        mark(row);
    }

    void mark(const Row& row)
    {
        if (row.mark == Mark::None)
            return;
        const double x = row.box.x + 17;
        const double y = row.lines.empty() ? row.box.y + 13 : row.lines.front().baseline - 4.2;
        const QByteArray at = number(x) + "\" cy=\"" + number(y);
        if (row.mark == Mark::Question) {
            m_out += "<circle cx=\"" + at + "\" r=\"6.3\"" + attributes("cs-asked") + " stroke-width=\"1.2\"/>";
            m_out += "<text x=\"" + number(x) + "\" y=\"" + number(y + 3.6) + '"' + attributes("cs-quiet") + " text-anchor=\"middle\" font-size=\"10\" font-weight=\"600\">?</text>";
            return;
        }
        const bool yes = row.mark == Mark::Yes;
        m_out += "<circle cx=\"" + at + "\" r=\"6.8\"" + attributes(yes ? "cs-mark-yes" : "cs-mark-no") + "/>";
        const auto point = [&](double dx, double dy) { return QByteArray(number(x + dx) + ' ' + number(y + dy)); };
        const QByteArray path = yes ? QByteArray("M" + point(-3.1, 0.2) + 'L' + point(-0.9, 2.5) + 'L' + point(3.2, -2.3))
                                    : QByteArray("M" + point(-2.5, -2.5) + 'L' + point(2.5, 2.5) + 'M' + point(2.5, -2.5) + 'L' + point(-2.5, 2.5));
        m_out += "<path d=\"" + path + '"' + attributes("cs-tick") + " stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>";
    }

    const Trace& m_trace;
    const SequenceLayout& m_layout;
    QByteArray m_out;
};

constexpr const char* font = "font-family=\"Segoe UI, Noto Sans, Helvetica Neue, Arial, Liberation Sans, sans-serif\" font-size=\"13\"";

QByteArray element(const Trace& trace, int action, const QByteArray& inside)
{
    const auto layout = layoutSequence(trace, action);
    const auto size = QByteArray("0 0 " + number(layout.width) + ' ' + number(layout.height));
    return QByteArray("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cs-diagram\" viewBox=\"") + size + "\" width=\"" + number(layout.width)
        + "\" height=\"" + number(layout.height) + "\" role=\"img\" aria-label=\""
        + markup::escaped(QCoreApplication::translate("SequenceDiagram", "Sequence diagram of the exchange")) + "\" " + font + '>' + inside
        + "<rect class=\"cs-ground\" fill=\"#ffffff\" width=\"" + number(layout.width) + "\" height=\"" + number(layout.height) + "\"/>"
        + Writer(trace, layout).run() + "\n</svg>\n";
}

} // namespace

QByteArray diagramStyle()
{
    return rules(false) + "@media screen and (prefers-color-scheme:dark){\n" + rules(true) + "}\n";
}

QByteArray svgElement(const Trace& trace, int action) { return element(trace, action, {}); }

QByteArray svgDiagram(const Trace& trace, int action)
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + element(trace, action, QByteArray("<style>" + diagramStyle() + "</style>"));
}

} // namespace corscope::share

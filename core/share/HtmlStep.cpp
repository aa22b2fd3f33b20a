#include "core/share/HtmlStep.h"

#include "core/base/Ascii.h"
#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "core/share/Markup.h"
#include "core/share/WireText.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::share {

namespace {

using markup::escaped;
using markup::escapedBytes;

constexpr qsizetype longestBody = 4000;

QString tr(const char* text) { return QCoreApplication::translate("HtmlReport", text); }

QByteArray element(const char* tag, const char* look, const QByteArray& inside)
{
    return QByteArray("<") + tag + (look ? QByteArray(QByteArray(" class=\"") + look + '"') : QByteArray()) + '>' + inside + "</" + tag + '>';
}

QByteArray value(std::optional<QByteArrayView> bytes)
{
    if (!bytes)
        return element("i", "none", escaped(tr("absent")));
    return bytes->isEmpty() ? element("i", "none", escaped(tr("empty"))) : element("code", nullptr, escapedBytes(*bytes));
}

// Where the two part is marked; a position inside of a character moves to its beginning.
QByteArray marked(QByteArrayView bytes, qsizetype from)
{
    while (from > 0 && from < bytes.size() && (bytes[from] & 0xc0) == 0x80)
        --from;
    if (from >= bytes.size())
        return element("code", nullptr, escapedBytes(bytes) + element("mark", "end", {}));
    return element("code", nullptr, escapedBytes(bytes.first(from)) + element("mark", nullptr, escapedBytes(bytes.sliced(from))));
}

QByteArray compared(const RecordedInput& input)
{
    const auto& a = *input.value;
    const auto& b = *input.comparedWith;
    const auto name = element("th", nullptr, escapedBytes(input.name));
    if (a == b)
        return "<tr>" + name + "<td>" + value(a) + ' ' + element("span", "same", escaped(tr("= equal"))) + "</td></tr>";
    const auto part = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    return "<tr>" + name + "<td>" + marked(a, part) + "<br>" + element("span", "differs", escaped(tr("≠"))) + ' ' + marked(b, part) + "</td></tr>";
}

QByteArray inputs(const Step& step)
{
    if (step.inputs.empty())
        return {};
    QByteArray rows;
    for (const auto& input : step.inputs) {
        if (input.value && input.comparedWith)
            rows += compared(input);
        else
            rows += "<tr>" + element("th", nullptr, escapedBytes(input.name)) + "<td>" + value(input.value)
                + (input.comparedWith ? QByteArray("<br>" + element("span", "differs", escaped(tr("≠"))) + ' ' + value(input.comparedWith)) : QByteArray())
                + "</td></tr>";
    }
    return element("table", "inputs", rows);
}

QByteArray message(const Step& step)
{
    if (!step.message)
        return {};
    const auto& wire = *step.message;
    auto lines = wire.isRequest() ? requestLines(wire.request()) : responseLines(wire.response());
    QByteArray text = element("b", nullptr, escapedBytes(lines.takeFirst())) + '\n';
    bool found = false;
    for (const auto& line : lines) {
        const bool decides = !step.decidingHeader.isEmpty() && ascii::equalIgnoringCase(line.left(line.indexOf(':')), step.decidingHeader);
        found = found || decides;
        text += (decides ? element("mark", nullptr, escapedBytes(line)) : escapedBytes(line)) + '\n';
    }
    if (!found && !step.decidingHeader.isEmpty())
        text += element("mark", "missing", escaped(tr("no %1").arg(QString::fromUtf8(step.decidingHeader)))) + '\n';
    const auto& body = wire.isRequest() ? wire.request().body : wire.response().body;
    if (!body.isEmpty())
        text += '\n' + element("span", "body", escapedBytes(body.left(longestBody)) + (body.size() > longestBody ? QByteArray(" …") : QByteArray()));
    return element("h4", nullptr, escaped(wire.isRequest() ? tr("Request") : tr("Response"))) + element("pre", "message", text);
}

const StateTable* tableOf(const State* state, const QByteArray& id)
{
    if (!state)
        return nullptr;
    const auto it = std::find_if(state->begin(), state->end(), [&](const auto& table) { return table.id() == id; });
    return it == state->end() ? nullptr : it->get();
}

QByteArray changes(const Step& step, const Trace& trace)
{
    const auto* before = step.index > 0 ? trace.at(step.index - 1).state : nullptr;
    if (!step.state || step.state == before)
        return {};
    QByteArray html;
    static const StateTable none;
    for (const auto& table : *step.state) {
        const auto* was = tableOf(before, table.id());
        if (!was || *was != *table)
            html += stateTable(*table, was ? was : &none);
    }
    return html;
}

QByteArray verdict(const Step& step)
{
    const auto word = stepwords::verdict(step);
    if (word.isEmpty())
        return {};
    const char* look = step.verdict == Verdict::Failure ? "badge bad" : step.verdict == Verdict::Success ? "badge good" : "badge";
    return element("span", look, escaped(word));
}

QByteArray citation(const Step& step)
{
    const auto text = explain::citation(step);
    if (text.isEmpty())
        return {};
    const auto target = markup::linkTarget(explain::citationUrl(step));
    return target.isEmpty() ? element("span", "cite", escaped(text))
                            : QByteArray("<a class=\"cite\" rel=\"noreferrer noopener\" href=\"" + target + "\">" + escaped(text) + "</a>");
}

QByteArray lanes(const Step& step, const Trace& trace)
{
    const auto name = [&](int lane) {
        const auto& known = trace.lanes[size_t(lane)];
        return known.title.isEmpty() ? QString::fromUtf8(known.id) : known.title;
    };
    auto text = name(step.lane);
    if (step.toLane >= 0 && step.toLane != step.lane)
        text += QStringLiteral(" → ") + name(step.toLane);
    return element("p", "lanes", escaped(text));
}

} // namespace

QByteArray stateTable(const StateTable& table, const StateTable* before)
{
    QByteArray html = element("h4", nullptr, escaped(stepwords::tableTitle(table.id)) + (before ? ' ' + element("span", "note", escaped(tr("changed in this step"))) : QByteArray()));
    if (table.rows.isEmpty())
        return html + element("p", "note", escaped(tr("empty")));
    QByteArray rows = "<tr>";
    for (const auto& column : table.columns)
        rows += element("th", nullptr, escapedBytes(column));
    rows += "</tr>";
    for (const auto& row : table.rows) {
        rows += before && !before->rows.contains(row) ? "<tr class=\"new\">" : "<tr>";
        for (const auto& cell : row)
            rows += element("td", nullptr, escapedBytes(cell));
        rows += "</tr>";
    }
    return html + "<div class=\"wide\">" + element("table", "state", rows) + "</div>";
}

QByteArray stepElement(const Step& step, const Trace& trace, int number)
{
    const auto index = QByteArray::number(step.index);
    QByteArray look = number ? "step stop" : "step";
    if (stepwords::isBlocking(step, trace))
        look += " decides";
    QByteArray html = "<article class=\"" + look + "\" id=\"step-" + index + "\" data-step=\"" + index + "\">\n<header>";
    html += element("span", "number", number ? QByteArray::number(number) : escapedBytes(step.at.step));
    html += element("h3", nullptr, escaped(stepwords::title(step))) + verdict(step) + "</header>\n";
    html += lanes(step, trace);
    if (const auto text = explain::stepText(step, trace); !text.isEmpty())
        html += element("p", "rule", escaped(text)) + '\n';
    html += inputs(step);
    if (const auto taken = explain::branchTaken(step); !taken.isEmpty())
        html += element("p", "so", element("b", nullptr, escaped(tr("So:"))) + ' ' + escaped(taken));
    if (const auto other = explain::branchNotTaken(step); !other.isEmpty())
        html += element("p", "otherwise", element("b", nullptr, escaped(tr("Otherwise:"))) + ' ' + escaped(other));
    html += citation(step) + message(step) + changes(step, trace);
    return html + "</article>\n";
}

} // namespace corscope::share

#include "core/share/HtmlReport.h"

#include "core/advise/Differences.h"
#include "core/base/Ascii.h"
#include "core/callcode/CallCode.h"
#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Exchanges.h"
#include "core/share/HtmlStep.h"
#include "core/share/Link.h"
#include "core/share/Markup.h"
#include "core/share/ServerSettings.h"
#include "core/share/SvgDiagram.h"
#include "core/trace/Walk.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

namespace corscope::share {

namespace {

using markup::escaped;
using markup::escapedBytes;

QString tr(const char* text) { return QCoreApplication::translate("HtmlReport", text); }
QByteArray said(const char* text) { return escaped(tr(text)); }

QByteArray resource(const char* path)
{
    QFile file{QLatin1String(path)};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray hashOf(const QByteArray& inside)
{
    return "'sha256-" + QCryptographicHash::hash(inside, QCryptographicHash::Sha256).toBase64() + '\'';
}

class Writer
{
public:
    Writer(const Scenario& scenario, const Trace& trace, const advise::Advice* advice)
        : m_scenario(scenario), m_trace(trace), m_advice(advice), m_action(sharedAction(scenario, trace)),
          m_send(sharedSend(scenario, trace, m_action))
    {}

    QByteArray run()
    {
        const QByteArray style = resource(":/report/report.css") + diagramStyle();
        const auto script = resource(":/report/report.js");
        m_out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
        m_out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " + hashOf(style) + "; script-src "
            + hashOf(script) + "; base-uri 'none'; form-action 'none'\">\n";
        m_out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
        m_out += "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + title() + "</title>\n<style>" + style + "</style>\n</head>\n";
        m_out += "<body data-start=\"" + QByteArray::number(start()) + "\">\n";
        top();
        m_out += "<main>\n";
        verdicts();
        walk();
        seen();
        servers();
        logs();
        proposals();
        again();
        m_out += "</main>\n<footer><p>" + escaped(tr("Written by Corscope %1. Loads nothing, sends nothing.").arg(QStringLiteral(CORSCOPE_VERSION)))
            + "</p></footer>\n<script>" + script + "</script>\n</body>\n</html>\n";
        return std::move(m_out);
    }

private:
    const Scenario& m_scenario;
    const Trace& m_trace;
    const advise::Advice* m_advice;
    int m_action;
    std::optional<SharedSend> m_send;
    QByteArray m_out;

    QByteArray title() const { return m_scenario.title.isEmpty() ? said("A scenario without a title") : escaped(m_scenario.title); }

    // Where a reader wants to begin: at what decided.
    int start() const
    {
        if (m_send && m_send->outcome->blockedStep >= 0)
            return m_send->outcome->blockedStep;
        return m_trace.size() ? walk::first(m_trace, walk::Stops::Landmarks) : -1;
    }

    void section(const char* id, const QByteArray& heading, const QByteArray& inside)
    {
        m_out += QByteArray("<section class=\"card\" id=\"") + id + "\" aria-labelledby=\"" + id + "-title\">\n<h2 id=\"" + id + "-title\">" + heading + "</h2>\n"
            + inside + "</section>\n";
    }

    void top()
    {
        m_out += "<header class=\"top\">\n<p class=\"brand\"><span>Corscope</span> " + said("report") + "</p>\n<h1>" + title() + "</h1>\n";
        if (!m_scenario.story.isEmpty())
            m_out += "<p class=\"story\">" + escaped(m_scenario.story) + "</p>\n";
        m_out += "<p class=\"facts\">";
        for (const auto& page : m_scenario.pages)
            m_out += "<span>" + said("page") + " <code>" + escapedBytes(page.origin()) + "</code></span>";
        for (const auto& server : m_scenario.servers)
            m_out += "<span>" + said("server") + " <code>" + escapedBytes(server.origin()) + "</code></span>";
        m_out += "<span>" + said("rules of") + " <code>" + escapedBytes(m_scenario.profile) + "</code></span>";
        if (const auto source = markup::linkTarget(m_scenario.source); !source.isEmpty())
            m_out += "<a rel=\"noreferrer noopener\" href=\"" + source + "\">" + said("source") + "</a>";
        m_out += "</p>\n</header>\n";
    }

    static QByteArray lamp(bool on, bool good, const char* yes, const char* no)
    {
        return QByteArray("<li class=\"lamp ") + (on ? "on" : good ? "off" : "bad") + "\"><span aria-hidden=\"true\">" + (on ? "✓" : good ? "–" : "✗") + "</span> "
            + said(on ? yes : no) + "</li>";
    }

    void verdict(int action, const SendOutcome& outcome, bool several)
    {
        m_out += QByteArray("<section class=\"verdict ") + (outcome.blocked ? "blocked" : "allowed") + (action == m_action ? "" : " small")
            + "\">\n<div class=\"sign\" aria-hidden=\"true\">" + (outcome.blocked ? "✗" : "✓") + "</div>\n<div>\n";
        if (several)
            m_out += "<p class=\"which\">" + escaped(tr("Action %1").arg(action + 1)) + " · <code>" + escapedBytes(outcome.method) + ' '
                + escapedBytes(outcome.url) + "</code></p>\n";
        m_out += "<ul class=\"lamps\">";
        m_out += outcome.preflight == SendOutcome::Preflight::Cached ? "<li class=\"lamp off\"><span aria-hidden=\"true\">–</span> " + said("preflight remembered") + "</li>"
                                                                     : lamp(outcome.preflight == SendOutcome::Preflight::Sent, true, QT_TRANSLATE_NOOP("HtmlReport", "preflight sent"),
                                                                            outcome.preflight == SendOutcome::Preflight::NotNeeded ? QT_TRANSLATE_NOOP("HtmlReport", "no preflight needed")
                                                                                                                                   : QT_TRANSLATE_NOOP("HtmlReport", "preflight not reached"));
        m_out += lamp(outcome.requestSent, true, QT_TRANSLATE_NOOP("HtmlReport", "request sent"), QT_TRANSLATE_NOOP("HtmlReport", "request not sent"));
        m_out += outcome.visible == SendOutcome::Visible::Opaque ? "<li class=\"lamp off\"><span aria-hidden=\"true\">–</span> " + said("response opaque") + "</li>"
                                                                 : lamp(outcome.allowed(), false, QT_TRANSLATE_NOOP("HtmlReport", "response visible to the script"),
                                                                        QT_TRANSLATE_NOOP("HtmlReport", "response not visible"));
        m_out += "</ul>\n";
        const auto sentence = explain::verdictSentence(m_trace, action);
        const auto first = sentence.indexOf(QLatin1String(". "));
        m_out += "<p class=\"sentence\"><strong>" + escaped(first < 0 ? sentence : sentence.left(first + 1)) + "</strong>"
            + (first < 0 ? QByteArray() : ' ' + escaped(sentence.mid(first + 2))) + "</p>\n";
        if (outcome.blockedStep >= 0)
            m_out += "<p class=\"to\"><a href=\"#step-" + QByteArray::number(outcome.blockedStep) + "\">" + said("To the step that decided") + "</a></p>\n";
        m_out += "</div>\n</section>\n";
    }

    void verdicts()
    {
        m_out += "<div class=\"verdicts\">\n";
        int sends = 0;
        for (const auto& outcome : m_trace.outcomes)
            sends += std::holds_alternative<SendOutcome>(outcome);
        // The one that matters first, the others beside each other below it.
        if (m_send)
            verdict(m_action, *m_send->outcome, sends > 1);
        for (size_t i = 0; i < m_trace.outcomes.size(); ++i)
            if (const auto* send = std::get_if<SendOutcome>(&m_trace.outcomes[i]); send && int(i) != m_action)
                verdict(int(i), *send, sends > 1);
        m_out += "</div>\n";
        for (const auto& outcome : m_trace.outcomes)
            if (const auto* compare = std::get_if<CompareOutcome>(&outcome))
                pairs(*compare);
    }

    void pairs(const CompareOutcome& compare)
    {
        QByteArray rows;
        for (const auto& pair : compare.pairs)
            rows += "<tr><td><code>" + escapedBytes(pair.a) + "</code></td><td><code>" + escapedBytes(pair.b) + "</code></td><td>"
                + (pair.sameOrigin ? said("the same origin") : QByteArray(said("different origins") + " (" + escapedBytes(ascii::join(pair.differing, ", ")) + ')')) + "</td></tr>";
        section("compared", said("Origins compared"), "<table class=\"state\">" + rows + "</table>\n");
    }

    void walk()
    {
        m_out += "<section class=\"walk\" aria-label=\"" + said("The exchange, step by step") + "\">\n<div class=\"card exchange\">\n<h2>" + said("The exchange") + "</h2>\n";
        m_out += "<div class=\"transport\" hidden>\n<button type=\"button\" data-go=\"first\" aria-label=\"" + said("First step") + "\">⏮</button>"
            "<button type=\"button\" data-go=\"back\" aria-label=\"" + said("Step back") + "\">◀</button>"
            "<input type=\"range\" min=\"0\" value=\"0\" aria-label=\"" + said("Step") + "\">"
            "<button type=\"button\" data-go=\"next\" aria-label=\"" + said("Step forward") + "\">▶</button>"
            "<button type=\"button\" data-go=\"last\" aria-label=\"" + said("Last step") + "\">⏭</button>"
            "<button type=\"button\" data-go=\"decision\">" + said("Decision") + "</button>"
            "<output class=\"place\"></output><label><input type=\"checkbox\"> " + said("every rule") + "</label>\n</div>\n";
        m_out += "<div class=\"diagram\" tabindex=\"0\" role=\"group\" aria-label=\"" + said("Diagram; the arrow keys step") + "\">\n" + svgElement(m_trace) + "</div>\n</div>\n";
        m_out += "<div class=\"card inspector\">\n<h2>" + said("Step by step") + "</h2>\n<p class=\"sr\" aria-live=\"polite\"></p>\n<div class=\"steps\">\n";
        int number = 0;
        for (const auto& step : m_trace.steps)
            m_out += stepElement(*step, m_trace, step->landmark ? ++number : 0);
        m_out += "</div>\n</div>\n</section>\n";
        list();
    }

    void list()
    {
        QByteArray items;
        int number = 0;
        int rules = 0;
        for (const auto& step : m_trace.steps) {
            if (!step->landmark) {
                ++rules;
                continue;
            }
            const auto word = stepwords::verdict(*step);
            const auto lane = m_trace.lanes[size_t(step->lane)].title;
            items += QByteArray("<li") + (stepwords::isFailure(*step) ? " class=\"failed\"" : "") + "><a href=\"#step-" + QByteArray::number(step->index) + "\"><span class=\"number\">"
                + QByteArray::number(++number) + "</span> <span class=\"what\">" + escaped(stepwords::title(*step)) + (word.isEmpty() ? QByteArray() : QByteArray(": " + escaped(word)))
                + "</span> <span class=\"note\">" + escaped(lane) + "</span></a></li>\n";
        }
        m_out += "<details class=\"card\" id=\"list\"><summary><h2>" + escaped(tr("All %1 steps").arg(number)) + "</h2> <span class=\"note\">"
            + escaped(tr("and the %1 rules behind them, with “every rule”").arg(rules)) + "</span></summary>\n<ol class=\"list\">\n" + items + "</ol>\n</details>\n";
    }

    static QByteArray headerLines(const HeaderList& headers)
    {
        QByteArray text;
        for (const auto& [name, value] : headers)
            text += escapedBytes(QByteArray(name + ": " + value)) + '\n';
        return text;
    }

    void seen()
    {
        if (!m_send)
            return;
        const auto& page = m_send->outcome->page;
        m_out += "<div class=\"columns\">\n";
        section("call", said("The page’s script"), "<pre>" + escaped(fetchCode(m_send->call)) + "</pre>\n");
        QByteArray rows;
        const auto row = [&](const char* name, const QByteArray& text) { rows += "<tr><th>" + said(name) + "</th><td>" + text + "</td></tr>"; };
        if (page.promise == PageView::Promise::Rejected) {
            row("promise", "<b class=\"bad-text\">" + said("rejected: TypeError") + "</b>");
            row("script sees", said("no status, no headers, no body, and no reason"));
        } else {
            row("promise", "<b>" + said("resolved") + "</b>");
            row("type", "<code>" + escapedBytes(page.type) + "</code>");
            row("status", "<code>" + escapedBytes(QByteArray(QByteArray::number(page.status) + ' ' + page.statusText).trimmed()) + "</code>");
            row("headers", page.headers.isEmpty() ? said("none") : QByteArray("<pre>" + headerLines(page.headers) + "</pre>"));
            row("body", page.body ? QByteArray("<pre>" + escapedBytes(page.body->left(4000)) + "</pre>") : said("not readable"));
        }
        if (!page.hiddenHeaders.isEmpty())
            row("hidden", "<pre><s>" + headerLines(page.hiddenHeaders) + "</s></pre>");
        section("seen", said("What the page sees"), "<table class=\"inputs\">" + rows + "</table>\n");
        m_out += "</div>\n";
        section("console", said("What the console says"),
                m_send->console.isEmpty() ? QByteArray("<p class=\"note\">" + said("Nothing.") + "</p>\n")
                                          : QByteArray("<pre class=\"" + QByteArray(m_send->outcome->blocked ? "console bad" : "console") + "\">" + escaped(m_send->console) + "</pre>\n"));
    }

    void servers()
    {
        for (size_t i = 0; i < m_scenario.servers.size(); ++i) {
            const auto& server = m_scenario.servers[i];
            QByteArray inside = "<p class=\"note\">" + said("Outermost first: a request passes from the top down.") + "</p>\n<ol class=\"pipeline\">\n";
            for (const auto& stage : serverStages(server))
                inside += QByteArray("<li") + (stage.enabled ? "" : " class=\"disabled\"") + "><h3>" + escaped(stage.title)
                    + (stage.enabled ? QByteArray() : QByteArray(" <span class=\"badge\">" + said("switched off") + "</span>")) + "</h3>\n<pre>" + escapedBytes(stage.code) + "</pre></li>\n";
            if (!server.routes.empty())
                inside += routes(server);
            inside += "</ol>\n";
            section(QByteArray("server-" + QByteArray::number(int(i))).constData(), said("Server") + " <code>" + escapedBytes(server.origin()) + "</code>", inside);
        }
    }

    static QByteArray routes(const ServerConfig& server)
    {
        QByteArray inside = "<li><h3>" + said("Routes") + "</h3>\n<div class=\"wide\"><table class=\"state\"><tr><th>" + said("method") + "</th><th>" + said("path") + "</th><th>"
            + said("status") + "</th><th>" + said("effect") + "</th></tr>";
        for (const auto& route : server.routes)
            inside += "<tr><td>" + escapedBytes(route.method) + "</td><td>" + escapedBytes(route.path) + "</td><td>"
                + (route.raises ? said("raises an exception") : QByteArray::number(route.status)) + "</td><td>" + escapedBytes(route.effect) + "</td></tr>";
        return inside + "</table></div></li>\n";
    }

    void logs()
    {
        const auto* state = m_trace.size() ? m_trace.at(m_trace.size() - 1).state : nullptr;
        QByteArray inside;
        if (state)
            for (const auto& table : *state)
                inside += stateTable(*table) + '\n';
        if (!inside.isEmpty())
            section("logs", said("What was left behind"), inside);
    }

    static QByteArray diffLines(const advise::Difference& difference)
    {
        const bool hasCode = difference.codeBefore != difference.codeAfter;
        QByteArray text;
        for (const auto& line : hasCode ? advise::lineDiff(difference.codeBefore, difference.codeAfter)
                                        : advise::lineDiff(difference.settingsBefore, difference.settingsAfter)) {
            const QByteArray shown = QByteArray(1, line.mark) + ' ' + escapedBytes(line.text);
            text += line.mark == '+' ? QByteArray("<ins>" + shown + "</ins>") : line.mark == '-' ? QByteArray("<del>" + shown + "</del>") : shown;
            text += '\n';
        }
        return text;
    }

    void proposals()
    {
        if (!m_advice || !m_advice->blocked)
            return;
        QByteArray inside = "<p>" + escaped(m_advice->who) + "</p>\n";
        if (m_advice->proposals.empty() && !m_advice->otherwise.isEmpty())
            inside += "<p>" + escaped(m_advice->otherwise) + "</p>\n";
        inside += "<ol class=\"proposals\">\n";
        for (const auto& proposal : m_advice->proposals) {
            inside += "<li><h3>" + escaped(proposal.title) + "</h3>\n";
            if (!proposal.explanation.isEmpty())
                inside += "<p>" + escaped(proposal.explanation) + "</p>\n";
            for (const auto& difference : proposal.differences)
                inside += "<p class=\"note\">" + escaped(difference.title) + "</p>\n<pre>" + diffLines(difference) + "</pre>\n";
            inside += "</li>\n";
        }
        section("fixes", said("What would help, least privilege first"), inside + "</ol>\n");
    }

    void again()
    {
        section("again", said("Open it again"),
                "<p>" + said("In Corscope: File > Open link, or paste it. On the command line: corscope-cli run, and this link.") + "</p>\n<pre class=\"link\">"
                    + escapedBytes(scenarioLink(m_scenario)) + "</pre>\n<details><summary>" + said("The scenario file") + "</summary>\n<pre>"
                    + escapedBytes(scenariofile::serialize(m_scenario)) + "</pre></details>\n");
    }
};

} // namespace

QByteArray htmlReport(const Scenario& scenario, const Trace& trace, const advise::Advice* advice)
{
    return Writer(scenario, trace, advice).run();
}

} // namespace corscope::share

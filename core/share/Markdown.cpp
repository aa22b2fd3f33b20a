#include "core/share/Markdown.h"

#include "core/base/Ascii.h"
#include "core/callcode/CallCode.h"
#include "core/explain/Diagnosis.h"
#include "core/explain/Explain.h"
#include "core/share/CurlCommands.h"
#include "core/share/Link.h"
#include "core/share/Mermaid.h"
#include "core/share/ServerSettings.h"
#include "core/share/WireText.h"

#include <QCoreApplication>

namespace corscope::share {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Markdown", text); }

qsizetype longestRun(const QByteArray& text, char sign)
{
    qsizetype longest = 0, run = 0;
    for (const char c : text) {
        run = c == sign ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// The fence is longer than any inside.
QByteArray block(const char* language, QByteArray text)
{
    while (text.endsWith('\n'))
        text.chop(1);
    const QByteArray fence(std::max<qsizetype>(3, longestRun(text, '`') + 1), '`');
    return fence + language + '\n' + text + '\n' + fence + "\n\n";
}

QByteArray code(QByteArray text)
{
    text.replace('\n', ' ').replace('\r', ' ');
    const QByteArray fence(longestRun(text, '`') + 1, '`');
    const bool pad = text.startsWith('`') || text.endsWith('`');
    return fence + (pad ? " " : "") + text + (pad ? " " : "") + fence;
}

// A sentence on a line of its own, without markup in it.
QByteArray plain(const QString& text)
{
    QByteArray result;
    for (const char c : text.toUtf8()) {
        if (std::strchr("\\`*_[]<>#|~", c) && c)
            result += '\\';
        result += c == '\n' || c == '\r' ? ' ' : c;
    }
    return result;
}

QByteArray heading(const QString& text) { return "### " + text.toUtf8() + "\n\n"; }

QByteArray messages(const SharedSend& send)
{
    QByteArray text;
    for (const auto& exchange : send.exchanges) {
        text += heading(exchange.isPreflight() ? tr("Preflight")
                        : exchange.fromCache   ? tr("Request, answered from the HTTP cache")
                        : exchange.sent        ? tr("Request")
                                               : tr("Request, never sent"));
        auto lines = ascii::join(requestLines(exchange.request), "\n");
        if (exchange.response)
            lines += "\n\n" + ascii::join(responseLines(*exchange.response), "\n");
        text += block("http", lines);
        if (!exchange.response && exchange.sent)
            text += tr("No answer.").toUtf8() + "\n\n";
    }
    return text;
}

} // namespace

QByteArray markdownIssue(const Scenario& scenario, const Trace& trace, int action, const SharedSend& send)
{
    const auto& outcome = *send.outcome;
    QByteArray text = "## " + plain(scenario.title.isEmpty() ? explain::diagnose(outcome).title : scenario.title) + "\n\n";
    const auto sentence = explain::verdictSentence(trace, action);
    const auto end = sentence.indexOf(QLatin1String(". "));
    text += (outcome.blocked ? "**✗ " : "**✓ ") + plain(end < 0 ? sentence : sentence.left(end + 1)) + "**"
        + (end < 0 ? QByteArray() : QByteArray(' ' + plain(sentence.mid(end + 2)))) + "\n\n";
    const auto lamp = [](bool on) { return on ? QByteArray("●") : QByteArray("○"); };
    text += lamp(outcome.preflight == SendOutcome::Preflight::Sent) + ' ' + tr("preflight sent").toUtf8() + " · " + lamp(outcome.requestSent) + ' '
        + tr("request sent").toUtf8() + " · " + lamp(outcome.allowed()) + ' ' + tr("response visible to the script").toUtf8() + "\n\n";
    const auto page = outcome.pageUrl.isEmpty() ? outcome.pageOrigin : outcome.pageUrl;
    text += heading(tr("The call")) + tr("On the page").toUtf8() + ' ' + code(page) + ":\n\n" + block("js", fetchCode(send.call).toUtf8());
    if (!send.console.isEmpty())
        text += tr("The console says:").toUtf8() + "\n\n" + block("text", send.console.toUtf8());
    text += messages(send);
    text += heading(tr("What happened")) + block("mermaid", mermaidDiagram(trace, action).toUtf8());
    for (const auto& server : scenario.servers) {
        text += heading(tr("Server")) + code(server.origin()) + "\n\n";
        for (const auto& stage : serverStages(server))
            text += plain(stage.title) + (stage.enabled ? QByteArray() : QByteArray(" (" + tr("switched off").toUtf8() + ")")) + "\n\n"
                + block(stage.language.constData(), stage.code);
    }
    text += heading(tr("How to reproduce"));
    text += tr("Against the real server:").toUtf8() + "\n\n";
    QByteArray commands;
    for (const auto& exchange : send.exchanges)
        commands += curlCommand(exchange, send.call, Shell::Posix);
    text += block("sh", commands);
    text += tr("In Corscope: File > Open link, or on the command line:").toUtf8() + "\n\n";
    text += block("sh", "corscope-cli run " + scenarioLink(scenario));
    return text;
}

} // namespace corscope::share

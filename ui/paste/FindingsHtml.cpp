#include "ui/paste/FindingsHtml.h"

#include "core/backend/FrameworkDescription.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("PasteDialog", text); }

QString placeText(const paste::TextPlace& place)
{
    return tr("line %1, column %2").arg(place.line).arg(place.column);
}

QString heading(const QString& text)
{
    return QStringLiteral("<p style='font-weight:600; margin-bottom:2px'>%1</p>").arg(text.toHtmlEscaped());
}

QString list(const QString& mark, const QString& colour, const QStringList& items)
{
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='2'>");
    for (const auto& item : items)
        html += QStringLiteral("<tr><td style='color:%1'>%2&nbsp;</td><td>%3</td></tr>").arg(colour, mark, item);
    return html + QStringLiteral("</table>");
}

QStringList items(const QList<paste::Finding>& findings, const Theme& theme)
{
    QStringList result;
    for (const auto& finding : findings) {
        const auto reason = finding.place ? QString(placeText(*finding.place) + QStringLiteral(": ") + finding.reason) : finding.reason;
        result.append(QStringLiteral("%1 <span style='color:%2'>(%3)</span>")
                          .arg(finding.what.toHtmlEscaped(), theme.muted.name(), reason.toHtmlEscaped()));
    }
    return result;
}

QString stageTitle(const StageConfig& stage)
{
    const auto* description = findFrameworkDescription(stage.kind == "cors" ? stage.framework : stage.kind);
    return description ? description->stageTitle : QString::fromUtf8(stage.kind);
}

QStringList scenarioLines(const Scenario& scenario)
{
    QStringList lines;
    for (const auto& page : scenario.pages)
        lines.append(tr("Page: %1").arg(QString::fromUtf8(page.origin())));
    for (const auto& server : scenario.servers) {
        QStringList stages;
        for (const auto& stage : server.pipeline)
            stages.append(stageTitle(stage));
        const auto chain = stages.isEmpty() ? tr("its routes answer") : stages.join(QStringLiteral(" → "));
        lines.append(tr("Server: %1 (%2)").arg(QString::fromUtf8(server.origin()), chain));
    }
    for (const auto& action : scenario.actions)
        if (const auto* send = std::get_if<SendAction>(&action))
            lines.append(tr("Request: %1 %2%3").arg(QString::fromUtf8(send->call.method), QString::fromUtf8(send->call.url),
                                                    send->call.credentials == "include" ? tr(", with credentials") : QString()));
    for (auto& line : lines)
        line = line.toHtmlEscaped();
    return lines;
}

} // namespace

QString findingsHtml(const paste::PastedReport& report, const Theme& theme)
{
    QString html = heading(tr("The scenario")) + list(QStringLiteral("•"), theme.muted.name(), scenarioLines(report.scenario));
    if (!report.certain.isEmpty())
        html += heading(tr("Certain")) + list(QStringLiteral("✓"), theme.allow.text.name(), items(report.certain, theme));
    if (!report.guessed.isEmpty())
        html += heading(tr("Guessed")) + list(QStringLiteral("?"), theme.preflight.text.name(), items(report.guessed, theme));
    QStringList unread;
    for (const auto& one : report.unread) {
        const auto quote = QStringLiteral("<code>%1</code>").arg(one.quote.toHtmlEscaped());
        const auto where = QStringLiteral("<span style='color:%1'>%2</span> ").arg(theme.muted.name(), placeText(one.place));
        unread.append(one.problem.isEmpty() ? QString(where + quote)
                                            : QString(where + quote + QStringLiteral("<br>") + one.problem.toHtmlEscaped()));
    }
    if (!unread.isEmpty())
        html += heading(tr("Not read")) + list(QStringLiteral("–"), theme.block.text.name(), unread);
    return html;
}

} // namespace corscope

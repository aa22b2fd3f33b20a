#include "ui/browser/PageText.h"

#include "core/explain/HiddenHeaders.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PageText", text);
}

QString code(const QByteArray& bytes)
{
    return QStringLiteral("<code>%1</code>").arg(QString::fromUtf8(bytes).toHtmlEscaped());
}

QString row(const QString& name, const QString& value, const PageTextColours& colours)
{
    return QStringLiteral("<tr><td style='color:%1; padding-right:10px'>%2</td><td>%3</td></tr>")
        .arg(colours.quiet.name(), name, value);
}

QString headerLines(const HeaderList& headers, const QString& pattern)
{
    QStringList lines;
    for (const auto& header : headers)
        lines.append(pattern.arg(code(header.name + ": " + header.value)));
    return lines.join(QStringLiteral("<br>"));
}

/// Each struck through, and the reason once under those that share it.
QString hiddenLines(const PageView& page, const PageTextColours& colours)
{
    QStringList lines;
    QString reason;
    const auto close = [&] {
        if (!reason.isEmpty())
            lines.append(QStringLiteral("<span style='color:%1'>%2</span>").arg(colours.quiet.name(), reason.toHtmlEscaped()));
    };
    for (const auto& header : page.hiddenHeaders) {
        const auto its = explain::hiddenHeaderReason(page, header.name);
        if (its != reason)
            close();
        reason = its;
        lines.append(QStringLiteral("<s style='color:%1'>%2</s>").arg(colours.quiet.name(), code(header.name + ": " + header.value)));
    }
    close();
    return lines.join(QStringLiteral("<br>"));
}

} // namespace

QString pageViewHtml(const SendOutcome& outcome, const PageTextColours& colours)
{
    const auto& page = outcome.page;
    QString rows;
    if (page.promise == PageView::Promise::Rejected) {
        rows += row(tr("promise"), QStringLiteral("<b style='color:%1'>%2</b>").arg(colours.bad.name(), tr("rejected: TypeError")),
                    colours);
        rows += row(tr("script sees"), tr("no status, no headers, no body, and no reason"), colours);
    } else {
        rows += row(tr("promise"), QStringLiteral("<b>%1</b>").arg(tr("resolved")), colours);
        rows += row(tr("type"), code(page.type), colours);
        rows += row(tr("status"), code(QByteArray(QByteArray::number(page.status) + ' ' + page.statusText).trimmed()),
                    colours);
        if (page.redirected)
            rows += row(tr("url"), code(page.url), colours);
        rows += row(tr("headers"), page.headers.isEmpty() ? tr("none") : headerLines(page.headers, QStringLiteral("%1")), colours);
        rows += row(tr("body"), page.body ? code(*page.body) : tr("not readable"), colours);
    }
    if (!page.hiddenHeaders.isEmpty())
        rows += row(tr("hidden"), hiddenLines(page, colours), colours);
    return QStringLiteral("<table cellspacing='0' cellpadding='1'>%1</table>").arg(rows);
}

} // namespace corscope

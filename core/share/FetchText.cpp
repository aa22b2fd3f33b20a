#include "core/share/FetchText.h"

#include "core/callcode/CallCode.h"
#include "core/share/WireText.h"

#include <QCoreApplication>

namespace corscope::share {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FetchText", text); }

QByteArray comment(const QString& text)
{
    QList<QByteArray> lines;
    for (const auto& line : text.split(QLatin1Char('\n')))
        lines.append(line.toUtf8());
    return commented(lines, "//");
}

} // namespace

QByteArray fetchText(const SharedSend& send)
{
    const auto page = send.outcome->pageUrl.isEmpty() ? send.outcome->pageOrigin : send.outcome->pageUrl;
    QByteArray text = comment(tr("On the page %1").arg(QString::fromUtf8(page))) + fetchCode(send.call).toUtf8() + '\n';
    for (const auto& exchange : send.exchanges) {
        auto request = exchange.request;
        request.target = exchange.url; // whole, with its scheme
        request.headers.remove("Host");
        text += '\n' + (exchange.sent ? QByteArray() : comment(tr("Never sent:"))) + commented(requestLines(request), "//");
        if (exchange.response)
            text += "//\n" + commented(responseLines(*exchange.response), "//");
    }
    if (!send.console.isEmpty())
        text += '\n' + comment(tr("The browser's console:")) + comment(send.console);
    return text;
}

} // namespace corscope::share

#include "ui/exchange/DiagramText.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>

namespace corscope {

static constexpr char16_t softBreak = 0x200b;

QStringList wrapped(const QString& text, const QFont& font, double width, int lines)
{
    const QFontMetricsF metrics(font);
    const auto plain = [](QString line) { return line.remove(QChar(softBreak)).trimmed(); };
    // NB: most text fits, and laying it out is what a diagram of thousands of rows would wait for.
    if (const auto whole = plain(text); metrics.horizontalAdvance(whole) <= width)
        return {whole};
    if (lines <= 1)
        return {metrics.elidedText(plain(text), Qt::ElideRight, width)};
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList result;
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (result.size() == lines - 1) {
            result.append(metrics.elidedText(plain(text.mid(line.textStart())), Qt::ElideRight, width));
            break;
        }
        result.append(plain(text.mid(line.textStart(), line.textLength())));
    }
    layout.endLayout();
    return result;
}

QString shortHeader(const QString& header)
{
    static const QString common = QStringLiteral("access-control-");
    return header.startsWith(common, Qt::CaseInsensitive) ? QString(QChar(0x2026) + header.mid(common.size())) : header;
}

QString headerLine(const QString& header, const QFont& font, double width)
{
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(header) <= width)
        return header;
    const auto brief = shortHeader(header);
    if (metrics.horizontalAdvance(brief) <= width)
        return brief;
    const auto colon = brief.indexOf(QStringLiteral(": "));
    if (colon < 0)
        return metrics.elidedText(brief, Qt::ElideMiddle, width);
    const auto name = brief.left(colon + 2);
    const double room = width - metrics.horizontalAdvance(name);
    if (room < 4 * metrics.height())
        return metrics.elidedText(brief, Qt::ElideRight, width);
    return name + metrics.elidedText(brief.mid(colon + 2), Qt::ElideMiddle, room);
}

QString breakable(const QString& name)
{
    QString result;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const bool hump = i > 1 && name[i].isUpper() && i + 1 < name.size() && name[i + 1].isLower();
        if (hump || (i > 0 && QStringLiteral("-_./").contains(name[i - 1])))
            result += QChar(softBreak);
        result += name[i];
    }
    return result;
}

} // namespace corscope

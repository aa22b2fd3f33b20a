#include "ui/exchange/DiagramExport.h"

#include "core/base/ReplaceFile.h"
#include "core/explain/Explain.h"
#include "ui/exchange/DiagramPainter.h"
#include "ui/exchange/DiagramText.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace corscope {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("DiagramExport", text);
}

/// One diagram on paper: the heading above, the lanes below. Its units are pixels of a screen at normal size.
class Sheet
{
public:
    Sheet(const Trace& trace, const DiagramSheet& sheet);

    const DiagramLayout& layout() const { return m_layout; }
    QSizeF size() const { return {m_layout.width + 2 * margin, m_top + m_layout.height + margin}; }
    double top() const { return m_top; } ///< of the diagram
    void paint(QPainter& painter) const;
    void paintHeading(QPainter& painter) const;
    /// The rows between two heights of the diagram, below its lane headers.
    void paintPart(QPainter& painter, double from, double to) const;

    static constexpr double margin = 24;

private:
    DiagramLook m_look;
    DiagramLayout m_layout;
    QFont m_titleFont;
    QStringList m_title, m_verdict;
    double m_top = 0;
};

QFont fontOf(int pixels)
{
    // NB: by pixels, so that a picture is the same on every screen.
    auto font = Theme::textFont();
    font.setPixelSize(pixels);
    return font;
}

QString verdictOf(const Trace& trace)
{
    for (int i = int(trace.outcomes.size()) - 1; i >= 0; --i)
        if (std::holds_alternative<SendOutcome>(trace.outcomes[size_t(i)]))
            return explain::verdictSentence(trace, i);
    return {};
}

Sheet::Sheet(const Trace& trace, const DiagramSheet& sheet)
{
    m_look.theme = Theme::light();
    m_look.font = fontOf(13);
    m_look.until = trace.size();
    m_titleFont = fontOf(20);
    m_titleFont.setBold(true);
    const double width = std::max<double>(780, double(trace.lanes.size()) * 165);
    m_layout = layoutDiagram(trace, m_look.font, width, sheet.filter);
    if (!sheet.title.isEmpty())
        m_title = wrapped(sheet.title, m_titleFont, m_layout.width, 2);
    const auto verdict = sheet.verdict.isEmpty() ? verdictOf(trace) : sheet.verdict;
    if (!verdict.isEmpty())
        m_verdict = wrapped(verdict, m_look.font, m_layout.width - 8, 4);
    m_top = margin + double(m_title.size()) * 26 + double(m_verdict.size()) * 19 + 8;
}

void Sheet::paintHeading(QPainter& painter) const
{
    double y = margin;
    const auto lines = [&](const QStringList& texts, const QFont& font, const QColor& color, double step) {
        painter.setFont(font);
        painter.setPen(color);
        for (const auto& text : texts) {
            painter.drawText(QRectF(margin + 6, y, m_layout.width, step), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
            y += step;
        }
    };
    lines(m_title, m_titleFont, m_look.theme.text, 26);
    lines(m_verdict, m_look.font, m_look.theme.text, 19);
}

void Sheet::paintPart(QPainter& painter, double from, double to) const
{
    painter.save();
    painter.translate(0, m_layout.headerHeight - from);
    const QRectF part(0, from, m_layout.width, to - from);
    painter.setClipRect(part);
    paintDiagram(painter, m_layout, m_look, part);
    painter.restore();
    paintLaneHeaders(painter, m_layout, m_look);
}

void Sheet::paint(QPainter& painter) const
{
    painter.fillRect(QRectF(QPointF(0, 0), size()), m_look.theme.panel);
    paintHeading(painter);
    painter.translate(margin, m_top);
    paintDiagram(painter, m_layout, m_look, {});
    paintLaneHeaders(painter, m_layout, m_look);
}

QByteArray svg(const Sheet& sheet, const DiagramSheet& words)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    const auto size = sheet.size().toSize();
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(words.title);
    generator.setDescription(QStringLiteral("Corscope"));
    QPainter painter(&generator);
    sheet.paint(painter);
    painter.end();
    // Where the font is not installed, another one without serifs is near enough.
    const auto family = Theme::textFont().family().toHtmlEscaped().toUtf8();
    return bytes.replace(QByteArray("font-family=\"" + family + "\""), QByteArray("font-family=\"" + family + ", sans-serif\""));
}

QByteArray png(const Sheet& sheet)
{
    constexpr double scale = 2;
    // NB: what is higher than pictures can be is cut in half in its resolution first.
    const auto size = sheet.size();
    const double fitting = std::min(scale, 32000 / size.height());
    QImage image((size * fitting).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(fitting, fitting);
    sheet.paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// Where the page that begins at a height ends: between two rows, as far down as there is room.
double pageEnd(const DiagramLayout& layout, double from, double room)
{
    if (from + room >= layout.height)
        return layout.height;
    const size_t next = layout.firstRowBelow(from + room);
    if (next == 0 || next >= layout.rows.size() || layout.rows[next].bounds.top() > from + room)
        return from + room;
    const double gap = (layout.rows[next - 1].bounds.bottom() + layout.rows[next].bounds.top()) / 2;
    return gap > from + 1 ? gap : from + room;
}

QByteArray pdf(const Sheet& sheet, const DiagramSheet& words)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(words.title);
    writer.setCreator(QStringLiteral("Corscope"));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(10, 10, 10, 12), QPageLayout::Millimeter);
    // Many lanes read better across.
    if (sheet.size().width() > 1100)
        writer.setPageOrientation(QPageLayout::Landscape);
    writer.setResolution(300);
    QPainter painter(&writer);
    const double scale = std::min(writer.width() / sheet.size().width(), 300 / 96.0 * 1.1);
    const double height = writer.height() / scale;
    const auto& layout = sheet.layout();
    double from = layout.headerHeight;
    for (int page = 1; from < layout.height - 1; ++page) {
        if (page > 1)
            writer.newPage();
        painter.save();
        painter.scale(scale, scale);
        const double top = page == 1 ? sheet.top() : Sheet::margin;
        if (page == 1)
            sheet.paintHeading(painter);
        const double to = pageEnd(layout, from, std::max(60.0, height - top - layout.headerHeight - 24));
        painter.translate(Sheet::margin, top);
        sheet.paintPart(painter, from, to);
        painter.restore();
        painter.save();
        painter.scale(scale, scale);
        painter.setFont(fontOf(10));
        painter.setPen(Theme::light().muted);
        painter.drawText(QRectF(Sheet::margin, height - 16, layout.width, 14), Qt::AlignRight | Qt::TextSingleLine,
                         tr("Corscope · page %1").arg(page));
        painter.restore();
        from = to;
    }
    painter.end();
    return bytes;
}

} // namespace

Result<Done> exportDiagram(const Trace& trace, const DiagramSheet& words, const QString& path)
{
    const auto ending = QFileInfo(path).suffix().toLower();
    if (ending != QStringLiteral("svg") && ending != QStringLiteral("png") && ending != QStringLiteral("pdf"))
        return InputError{path, tr("a name that ends in .svg, .png or .pdf"),
                          ending.isEmpty() ? tr("no ending") : QString(QLatin1Char('.') + ending)};
    const Sheet sheet(trace, words);
    if (sheet.layout().rows.empty())
        return InputError{tr("diagram"), tr("at least one step that is shown"), tr("none")};
    const auto bytes = ending == QStringLiteral("svg") ? svg(sheet, words) : ending == QStringLiteral("png") ? png(sheet) : pdf(sheet, words);
    if (bytes.isEmpty())
        return InputError{path, tr("a drawing that fits into the memory"), {}};
    if (const auto trouble = replaceFile(path, bytes); !trouble.isEmpty())
        return InputError{path, tr("a file that can be written"), trouble};
    return Done{};
}

Result<QString> exportDiagramAs(QWidget* parent, const Trace& trace, const DiagramSheet& sheet)
{
    QString kind;
    auto path = QFileDialog::getSaveFileName(parent, tr("Export diagram"), {},
                                             tr("SVG drawing (*.svg);;PNG picture (*.png);;PDF document (*.pdf)"), &kind);
    if (path.isEmpty())
        return QString();
    if (QFileInfo(path).suffix().isEmpty())
        path += kind.contains(QStringLiteral("*.png")) ? QStringLiteral(".png")
            : kind.contains(QStringLiteral("*.pdf"))   ? QStringLiteral(".pdf")
                                                       : QStringLiteral(".svg");
    const auto done = exportDiagram(trace, sheet, path);
    if (!done)
        return done.error();
    return tr("Exported to %1.").arg(QFileInfo(path).fileName());
}

} // namespace corscope

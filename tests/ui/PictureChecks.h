#pragma once

#include "tests/ui/Pictures.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/ElidedButton.h"
#include "ui/theme/ElidedLabel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleOptionComboBox>
#include <QStyleOptionFrame>
#include <QTabBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocumentFragment>
#include <QToolButton>

#include <cmath>

namespace corscope::pictures {

inline QString described(const QWidget& widget, const QString& text)
{
    return QStringLiteral("%1 %2 “%3”").arg(QLatin1String(widget.metaObject()->className()), widget.objectName(), text.left(60));
}

/// The texts of a widget of the usual kinds, with mnemonics taken out.
inline QString textOf(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return label->textFormat() == Qt::RichText || Qt::mightBeRichText(label->text())
            ? QTextDocumentFragment::fromHtml(label->text()).toPlainText() : label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
        const auto* tool = qobject_cast<const QToolButton*>(button);
        if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
            return {};
        auto text = button->text();
        return text.remove(QLatin1Char('&'));
    }
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget))
        return line->text().isEmpty() ? line->placeholderText() : line->text();
    if (const auto* combo = qobject_cast<const QComboBox*>(&widget))
        return combo->isEditable() ? QString() : combo->currentText();
    return {};
}

inline QList<QWidget*> textWidgets(QWidget& root)
{
    QList<QWidget*> found;
    for (auto* widget : root.findChildren<QWidget*>())
        if (widget->isVisible() && widget->window() == &root && !widget->visibleRegion().isEmpty() && !textOf(*widget).trimmed().isEmpty())
            found.append(widget);
    return found;
}

/// Room and need of the text of a widget, in pixels.
inline std::pair<int, int> roomAndNeed(const QWidget& widget)
{
    const auto text = textOf(widget);
    const auto metrics = widget.fontMetrics();
    const int need = metrics.size(Qt::TextSingleLine, text).width();
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        if (label->wordWrap())
            return {label->height() + 1, label->heightForWidth(label->width())};
        if (qobject_cast<const ElidedLabel*>(label))
            return {label->width() - 2, need};
        return {label->width() + 1, label->sizeHint().width()};
    }
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
        QStyleOptionFrame option;
        option.initFrom(line);
        option.lineWidth = 1;
        const auto room = line->style()->subElementRect(QStyle::SE_LineEditContents, &option, line);
        return {room.width() - 3, need};
    }
    if (const auto* combo = qobject_cast<const QComboBox*>(&widget)) {
        QStyleOptionComboBox option;
        option.initFrom(combo);
        const auto room = combo->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, combo);
        return {room.width() + 1, need};
    }
    if (const auto* elided = qobject_cast<const ElidedButton*>(&widget))
        return {elided->text() == elided->wholeText() ? need : 0, need};
    return {widget.width() + 1, qMax(need, qMin(widget.sizeHint().width(), need + metrics.height() / 2))};
}

inline QStringList clippedText(QWidget& root)
{
    QStringList wrong;
    const auto widgets = textWidgets(root);
    for (const auto* widget : widgets) {
        const auto text = textOf(*widget);
        const auto [room, need] = roomAndNeed(*widget);
        const bool explained = !widget->toolTip().isEmpty();
        const bool mayElide = qobject_cast<const ElidedLabel*>(widget) || qobject_cast<const ElidedButton*>(widget)
            || qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget);
        if (need > room && !(mayElide && explained))
            wrong.append(QStringLiteral("clipped: %1 has %2 of %3 pixels").arg(described(*widget, text)).arg(room).arg(need));
        if (text.endsWith(QChar(0x2026)) && !qobject_cast<const QLineEdit*>(widget) && widget->toolTip().isEmpty() && text.size() > 12
            && qobject_cast<const QLabel*>(widget))
            wrong.append(QStringLiteral("cut without a tooltip: ") + described(*widget, text));
        if (widget->height() + 1 < widget->fontMetrics().height())
            wrong.append(QStringLiteral("too low: ") + described(*widget, text));
        // Nothing may be cut by what it stands in, but for what scrolls.
        for (const QWidget* part = widget; part != &root && !part->isWindow(); part = part->parentWidget()) {
            const auto* parent = part->parentWidget();
            if (parent->parentWidget() && qobject_cast<const QAbstractScrollArea*>(parent->parentWidget()))
                break;
            if (!parent->rect().adjusted(-1, -1, 1, 1).contains(part->geometry())) {
                wrong.append(QStringLiteral("cut by its parent: %1, %2 in %3").arg(described(*widget, text),
                    QStringLiteral("%1x%2+%3+%4").arg(part->width()).arg(part->height()).arg(part->x()).arg(part->y()),
                    QStringLiteral("%1 %2x%3").arg(QLatin1String(parent->metaObject()->className())).arg(parent->width()).arg(parent->height())));
                break;
            }
        }
        for (const auto* other : widgets)
            if (other > widget && other->parentWidget() == widget->parentWidget()
                && other->geometry().adjusted(1, 1, -1, -1).intersects(widget->geometry().adjusted(1, 1, -1, -1)))
                wrong.append(QStringLiteral("overlap: %1 and %2").arg(described(*widget, text), described(*other, textOf(*other))));
    }
    for (const auto* tabs : root.findChildren<QTabBar*>())
        for (int i = 0; tabs->isVisible() && i < tabs->count(); ++i)
            if (tabs->isTabVisible(i) && tabs->tabToolTip(i).isEmpty()
                && tabs->fontMetrics().size(Qt::TextShowMnemonic, tabs->tabText(i)).width() > tabs->tabRect(i).width())
                wrong.append(QStringLiteral("clipped tab: ") + tabs->tabText(i));
    return wrong;
}

inline QStringList diagramOverlaps(QWidget& root)
{
    QStringList wrong;
    for (const auto* diagram : root.findChildren<SequenceDiagram*>()) {
        if (!diagram->isVisible())
            continue;
        const auto& layout = diagram->diagram();
        std::vector<const DiagramLayout::Line*> lines;
        const auto take = [&](const DiagramLayout::Line& line) {
            auto font = diagram->font();
            font.setBold(line.strong);
            if (QFontMetricsF(font).horizontalAdvance(line.text) * diagram->zoom() > line.rect.width() + 1)
                wrong.append(QStringLiteral("clipped in the diagram: ") + line.text);
            if (line.rect.left() < 0 || line.rect.right() > layout.width)
                wrong.append(QStringLiteral("outside of the diagram: ") + line.text);
            for (const auto* other : lines)
                if (other->rect.adjusted(0.5, 0.5, -0.5, -0.5).intersects(line.rect))
                    wrong.append(QStringLiteral("overlap in the diagram: “%1” and “%2”").arg(line.text, other->text));
            lines.push_back(&line);
        };
        for (const auto& lane : layout.lanes)
            for (const auto& line : lane.lines)
                take(line);
        for (const auto& row : layout.rows)
            for (const auto& line : row.lines)
                take(line);
        for (const auto& group : layout.groups)
            take(group.title);
        for (const auto& divider : layout.dividers)
            take(divider.title);
        for (const auto& note : layout.notes)
            take(note.line);
    }
    return wrong;
}

/// The colour that most of a picture has, and the one that differs most from it.
struct Ink
{
    QColor ground;
    QColor ink;
    double contrast = 1;
};

inline Ink inkIn(const QImage& image, const QRect& rect)
{
    QHash<QRgb, int> counts;
    const auto part = rect.intersected(image.rect());
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = part.left(); x <= part.right(); ++x)
            ++counts[line[x]];
    }
    Ink found;
    int most = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (it.value() > most) {
            most = it.value();
            found.ground = QColor(it.key());
        }
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (const double contrast = Theme::contrast(QColor(it.key()), found.ground); contrast > found.contrast) {
            found.contrast = contrast;
            found.ink = QColor(it.key());
        }
    return found;
}

constexpr double readable = 4.5;

inline QString tooPale(const QString& what, const QColor& ink, const QColor& ground)
{
    return QStringLiteral("contrast %1: %2 (%3 on %4)").arg(Theme::contrast(ink, ground), 0, 'f', 2).arg(what, ink.name(), ground.name());
}

/// The colours that a document gives its parts, against the ground they stand on.
inline void checkDocument(const QWidget& view, const QTextDocument& document, const QColor& ground, QStringList& wrong)
{
    const auto check = [&](const QTextCharFormat& format, const QString& text) {
        const auto ink = format.foreground().style() == Qt::NoBrush ? view.palette().color(QPalette::Text) : format.foreground().color();
        const auto under = format.background().style() == Qt::NoBrush ? ground : format.background().color();
        if (!text.trimmed().isEmpty() && Theme::contrast(ink, under) < readable)
            wrong.append(tooPale(described(view, text), ink, under));
    };
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it)
            check(it.fragment().charFormat(), it.fragment().text());
        for (const auto& range : block.layout()->formats())
            check(range.format, block.text().mid(range.start, range.length));
    }
}

inline QStringList lowContrast(QWidget& root, const QImage& image)
{
    QStringList wrong;
    const double scale = image.devicePixelRatio();
    const auto inPicture = [&](const QWidget& widget, const QRect& rect) {
        const QRect seen = widget.visibleRegion().boundingRect().intersected(rect);
        const QPoint at = widget.mapTo(&root, seen.topLeft());
        return QRect(at * scale, seen.size() * scale);
    };
    for (const auto* widget : textWidgets(root)) {
        const int inset = qobject_cast<const QLabel*>(widget) && widget->property("role") != QStringLiteral("badge") ? 0 : 3;
        const auto rect = inPicture(*widget, widget->rect().adjusted(inset, inset, -inset, -inset));
        if (!widget->isEnabled() || rect.height() < widget->fontMetrics().height() - 2 || rect.width() < 6)
            continue; // half of it is scrolled away, or it cannot be used now
        if (const auto ink = inkIn(image, rect); ink.contrast < readable)
            wrong.append(tooPale(described(*widget, textOf(*widget)), ink.ink, ink.ground));
    }
    const auto documents = [&](auto* view) {
        if (!view->isVisible() || view->visibleRegion().isEmpty())
            return;
        const auto rect = inPicture(*view->viewport(), view->viewport()->rect());
        if (rect.height() < view->fontMetrics().height())
            return;
        checkDocument(*view, *view->document(), inkIn(image, rect).ground, wrong);
    };
    for (auto* view : root.findChildren<QPlainTextEdit*>())
        documents(view);
    for (auto* view : root.findChildren<QTextBrowser*>())
        documents(view);
    for (auto* view : root.findChildren<QAbstractItemView*>()) {
        if (!view->isVisible() || !view->model())
            continue;
        for (int row = 0; row < view->model()->rowCount(view->rootIndex()); ++row)
            for (int column = 0; column < view->model()->columnCount(view->rootIndex()); ++column) {
                const auto index = view->model()->index(row, column, view->rootIndex());
                const auto text = index.data().toString();
                const auto rect = inPicture(*view->viewport(), view->visualRect(index).adjusted(1, 1, -1, -1));
                if (text.trimmed().isEmpty() || rect.height() < view->fontMetrics().height() || rect.width() < 12)
                    continue;
                if (const auto ink = inkIn(image, rect); ink.contrast < readable)
                    wrong.append(tooPale(described(*view, text), ink.ink, ink.ground));
            }
    }
    for (const auto* diagram : root.findChildren<SequenceDiagram*>()) {
        if (!diagram->isVisible())
            continue;
        const auto offset = QPointF(-diagram->horizontalScrollBar()->value(), -diagram->verticalScrollBar()->value());
        const auto check = [&](const DiagramLayout::Line& line, double above, const QPointF& moved) {
            const auto rect = line.rect.translated(moved).toAlignedRect();
            if (rect.top() < above || line.text.isEmpty() || !diagram->viewport()->visibleRegion().boundingRect().contains(rect))
                return;
            if (const auto ink = inkIn(image, inPicture(*diagram->viewport(), rect)); ink.contrast < readable)
                wrong.append(tooPale(QStringLiteral("diagram “%1”").arg(line.text), ink.ink, ink.ground));
        };
        const auto& layout = diagram->diagram();
        for (const auto& lane : layout.lanes)
            for (const auto& line : lane.lines)
                check(line, 0, {offset.x(), 0});
        for (const auto& row : layout.rows)
            for (const auto& line : row.lines)
                check(line, layout.headerHeight, offset);
        for (const auto& group : layout.groups)
            check(group.title, layout.headerHeight, offset);
        for (const auto& note : layout.notes)
            check(note.line, layout.headerHeight, offset);
    }
    return wrong;
}

} // namespace corscope::pictures

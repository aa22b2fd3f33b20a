#include "ui/theme/Style.h"

#include <QFrame>
#include <QListView>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace corscope {

static QSize grown(const QSize& size, const QMargins& by)
{
    return size.grownBy(by);
}

void Style::chevron(QPainter& painter, const QRect& rect, const QColor& color) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / 10.0, rect.height() / 10.0);
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF({{1.5, 3.2}, {5, 6.8}, {8.5, 3.2}}));
    painter.restore();
}

void Style::pushButton(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const
{
    const auto look = m_looks.button(widget, option.state);
    paintBox(painter, option.rect, look);
    auto colored = option;
    colored.rect = option.rect.marginsRemoved(look.around());
    colored.palette.setColor(QPalette::ButtonText, look.text);
    colored.state &= ~(State_Sunken | State_On); // no text moves when it is pressed
    painter.save();
    if (look.strong) {
        auto font = painter.font();
        font.setBold(true);
        painter.setFont(font);
    }
    if (look.leftAligned)
        drawItemText(&painter, colored.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, colored.palette,
                     true, option.text, QPalette::ButtonText);
    else
        QProxyStyle::drawControl(CE_PushButtonLabel, &colored, &painter, widget);
    painter.restore();
}

void Style::toolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const
{
    const auto look = m_looks.button(widget, option.state);
    paintBox(painter, option.rect, look);
    auto label = option;
    label.rect = option.rect.marginsRemoved(look.around());
    label.palette.setColor(QPalette::ButtonText, look.text);
    label.state &= ~(State_Sunken | State_On);
    QProxyStyle::drawControl(CE_ToolButtonLabel, &label, &painter, widget);
}

void Style::checkBox(const QStyleOption& option, QPainter& painter) const
{
    const auto& theme = m_looks.theme;
    const bool checked = option.state & State_On;
    Look look;
    look.fill = checked ? m_looks.ticked : theme.field;
    look.line = option.state & State_HasFocus ? theme.focus : checked ? m_looks.ticked : theme.fieldBorder;
    look.width = {1, 1, 1, 1};
    look.setRadius(m_looks.hair);
    paintBox(painter, option.rect, look);
    if (!checked)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(option.rect.topLeft() + QPoint(1, 1));
    painter.scale((option.rect.width() - 2) / 10.0, (option.rect.height() - 2) / 10.0);
    painter.setPen(QPen(Qt::white, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF({{2, 5.2}, {4.2, 7.4}, {8, 3}}));
    painter.restore();
}

void Style::comboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget) const
{
    paintBox(painter, option.rect, m_looks.field(widget, option.state));
    QRect arrow(0, 0, m_looks.arrow, m_looks.arrow);
    arrow.moveCenter(subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget).center());
    const auto& theme = m_looks.theme;
    chevron(painter, arrow, !(option.state & State_Enabled) ? theme.ghost : theme.kind == Theme::Kind::Light ? theme.neutral.text : theme.text);
}

void Style::tab(const QStyleOptionTab& option, QPainter& painter) const
{
    if (option.state & State_Selected)
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2), m_looks.theme.accent);
}

void Style::header(const QStyleOptionHeader& option, QPainter& painter) const
{
    painter.fillRect(option.rect, m_looks.theme.heading);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_looks.theme.border);
}

void Style::menuItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const
{
    const auto& theme = m_looks.theme;
    if (option.menuItemType == QStyleOptionMenuItem::Separator && option.text.isEmpty()) {
        painter.fillRect(QRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1), theme.border);
        return;
    }
    auto colored = option;
    if (widget && widget->inherits("QComboBox")) // whose list would show the window's ground
        painter.fillRect(option.rect, theme.panel);
    if (option.state & State_Selected && option.state & State_Enabled) {
        Look look;
        look.fill = theme.chosen.fill;
        look.setRadius(m_looks.inner);
        paintBox(painter, option.rect, look);
    }
    // Fusion's own ground for the chosen one has corners.
    colored.palette.setColor(QPalette::Highlight, Qt::transparent);
    colored.palette.setColor(QPalette::HighlightedText, theme.chosen.text);
    if (option.state & State_Selected)
        for (const auto role : {QPalette::Text, QPalette::ButtonText, QPalette::WindowText})
            colored.palette.setColor(QPalette::Active, role, theme.chosen.text);
    colored.state &= ~State_Selected;
    QProxyStyle::drawControl(CE_MenuItem, &colored, &painter, widget);
}

void Style::scrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const
{
    if (option.minimum >= option.maximum)
        return;
    const auto& theme = m_looks.theme;
    const bool hovered = option.state & State_MouseOver && option.activeSubControls & SC_ScrollBarSlider;
    Look look;
    look.fill = hovered || option.state & State_Sunken ? theme.fieldBorder : theme.border;
    look.setRadius(qRound(m_looks.scroll * 0.3));
    paintBox(painter, subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget).adjusted(2, 2, -2, -2), look);
}

void Style::slider(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const
{
    const auto& theme = m_looks.theme;
    const bool enabled = option.state & State_Enabled;
    const auto knob = subControlRect(CC_Slider, &option, SC_SliderHandle, widget);
    QRect groove(option.rect.left(), knob.center().y() - 1, option.rect.width(), 4);
    Look look;
    look.setRadius(2);
    look.fill = theme.border;
    paintBox(painter, groove, look);
    const bool mirrored = option.upsideDown;
    (mirrored ? groove.setLeft(knob.center().x()) : groove.setRight(knob.center().x()));
    look.fill = enabled ? theme.accent : theme.border;
    paintBox(painter, groove, look);
    look.setRadius(knob.width() / 2);
    look.width = {2, 2, 2, 2};
    look.fill = enabled && option.state & State_HasFocus ? theme.accent : theme.panel;
    look.line = enabled ? theme.accent : theme.border;
    paintBox(painter, knob, look);
}

QRect Style::scrollBarPart(const QStyleOptionSlider& option, SubControl part, const QWidget*) const
{
    // No arrows at the ends: all of it is the groove.
    const bool upright = option.orientation == Qt::Vertical;
    const auto& rect = option.rect;
    const int room = upright ? rect.height() : rect.width();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int length = room;
    if (range > 0)
        length = qBound(qMin(m_looks.one * 2, room), int(qint64(option.pageStep) * room / (range + option.pageStep)), room);
    const int start = sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown);
    const auto stretch = [&](int from, int size) {
        return upright ? QRect(rect.left(), rect.top() + from, rect.width(), size) : QRect(rect.left() + from, rect.top(), size, rect.height());
    };
    QRect found;
    switch (part) {
    case SC_ScrollBarGroove: found = rect; break;
    case SC_ScrollBarSlider: found = stretch(start, length); break;
    case SC_ScrollBarSubPage: found = stretch(0, start); break;
    case SC_ScrollBarAddPage: found = stretch(start + length, room - start - length); break;
    default: return {};
    }
    return visualRect(option.direction, rect, found);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    switch (type) {
    case CT_PushButton:
    case CT_ToolButton: // the focus makes a line wider, and not the button larger
        return grown(size, m_looks.button(widget, option->state & ~State_HasFocus).around());
    case CT_LineEdit:
        return grown(size, m_looks.field(widget, option->state).around());
    case CT_ComboBox:
        return grown(size, m_looks.field(widget, option->state).around()) + QSize(m_looks.drop, 0);
    case CT_TabBarTab:
        return size;
    case CT_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            const auto text = header->fontMetrics.size(0, header->text);
            return {text.width() + 2 * m_looks.third, text.height() + 2 * m_looks.hair + 1};
        }
        break;
    case CT_ItemViewItem: {
        const auto needed = QProxyStyle::sizeFromContents(type, option, size, widget);
        return widget && widget->inherits("QTreeView") ? needed + QSize(0, 2 * m_looks.hair) : needed;
    }
    case CT_Slider:
        return {size.width(), qMax(size.height(), m_looks.knob + 6)};
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    switch (element) {
    case SE_ShapedFrameContents:
    case SE_FrameContents:
        if (const auto look = widget ? m_looks.frame(*widget, option->state & ~State_HasFocus) : std::nullopt)
            return visualRect(option->direction, option->rect, option->rect.marginsRemoved(look->around()));
        if (widget && widget->inherits("QAbstractScrollArea"))
            return option->rect;
        break;
    case SE_PushButtonContents:
        return option->rect.marginsRemoved(m_looks.button(widget, option->state & ~State_HasFocus).around());
    case SE_LineEditContents:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            return option->rect.marginsRemoved(m_looks.field(widget, option->state).around());
        break;
    default:
        break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    if (control == CC_ComboBox) {
        const auto look = m_looks.field(widget, option->state);
        const auto inside = option->rect.marginsRemoved(look.around());
        const QRect room(option->rect.right() + 1 - look.width.right() - m_looks.drop, option->rect.top(), m_looks.drop, option->rect.height());
        if (part == SC_ComboBoxArrow)
            return visualRect(option->direction, option->rect, room);
        if (part == SC_ComboBoxEditField)
            return visualRect(option->direction, option->rect, inside.adjusted(0, 0, -m_looks.drop, 0));
    } else if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return scrollBarPart(*bar, part, widget);
    } else if (control == CC_Slider && part == SC_SliderHandle) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            const int side = m_looks.knob + 4;
            const int at = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                                   slider->rect.width() - side, slider->upsideDown);
            return {slider->rect.left() + at, slider->rect.center().y() + 1 - side / 2, side, side};
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return m_looks.scroll;
    case PM_ScrollBarSliderMin: return m_looks.one * 2;
    case PM_SliderLength:
    case PM_SliderControlThickness:
    case PM_SliderThickness: return m_looks.knob + 4;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight: return m_looks.tick + 2;
    case PM_CheckBoxLabelSpacing: return m_looks.third;
    case PM_TabBarTabHSpace: return 2 * m_looks.half;
    case PM_TabBarTabVSpace: return 2 * m_looks.quarter + 2;
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin: return m_looks.hair;
    case PM_ToolTipLabelFrameWidth: return 1 + m_looks.quarter;
    case PM_FocusFrameHMargin: // what stands in a list keeps a distance from the edge of its row
        return qobject_cast<const QListView*>(widget) ? m_looks.half : QProxyStyle::pixelMetric(metric, option, widget);
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const
{
    if (hint == SH_ComboBox_PopupFrameStyle)
        return QFrame::Box | QFrame::Plain;
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0; // no button of ours has one
    return QProxyStyle::styleHint(hint, option, widget, more);
}

} // namespace corscope

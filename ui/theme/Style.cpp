#include "ui/theme/Style.h"

#include <QEvent>
#include <QCoreApplication>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QStatusBar>
#include <QStyleOption>

namespace corscope {

Style::Style(const Theme& theme, const QFont& font) : QProxyStyle(QStringLiteral("Fusion")), m_looks(theme, font) {}

/// What a widget keeps of its look: colours of its text, the weight of its font, room for its box.
void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    QStyleOption option;
    option.initFrom(widget);
    const auto role = roleOf(widget);
    if (role == Role::StageRow)
        widget->setAttribute(Qt::WA_Hover);
    const auto look = role == Role::Primary ? m_looks.button(widget, option.state) : m_looks.frame(*widget, option.state).value_or(Look());
    if (look.fill.isValid() || look.line.isValid())
        widget->setAttribute(Qt::WA_StyledBackground);
    if (look.strong && !widget->font().bold()) {
        auto font = widget->font();
        font.setBold(true);
        widget->setFont(font);
    }
    if (auto* area = qobject_cast<QScrollArea*>(widget)) {
        area->viewport()->setAutoFillBackground(false);
        if (area->widget())
            area->widget()->setAutoFillBackground(false);
    } else if (qobject_cast<QStatusBar*>(widget) || qobject_cast<QMenuBar*>(widget)) {
        widget->setAutoFillBackground(true);
    } else if (qobject_cast<QScrollBar*>(widget)) {
        widget->setAttribute(Qt::WA_OpaquePaintEvent, false);
    } else if (look.text.isValid() && role != Role::Primary) {
        QPalette palette;
        palette.setColor(QPalette::WindowText, look.text);
        if (!widget->testAttribute(Qt::WA_SetPalette) || widget->palette().color(QPalette::WindowText) != look.text)
            widget->setPalette(palette);
    } else if (role == Role::None && qobject_cast<QLabel*>(widget) && widget->property("marked").isValid()) {
        widget->setPalette({});
    }
    if (qobject_cast<QFrame*>(widget) && !look.around().isNull()) { // takes the widths of its frame anew
        QEvent changed(QEvent::StyleChange);
        QCoreApplication::sendEvent(widget, &changed);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto& theme = m_looks.theme;
    switch (element) {
    case PE_Widget:
        if (const auto look = widget ? m_looks.frame(*widget, option->state) : std::nullopt)
            paintBox(*painter, option->rect, *look);
        return;
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            paintBox(*painter, option->rect, m_looks.field(widget, option->state));
        return;
    case PE_FrameLineEdit:
    case PE_FrameTabWidget:
    case PE_FrameTabBarBase:
    case PE_FrameStatusBarItem:
    case PE_PanelScrollAreaCorner:
    case PE_FrameFocusRect: // a line in another colour tells it
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        paintBox(*painter, option->rect, m_looks.button(widget, option->state));
        return;
    case PE_IndicatorCheckBox:
        return checkBox(*option, *painter);
    case PE_PanelItemViewItem:
        if (!(option->state & State_Selected) && option->state & State_MouseOver && option->state & State_Enabled
            && widget && widget->inherits("QTreeView"))
            painter->fillRect(option->rect, m_looks.hover);
        else if (option->state & State_Selected)
            painter->fillRect(option->rect, theme.chosen.fill);
        else if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option))
            painter->fillRect(option->rect, item->backgroundBrush);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, theme.panel);
        return;
    case PE_FrameMenu:
    case PE_PanelTipLabel: {
        Look look;
        look.fill = element == PE_PanelTipLabel ? theme.heading : QColor();
        look.line = theme.border;
        look.width = {1, 1, 1, 1};
        paintBox(*painter, option->rect, look);
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_ShapedFrame:
        // Those with a box have painted it below all; what scrolls has none.
        if (!widget || m_looks.frame(*widget, option->state) || qobject_cast<const QAbstractScrollArea*>(widget))
            return;
        if (widget->inherits("QComboBoxPrivateContainer")) { // around its list
            Look look;
            look.line = m_looks.theme.fieldBorder;
            look.width = {1, 1, 1, 1};
            paintBox(*painter, option->rect, look);
            return;
        }
        break;
    case CE_PushButtonBevel:
        paintBox(*painter, option->rect, m_looks.button(widget, option->state));
        return;
    case CE_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return pushButton(*button, *painter, widget);
        break;
    case CE_TabBarTabShape:
        if (const auto* shape = qstyleoption_cast<const QStyleOptionTab*>(option))
            return tab(*shape, *painter);
        break;
    case CE_TabBarTabLabel:
        if (const auto* label = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            auto colored = *label;
            const bool chosen = label->state & State_Selected, focused = label->state & State_HasFocus;
            const auto& theme = m_looks.theme;
            colored.palette.setColor(QPalette::WindowText, focused ? theme.chosen.text : chosen ? theme.text : theme.muted);
            colored.state &= ~State_HasFocus;
            QProxyStyle::drawControl(element, &colored, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
        if (const auto* section = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return header(*section, *painter);
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_looks.theme.panel);
        return;
    case CE_HeaderLabel:
        if (const auto* section = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            auto colored = *section;
            colored.palette.setColor(QPalette::ButtonText, m_looks.theme.muted);
            colored.state &= ~(State_On | State_Sunken); // would be bold
            QProxyStyle::drawControl(element, &colored, painter, widget);
            return;
        }
        break;
    case CE_Splitter:
        if (roleOf(widget ? widget->parentWidget() : nullptr) == Role::Lined || roleOf(widget) == Role::Lined)
            painter->fillRect(option->rect, m_looks.theme.border);
        return;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return menuItem(*item, *painter, widget);
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            const bool chosen = item->state & State_Selected;
            painter->fillRect(item->rect, chosen ? m_looks.theme.chosen.fill : m_looks.theme.panel);
            const auto color = chosen ? m_looks.theme.chosen.text : m_looks.theme.text;
            auto palette = item->palette;
            palette.setColor(QPalette::ButtonText, color);
            drawItemText(painter, item->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine, palette,
                         item->state & State_Enabled, item->text, QPalette::ButtonText);
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_looks.theme.panel);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (control == CC_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            return toolButton(*button, *painter, widget);
    } else if (control == CC_ComboBox) {
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            return comboBox(*box, *painter, widget);
    } else if (control == CC_SpinBox) { // those of the program have no buttons
        paintBox(*painter, option->rect, m_looks.field(widget, option->state));
        return;
    } else if (control == CC_ScrollBar || control == CC_Slider) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return control == CC_ScrollBar ? scrollBar(*bar, *painter, widget) : slider(*bar, *painter, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace corscope

#pragma once

#include "ui/theme/Look.h"

#include <QProxyStyle>

class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionSlider;
class QStyleOptionTab;
class QStyleOptionToolButton;

namespace corscope {

/// Fusion with the boxes of a theme (Looks). Unlike a stylesheet it looks at a widget once, when that is about to be shown.
class Style final : public QProxyStyle
{
    Q_OBJECT
public:
    Style(const Theme& theme, const QFont& font);

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const override;

private:
    void pushButton(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const;
    void toolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const;
    void checkBox(const QStyleOption& option, QPainter& painter) const;
    void comboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget) const;
    void tab(const QStyleOptionTab& option, QPainter& painter) const;
    void header(const QStyleOptionHeader& option, QPainter& painter) const;
    void menuItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const;
    void scrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const;
    void slider(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const;
    QRect scrollBarPart(const QStyleOptionSlider& option, SubControl part, const QWidget* widget) const;
    void chevron(QPainter& painter, const QRect& rect, const QColor& color) const;

    Looks m_looks;
};

} // namespace corscope

#include "ui/theme/Icons.h"

#include "ui/theme/Theme.h"

#include <QPainter>
#include <QPainterPath>

namespace corscope {

/// A sign in a square of side 1.
static QPainterPath signPath(Sign sign)
{
    QPainterPath path;
    const auto triangle = [&](double left, double right) {
        path.addPolygon(QPolygonF({{left, 0.16}, {right, 0.5}, {left, 0.84}}));
        path.closeSubpath();
    };
    const auto chevron = [&](double left, double right) {
        QPainterPath line;
        line.moveTo(left, 0.16);
        line.lineTo(right, 0.5);
        line.lineTo(left, 0.84);
        QPainterPathStroker stroker(QPen(Qt::black, 0.15, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        path.addPath(stroker.createStroke(line));
    };
    path.setFillRule(sign == Sign::Decision ? Qt::OddEvenFill : Qt::WindingFill);
    switch (sign) {
    case Sign::First:
        path.addRect(0.12, 0.18, 0.12, 0.64);
        triangle(0.86, 0.30);
        break;
    case Sign::Back: chevron(0.66, 0.34); break;
    case Sign::Next: chevron(0.34, 0.66); break;
    case Sign::Play: triangle(0.22, 0.84); break;
    case Sign::Pause:
        path.addRect(0.22, 0.18, 0.2, 0.64);
        path.addRect(0.58, 0.18, 0.2, 0.64);
        break;
    case Sign::Last:
        triangle(0.14, 0.70);
        path.addRect(0.76, 0.18, 0.12, 0.64);
        break;
    case Sign::Decision:
        path.addPolygon(QPolygonF({{0.5, 0.06}, {0.94, 0.5}, {0.5, 0.94}, {0.06, 0.5}}));
        path.closeSubpath();
        path.addPolygon(QPolygonF({{0.5, 0.28}, {0.72, 0.5}, {0.5, 0.72}, {0.28, 0.5}}));
        path.closeSubpath();
        break;
    }
    return path;
}

QIcon signIcon(Sign sign, const Theme& theme, int size)
{
    QIcon icon;
    const std::pair<QIcon::Mode, QColor> modes[] = {{QIcon::Normal, theme.text}, {QIcon::Disabled, theme.fieldBorder}};
    for (const int scale : {1, 2}) {
        for (const auto& [mode, color] : modes) {
            QPixmap pixmap(size * scale, size * scale);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.scale(size * scale, size * scale);
            painter.fillPath(signPath(sign), color);
            painter.end();
            pixmap.setDevicePixelRatio(scale);
            icon.addPixmap(pixmap, mode);
        }
    }
    return icon;
}

} // namespace corscope

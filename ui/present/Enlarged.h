#pragma once

#include <QFont>

namespace corscope {

/// The font so many times as large, whatever it was measured in.
inline QFont enlarged(QFont font, double times)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(int(font.pixelSize() * times + 0.5));
    else
        font.setPointSizeF(font.pointSizeF() * times);
    return font;
}

} // namespace corscope

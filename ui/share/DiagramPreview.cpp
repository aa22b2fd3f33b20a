#include "ui/share/DiagramPreview.h"

#include <QImage>
#include <QPainter>

#include <algorithm>

namespace corscope {

DiagramPreview::DiagramPreview(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("sharePicture"));
    setAccessibleName(tr("Preview of the diagram"));
    auto policy = QSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void DiagramPreview::setSvg(const QByteArray& svg)
{
    m_renderer.load(svg);
    updateGeometry();
    update();
}

QImage DiagramPreview::image()
{
    QImage image(m_renderer.defaultSize() * 2, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.fill(Qt::white);
    QPainter painter(&image);
    m_renderer.render(&painter);
    return image;
}

double DiagramPreview::scaleAt(int width) const
{
    return std::min(1.0, double(width) / std::max(1, m_renderer.defaultSize().width()));
}

QSize DiagramPreview::sizeHint() const { return m_renderer.defaultSize(); }

int DiagramPreview::heightForWidth(int width) const
{
    return int(m_renderer.defaultSize().height() * scaleAt(width));
}

void DiagramPreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    const auto size = QSizeF(m_renderer.defaultSize()) * scaleAt(width());
    m_renderer.render(&painter, QRectF((width() - size.width()) / 2, 0, size.width(), size.height()));
}

} // namespace corscope

#pragma once

#include <QSvgRenderer>
#include <QWidget>

namespace corscope {

/// A diagram as it will look in a file: on paper, as wide as there is room for.
class DiagramPreview : public QWidget
{
    Q_OBJECT
public:
    explicit DiagramPreview(QWidget* parent = nullptr);

    void setSvg(const QByteArray& svg);
    /// The picture at twice its size, for a PNG file.
    QImage image();

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double scaleAt(int width) const;

    QSvgRenderer m_renderer;
};

} // namespace corscope

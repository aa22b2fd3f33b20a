#pragma once

#include "ui/exchange/DiagramLayout.h"

#include <QAbstractScrollArea>
#include <QMouseEvent>

namespace corscope {

class TraceCursor;
struct DiagramLook;

/// The exchange as a sequence diagram: a lifeline per lane, a row per landmark. Click or arrow keys choose the step that
/// everything else shows too; what has not happened yet at the cursor is faint. Ctrl and the wheel (or Ctrl +, -, 0) zoom.
class SequenceDiagram : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit SequenceDiagram(TraceCursor& cursor, QWidget* parent = nullptr);

    double zoom() const { return m_zoom; }
    const DiagramLayout& diagram() const { return m_layout; }
    /// The whole diagram, for a picture or a page; in the colours of the theme that is put on.
    void paintWhole(QPainter& painter) const;
    QSize sizeHint() const override;

public Q_SLOTS:
    void setZoom(double factor);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override { event->accept(); }
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent*) override { viewport()->update(); }
    void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void relayout();
    void updateScrollBars();
    void follow();
    void cursorMoved();
    QFont zoomedFont() const;
    DiagramLook look() const;
    QPointF toDiagram(const QPointF& point) const;
    int currentRow() const;
    void paintEmpty(QPainter& painter) const;

    TraceCursor& m_cursor;
    DiagramLayout m_layout;
    double m_zoom = 1;
    int m_hovered = -1;
};

} // namespace corscope

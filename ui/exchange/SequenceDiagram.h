#pragma once

#include "ui/exchange/DiagramBuilder.h"

#include <QAbstractScrollArea>
#include <QMouseEvent>
#include <QPropertyAnimation>
#include <QVariantAnimation>

namespace corscope {

class TraceCursor;
struct DiagramLook;

/// The exchange as a sequence diagram: a lifeline per lane, a row per landmark. Click or arrow keys choose the step that
/// everything else shows too; what has not happened yet at the cursor is grey. Dragging pans, Ctrl and the wheel (or
/// Ctrl +, -, 0, 9) zoom, a click on a preflight's title (or Return) folds it.
class SequenceDiagram : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit SequenceDiagram(TraceCursor& cursor, QWidget* parent = nullptr);

    double zoom() const { return m_zoom; }
    const DiagramLayout& diagram() const { return m_builder->layout(); }
    const DiagramFilter& filter() const { return m_filter; }
    QSize sizeHint() const override;

public Q_SLOTS:
    void setZoom(double factor);
    void zoomIn() { setZoom(m_zoom * 1.15); }
    void zoomOut() { setZoom(m_zoom / 1.15); }
    /// The largest zoom, 1 at most, at which nothing is wider than the view.
    void fitWidth();
    void setFilter(const corscope::DiagramFilter& filter);
    /// Folds or opens one preflight, told by its Enter step.
    void toggleFold(int preflight);
    /// Whether a step travels in and the view glides to it. Systems that want no animation get none all the same.
    void setAnimated(bool animated);

Q_SIGNALS:
    void filterChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent*) override { viewport()->update(); }
    void focusOutEvent(QFocusEvent*) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    enum class Glide { Yes, No };
    void relayout();
    void refit();
    void takeTrace();
    void updateScrollBars();
    void follow(Glide glide);
    void zoomAround(double factor, double y);
    void cursorMoved();
    void showHand();
    bool mayAnimate() const;
    QFont zoomedFont() const;
    DiagramLook look() const;
    QPointF toDiagram(const QPointF& point) const;
    const DiagramLayout::Group* groupTitleAt(const QPointF& point) const;
    int currentLandmark() const;
    int currentRow() const;
    void moveRow(int by);
    QString tipAt(const QPoint& point) const;
    void paintEmpty(QPainter& painter) const;

    TraceCursor& m_cursor;
    DiagramFilter m_filter;
    std::shared_ptr<DiagramWords> m_words = std::make_shared<DiagramWords>();
    std::unique_ptr<DiagramBuilder> m_builder;
    std::shared_ptr<const Step> m_firstStep; ///< of the trace that the folds belong to
    double m_zoom = 1;
    int m_hovered = -1;
    int m_lastRow = -1;
    bool m_animated = false;
    QPropertyAnimation m_glide;
    QVariantAnimation m_arrival;
    bool m_spaceDown = false;
    bool m_panning = false;
    Qt::MouseButton m_pressed = Qt::NoButton;
    QPoint m_pressedAt;
    QPoint m_scrolledAt; ///< scroll bars when the mouse was pressed
};

} // namespace corscope

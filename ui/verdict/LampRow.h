#pragma once

#include <QWidget>

namespace corscope {

/// Lamps side by side, in as many lines as they need.
class LampRow : public QWidget
{
public:
    explicit LampRow(const QList<QWidget*>& lamps, QWidget* parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return place(width, false); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// To be called after lamps changed their text.
    void arrange();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int place(int width, bool move) const;

    QList<QWidget*> m_lamps;
};

} // namespace corscope

#pragma once

#include <QStringList>
#include <QWidget>

namespace corscope {

/// Lamps side by side, in as many lines as they need, and in no fewer than their longest words would need.
class LampRow : public QWidget
{
public:
    explicit LampRow(const QList<QWidget*>& lamps, QWidget* parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The longest words of the first lamps: there is always room for them, so that the row keeps its height.
    void reserveFor(const QStringList& longest);
    /// To be called after lamps changed their text.
    void arrange();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int place(int width, bool move) const;

    QList<QWidget*> m_lamps;
    QStringList m_longest;
};

} // namespace corscope

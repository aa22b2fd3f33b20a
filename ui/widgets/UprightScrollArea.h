#pragma once

#include <QScrollArea>

namespace corscope {

/// Scrolls upwards only: it is as wide as what it shows needs.
class UprightScrollArea : public QScrollArea
{
    Q_OBJECT
public:
    /// \param lines it is tall at least.
    UprightScrollArea(QWidget* content, int lines, QWidget* parent = nullptr);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int m_lines;
};

} // namespace corscope

#pragma once

#include <QLabel>

namespace corscope {

/// One line of plain text that gives way when there is little room: it ends in an ellipsis, and its tooltip has it all.
/// With an address it is a link, by mouse and by keyboard.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void say(const QString& text, const QString& address = {}, const QString& more = {});
    QString address() const { return m_address; }
    /// How much of it must stay, in line heights; it is never wider than its text.
    void keep(int ems) { m_kept = ems; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void activated(const QString& address);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_address;
    int m_kept = 3;
};

} // namespace corscope

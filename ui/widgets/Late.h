#pragma once

#include <QVBoxLayout>
#include <QWidget>

#include <functional>
#include <utility>

namespace corscope {

/// Stands where a widget will be that is rarely looked at, and makes it when it is shown for the first time.
class Late : public QWidget
{
public:
    using Make = std::function<QWidget*(QWidget* parent)>;
    explicit Late(Make make, QWidget* parent = nullptr) : QWidget(parent), m_make(std::move(make))
    {
        auto* room = new QVBoxLayout(this);
        room->setContentsMargins(0, 0, 0, 0);
        hide();
    }

    void setVisible(bool visible) override
    {
        if (visible && m_make)
            layout()->addWidget(std::exchange(m_make, {})(this));
        QWidget::setVisible(visible);
    }

private:
    Make m_make;
};

} // namespace corscope

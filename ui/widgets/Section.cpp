#include "ui/widgets/Section.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

Section::Section(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_button(new QToolButton), m_content(new QWidget)
{
    const int em = fontMetrics().height();
    m_button->setObjectName(name);
    m_button->setProperty("role", QStringLiteral("quiet"));
    m_button->setArrowType(Qt::RightArrow);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(0, em / 6, 0, em / 4);
    m_body->setSpacing(em / 3);
    m_content->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_button);
    column->addWidget(m_content);
    setFocusProxy(m_button);
    connect(m_button, &QToolButton::clicked, this, [this] { show(!isOpen()); });
    write();
}

void Section::setTitle(const QString& title)
{
    m_title = title;
    write();
}

void Section::setRemark(const QString& remark)
{
    m_remark = remark;
    write();
}

bool Section::isOpen() const
{
    return !m_content->isHidden();
}

void Section::open()
{
    show(true);
}

void Section::show(bool open)
{
    m_button->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    if (open && m_fill)
        std::exchange(m_fill, {})(*m_body);
    m_content->setVisible(open);
    m_button->setAccessibleDescription(open ? tr("open") : tr("closed"));
}

void Section::write()
{
    const auto text = m_remark.isEmpty() ? m_title : tr("%1: %2").arg(m_title, m_remark);
    m_button->setText(text);
    m_button->setAccessibleName(text);
}

} // namespace corscope

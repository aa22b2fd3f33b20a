#include "ui/widgets/Card.h"

#include "ui/theme/ElidedLabel.h"

#include <QHBoxLayout>
#include <QStyle>
#include <QVBoxLayout>

namespace corscope {

Card::Card(const QString& title, QWidget* parent) : QFrame(parent)
{
    setProperty("role", QStringLiteral("card"));
    const int em = fontMetrics().height();

    auto* heading = new QWidget;
    heading->setProperty("role", QStringLiteral("card-heading"));
    m_title = new ElidedLabel;
    m_title->say(title);
    m_title->setProperty("role", QStringLiteral("card-title"));
    m_heading = new QHBoxLayout(heading);
    m_heading->setContentsMargins(em * 2 / 3, 0, em / 3, 0);
    heading->setFixedHeight(em * 2);
    m_heading->setSpacing(em / 3);
    m_heading->addWidget(m_title, 1);

    auto* content = new QWidget;
    content->setProperty("role", QStringLiteral("card-body"));
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(em * 2 / 3, em / 2, em * 2 / 3, em / 2);
    m_body->setSpacing(em / 3);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, 1);
    all->setSpacing(0);
    all->addWidget(heading);
    all->addWidget(content, 1);
}

void Card::setTitle(const QString& title)
{
    m_title->say(title);
}

void Card::addToHeading(QWidget* widget)
{
    m_heading->addWidget(widget, 0, Qt::AlignVCenter);
}

void Card::setFlush()
{
    m_body->setContentsMargins(0, 0, 0, 1);
}

} // namespace corscope

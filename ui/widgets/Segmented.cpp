#include "ui/widgets/Segmented.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace corscope {

Segmented::Segmented(const QList<Choice>& choices, QWidget* parent)
    : QWidget(parent), m_choices(choices), m_group(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (int i = 0; i < choices.size(); ++i) {
        auto* button = new QPushButton(choices[i].label);
        button->setObjectName(QString::fromUtf8(choices[i].value));
        button->setProperty("role", QStringLiteral("segment"));
        button->setProperty("place", i == 0 ? QStringLiteral("first")
                                : i == choices.size() - 1 ? QStringLiteral("last") : QStringLiteral("middle"));
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setToolTip(choices[i].help);
        auto bold = button->font();
        bold.setBold(true); // the chosen one is: it must not grow when it is
        button->setMinimumWidth(QFontMetrics(bold).horizontalAdvance(choices[i].label) + fontMetrics().height() * 6 / 5);
        m_group->addButton(button, i);
        row->addWidget(button);
    }
    row->addStretch(1);
    connect(m_group, &QButtonGroup::idClicked, this, [this](int i) { Q_EMIT chosen(m_choices[i].value); });
    if (!choices.isEmpty())
        setFocusProxy(m_group->button(0));
}

QByteArray Segmented::value() const
{
    const int i = m_group->checkedId();
    return i < 0 ? QByteArray() : m_choices[i].value;
}

void Segmented::setValue(const QByteArray& value)
{
    m_group->setExclusive(false);
    for (int i = 0; i < m_choices.size(); ++i)
        m_group->button(i)->setChecked(m_choices[i].value == value);
    m_group->setExclusive(true);
}

} // namespace corscope

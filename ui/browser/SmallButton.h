#pragma once

#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace corscope {

/// A quiet button that stands in a row of others.
inline QPushButton* smallButton(const char* name, const QString& text)
{
    auto* button = new QPushButton(text);
    button->setObjectName(QLatin1String(name));
    button->setProperty("role", QStringLiteral("quiet"));
    button->setAutoDefault(false);
    return button;
}

/// A quiet button that is one sign and opens a menu.
class MenuButton : public QToolButton
{
public:
    MenuButton(const char* name, const QString& sign, const QString& help) : m_menu(new QMenu(this))
    {
        setObjectName(QLatin1String(name));
        setText(sign);
        setToolTip(help);
        setAccessibleName(help);
        setProperty("role", QStringLiteral("quiet"));
        connect(this, &QToolButton::clicked, this, [this] { m_menu->popup(mapToGlobal(rect().bottomLeft())); });
    }
    QMenu* entries() const { return m_menu; }

private:
    QMenu* m_menu; ///< not the button's own, whose mark would hide the sign
};

} // namespace corscope

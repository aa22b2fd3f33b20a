#include "ui/theme/Chip.h"

#include <QStyle>
#include <QVariant>

namespace corscope {

static QString lookName(Chip::Look look)
{
    switch (look) {
    case Chip::Look::Neutral: return QStringLiteral("neutral");
    case Chip::Look::Allow: return QStringLiteral("allow");
    case Chip::Look::Block: return QStringLiteral("block");
    case Chip::Look::Preflight: return QStringLiteral("preflight");
    case Chip::Look::Accent: return QStringLiteral("accent");
    }
    return {};
}

Chip::Chip(QWidget* parent) : Chip({}, Look::Neutral, parent) {}

Chip::Chip(const QString& text, Look look, QWidget* parent) : QLabel(parent)
{
    setProperty("role", QStringLiteral("badge"));
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    say(text, look);
}

void Chip::say(const QString& text, Look look)
{
    m_look = look;
    setText(text);
    setLook(*this, "look", lookName(look));
    if (text.isEmpty())
        hide();
    else if (parentWidget())
        show();
}

void setLook(QWidget& widget, const char* property, const QString& value)
{
    if (widget.property(property).toString() == value)
        return;
    widget.setProperty(property, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

} // namespace corscope

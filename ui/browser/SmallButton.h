#pragma once

#include <QPushButton>

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

} // namespace corscope

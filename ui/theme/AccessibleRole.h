#pragma once

#include <QAccessible>

class QWidget;

namespace corscope {

/// Tells screen readers what a widget of ours is, where its class does not say it. May change while it is shown.
void setAccessibleRole(QWidget& widget, QAccessible::Role role);
/// Once for the program, before widgets are made.
void installAccessibleRoles();

} // namespace corscope

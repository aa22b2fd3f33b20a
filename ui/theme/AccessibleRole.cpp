#include "ui/theme/AccessibleRole.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace corscope {

static const char* const roleProperty = "accessibleRole";

namespace {

class RoledWidget : public QAccessibleWidget
{
public:
    using QAccessibleWidget::QAccessibleWidget;
    QAccessible::Role role() const override { return QAccessible::Role(widget()->property(roleProperty).toInt()); }
    QString text(QAccessible::Text what) const override
    {
        const auto said = QAccessibleWidget::text(what);
        // A label is called what it says.
        return said.isEmpty() && what == QAccessible::Name ? widget()->property("text").toString() : said;
    }
};

} // namespace

void setAccessibleRole(QWidget& widget, QAccessible::Role role)
{
    widget.setProperty(roleProperty, int(role));
}

static QAccessibleInterface* roled(const QString&, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    return widget && widget->property(roleProperty).isValid() ? new RoledWidget(widget) : nullptr;
}

void installAccessibleRoles()
{
    QAccessible::removeFactory(roled);
    QAccessible::installFactory(roled);
}

} // namespace corscope

#pragma once

#include "core/backend/FrameworkDescription.h"

#include <QJsonValue>
#include <QWidget>

namespace corscope {

/// Edits one setting of a stage, in the shape that its type asks for. Undefined stands for "not set": the default is
/// in force and is shown as a placeholder.
class OptionEdit : public QWidget
{
    Q_OBJECT
public:
    static OptionEdit* create(const OptionDescription& option);

    /// Shows a value without saying so.
    virtual void setValue(const QJsonValue& value) = 0;
    /// Whether its content needs the whole width of the form.
    virtual bool wantsWidth() const { return false; }
    const OptionDescription& option() const { return m_option; }

Q_SIGNALS:
    /// By the user. \param typing whether it is one of several that belong together.
    void edited(const QJsonValue& value, bool typing);
    void entered(); ///< the keyboard is here now

protected:
    explicit OptionEdit(const OptionDescription& option);
    void watchFocus(QWidget* widget);
    QString help() const; ///< the option's, and how its functions are written
    bool eventFilter(QObject* watched, QEvent* event) override;

    OptionDescription m_option;
};

/// A JSON value as a person reads it: ["GET"] is "GET", nothing at all is "none".
QString readable(const QJsonValue& value);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QList>
#include <QWidget>

class QButtonGroup;

namespace corscope {

/// A row of buttons of which exactly one is chosen: a short choice that shows all its answers. Arrow keys move.
class Segmented : public QWidget
{
    Q_OBJECT
public:
    struct Choice
    {
        QByteArray value;
        QString label;
        QString help;
    };
    explicit Segmented(const QList<Choice>& choices, QWidget* parent = nullptr);

    QByteArray value() const;
    /// Shows a value without saying so; one that is no choice leaves every button unpressed.
    void setValue(const QByteArray& value);

Q_SIGNALS:
    void chosen(const QByteArray& value); ///< by the user

private:
    QList<Choice> m_choices;
    QButtonGroup* m_group;
};

} // namespace corscope

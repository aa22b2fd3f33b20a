#pragma once

#include "core/backend/FrameworkDescription.h"

#include <QJsonValue>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace corscope {

/// How a language writes what is true, false or nothing.
struct LiteralWords
{
    QString yes;
    QString no;
    QString nothing;
    static LiteralWords of(const QByteArray& language);
};

/// Edits one setting of a stage, in the shape that its type asks for. Undefined stands for "not set": the default is
/// in force and is shown as a placeholder. A setting that is set can be put back; one that may be nothing can be made
/// nothing.
class OptionEdit : public QWidget
{
    Q_OBJECT
public:
    static OptionEdit* create(const OptionDescription& option, const QByteArray& language);

    /// Shows a value without saying so.
    void setValue(const QJsonValue& value);
    /// Whether its content needs the whole width of the form.
    virtual bool wantsWidth() const { return false; }
    const OptionDescription& option() const { return m_option; }
    /// Puts it back to its default; shown only while it is set. For the form to place.
    QToolButton* resetButton() const { return m_reset; }
    /// What is wrong with it, in one sentence; empty where nothing is. \param line, column from 1, where it is many lines
    void setMistake(const QString& sentence, int line = 0, int column = 0);

Q_SIGNALS:
    /// By the user. \param typing whether it is one of several that belong together.
    void edited(const QJsonValue& value, bool typing);
    void entered(); ///< the keyboard is here now

protected:
    OptionEdit(const OptionDescription& option, const LiteralWords& words);
    virtual void display(const QJsonValue& value) = 0;
    virtual void showMistake(const QString& sentence, int line, int column) = 0;
    void addInput(QWidget* input);
    void watchFocus(QWidget* widget);
    /// A remark below, unless something is wrong.
    void setRemark(const QString& remark);
    QString objectNameOf(const char* part = "") const;
    QString help() const; ///< the option's, and how its functions are written
    QString readable(const QJsonValue& value) const;
    bool eventFilter(QObject* watched, QEvent* event) override;

    OptionDescription m_option;
    LiteralWords m_words;

private:
    void showNote();

    QHBoxLayout* m_line;
    QToolButton* m_nothing = nullptr; ///< sets it to nothing; only where that is not the default
    QToolButton* m_reset;
    QLabel* m_note;
    QString m_mistake;
    QString m_remark;
};

/// A JSON value as a person reads it, in the words of a language: ["GET"] is "GET", nothing at all is "none".
QString readable(const QJsonValue& value, const LiteralWords& words);

} // namespace corscope

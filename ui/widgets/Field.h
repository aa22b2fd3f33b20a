#pragma once

#include <QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace corscope {

/// One line of text that is checked as it is typed. Text that is not valid is marked and explained in one sentence
/// under the field, and goes no further; the last valid text stays in force.
class Field : public QWidget
{
    Q_OBJECT
public:
    /// \returns what is wrong with the text, in one sentence; empty where nothing is.
    using Check = std::function<QString(const QString&)>;

    explicit Field(Check check = {}, QWidget* parent = nullptr);
    /// With suggestions to choose from; other text can be typed.
    Field(const QStringList& suggestions, Check check, QWidget* parent = nullptr);

    QLineEdit* line() const { return m_line; }
    QComboBox* combo() const { return m_combo; }
    void setName(const QString& objectName, const QString& accessibleName);
    void setCharacters(int count); ///< width, in average characters
    QString text() const;
    /// Shows text from the scenario; leaves what is being typed alone where it means the same.
    void setText(const QString& text);
    bool isValid() const;
    /// A remark that is not an error.
    void setNote(const QString& note);
    /// Where the sentence stands; by default under the field itself.
    void setNoteLabel(QLabel* label);

Q_SIGNALS:
    void edited(const QString& text); ///< by the user, and valid

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void showWhole();
    void take(const QString& text);
    void mark(const QString& error);

    Check m_check;
    QString m_accepted;
    QString m_error;
    QString m_note;
    QString m_whole; ///< the text, as the tooltip of a line that is too short for it
    QComboBox* m_combo = nullptr;
    QLineEdit* m_line = nullptr;
    QLabel* m_noteLabel = nullptr;
};

/// Sets a dynamic property that the style looks at, and lets the style look again.
void setLook(QWidget* widget, const char* property, const QVariant& value);
/// A label for a sentence below a field; takes no room while it is empty.
QLabel* noteLabel(QWidget* parent = nullptr);

} // namespace corscope

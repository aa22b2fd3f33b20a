#pragma once

#include <QFrame>
#include <QStringList>

#include <functional>

class QLineEdit;

namespace corscope {

class FlowLayout;

/// A list of short texts, each a chip with a button to remove it, and a line to type another one: Enter adds it, after a
/// name a comma does too, Backspace in the empty line takes the last one back for editing. A chip is edited where it
/// stands by a double click or F2; the arrow keys go from chip to chip.
class ChipList : public QFrame
{
    Q_OBJECT
public:
    explicit ChipList(QWidget* parent = nullptr);

    QStringList items() const { return m_items; }
    void setItems(const QStringList& items); ///< without saying so
    /// Shown while the list is empty.
    void setPlaceholder(const QString& text);
    /// The character that ends a name as it is typed, as Enter does; null for none. In what is no name it is text.
    void setSeparator(QChar separator) { m_separator = separator; }
    QLineEdit* line() const { return m_line; }

Q_SIGNALS:
    void edited(const QStringList& items); ///< by the user
    void entered();                        ///< the keyboard is here now

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuild();
    QStringList parts(const QString& text) const;
    void add();
    void change(const QStringList& items);
    QWidget* chip(int index);
    void edit(int index);
    void endEdit(bool keep);
    bool chipKeyPressed(int index, int key);
    void focusChip(int index);

    QStringList m_items;
    QString m_placeholder;
    QChar m_separator = u',';
    FlowLayout* m_flow;
    QLineEdit* m_line;
    QLineEdit* m_editor = nullptr; ///< in the place of a chip
    int m_edited = -1;
};

} // namespace corscope

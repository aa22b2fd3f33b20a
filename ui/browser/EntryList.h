#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace corscope {

class SmallTable;

/// What the browser remembers of one kind, as a table; one or all can be taken away, by button or by Delete.
class EntryList : public QWidget
{
    Q_OBJECT
public:
    struct Names
    {
        const char* table;
        const char* remove;
        const char* clear;
    };
    /// \param empty stands there instead of an empty table.
    EntryList(const Names& names, const QString& accessibleName, const QStringList& columns, const QString& empty,
              QWidget* parent = nullptr);

    /// The chosen row stays chosen.
    void setRows(const QList<QStringList>& rows);
    int chosen() const; ///< -1 for none
    void choose(int row);
    void addButton(QPushButton* button, int place = -1); ///< beside the two; from 0, -1 for the end

Q_SIGNALS:
    void rowChosen(int row); ///< by the user; -1 for none
    void removeWanted(int row);
    void clearWanted();

private:
    void showButtons();

    SmallTable* m_table;
    QLabel* m_empty;
    QPushButton* m_remove;
    QPushButton* m_clear;
    QWidget* m_buttons;
};

} // namespace corscope

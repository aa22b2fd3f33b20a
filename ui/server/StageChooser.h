#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace corscope {

/// A list of stages to choose from, in groups, that is searched by typing: arrow keys move, Enter chooses, Escape
/// closes. Deletes itself.
class StageChooser : public QDialog
{
    Q_OBJECT
public:
    enum class Purpose { AddStage, ChangeFramework };
    /// \param current id of the description that is chosen at first; may be empty.
    StageChooser(Purpose purpose, const QByteArray& current, QWidget* parent);

    /// Opens below a widget, or wherever near it there is room.
    void openAt(QWidget* button);

Q_SIGNALS:
    void chosen(const QByteArray& id); ///< of a framework description

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill(Purpose purpose, const QByteArray& current);
    void filter(const QString& text);
    void choose(QTreeWidgetItem* item);
    void moveBy(int rows);
    void describe();
    QList<QTreeWidgetItem*> offered() const;
    QTreeWidgetItem* bestOf(const QStringList& words) const;

    QLineEdit* m_search;
    QTreeWidget* m_tree;
    QLabel* m_summary;
};

} // namespace corscope

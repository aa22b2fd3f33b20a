#pragma once

#include <QSplitter>

class QTabBar;

namespace corscope {

/// Columns side by side, with handles between them. Where there is no room for all (large text on a small screen), tabs
/// above choose which one is in sight; the most important other ones stay beside it as far as there is room.
class FoldingColumns : public QWidget
{
    Q_OBJECT
public:
    explicit FoldingColumns(QWidget* parent = nullptr);

    /// \param weight the heavier, the longer it stays in sight.
    void add(QWidget* column, const QString& name, int weight);
    QSplitter* splitter() const { return m_splitter; }
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// Brings a column into sight.
    void bring(QWidget* column);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Column
    {
        QWidget* holder; ///< shown and hidden here; the column inside is shown and hidden by whom it belongs to
        QWidget* content;
        int weight;
    };
    void arrange();
    int leastWidth(const Column& column) const;

    QTabBar* m_tabs;
    QSplitter* m_splitter;
    QList<Column> m_columns;
    bool m_folded = false;
    bool m_arranging = false;
};

} // namespace corscope

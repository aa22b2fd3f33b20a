#pragma once

#include "core/http/HeaderList.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

namespace corscope {

class Field;

/// Request headers as rows of name and value, each marked with how the browser will treat it. A row whose name or
/// value cannot be a header is marked and does not count.
class HeaderTable : public QWidget
{
    Q_OBJECT
public:
    explicit HeaderTable(QWidget* parent = nullptr);

    /// Shows these headers; rows that are being typed and mean the same stay as they are.
    void setHeaders(const HeaderList& headers);
    /// Adds a row; stands wherever the form has room for it.
    QWidget* addButton() const;

Q_SIGNALS:
    void edited(const HeaderList& headers, int row); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Row
    {
        Field* name;
        Field* value;
        QLabel* mark;
        QToolButton* remove;
        QLabel* note;
    };
    void addRow(const Header& header);
    void removeRow(size_t index);
    void arrange();
    void markRow(Row& row);
    void tell(int row);
    HeaderList headers() const;
    size_t indexOf(const Field* field) const;

    std::vector<Row> m_rows;
    QGridLayout* m_grid;
    QToolButton* m_add;
};

} // namespace corscope

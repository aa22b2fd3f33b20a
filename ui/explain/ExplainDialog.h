#pragma once

#include <QDialog>

class QPushButton;

namespace corscope {

class ExplanationView;
class TraceCursor;

/// Why the send at the cursor ended as it did. Stays open beside the window and follows the cursor.
class ExplainDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ExplainDialog(TraceCursor& cursor, QWidget* parent = nullptr);

Q_SIGNALS:
    void fixWanted();

private:
    void refresh();

    TraceCursor& m_cursor;
    ExplanationView* m_view;
    QPushButton* m_fix;
    int m_shown = -2; ///< the action that is shown
};

} // namespace corscope

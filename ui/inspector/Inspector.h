#pragma once

#include <QFrame>

class QSplitter;
class QTabBar;
class QStackedWidget;

namespace corscope {

class Chip;
class ElidedLabel;
class HtmlView;
class StateView;
class TraceCursor;

/// Everything about the step at the cursor: its rule and where the standard has it, what it looked at byte by byte, what
/// followed and what would have, the raw message, what changed, and the state after it. All text can be selected.
class Inspector : public QFrame
{
    Q_OBJECT
public:
    explicit Inspector(TraceCursor& cursor, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    /// The page for the state after the step, or the one for the step itself.
    void showState(bool state);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void fillPage();
    void showMessage(const QString& html);
    HtmlView* page(const QString& name, const QString& accessibleName);

    TraceCursor& m_cursor;
    ElidedLabel* m_title;
    Chip* m_verdict;
    ElidedLabel* m_citation;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    QSplitter* m_splitter;
    HtmlView* m_rule;
    HtmlView* m_message;
    StateView* m_state;
};

} // namespace corscope

#pragma once

#include "ui/widgets/Card.h"

class QTextBrowser;

namespace corscope {

class CodeView;
class ScenarioDocument;
class TraceCursor;

/// What the page sees of its fetch(), and what the console says. While a run is under way its
/// promise is pending.
class PagePanel : public Card
{
    Q_OBJECT
public:
    PagePanel(ScenarioDocument& document, TraceCursor& cursor, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    ScenarioDocument& m_document;
    TraceCursor& m_cursor;
    QLabel* m_badge;
    QTextBrowser* m_page;
    QLabel* m_consoleTitle;
    CodeView* m_console;
};

} // namespace corscope

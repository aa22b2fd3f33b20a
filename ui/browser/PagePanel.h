#pragma once

#include "ui/widgets/Card.h"

class QComboBox;

namespace corscope {

class CodeView;
class HtmlView;
class ScenarioDocument;
class TraceCursor;

/// What the page sees of its fetch(), and what the console says. While a run is under way its
/// promise is pending. The console can be read in the words of another engine than the one that runs.
class PagePanel : public Card
{
    Q_OBJECT
public:
    PagePanel(ScenarioDocument& document, TraceCursor& cursor, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    QByteArray engine() const;
    void followProfile();

    ScenarioDocument& m_document;
    TraceCursor& m_cursor;
    QByteArray m_profile;
    QLabel* m_badge;
    HtmlView* m_page;
    QLabel* m_consoleTitle;
    QComboBox* m_engine;
    CodeView* m_console;
};

} // namespace corscope

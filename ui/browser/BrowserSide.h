#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace corscope {

class Card;
class ScenarioDocument;
class TraceCursor;

/// The left column: page and request, the request as code, what the page sees.
class BrowserSide : public QWidget
{
    Q_OBJECT
public:
    BrowserSide(ScenarioDocument& document, TraceCursor& cursor, QWidget* parent = nullptr);

Q_SIGNALS:
    void resetBrowserWanted();

private:
    Card* requestCard();
    Card* scriptCard();
    void refresh();
    void showCache();

    ScenarioDocument& m_document;
    TraceCursor& m_cursor;
    QComboBox* m_chooser;
    QWidget* m_requestForms;
    QWidget* m_compareForm;
    Card* m_script;
    Card* m_page;
    QLabel* m_cache;
};

} // namespace corscope

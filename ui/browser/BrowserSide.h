#pragma once

#include <QWidget>

class QLabel;

namespace corscope {

class ActionBar;
class Card;
class ChosenPage;
class Memory;
class RunController;
class ScenarioDocument;
class TraceCursor;

/// The left column: pages and requests, the request as code, what the browser remembers, what the page sees.
class BrowserSide : public QWidget
{
    Q_OBJECT
public:
    BrowserSide(ScenarioDocument& document, TraceCursor& cursor, RunController& run, QWidget* parent = nullptr);

public Q_SLOTS:
    void resetBrowser(); ///< forgets its cookies, its caches and its clock

private:
    Card* requestCard();
    Card* scriptCard();
    void refresh();
    void showCache();

    ScenarioDocument& m_document;
    TraceCursor& m_cursor;
    ChosenPage* m_chosenPage;
    Memory* m_memory;
    ActionBar* m_actions = nullptr;
    QWidget* m_pageForms = nullptr;
    QWidget* m_requestForm = nullptr;
    QWidget* m_noRequest = nullptr;
    QWidget* m_waitForm = nullptr;
    QWidget* m_changeForm = nullptr;
    QWidget* m_compareForm = nullptr;
    Card* m_script;
    Card* m_page;
    QLabel* m_cache;
};

} // namespace corscope

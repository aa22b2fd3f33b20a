#include "ui/browser/BrowserSide.h"

#include "ui/browser/ActionBar.h"
#include "ui/browser/ActionForms.h"
#include "ui/browser/CallPanel.h"
#include "ui/browser/ChosenPage.h"
#include "ui/browser/CompareForm.h"
#include "ui/browser/Memory.h"
#include "ui/browser/MemoryCard.h"
#include "ui/browser/PageMore.h"
#include "ui/browser/PageOriginForm.h"
#include "ui/browser/PagePanel.h"
#include "ui/browser/PageTabs.h"
#include "ui/browser/RequestForm.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/Column.h"
#include "ui/widgets/FormGrid.h"
#include "ui/widgets/Late.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

BrowserSide::BrowserSide(ScenarioDocument& document, TraceCursor& cursor, RunController& run, QWidget* parent)
    : QWidget(parent), m_document(document), m_cursor(cursor), m_chosenPage(new ChosenPage(document, this)),
      m_memory(new Memory(document, run, this))
{
    setObjectName(QStringLiteral("browserSide"));
    m_page = new PagePanel(document, cursor);
    auto* column = new Column({requestCard(), scriptCard(), new MemoryCard(document, *m_memory)}, m_page, 37);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(column);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &BrowserSide::refresh);
    connect(m_chosenPage, &ChosenPage::changed, this, &BrowserSide::refresh);
    connect(m_actions, &ActionBar::actionShown, this, &BrowserSide::refresh);
    connect(&cursor, &TraceCursor::cursorChanged, this, &BrowserSide::showCache);
    connect(&cursor, &TraceCursor::traceChanged, this, &BrowserSide::showCache);
    refresh();
    showCache();
}

Card* BrowserSide::requestCard()
{
    auto* card = new Card(tr("Simulated browser"));
    m_cache = new QLabel;
    m_cache->setObjectName(QStringLiteral("preflightCache"));
    m_cache->setProperty("role", QStringLiteral("badge"));
    m_cache->setProperty("look", QStringLiteral("neutral"));
    card->addToHeading(m_cache);

    m_pageForms = new QWidget;
    auto* pages = new QVBoxLayout(m_pageForms);
    pages->setContentsMargins(0, 0, 0, 0);
    pages->setSpacing(fontMetrics().height() / 4);
    auto* tabs = new PageTabs(m_document, *m_chosenPage);
    auto* origin = new PageOriginForm(*m_chosenPage);
    auto* more = new PageMore(m_document, *m_chosenPage);
    connect(tabs, &PageTabs::renameWanted, more, &PageMore::rename);
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Page"), origin, &PageOriginForm::addressShown);
    form->setWide(origin, origin->wantsWidth());
    pages->addWidget(tabs);
    pages->addWidget(form);
    pages->addWidget(more);

    m_actions = new ActionBar(m_document, *m_chosenPage);
    m_requestForm = new RequestForm(m_document);
    auto* noRequest = new QLabel(tr("This page makes no request. \"+\" adds one."));
    noRequest->setProperty("role", QStringLiteral("muted"));
    noRequest->setWordWrap(true);
    m_noRequest = noRequest;
    m_compareForm = new Late([this](QWidget* parent) { return new CompareForm(m_document, parent); });
    card->body()->addWidget(m_pageForms);
    card->body()->addWidget(m_actions);
    card->body()->addWidget(m_noRequest);
    card->body()->addWidget(m_requestForm);
    m_waitForm = new Late([this](QWidget* parent) { return new WaitForm(m_document, *m_actions, parent); });
    m_changeForm = new Late([this](QWidget* parent) { return new ChangeForm(m_document, *m_actions, parent); });
    card->body()->addWidget(m_waitForm);
    card->body()->addWidget(m_changeForm);
    card->body()->addWidget(m_compareForm);
    return card;
}

Card* BrowserSide::scriptCard()
{
    m_script = new Card(tr("Page script"));
    auto* panel = new CallPanel(m_document);
    auto* copy = new QToolButton;
    copy->setText(tr("Copy"));
    copy->setObjectName(QStringLiteral("copyFetch"));
    copy->setProperty("role", QStringLiteral("quiet"));
    copy->setToolTip(tr("Copy the code of the request"));
    connect(copy, &QToolButton::clicked, panel, &CallPanel::copyAll);
    m_script->addToHeading(copy);
    m_script->body()->addWidget(panel);
    return m_script;
}

void BrowserSide::refresh()
{
    const auto& scenario = m_document.scenario();
    const int place = m_actions->action();
    const auto* action = place >= 0 && size_t(place) < scenario.actions.size() ? &scenario.actions[size_t(place)] : nullptr;
    const bool isSend = action && std::holds_alternative<SendAction>(*action);
    const bool isOurs = isSend && m_chosenPage->makesSelectedSend();
    const bool hasPages = !scenario.pages.empty();
    m_pageForms->setVisible(hasPages);
    m_requestForm->setVisible(isOurs);
    m_noRequest->setVisible(hasPages && (!action || (isSend && !isOurs)));
    m_waitForm->setVisible(action && std::holds_alternative<WaitAction>(*action));
    m_changeForm->setVisible(action && std::holds_alternative<ChangeAction>(*action));
    m_compareForm->setVisible(action && std::holds_alternative<CompareAction>(*action));
    m_script->setVisible(isOurs);
    m_page->parentWidget()->setVisible(hasPages); // a comparison has no page
}

void BrowserSide::resetBrowser()
{
    m_memory->reset();
}

/// The caches as they stood after the step at the cursor.
void BrowserSide::showCache()
{
    QStringList lines;
    QStringList responses;
    const auto* step = m_cursor.step();
    if (step && step->state) {
        for (const auto& table : *step->state) {
            if (table.id() != "preflight-cache" && table.id() != "http-cache")
                continue;
            for (const auto& row : table->rows)
                (table.id() == "http-cache" ? responses : lines).append(QString::fromUtf8(row.join(" · ")));
        }
    }
    QStringList counts;
    if (!lines.isEmpty())
        counts.append(tr("preflight cache %1").arg(lines.size()));
    if (!responses.isEmpty())
        counts.append(tr("HTTP cache %1").arg(responses.size()));
    m_cache->setText(counts.join(QStringLiteral(" · ")));
    m_cache->setToolTip((lines + responses).join(u'\n'));
    m_cache->setVisible(!counts.isEmpty());
}

} // namespace corscope

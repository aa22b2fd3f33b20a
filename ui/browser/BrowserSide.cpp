#include "ui/browser/BrowserSide.h"

#include "ui/browser/CompareForm.h"
#include "ui/browser/PagePanel.h"
#include "ui/browser/RequestForm.h"
#include "ui/browser/ScriptView.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/CodeView.h"
#include "ui/widgets/Column.h"

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

BrowserSide::BrowserSide(ScenarioDocument& document, TraceCursor& cursor, QWidget* parent)
    : QWidget(parent), m_document(document), m_cursor(cursor)
{
    setObjectName(QStringLiteral("browserSide"));
    m_page = new PagePanel(document, cursor);
    auto* column = new Column({requestCard(), scriptCard()}, m_page, 37);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(column);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &BrowserSide::refresh);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &BrowserSide::refresh);
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
    auto* reset = new QToolButton;
    reset->setText(QStringLiteral("⟲"));
    reset->setObjectName(QStringLiteral("resetBrowser"));
    reset->setProperty("role", QStringLiteral("quiet"));
    reset->setAccessibleName(tr("Reset the browser"));
    reset->setToolTip(tr("Reset the browser: forget its preflight cache and its clock"));
    connect(reset, &QToolButton::clicked, this, &BrowserSide::resetBrowserWanted);
    card->addToHeading(reset);

    m_chooser = new QComboBox;
    m_chooser->setObjectName(QStringLiteral("requestChooser"));
    m_chooser->setAccessibleName(tr("Which request the form shows"));
    connect(m_chooser, &QComboBox::activated, this, [this](int i) { m_document.selectSend(m_document.sends().value(i)); });
    m_requestForms = new QWidget;
    auto* forms = new QVBoxLayout(m_requestForms);
    forms->setContentsMargins(0, 0, 0, 0);
    forms->addWidget(m_chooser);
    forms->addWidget(new RequestForm(m_document));
    m_compareForm = new CompareForm(m_document);
    card->body()->addWidget(m_requestForms);
    card->body()->addWidget(m_compareForm);
    return card;
}

Card* BrowserSide::scriptCard()
{
    m_script = new Card(tr("Page script"));
    auto* view = new ScriptView(m_document);
    auto* copy = new QToolButton;
    copy->setText(tr("Copy"));
    copy->setObjectName(QStringLiteral("copyFetch"));
    copy->setProperty("role", QStringLiteral("quiet"));
    copy->setToolTip(tr("Copy the fetch() call"));
    connect(copy, &QToolButton::clicked, view->view(), &CodeView::copyAll);
    m_script->addToHeading(copy);
    m_script->body()->addWidget(view);
    return m_script;
}

void BrowserSide::refresh()
{
    const auto sends = m_document.sends();
    m_chooser->clear();
    for (int i = 0; i < sends.size(); ++i) {
        const auto* send = scenarioaccess::send(m_document.scenario(), sends[i]);
        m_chooser->addItem(tr("Request %1 of %2: %3").arg(QString::number(i + 1), QString::number(sends.size()),
                                                          QString::fromUtf8(send->call.method)));
    }
    m_chooser->setCurrentIndex(int(sends.indexOf(m_document.selectedSend())));
    m_chooser->setVisible(sends.size() > 1);
    m_requestForms->setVisible(!sends.isEmpty());
    m_script->setVisible(!sends.isEmpty());
    m_page->parentWidget()->setVisible(!sends.isEmpty()); // a comparison has no page
    m_compareForm->setVisible(sends.isEmpty() && scenarioaccess::lastCompare(m_document.scenario()));
}

/// The caches as they stood after the step at the cursor.
void BrowserSide::showCache()
{
    QStringList lines;
    QStringList responses;
    const auto* step = m_cursor.step();
    if (step && step->state) {
        for (const auto& table : *step->state) {
            if (table->id != "preflight-cache" && table->id != "http-cache")
                continue;
            for (const auto& row : table->rows)
                (table->id == "http-cache" ? responses : lines).append(QString::fromUtf8(row.join(" · ")));
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

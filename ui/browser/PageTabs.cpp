#include "ui/browser/PageTabs.h"

#include "ui/browser/ChosenPage.h"
#include "ui/browser/SmallButton.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QTabBar>

namespace corscope {

using pageedits::Newcomer;

PageTabs::PageTabs(ScenarioDocument& document, ChosenPage& page, QWidget* parent)
    : QWidget(parent), m_document(document), m_page(page), m_tabs(new QTabBar),
      m_add(new MenuButton("addPage", QStringLiteral("+"), tr("Add a page"))),
      m_more(new MenuButton("pageMenu", QStringLiteral("⋯"), tr("What can be done with this page")))
{
    m_tabs->setObjectName(QStringLiteral("pageTabs"));
    m_tabs->setAccessibleName(tr("Pages"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setUsesScrollButtons(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() / 6);
    row->addWidget(m_tabs, 1);
    row->addWidget(m_add);
    row->addWidget(m_more);
    setFocusProxy(m_tabs);
    addMenus();
    connect(m_tabs, &QTabBar::currentChanged, &page, &ChosenPage::choose);
    connect(m_tabs, &QTabBar::tabBarDoubleClicked, this, &PageTabs::renameWanted);
    connect(&page, &ChosenPage::changed, this, &PageTabs::refresh);
    refresh();
}

void PageTabs::addMenus()
{
    auto* adding = m_add->entries();
    const auto offer = [&](const char* name, const QString& text, const QString& edit, Newcomer newcomer) {
        auto* action = adding->addAction(text, this, [this, edit, newcomer] { add(newcomer, edit); });
        action->setObjectName(QLatin1String(name));
        return action;
    };
    offer("addPlainPage", tr("Page of another origin"), tr("Add a page"), Newcomer::Plain);
    adding->addSeparator();
    offer("addOtherSite", tr("Attacker: another site"), tr("Add an attacker's page"), Newcomer::OtherSite);
    m_twin = offer("addHttpTwin", tr("Attacker: this page's http: twin"), tr("Add the page's http: twin"), Newcomer::HttpTwin);
    offer("addSandboxedFrame", tr("Attacker: a sandboxed frame"), tr("Add an attacker's frame"), Newcomer::SandboxedFrame);

    auto* more = m_more->entries();
    more->addAction(tr("Rename"), this, &PageTabs::renameWanted)->setObjectName(QStringLiteral("renamePage"));
    more->addAction(tr("Duplicate"), this, &PageTabs::duplicate)->setObjectName(QStringLiteral("duplicatePage"));
    m_remove = more->addAction(tr("Remove, with its requests"), this, &PageTabs::remove);
    m_remove->setObjectName(QStringLiteral("removePage"));
}

void PageTabs::add(Newcomer newcomer, const QString& name)
{
    const auto* beside = m_page.config();
    const auto page = pageedits::newPage(m_document.scenario(), beside ? *beside : PageConfig(), newcomer);
    int send = -1;
    m_document.edit(name, {}, [&](Scenario& scenario) {
        send = pageedits::addPage(scenario, page, m_document.selectedSend());
    });
    m_page.choose(int(m_document.scenario().pages.size()) - 1);
}

void PageTabs::duplicate()
{
    m_document.edit(tr("Duplicate the page"), {},
                    [this](Scenario& scenario) { (void)pageedits::duplicatePage(scenario, m_page.place()); });
    m_page.choose(int(m_document.scenario().pages.size()) - 1);
}

void PageTabs::remove()
{
    m_document.edit(tr("Remove the page"), {},
                    [this](Scenario& scenario) { pageedits::removePage(scenario, m_page.place()); });
}

void PageTabs::refresh()
{
    const auto& pages = m_document.scenario().pages;
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > int(pages.size()))
        m_tabs->removeTab(m_tabs->count() - 1);
    for (int i = 0; i < int(pages.size()); ++i) {
        const auto& page = pages[size_t(i)];
        const auto name = QString::fromUtf8(page.id);
        if (i == m_tabs->count())
            m_tabs->addTab(name);
        m_tabs->setTabText(i, name);
        m_tabs->setTabToolTip(i, QString::fromUtf8(page.origin()));
    }
    m_tabs->setCurrentIndex(m_page.place());
    const auto* page = m_page.config();
    m_twin->setEnabled(page && page->originKind == PageConfig::OriginKind::Tuple && page->scheme == "https");
    m_remove->setEnabled(pages.size() > 1);
    m_more->setEnabled(page);
}

} // namespace corscope

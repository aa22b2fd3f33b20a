#include "ui/browser/ChosenPage.h"

#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"

namespace corscope {

ChosenPage::ChosenPage(ScenarioDocument& document, QObject* parent) : QObject(parent), m_document(document)
{
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &ChosenPage::followSend);
    connect(&document, &ScenarioDocument::scenarioReplaced, this, &ChosenPage::followSend);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ChosenPage::followScenario);
    followSend();
}

const PageConfig* ChosenPage::config() const
{
    const auto& pages = m_document.scenario().pages;
    return m_place >= 0 && size_t(m_place) < pages.size() ? &pages[size_t(m_place)] : nullptr;
}

bool ChosenPage::makesSelectedSend() const
{
    const auto* page = config();
    return page && page == scenarioaccess::pageOf(m_document.scenario(), m_document.selectedSend());
}

void ChosenPage::choose(int place)
{
    if (place == m_place || place < 0 || size_t(place) >= m_document.scenario().pages.size())
        return;
    m_place = place;
    for (const int send : m_document.sends())
        if (!makesSelectedSend() && scenarioaccess::pageOf(m_document.scenario(), send) == config())
            m_document.selectSend(send);
    Q_EMIT changed();
}

void ChosenPage::edit(const QString& name, const QByteArray& mergeKey, const std::function<void(PageConfig&)>& change)
{
    const auto key = mergeKey.isEmpty() ? QByteArray() : "page" + QByteArray::number(m_place) + '.' + mergeKey;
    m_document.edit(name, key, [&](Scenario& scenario) {
        if (m_place >= 0 && size_t(m_place) < scenario.pages.size())
            change(scenario.pages[size_t(m_place)]);
    });
}

void ChosenPage::followSend()
{
    const auto& pages = m_document.scenario().pages;
    const auto* page = scenarioaccess::pageOf(m_document.scenario(), m_document.selectedSend());
    m_place = page ? int(page - pages.data()) : pages.empty() ? -1 : 0;
    Q_EMIT changed();
}

void ChosenPage::followScenario()
{
    if (const auto count = int(m_document.scenario().pages.size()); m_place >= count || m_place < 0)
        followSend();
    else
        Q_EMIT changed();
}

} // namespace corscope

#include "ui/browser/Memory.h"

#include "core/scenario/Runner.h"
#include "ui/browser/MemoryEdit.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"

namespace corscope {

Memory::Memory(ScenarioDocument& document, RunController& run, QObject* parent)
    : QObject(parent), m_document(document), m_run(run)
{
    connect(&run, &RunController::browserChanged, this, &Memory::refresh);
    connect(&run, &RunController::runningChanged, this, &Memory::refresh);
    connect(&run, &RunController::runningChanged, this, [this](bool running) {
        if (!running)
            for (const auto& [from, to] : std::exchange(m_waiting, {}))
                changeAlike(from, to);
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &Memory::refresh);
    connect(&document, &ScenarioDocument::scenarioReplaced, this, [this] { m_waiting.clear(); });
    refresh();
}

bool Memory::canChange() const
{
    return !m_run.isRunning();
}

void Memory::change(const QString& name, const QByteArray& mergeKey, const std::function<void(Browser&)>& change)
{
    auto browser = m_browser;
    change(browser);
    takeInitialCookies(browser, m_document.scenario());
    if (canChange() && !remembersTheSame(browser, m_browser))
        m_document.undoStack()->push(new MemoryEdit(*this, name, mergeKey, browser));
}

void Memory::changeAlike(const Browser& from, const Browser& to)
{
    if (canChange())
        m_run.setBrowser(corscope::changedAlike(m_browser, from, to));
    else
        m_waiting.emplace_back(from, to);
}

void Memory::reset()
{
    if (canChange())
        change(tr("Reset the browser"), {}, [](Browser& browser) { browser = Browser(); });
    else
        m_run.resetBrowser();
}

/// As Set-Cookie headers. Those that a page's own jar holds depend on that page and are left out.
static std::vector<InitialCookie> initialCookies(const Browser& browser)
{
    std::vector<InitialCookie> result;
    for (const auto& cookie : browser.cookieJar.cookies()) {
        if (cookie.isExpired(browser.clock.now()) || !cookie.partition.isEmpty())
            continue;
        // As a rule the header says the path; where it cannot, that of the address does.
        const QByteArray url = (cookie.secure ? "https://" : "http://") + cookie.domain + (cookie.path.contains(';') ? cookie.path : QByteArray()) + '/';
        result.push_back({url, setCookieHeader(cookie)});
    }
    return result;
}

void Memory::keepCookies()
{
    m_document.edit(tr("Keep the cookies with the scenario"), {},
                    [this](Scenario& scenario) { scenario.cookies = initialCookies(m_browser); });
}

bool Memory::cookiesAreKept() const
{
    Browser fresh;
    takeInitialCookies(fresh, m_document.scenario());
    return initialCookies(fresh) == initialCookies(m_browser);
}

void Memory::refresh()
{
    m_browser = *m_run.browser();
    takeInitialCookies(m_browser, m_document.scenario());
    Q_EMIT changed();
}

} // namespace corscope

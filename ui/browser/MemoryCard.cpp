#include "ui/browser/MemoryCard.h"

#include "core/fetch/Profile.h"
#include "ui/browser/CachePanels.h"
#include "ui/browser/Choice.h"
#include "ui/browser/CookiePanel.h"
#include "ui/browser/Memory.h"
#include "ui/browser/SmallButton.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"
#include "ui/widgets/Section.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace corscope {

static QString checkSeconds(const QString& text)
{
    bool ok = false;
    const auto seconds = text.toLongLong(&ok);
    return text.isEmpty() || (ok && seconds > 0 && seconds <= 316224000) ? QString()
                                                                        : MemoryCard::tr("This is a whole number of seconds.");
}

MemoryCard::MemoryCard(ScenarioDocument& document, Memory& memory, QWidget* parent)
    : Card(tr("What the browser remembers"), parent), m_document(document), m_memory(memory), m_time(new QLabel),
      m_seconds(new Field(checkSeconds)), m_cookies(new Section(QStringLiteral("cookies"), tr("Cookies"))),
      m_preflights(new Section(QStringLiteral("preflights"), tr("Preflight cache"))),
      m_stored(new Section(QStringLiteral("stored"), tr("HTTP cache")))
{
    auto* reset = new QToolButton;
    reset->setText(QStringLiteral("⟲"));
    reset->setObjectName(QStringLiteral("resetBrowser"));
    reset->setProperty("role", QStringLiteral("quiet"));
    reset->setAccessibleName(tr("Reset the browser"));
    reset->setToolTip(tr("Reset the browser: forget its cookies, its caches and its clock"));
    connect(reset, &QToolButton::clicked, &memory, &Memory::reset);
    addToHeading(reset);
    m_profile = wordChoice("browserProfile", tr("Whose ways the simulated browser has, where browsers part from the standard"),
                           {tr("The standard"), tr("Chromium"), tr("Firefox"), tr("WebKitGTK")});
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Browser"), m_profile);
    m_time->setObjectName(QStringLiteral("clockTime"));
    m_time->setFont(Theme::fixedLike(m_time->font()));
    m_time->setToolTip(tr("Virtual time: it moves only when it is told to"));
    form->addRow(tr("Clock"), m_time);
    m_time->setContentsMargins(0, fontMetrics().height() / 4, 0, 0);
    m_clock = clockRow();
    form->addWide(m_clock);
    body()->addWidget(form);
    m_cookies->setContent([&memory](QVBoxLayout& room) { room.addWidget(new CookiePanel(memory)); });
    m_preflights->setContent([&memory](QVBoxLayout& room) { room.addWidget(new PreflightCachePanel(memory)); });
    m_stored->setContent([&memory](QVBoxLayout& room) { room.addWidget(new HttpCachePanel(memory)); });
    for (auto* section : {m_cookies, m_preflights, m_stored})
        body()->addWidget(section);
    connect(m_profile, &QComboBox::activated, this, [this](int index) {
        m_document.edit(tr("Change the browser"), {}, [&](Scenario& scenario) { scenario.profile = Profile::names()[index]; });
    });
    connect(&memory, &Memory::changed, this, &MemoryCard::refresh);
    refresh();
}

QWidget* MemoryCard::clockRow()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height() / 6);
    const std::tuple<const char*, QString, int> steps[] = {
        {"advance1", tr("+1 s"), 1}, {"advance10", tr("+10 s"), 10}, {"advance600", tr("+10 min"), 600}};
    for (const auto& [name, text, seconds] : steps) {
        auto* button = smallButton(name, text);
        connect(button, &QPushButton::clicked, this, [this, by = seconds] { advance(by); });
        layout->addWidget(button, 0, Qt::AlignTop);
    }
    m_seconds->setName(QStringLiteral("advanceSeconds"), tr("Seconds to advance the clock by"));
    m_seconds->line()->setPlaceholderText(tr("seconds"));
    m_seconds->setCharacters(7);
    auto* go = smallButton("advance", tr("Advance"));
    layout->addWidget(m_seconds, 1, Qt::AlignTop);
    layout->addWidget(go, 0, Qt::AlignTop);
    const auto typed = [this] {
        if (m_seconds->isValid())
            advance(m_seconds->text().toLongLong());
    };
    connect(go, &QPushButton::clicked, this, typed);
    connect(m_seconds->line(), &QLineEdit::returnPressed, this, typed);
    return row;
}

void MemoryCard::advance(qint64 seconds)
{
    if (seconds > 0 && m_memory.canChange())
        m_memory.change(tr("Advance the clock"), {}, [seconds](Browser& browser) { browser.clock.advance(std::chrono::seconds(seconds)); });
}

void MemoryCard::refresh()
{
    const auto& browser = m_memory.browser();
    m_profile->setCurrentIndex(int(Profile::names().indexOf(m_document.scenario().profile)));
    const auto time = QDateTime::fromMSecsSinceEpoch(m_memory.now().time_since_epoch().count(), Qt::UTC);
    m_time->setText(time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
    m_clock->setEnabled(m_memory.canChange());
    const auto count = [](qsizetype number) { return number > 0 ? QString::number(number) : tr("empty"); };
    const auto& entries = browser.preflightCache.entries();
    m_cookies->setRemark(count(browser.cookieJar.size(m_memory.now())));
    m_preflights->setRemark(count(std::count_if(entries.begin(), entries.end(),
                                                [this](const auto& entry) { return !entry.expired(m_memory.now()); })));
    m_stored->setRemark(count(qsizetype(browser.httpCache.stored().size())));
}

} // namespace corscope

#include "ui/browser/PagePanel.h"

#include "core/explain/Console.h"
#include "ui/browser/PageText.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"
#include "ui/verdict/StandingMark.h"
#include "ui/widgets/CodeView.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/HtmlView.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace corscope {

PagePanel::PagePanel(ScenarioDocument& document, TraceCursor& cursor, QWidget* parent)
    : Card(tr("What the page sees"), parent), m_document(document), m_cursor(cursor), m_badge(new QLabel),
      m_page(new HtmlView), m_consoleTitle(new QLabel), m_engine(new QComboBox), m_console(new CodeView(CodeView::Language::PlainText))
{
    m_badge->setObjectName(QStringLiteral("promise"));
    m_badge->setProperty("role", QStringLiteral("badge"));
    addToHeading(new StandingMark(cursor));
    addToHeading(m_badge);
    m_page->setObjectName(QStringLiteral("pageView"));
    m_page->setAccessibleName(tr("What the page sees"));
    m_page->setProperty("role", QStringLiteral("flat-text"));
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->document()->setDocumentMargin(0);
    m_page->setOpenLinks(false);
    m_page->setTabChangesFocus(true);
    m_page->setMinimumHeight(m_page->fontMetrics().lineSpacing() * 3);
    m_consoleTitle->setProperty("role", QStringLiteral("muted"));
    m_engine->setObjectName(QStringLiteral("consoleEngine"));
    m_engine->setAccessibleName(tr("In whose words the console speaks"));
    m_engine->setToolTip(m_engine->accessibleName());
    for (const auto& engine : explain::consoleBrowsers())
        m_engine->addItem(engine == "chromium" ? tr("Chromium") : engine == "firefox" ? tr("Firefox") : tr("WebKitGTK"), engine);
    connect(m_engine, &QComboBox::activated, this, &PagePanel::refresh);
    auto* consoleRow = new QHBoxLayout;
    consoleRow->addWidget(m_consoleTitle, 1);
    consoleRow->addWidget(m_engine);
    m_console->setObjectName(QStringLiteral("consoleView"));
    m_console->setAccessibleName(tr("What the console says"));
    m_console->setProperty("look", QStringLiteral("bad"));
    m_consoleTitle->setBuddy(m_console);
    body()->addWidget(m_page, 1);
    body()->addLayout(consoleRow);
    body()->addWidget(m_console, 1);
    connect(&cursor, &TraceCursor::traceChanged, this, &PagePanel::refresh);
    connect(&cursor, &TraceCursor::cursorChanged, this, &PagePanel::refresh);
    connect(&cursor, &TraceCursor::liveChanged, this, &PagePanel::refresh);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &PagePanel::followProfile);
    followProfile();
}

/// Another browser speaks its own words; until then the choice stays.
void PagePanel::followProfile()
{
    if (const auto& profile = m_document.scenario().profile; profile != m_profile) {
        m_profile = profile;
        m_engine->setCurrentIndex(std::max(0, m_engine->findData(profile))); // the standard has no console: the most common one
    }
    refresh();
}

QByteArray PagePanel::engine() const
{
    return m_engine->currentData().toByteArray();
}

void PagePanel::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void PagePanel::refresh()
{
    const auto& trace = *m_cursor.trace();
    const int action = m_cursor.action();
    const auto* outcome = action >= 0 && size_t(action) < trace.outcomes.size() ? &trace.outcomes[size_t(action)] : nullptr;
    const auto* send = outcome ? std::get_if<SendOutcome>(outcome) : nullptr;
    const auto theme = Theme::of(*this);
    const PageTextColours colours{theme.muted, theme.block.text};
    QString badge;
    QString look;
    QString console;
    if (m_cursor.isEmpty()) {
        m_page->tell(QStringLiteral("<span style='color:%1'>%2</span>")
                            .arg(colours.quiet.name(), tr("Nothing was sent yet.").toHtmlEscaped()));
    } else if (m_cursor.isLive() || !send) {
        badge = tr("pending");
        look = QStringLiteral("neutral");
        m_page->tell(QStringLiteral("<span style='color:%1'>%2</span>")
                            .arg(colours.quiet.name(), tr("The page waits for its promise.").toHtmlEscaped()));
    } else {
        const bool rejected = send->page.promise == PageView::Promise::Rejected;
        badge = rejected ? tr("✗ rejected") : send->visible == SendOutcome::Visible::Opaque ? tr("opaque") : tr("✓ resolved");
        look = rejected ? QStringLiteral("bad")
            : send->visible == SendOutcome::Visible::Opaque ? QStringLiteral("warning") : QStringLiteral("good");
        m_page->tell(pageViewHtml(*send, colours));
        console = explain::consoleText(*send, engine());
    }
    m_badge->setText(badge);
    m_badge->setVisible(!badge.isEmpty());
    setLook(m_badge, "look", look);
    m_console->setCode(console);
    m_console->setVisible(!console.isEmpty());
    m_consoleTitle->setText(console.isEmpty() ? tr("The console says nothing.") : tr("What the console says"));
}

} // namespace corscope

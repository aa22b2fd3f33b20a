#include "ui/inspector/Inspector.h"

#include "core/explain/Explain.h"
#include "core/explain/StepWords.h"
#include "ui/inspector/StateView.h"
#include "ui/inspector/StepHtml.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Chip.h"
#include "ui/theme/ElidedLabel.h"
#include "ui/widgets/HtmlView.h"

#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextCursor>
#include <QUrl>
#include <QVBoxLayout>

namespace corscope {

HtmlView* Inspector::page(const QString& name, const QString& accessibleName)
{
    auto* browser = new HtmlView;
    browser->setObjectName(name);
    browser->setAccessibleName(accessibleName);
    browser->setFrameShape(QFrame::NoFrame);
    browser->setOpenLinks(false);
    browser->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    browser->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    browser->document()->setDocumentMargin(fontMetrics().height() / 2.0);
    return browser;
}

Inspector::Inspector(TraceCursor& cursor, QWidget* parent) : QFrame(parent), m_cursor(cursor)
{
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Inspector"));
    const int em = fontMetrics().height();

    auto* heading = new QWidget;
    heading->setProperty("role", QStringLiteral("card-heading"));
    heading->setAttribute(Qt::WA_StyledBackground);
    m_title = new ElidedLabel;
    m_title->keep(12);
    m_title->setObjectName(QStringLiteral("stepTitle"));
    m_title->setProperty("role", QStringLiteral("card-title"));
    m_verdict = new Chip;
    m_verdict->setObjectName(QStringLiteral("stepVerdict"));
    m_citation = new ElidedLabel;
    m_citation->setObjectName(QStringLiteral("citation"));
    connect(m_citation, &ElidedLabel::activated, this, [](const QString& address) {
        QDesktopServices::openUrl(QUrl(address));
    });
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("inspectorTabs"));
    m_tabs->setUsesScrollButtons(false); // both are always in sight
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Step"));
    m_tabs->addTab(tr("State after"));
    m_tabs->setTabToolTip(1, tr("Preflight cache, cookies, ledger and access log as they stand after this step"));

    auto* row = new QHBoxLayout(heading);
    row->setContentsMargins(em * 2 / 3, em / 5, em / 3, 0);
    row->setSpacing(em / 2);
    row->addWidget(m_title);
    row->addWidget(m_verdict);
    row->addStretch();
    row->addWidget(m_citation);
    row->addWidget(m_tabs);
    // NB: with every step as wide as with any other, or the columns of the window move, and the diagram is laid out anew.
    heading->setMinimumWidth(em * 24);

    m_rule = page(QStringLiteral("rule"), tr("Rule"));
    m_message = page(QStringLiteral("message"), tr("Message"));
    m_state = new StateView;
    m_state->setObjectName(QStringLiteral("state"));
    m_state->setAccessibleName(tr("State after the step"));
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setProperty("role", QStringLiteral("lined"));
    m_splitter->addWidget(m_rule);
    m_splitter->addWidget(m_message);
    m_splitter->setMinimumWidth(em * 14);
    m_splitter->setStretchFactor(0, 11);
    m_splitter->setStretchFactor(1, 10);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(m_state);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        fillPage();
        m_pages->setCurrentIndex(index);
    });

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, 1);
    all->setSpacing(0);
    all->addWidget(heading);
    all->addWidget(m_pages, 1);

    connect(&cursor, &TraceCursor::cursorChanged, this, &Inspector::refresh);
    connect(&cursor, &TraceCursor::traceChanged, this, &Inspector::refresh);
    refresh();
}

QSize Inspector::sizeHint() const
{
    const int em = fontMetrics().height();
    return {36 * em, 11 * em};
}

void Inspector::showState(bool state)
{
    m_tabs->setCurrentIndex(state ? 1 : 0);
}

static Chip::Look lookOf(const Step& step)
{
    if (stepwords::isFailure(step))
        return Chip::Look::Block;
    if (step.verdict == Verdict::Success)
        return Chip::Look::Allow;
    return Chip::Look::Neutral;
}

static QString verdictWords(const Step& step)
{
    const auto word = stepwords::verdict(step);
    return step.verdict == Verdict::Failure ? QString(QStringLiteral("✗ ") + word)
        : step.verdict == Verdict::Success  ? QString(QStringLiteral("✓ ") + word)
                                            : word;
}

void Inspector::refresh()
{
    const auto* step = m_cursor.step();
    if (!step) {
        m_title->say(tr("Inspector"));
        m_verdict->say({}, Chip::Look::Neutral);
        m_citation->hide();
        fillPage();
        return;
    }
    const int number = m_cursor.landmarkNumber(step->index);
    const auto title = stepwords::title(*step);
    m_title->say(number ? tr("Step %1 · %2").arg(number).arg(title) : title, {},
                 stepwords::full(*step, *m_cursor.trace()));
    m_verdict->say(verdictWords(*step), lookOf(*step));

    const auto citation = explain::citation(*step);
    const auto url = explain::citationUrl(*step);
    m_citation->say(citation, url, url.isEmpty() ? citation : tr("%1\nOpens %2").arg(citation, url));
    m_citation->setVisible(!citation.isEmpty());

    fillPage();
}

/// Only the page in sight is made.
void Inspector::fillPage()
{
    const bool state = m_tabs->currentIndex() == 1;
    const auto theme = Theme::of(*this);
    const auto* step = m_cursor.step();
    if (!step) {
        m_rule->tell(QStringLiteral("<span style='color:%1'>%2</span>").arg(theme.muted.name(),
            tr("Each step of the exchange is explained here: its rule, what it looked at, and what followed.")));
        showMessage({});
        m_state->tell({});
        return;
    }
    if (state) {
        m_state->tell(stateLines(*step, *m_cursor.trace()));
    } else {
        const StepHtml html(*m_cursor.trace(), theme, font());
        m_rule->tell(html.rule(*step));
        showMessage(html.messageAndChanges(*step));
    }
}

/// With the header that decided in sight.
void Inspector::showMessage(const QString& html)
{
    const bool changed = m_message->tell(html);
    m_message->setVisible(!html.isEmpty());
    if (!changed)
        return;
    const auto deciding = m_message->document()->find(QStringLiteral("▸"));
    if (!deciding.isNull()) {
        auto place = deciding;
        place.clearSelection();
        m_message->setTextCursor(place);
        m_message->ensureCursorVisible();
    }
}

void Inspector::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
}

} // namespace corscope

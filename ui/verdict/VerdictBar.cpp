#include "ui/verdict/VerdictBar.h"

#include "core/explain/Explain.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Chip.h"
#include "ui/theme/Theme.h"
#include "ui/verdict/LampRow.h"
#include "ui/verdict/StandingMark.h"
#include "ui/verdict/VerdictText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QVBoxLayout>

namespace corscope {

namespace {

/// The bar fits the sentence into its room. NB: were the layouts to ask how high it would like to be, it would be set
/// anew for each of their questions.
class Sentence : public QLabel
{
public:
    bool hasHeightForWidth() const override { return false; }
    QSize sizeHint() const override { return minimumSizeHint(); }
    QSize minimumSizeHint() const override { return {fontMetrics().height() * 8, minimumHeight()}; }
};

} // namespace

VerdictBar::VerdictBar(TraceCursor& cursor, QWidget* parent) : QFrame(parent), m_cursor(cursor)
{
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Verdict"));
    const int em = fontMetrics().height();
    m_mark = new QWidget;
    m_mark->setFixedSize(em * 2, em * 2);
    m_standing = new StandingMark(cursor, StandingMark::Words::Whole);
    m_standing->setObjectName(QStringLiteral("verdictStanding"));
    m_head = new Chip;
    m_preflight = new Chip;
    m_request = new Chip;
    m_response = new Chip;
    m_ledger = new Chip;
    m_preflight->setObjectName(QStringLiteral("preflightLamp"));
    m_request->setObjectName(QStringLiteral("requestLamp"));
    m_response->setObjectName(QStringLiteral("responseLamp"));
    m_ledger->setObjectName(QStringLiteral("ledgerLamp"));
    m_text = new Sentence;
    m_text->setObjectName(QStringLiteral("verdictText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    // NB: by keyboard the decision has keys of its own; a link that takes Tab would not let go.
    m_text->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_text->setOpenExternalLinks(false);
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    connect(m_text, &QLabel::linkActivated, this, [this] { m_cursor.moveTo(m_goal); });
    m_unmet = new Chip;
    m_unmet->setObjectName(QStringLiteral("unmetLamp"));

    // NB: the widest words that a lamp may say; what stands below the lamps stays where it is.
    m_lamps = new LampRow({m_preflight, m_request, m_response, m_ledger, m_head, m_standing, m_unmet});
    m_lamps->reserveFor({tr("preflight not needed"), tr("request not sent"), tr("response not visible"), tr("handler: %1 runs").arg(1)});
    auto* column = new QVBoxLayout;
    column->setSpacing(em / 4);
    column->addWidget(m_lamps);
    column->addWidget(m_text);
    column->addStretch();
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(em * 2 / 3, em / 2, em * 2 / 3, em / 2);
    m_row->setSpacing(em * 2 / 3);
    m_row->addWidget(m_mark, 0, Qt::AlignVCenter);
    m_row->addLayout(column, 1);
    auto policy = sizePolicy();
    policy.setVerticalPolicy(QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    connect(&cursor, &TraceCursor::traceChanged, this, &VerdictBar::refresh);
    connect(&cursor, &TraceCursor::standingChanged, this, &VerdictBar::refresh);
    connect(m_standing, &StandingMark::changed, this, [this] {
        m_lamps->arrange();
        fitText();
    });
    connect(&cursor, &TraceCursor::cursorChanged, this, [this] {
        if (m_cursor.action() != m_action)
            refresh();
    });
    refresh();
}

/// For the sign and the words.
int VerdictBar::wholeRoom(int width) const
{
    const auto margins = m_row->contentsMargins() + contentsMargins(); // NB: the frame's too
    int room = width - margins.left() - margins.right();
    if (m_corner && !m_corner->isHidden())
        room -= m_corner->sizeHint().width() + m_row->spacing();
    return std::max(room, fontMetrics().height() * 8);
}

/// The sign says once more what lamps and colour say: in a narrow bar the words have its room.
bool VerdictBar::hasMark(int width) const
{
    return wholeRoom(width) - m_mark->width() - m_row->spacing() >= 26 * fontMetrics().height();
}

int VerdictBar::textWidth(int width) const
{
    return hasMark(width) ? wholeRoom(width) - m_mark->width() - m_row->spacing() : wholeRoom(width);
}

int VerdictBar::textLines(int width) const
{
    return textWidth(width) >= 44 * fontMetrics().height() ? 2 : 3;
}

int VerdictBar::heightForWidth(int width) const
{
    const auto margins = m_row->contentsMargins() + contentsMargins();
    const int line = fontMetrics().lineSpacing();
    return margins.top() + margins.bottom() + m_lamps->heightForWidth(textWidth(width)) + line / 4 + textLines(width) * line + 2;
}

bool VerdictBar::event(QEvent* event)
{
    // Lamps and what stands in the corner come and go, and leave more or less room for the sentence.
    const bool done = QFrame::event(event);
    if (event->type() == QEvent::LayoutRequest && room() != m_fittedTo)
        fitText();
    return done;
}

QSize VerdictBar::room() const
{
    return {textWidth(width()), heightForWidth(width())};
}

void VerdictBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitText();
}

void VerdictBar::setCorner(QWidget* widget)
{
    m_corner = widget;
    m_row->addWidget(widget, 0, Qt::AlignVCenter);
}

QString VerdictBar::sentence() const
{
    return m_sentence;
}

void VerdictBar::setRunning(bool running)
{
    if (m_running == running)
        return;
    m_running = running;
    refresh();
}

void VerdictBar::setUnmetExpectations(const QStringList& sentences)
{
    m_unmetSentences = sentences;
    refresh();
}

void VerdictBar::setQuestion(const QString& question)
{
    if (m_question == question)
        return;
    m_question = question;
    refresh();
}

void VerdictBar::say(const QString& text)
{
    m_sentence = text;
    m_table.clear();
    const auto mark = m_standing->text();
    const auto marked = mark.isEmpty() ? text : QString(mark + QStringLiteral(": ") + text);
    setAccessibleDescription((QStringList(marked) + m_unmetSentences).join(QLatin1Char(' ')));
    fitText();
}

/// Puts as much of the sentence on as there is room for; the step it names is a link.
void VerdictBar::fitText()
{
    const int lines = textLines(width());
    const int height = heightForWidth(width());
    m_fittedTo = room();
    m_mark->setVisible(hasMark(width()));
    if (!m_table.isEmpty()) {
        m_text->setText(m_table);
        m_text->setFixedHeight(m_text->heightForWidth(textWidth(width())));
        setFixedHeight(std::max(height, m_text->height() + fontMetrics().height()));
        return;
    }
    m_text->setFixedHeight(lines * fontMetrics().lineSpacing() + 2);
    setFixedHeight(height);
    const auto shown = verdicttext::fitted(m_sentence, font(), textWidth(width()) - 2, lines);
    const int end = verdicttext::firstSentenceEnd(shown);
    const auto theme = Theme::of(*this);
    const auto color = m_sign == Sign::Blocked ? theme.block.text
        : m_sign == Sign::Allowed              ? theme.allow.text
                                               : theme.text;
    auto html = QStringLiteral("<b style='color:%1'>%2</b>%3").arg(color.name(), shown.left(end).toHtmlEscaped(),
                                                                  shown.mid(end).toHtmlEscaped());
    if (m_goal >= 0) {
        const auto step = tr("step %1").arg(m_cursor.landmarkNumber(m_goal));
        const auto link = QStringLiteral("<a href='step' style='color:%1'>%2</a>").arg(color.name(), step);
        if (const auto at = html.indexOf(step); at >= 0)
            html.replace(at, step.size(), link);
    }
    m_text->setText(html);
    m_text->setToolTip(shown == m_sentence ? QString() : QString(QStringLiteral("<qt>") + m_sentence.toHtmlEscaped() + QStringLiteral("</qt>")));
}

void VerdictBar::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_goal >= 0 && m_mark->isVisible() && m_mark->geometry().contains(event->pos()))
        m_cursor.moveTo(m_goal);
}

void VerdictBar::setLamps(const SendOutcome* send)
{
    if (!send) {
        for (auto* chip : {m_preflight, m_request, m_response, m_ledger})
            chip->say({}, Chip::Look::Neutral);
        return;
    }
    const auto yes = [](const QString& text) { return QString(QStringLiteral("✓ ") + text); };
    const auto no = [](const QString& text) { return QString(QStringLiteral("✗ ") + text); };
    const auto neither = [](const QString& text) { return QString(QStringLiteral("– ") + text); };
    switch (send->preflight) {
    case SendOutcome::Preflight::NotNeeded:
        m_preflight->say(neither(tr("preflight not needed")), Chip::Look::Neutral);
        break;
    case SendOutcome::Preflight::Sent: m_preflight->say(yes(tr("preflight sent")), Chip::Look::Preflight); break;
    case SendOutcome::Preflight::Cached: m_preflight->say(yes(tr("preflight cached")), Chip::Look::Preflight); break;
    case SendOutcome::Preflight::NotReached:
        m_preflight->say(neither(tr("preflight not reached")), Chip::Look::Neutral);
        break;
    }
    if (send->requestSent)
        m_request->say(yes(tr("request sent")), Chip::Look::Allow);
    else if (send->fromCache)
        m_request->say(neither(tr("answered from HTTP cache")), Chip::Look::Preflight);
    else
        m_request->say(neither(tr("request not sent")), Chip::Look::Neutral);
    switch (send->visible) {
    case SendOutcome::Visible::Yes: m_response->say(yes(tr("response visible")), Chip::Look::Allow); break;
    case SendOutcome::Visible::Opaque: m_response->say(neither(tr("response opaque")), Chip::Look::Neutral); break;
    case SendOutcome::Visible::No: m_response->say(no(tr("response not visible")), Chip::Look::Block); break;
    }
    // NB: a handler that ran though the page was refused is what everybody overlooks.
    const bool behindTheBack = send->handlerRuns > 0 && !send->allowed();
    const auto runs = send->handlerRuns == 1 ? tr("handler: 1 run") : tr("handler: %1 runs").arg(send->handlerRuns);
    const auto ledger = send->handlerRuns == 0 ? neither(runs) : yes(runs);
    m_ledger->setToolTip(send->effects.isEmpty() ? ledger : QString::fromUtf8(send->effects.join("\n")));
    m_ledger->say(ledger, behindTheBack ? Chip::Look::Preflight : Chip::Look::Neutral);
}

void VerdictBar::showNothing()
{
    m_sign = m_running ? Sign::Running : Sign::None;
    setLamps(nullptr);
    if (!m_question.isEmpty())
        say(m_question);
    else if (m_running)
        say(tr("Running. The verdict comes with the last step."));
    else
        say(tr("Nothing sent yet. Press Send to see whether the page may read the response, and why."));
}

/// The scenario as it is cannot be run, so there is no verdict on it; the one from before is not repeated as if it were.
void VerdictBar::showRefusal()
{
    m_sign = Sign::None;
    setLamps(nullptr);
    const auto why = tr("No verdict: the scenario cannot run like this. The reason is %1.").arg(m_cursor.standing().sentence);
    say(m_cursor.isEmpty() ? why : tr("%1 The exchange below is from before this change.").arg(why));
}

void VerdictBar::showSend(const SendOutcome& send, int action)
{
    m_sign = send.allowed() ? Sign::Allowed : Sign::Blocked;
    m_goal = send.blocked && send.blockedStep < m_cursor.trace()->size() ? send.blockedStep : -1;
    setLamps(&send);
    auto sentence = explain::verdictSentence(*m_cursor.trace(), action);
    const auto step = tr("step %1").arg(m_cursor.landmarkNumber(m_goal));
    // Every blocking has its place, also where the sentence has none.
    if (m_goal >= 0 && !sentence.contains(step)) {
        const int end = verdicttext::firstSentenceEnd(sentence);
        if (end > 0)
            sentence.insert(sentence[end - 1].isPunct() ? end - 1 : end, QStringLiteral(" (%1)").arg(step));
    }
    say(sentence);
}

void VerdictBar::showCompare(const CompareOutcome& compare, int action)
{
    m_sign = Sign::Compared;
    setLamps(nullptr);
    say(explain::verdictSentence(*m_cursor.trace(), action));
    const auto theme = Theme::of(*this);
    auto html = m_sentence.isEmpty() ? QString() : QString(QStringLiteral("<b>") + m_sentence.toHtmlEscaped() + QStringLiteral("</b>"));
    html += QStringLiteral("<table cellspacing='0' cellpadding='1'>");
    QStringList words;
    for (const auto& pair : compare.pairs) {
        const auto a = QString::fromUtf8(pair.a);
        const auto b = QString::fromUtf8(pair.b);
        QStringList parts;
        for (const auto& part : pair.differing)
            parts.append(part == "scheme" ? tr("scheme") : part == "host" ? tr("host") : part == "port"
                             ? tr("port") : QString::fromUtf8(part));
        const auto verdict = pair.sameOrigin ? tr("✓ same origin")
            : parts.isEmpty() ? tr("✗ cross-origin")
                              : tr("✗ cross-origin: other %1").arg(parts.join(tr(" and ")));
        html += QStringLiteral("<tr><td>%1</td><td>&nbsp;%2&nbsp;</td><td>%3</td><td>&nbsp;&nbsp;&nbsp;"
                               "<span style='color:%4; font-weight:600'>%5</span></td></tr>")
                    .arg(a.toHtmlEscaped(), pair.sameOrigin ? QStringLiteral("=") : QStringLiteral("≠"), b.toHtmlEscaped(),
                         (pair.sameOrigin ? theme.allow : theme.block).text.name(), verdict.toHtmlEscaped());
        words.append(a + QStringLiteral(", ") + b + QStringLiteral(": ") + verdict);
    }
    html += QStringLiteral("</table>");
    m_table = html;
    m_sentence = (QStringList(m_sentence) + words).join(QStringLiteral("\n")).trimmed();
    setAccessibleDescription(m_sentence);
    m_text->setToolTip({});
    fitText();
}

void VerdictBar::refresh()
{
    const auto& trace = *m_cursor.trace();
    const int action = m_cursor.action();
    const bool done = action >= 0 && action < int(trace.outcomes.size());
    const bool several = trace.outcomes.size() > 1;
    m_action = action;
    m_goal = -1;
    if (m_cursor.standing().validity == TraceStanding::Validity::Refused && !m_running) {
        showRefusal();
    } else if (!done) {
        showNothing();
    } else if (const auto* send = std::get_if<SendOutcome>(&trace.outcomes[size_t(action)])) {
        showSend(*send, action);
    } else if (const auto* compare = std::get_if<CompareOutcome>(&trace.outcomes[size_t(action)])) {
        showCompare(*compare, action);
    } else {
        m_sign = Sign::None;
        setLamps(nullptr);
        const auto words = explain::verdictSentence(trace, action);
        say(words.isEmpty() ? tr("This action sends nothing, so there is nothing to decide.") : words);
    }
    m_head->say(done && several ? tr("action %1 of %2").arg(action + 1).arg(trace.outcomes.size()) : QString(),
                Chip::Look::Accent);
    m_unmet->say(done && !m_unmetSentences.isEmpty() ? tr("≠ expected otherwise") : QString(), Chip::Look::Preflight);
    m_unmet->setToolTip(m_unmetSentences.join(QLatin1Char('\n')));
    m_mark->setCursor(m_goal >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_mark->setToolTip(m_goal >= 0 ? tr("Go to the step that blocked") : QString());
    m_lamps->arrange();
    setLook(*this, "look", m_sign == Sign::Allowed ? QStringLiteral("allow")
                         : m_sign == Sign::Blocked ? QStringLiteral("block")
                         : m_sign == Sign::Running ? QStringLiteral("accent") : QString());
    updateGeometry();
    update();
}

void VerdictBar::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    if (m_mark->isHidden())
        return;
    const auto theme = Theme::of(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto rect = QRectF(m_mark->geometry());
    const auto disc = rect.adjusted(2, 2, -2, -2);
    const auto at = [&](double x, double y) {
        return QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    };
    QPainterPath path;
    const auto stroke = [&](const QColor& color) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, rect.width() * 0.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
    };
    painter.setPen(Qt::NoPen);
    switch (m_sign) {
    case Sign::Blocked:
        painter.setBrush(theme.block.line);
        painter.drawEllipse(disc);
        path.moveTo(at(0.34, 0.34));
        path.lineTo(at(0.66, 0.66));
        path.moveTo(at(0.66, 0.34));
        path.lineTo(at(0.34, 0.66));
        stroke(theme.block.fill);
        break;
    case Sign::Allowed:
        painter.setBrush(theme.allow.line);
        painter.drawEllipse(disc);
        path.moveTo(at(0.3, 0.53));
        path.lineTo(at(0.44, 0.67));
        path.lineTo(at(0.71, 0.36));
        stroke(theme.allow.fill);
        break;
    case Sign::Running:
        for (const double x : {0.24, 0.5, 0.76}) {
            painter.setBrush(theme.chosen.line);
            painter.drawEllipse(at(x, 0.5), rect.width() * 0.09, rect.width() * 0.09);
        }
        break;
    case Sign::Compared:
        path.moveTo(at(0.2, 0.4));
        path.lineTo(at(0.8, 0.4));
        path.moveTo(at(0.2, 0.64));
        path.lineTo(at(0.8, 0.64));
        stroke(theme.muted);
        break;
    case Sign::None:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.fieldBorder, 2, Qt::DotLine));
        painter.drawEllipse(disc);
        break;
    }
}

void VerdictBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace corscope

#include "ui/verdict/VerdictBar.h"

#include "core/explain/Explain.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Chip.h"
#include "ui/theme/Theme.h"
#include "ui/verdict/LampRow.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace corscope {

/// Where the first sentence ends: at a full stop, question or exclamation mark before a space and a capital.
static int firstSentenceEnd(const QString& text)
{
    for (int i = 0; i + 2 < text.size(); ++i)
        if (QStringLiteral(".!?").contains(text[i]) && text[i + 1].isSpace() && !text[i + 2].isLower())
            return i + 1;
    return int(text.size());
}

VerdictBar::VerdictBar(TraceCursor& cursor, QWidget* parent) : QFrame(parent), m_cursor(cursor)
{
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Verdict"));
    const int em = fontMetrics().height();
    m_mark = new QWidget;
    m_mark->setFixedSize(em * 2, em * 2);
    m_head = new Chip;
    m_preflight = new Chip;
    m_request = new Chip;
    m_response = new Chip;
    m_ledger = new Chip;
    m_preflight->setObjectName(QStringLiteral("preflightLamp"));
    m_request->setObjectName(QStringLiteral("requestLamp"));
    m_response->setObjectName(QStringLiteral("responseLamp"));
    m_ledger->setObjectName(QStringLiteral("ledgerLamp"));
    m_text = new QLabel;
    m_text->setObjectName(QStringLiteral("verdictText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFocusPolicy(Qt::ClickFocus);

    m_lamps = new LampRow({m_head, m_preflight, m_request, m_response, m_ledger});
    auto* column = new QVBoxLayout;
    column->setSpacing(em / 4);
    column->addWidget(m_lamps);
    column->addWidget(m_text);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(em * 2 / 3, em / 2, em * 2 / 3, em / 2);
    m_row->setSpacing(em * 2 / 3);
    m_row->addWidget(m_mark, 0, Qt::AlignVCenter);
    m_row->addLayout(column, 1);
    auto policy = sizePolicy();
    policy.setVerticalPolicy(QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    connect(&cursor, &TraceCursor::traceChanged, this, &VerdictBar::refresh);
    connect(&cursor, &TraceCursor::cursorChanged, this, &VerdictBar::refresh);
    refresh();
}

int VerdictBar::heightForWidth(int width) const
{
    return layout()->heightForWidth(width);
}

void VerdictBar::setCorner(QWidget* widget)
{
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
    const int end = firstSentenceEnd(text);
    const auto theme = Theme::of(*this);
    const auto color = m_sign == Sign::Blocked ? theme.block.text
        : m_sign == Sign::Allowed              ? theme.allow.text
                                               : theme.text;
    m_text->setText(QStringLiteral("<b style='color:%1'>%2</b>%3").arg(color.name(), text.left(end).toHtmlEscaped(),
                                                                     text.mid(end).toHtmlEscaped()));
    setAccessibleDescription(text);
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

void VerdictBar::showSend(const SendOutcome& send, int action)
{
    m_sign = send.allowed() ? Sign::Allowed : Sign::Blocked;
    setLamps(&send);
    say(explain::verdictSentence(*m_cursor.trace(), action));
}

void VerdictBar::showCompare(const CompareOutcome& compare, int action)
{
    m_sign = Sign::Compared;
    setLamps(nullptr);
    say(explain::verdictSentence(*m_cursor.trace(), action));
    const auto theme = Theme::of(*this);
    auto html = m_sentence.isEmpty() ? QString() : m_text->text();
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
    m_text->setText(html);
    m_sentence = (QStringList(m_sentence) + words).join(QStringLiteral("\n")).trimmed();
    setAccessibleDescription(m_sentence);
}

void VerdictBar::refresh()
{
    const auto& trace = *m_cursor.trace();
    const int action = m_cursor.action();
    const bool done = action >= 0 && action < int(trace.outcomes.size());
    const bool several = trace.outcomes.size() > 1;
    if (!done) {
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

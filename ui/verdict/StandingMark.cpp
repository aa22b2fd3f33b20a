#include "ui/verdict/StandingMark.h"

#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QPainter>

namespace corscope {

using Validity = TraceStanding::Validity;

StandingMark::StandingMark(TraceCursor& cursor, Words words, QWidget* parent)
    : Chip(parent), m_cursor(cursor), m_words(words)
{
    connect(&cursor, &TraceCursor::standingChanged, this, &StandingMark::refresh);
    connect(&cursor, &TraceCursor::traceChanged, this, &StandingMark::refresh);
    connect(&cursor, &TraceCursor::traceGrew, this, &StandingMark::refresh);
    refresh();
}

namespace {

/// Lies over a view and lets through half of its light, and every click.
class Veil : public QWidget
{
public:
    explicit Veil(QWidget& view) : QWidget(&view)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        view.installEventFilter(this);
        hide();
    }
    void lie(bool there)
    {
        setGeometry(parentWidget()->rect());
        setVisible(there);
        raise();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize)
            setGeometry(parentWidget()->rect());
        return QWidget::eventFilter(watched, event);
    }
    void paintEvent(QPaintEvent*) override
    {
        auto colour = Theme::of(*this).panel;
        colour.setAlphaF(0.55F);
        QPainter(this).fillRect(rect(), colour);
    }
};

} // namespace

void StandingMark::veil(QWidget& view, TraceCursor& cursor)
{
    auto* veil = new Veil(view);
    connect(&cursor, &TraceCursor::standingChanged, veil, [veil, &cursor] {
        veil->lie(cursor.standing().validity == Validity::Refused && !cursor.isEmpty());
    });
}

void StandingMark::refresh()
{
    const auto& standing = m_cursor.standing();
    QString text;
    QString why;
    auto look = Look::Accent;
    if (standing.validity == Validity::Refused) {
        text = m_cursor.isEmpty() ? tr("no preview") : tr("before this change");
        why = standing.sentence;
        look = Look::Preflight;
    } else if (standing.validity == Validity::Computing) {
        text = tr("updating…");
        look = Look::Preflight;
    } else if (standing.isPreview() && !m_cursor.isEmpty()) {
        text = m_words == Words::Whole ? tr("preview: what Send would do") : tr("preview");
        why = tr("Worked out after your change. Nothing was sent: Send does it over the wire.");
    }
    if (!standing.unread.isEmpty() && standing.validity == Validity::Current && !m_cursor.isEmpty()) {
        if (m_words == Words::Whole)
            text = text.isEmpty() ? tr("mistake left out") : tr("preview, mistake left out");
        why = tr("What is shown is without the text that cannot be read. %1").arg(standing.unread);
        look = Look::Preflight;
    }
    if (text == this->text() && why == toolTip())
        return;
    setToolTip(why);
    setAccessibleName(text);
    setAccessibleDescription(why);
    say(text, look);
    Q_EMIT changed();
}

} // namespace corscope

#include "ui/verdict/StandingMark.h"

#include "ui/session/TraceCursor.h"

#include <QGraphicsOpacityEffect>

namespace corscope {

using Validity = TraceStanding::Validity;

StandingMark::StandingMark(TraceCursor& cursor, QWidget* parent) : Chip(parent), m_cursor(cursor)
{
    connect(&cursor, &TraceCursor::standingChanged, this, &StandingMark::refresh);
    connect(&cursor, &TraceCursor::traceChanged, this, &StandingMark::refresh);
    refresh();
}

void StandingMark::fade(QWidget& view, TraceCursor& cursor)
{
    auto* effect = new QGraphicsOpacityEffect(&view);
    effect->setOpacity(0.45);
    effect->setEnabled(false);
    view.setGraphicsEffect(effect);
    connect(&cursor, &TraceCursor::standingChanged, effect, [effect, &cursor] {
        effect->setEnabled(cursor.standing().validity == Validity::Refused);
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
        text = tr("preview");
        why = tr("Worked out after your change. Nothing was sent: Send does it over the wire.");
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

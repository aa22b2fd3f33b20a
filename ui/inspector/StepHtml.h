#pragma once

#include "core/trace/Trace.h"
#include "ui/theme/Theme.h"

#include <QString>

namespace corscope {

/// A step of a trace as rich text, piece by piece, in the colours of a theme.
class StepHtml
{
public:
    StepHtml(const Trace& trace, const Theme& theme, const QFont& font);

    /// The rule, what it looked at, what followed, and what would have.
    QString rule(const Step& step) const;
    /// Start line, headers and body of the step's message, and what changed; empty where there is neither.
    QString messageAndChanges(const Step& step) const;

private:
    QString inputs(const Step& step) const;
    QString inputValue(std::optional<QByteArrayView> value) const;
    QString message(const Step& step) const;
    QString changes(const Step& step) const;
    QString difference(const StateTable& now, const StateTable& then) const;
    QString heading(const QString& text) const;
    QString mono(const QString& html) const;
    QString tinted(const QString& text, const Theme::Tone& tone, bool strong = false) const;

    const Trace& m_trace;
    Theme m_theme;
    QString m_mono;
};

} // namespace corscope

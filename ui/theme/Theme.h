#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QPalette>
#include <QString>

class QApplication;
class QFontMetricsF;
class QWidget;

namespace corscope {

/// Colours by role, fonts and spacing: the one place that knows what the program looks like. A theme is put on once for
/// the whole program (apply), as palette, font and style (Style); a widget that paints itself asks for it (of).
///
/// The style knows these looks, set as dynamic properties:
///  * role: card, card-heading, card-title, bar, badge, banner, chip, chip-remove, input, inner, note, quiet,
///    code-view, segment (with place: first, middle, last), primary (a button), muted (a label)
///  * look, for badges and cards: allow (or good), block (or bad), preflight (or warning), accent, neutral
///  * invalid: true for a field whose text is refused
struct Theme
{
    enum class Kind { Light, Dark, HighContrast };
    /// A tint to fill with, a line around it, and text that is readable on the tint, on a panel and on the window.
    struct Tone
    {
        QColor fill;
        QColor line;
        QColor text;
    };

    Kind kind = Kind::Light;
    QColor window;      ///< behind the panels
    QColor panel;
    QColor heading;     ///< behind a panel's title
    QColor field;       ///< behind what can be typed
    QColor border;
    QColor fieldBorder; ///< of what can be operated: 3:1 against field and panel
    QColor text;
    QColor muted;       ///< second to text, still readable
    QColor accent;      ///< fill of what is chosen or to be pressed
    QColor onAccent;
    QColor lifeline;
    QColor ghost;       ///< what never happened: line and text
    QColor focus;
    Tone page;          ///< the page's and the browser's side
    Tone browser;
    Tone server;
    Tone allow;
    Tone block;
    Tone preflight;
    Tone neutral;
    Tone chosen;        ///< of a selection

    static Theme light();
    static Theme dark();
    static Theme highContrast();
    static Theme named(Kind kind);
    /// The theme that is put on.
    static Theme of(const QWidget& widget);

    /// Sans and fixed fonts of the system, or the first that is there of a list of common ones.
    static QFont textFont(int textSize = 100);
    static QFont fixedFont();
    /// The fixed font in the size of another one.
    static QFont fixedLike(const QFont& font);

    QPalette palette() const;
    /// \param textSize in per cent of the usual one.
    void apply(QApplication& application, int textSize = 100) const;

    /// Every pair of text and what it stands on, with the pair's name: what must be readable.
    struct TextPair
    {
        QString name;
        QColor text;
        QColor background;
    };
    QList<TextPair> textPairs() const;
    /// WCAG 2 contrast ratio, 1 to 21.
    static double contrast(const QColor& a, const QColor& b);
};

} // namespace corscope

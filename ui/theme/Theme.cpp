#include "ui/theme/Theme.h"

#include "ui/theme/Style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace corscope {

Theme Theme::light()
{
    Theme t;
    t.kind = Kind::Light;
    t.window = 0xedf1f6u;
    t.panel = 0xffffffu;
    t.heading = 0xf7f9fbu;
    t.field = 0xffffffu;
    t.border = 0xd5dce5u;
    t.fieldBorder = 0x8592a3u;
    t.text = 0x17202cu;
    t.muted = 0x556274u;
    t.accent = 0x2259d6u;
    t.onAccent = 0xffffffu;
    t.lifeline = 0xb4bfccu;
    t.ghost = 0x627083u;
    t.focus = 0x2259d6u;
    t.page = {0xdfe9fdu, 0x2b62ddu, 0x1c49b4u};
    t.browser = {0xdfe9fdu, 0x2b62ddu, 0x1c49b4u};
    t.server = {0xe2f4e8u, 0x2d8a54u, 0x17603au};
    t.allow = {0xdcf5e3u, 0x2d8a54u, 0x14602fu};
    t.block = {0xfde3e2u, 0xb4231bu, 0xa11a14u};
    t.preflight = {0xfef5e1u, 0xc8860du, 0x7d4b02u};
    t.neutral = {0xe8ecf1u, 0x8592a3u, 0x48566au};
    t.chosen = {0xdfe9fdu, 0x2259d6u, 0x1c49b4u};
    return t;
}

Theme Theme::dark()
{
    Theme t;
    t.kind = Kind::Dark;
    t.window = 0x10161eu;
    t.panel = 0x19212cu;
    t.heading = 0x1f2835u;
    t.field = 0x141b25u;
    t.border = 0x2e3a4au;
    t.fieldBorder = 0x6d7c90u;
    t.text = 0xe6ebf2u;
    t.muted = 0x9fadbfu;
    t.accent = 0x2f66ddu;
    t.onAccent = 0xffffffu;
    t.lifeline = 0x46546au;
    t.ghost = 0x8b99acu;
    t.focus = 0x7fa6ffu;
    t.page = {0x1d2f52u, 0x6d9bffu, 0xa9c5ffu};
    t.browser = {0x1d2f52u, 0x6d9bffu, 0xa9c5ffu};
    t.server = {0x173527u, 0x4dbb7eu, 0x95ddb3u};
    t.allow = {0x153524u, 0x4dbb7eu, 0x8fe0b0u};
    t.block = {0x431b1fu, 0xf0716bu, 0xffaaa5u};
    t.preflight = {0x33280fu, 0xd9a038u, 0xf3c877u};
    t.neutral = {0x2a3544u, 0x6d7c90u, 0xbac6d5u};
    t.chosen = {0x1d2f52u, 0x6d9bffu, 0xa9c5ffu};
    return t;
}

Theme Theme::highContrast()
{
    Theme t;
    t.kind = Kind::HighContrast;
    t.window = 0x000000u;
    t.panel = 0x000000u;
    t.heading = 0x000000u;
    t.field = 0x000000u;
    t.border = 0xffffffu;
    t.fieldBorder = 0xffffffu;
    t.text = 0xffffffu;
    t.muted = 0xe0e0e0u;
    t.accent = 0xffe100u;
    t.onAccent = 0x000000u;
    t.lifeline = 0xc0c0c0u;
    t.ghost = 0xc0c0c0u;
    t.focus = 0xffe100u;
    t.page = {0x001a4du, 0x8ab4ffu, 0xffffffu};
    t.browser = t.page;
    t.server = {0x00301au, 0x5dffa0u, 0xffffffu};
    t.allow = {0x00301au, 0x5dffa0u, 0x9dffc4u};
    t.block = {0x4d0008u, 0xff8a8au, 0xffd0d0u};
    t.preflight = {0x332600u, 0xffcf40u, 0xffe59au};
    t.neutral = {0x202020u, 0xffffffu, 0xffffffu};
    t.chosen = {0x333300u, 0xffe100u, 0xffe100u};
    return t;
}

Theme Theme::named(Kind kind)
{
    return kind == Kind::Dark ? dark() : kind == Kind::HighContrast ? highContrast() : light();
}

Theme Theme::of(const QWidget& widget)
{
    // NB: the style changes the palette of the widgets it polishes, but never this role: it names the theme.
    const auto name = widget.palette().color(QPalette::BrightText);
    for (const auto kind : {Kind::Light, Kind::Dark, Kind::HighContrast})
        if (named(kind).block.line == name)
            return named(kind);
    return widget.palette().color(QPalette::WindowText).lightness() > 128 ? dark() : light();
}

/// The system's font, or else the first of those that is there.
static QFont firstThere(QFont font, const QStringList& families)
{
    const auto installed = QFontDatabase::families(); // NB: asking for one by one resolves aliases, which takes its time
    // NB: one family, not several: Qt then looks for what stands in for missing letters when a letter is missing, and not
    // for each size and weight beforehand.
    for (const auto& family : QStringList(font.families().value(0)) + families)
        if (installed.contains(family, Qt::CaseInsensitive)) {
            font.setFamilies({family});
            break;
        }
    font.setPointSizeF(10);
    return font;
}

QFont Theme::textFont(int textSize)
{
    static const auto usual = [] {
        auto font = firstThere(QFontDatabase::systemFont(QFontDatabase::GeneralFont),
                               {QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                                QStringLiteral("Liberation Sans"), QStringLiteral("FreeSans")});
        font.setStyleHint(QFont::SansSerif);
        return font;
    }();
    auto font = usual;
    font.setPointSizeF(font.pointSizeF() * textSize / 100);
    return font;
}

QFont Theme::fixedFont()
{
    static const auto usual = [] {
        auto font = firstThere(QFontDatabase::systemFont(QFontDatabase::FixedFont),
                               {QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono"),
                                QStringLiteral("Liberation Mono"), QStringLiteral("FreeMono")});
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        return font;
    }();
    return usual;
}

QFont Theme::fixedLike(const QFont& font)
{
    auto fixed = fixedFont();
    if (font.pixelSize() > 0)
        fixed.setPixelSize(font.pixelSize());
    else
        fixed.setPointSizeF(font.pointSizeF());
    return fixed;
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, field);
    p.setColor(QPalette::AlternateBase, heading);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::Button, panel);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::ToolTipBase, heading);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, chosen.text);
    p.setColor(QPalette::LinkVisited, chosen.text);
    p.setColor(QPalette::Light, panel);
    p.setColor(QPalette::Midlight, border);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, fieldBorder);
    p.setColor(QPalette::Shadow, border);
    p.setColor(QPalette::BrightText, block.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, ghost);
    p.setColor(QPalette::Disabled, QPalette::Highlight, border);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, text);
    return p;
}

void Theme::apply(QApplication& application, int textSize) const
{
    const auto font = textFont(textSize);
    if (application.font() != font)
        application.setFont(font);
    auto whole = palette();
    application.setPalette(whole);
    // NB: by class, since a palette that a widget gets for itself is handed down to all below it.
    whole.setColor(QPalette::Base, Qt::transparent); // their box is below
    for (const auto* text : {"QPlainTextEdit", "QTextBrowser"})
        QApplication::setPalette(whole, text);
    whole.setColor(QPalette::Base, panel);
    whole.setColor(QPalette::Highlight, chosen.fill);
    whole.setColor(QPalette::HighlightedText, chosen.text);
    QApplication::setPalette(whole, "QAbstractItemView");
    whole = palette();
    whole.setColor(QPalette::Window, panel);
    for (const auto* bar : {"QStatusBar", "QMenuBar"})
        QApplication::setPalette(whole, bar);
    application.setStyle(new Style(*this, font));
}

QList<Theme::TextPair> Theme::textPairs() const
{
    QList<TextPair> pairs;
    const auto add = [&](const char* name, const QColor& color, const QColor& background) {
        pairs.append({QString::fromLatin1(name), color, background});
    };
    for (const auto& background : {window, panel, heading, field}) {
        add("text", text, background);
        add("muted", muted, background);
    }
    add("ghost on panel", ghost, panel);
    add("ghost on preflight", ghost, preflight.fill);
    add("text on preflight", text, preflight.fill);
    add("muted on preflight", muted, preflight.fill);
    add("accent", onAccent, accent);
    const std::pair<const char*, Tone> tones[] = {{"page", page}, {"browser", browser}, {"server", server},
        {"allow", allow}, {"block", block}, {"preflight", preflight}, {"neutral", neutral}, {"chosen", chosen}};
    for (const auto& [name, tone] : tones) {
        add(name, tone.text, tone.fill);
        add(name, tone.text, panel);
        add(name, tone.text, heading);
        add(name, text, tone.fill);
        add(name, muted, tone.fill);
    }
    add("block on preflight", block.text, preflight.fill);
    add("allow on preflight", allow.text, preflight.fill);
    return pairs;
}

static double luminance(const QColor& color)
{
    const auto channel = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

double Theme::contrast(const QColor& a, const QColor& b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

} // namespace corscope

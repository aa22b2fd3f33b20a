#include "ui/theme/Theme.h"

#include <QFontMetricsF>

namespace corscope {

/// One stylesheet for everything; @names stand for colours and lengths of the theme.
static const char* const source = R"(
* { selection-background-color: @accent; selection-color: @onAccent; }
QToolTip { background: @heading; color: @text; border: 1px solid @border; padding: @quarter; }
QFrame[role="card"] { background: @panel; border: 1px solid @border; border-radius: @radius; }
[role="card-heading"] { background: @heading; border-bottom: 1px solid @border;
    border-top-left-radius: @inner; border-top-right-radius: @inner; }
[role="card-body"] { background: transparent; }
QLabel[role="card-title"] { font-weight: 600; }
QLabel[role="muted"], QLabel[role="note"] { color: @muted; }
[role="note"][invalid="true"] { color: @blockText; }
[role="bar"] { background: @panel; border-bottom: 1px solid @border; }
[role="rail"] { background: #1d2733; }
[role="rail"] QToolButton { color: #e6ebf2; border: none; border-radius: @inner; padding: @third; }
[role="rail"] QToolButton:hover { background: #2b3747; }
[role="rail"] QToolButton:checked { background: @railOn; color: #ffffff; }
[role="rail"] QToolButton:focus { border: 1px solid #ffffff; }

[role="badge"], [role="chip"] { background: @neutralFill; color: @neutralText; border: 1px solid @chipLine;
    border-radius: @chip; padding: @hair @chipPad; }
[role="chip"] { border-radius: @inner; padding: 0px @third; }
[role="chip"] QLabel { color: @text; background: transparent; }
[role="badge"][look="allow"], [role="badge"][look="good"] { background: @allowFill; color: @allowText; }
[role="badge"][look="block"], [role="badge"][look="bad"] { background: @blockFill; color: @blockText; }
[role="badge"][look="preflight"], [role="badge"][look="warning"] { background: @preflightFill; color: @preflightText; }
[role="badge"][look="accent"] { background: @chosenFill; color: @chosenText; }
[role="card"][look="allow"] { background: @allowFill; border: 1px solid @allowLine; }
[role="card"][look="block"] { background: @blockFill; border: 1px solid @blockLine; }
[role="card"][look="accent"] { background: @chosenFill; border: 1px solid @chosenLine; }
[role="card"][look="block"] [role="badge"][look="block"] { border: 1px solid @blockLine; }
[role="card"][look="allow"] [role="badge"][look="allow"] { border: 1px solid @allowLine; }

QPushButton, QToolButton { background: @panel; color: @text; border: 1px solid @fieldLine; border-radius: @inner;
    padding: @quarter @half; }
QToolButton { padding: @quarter; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @chosenFill; }
QPushButton:checked, QToolButton:checked { background: @chosenFill; color: @chosenText; border-color: @chosenLine; }
QPushButton:focus, QToolButton:focus { border: 1px solid @focus; outline: none; }
QPushButton:disabled, QToolButton:disabled { color: @ghost; border-color: @border; background: @panel; }
[role="primary"] { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
[role="primary"]:hover { background: @accentHover; }
[role="primary"]:focus { border: 2px solid @focusOnAccent; }
[role="primary"]:disabled { background: @neutralFill; color: @ghost; border-color: @border; }
[role="quiet"] { background: transparent; border: 1px solid transparent; color: @chosenText; }
[role="quiet"]:hover { background: @hover; }
[role="quiet"]:focus { border: 1px solid @focus; }
[role="quiet"]:disabled { background: transparent; border: 1px solid transparent; }
[role="chip-remove"] { background: transparent; border: 1px solid transparent; padding: 0px @hair; color: @muted; }
[role="chip-remove"]:hover { color: @blockText; background: @blockFill; }
[role="chip-remove"]:focus { border: 1px solid @focus; }
QPushButton[role="segment"] { border-radius: 0px; margin-left: -1px; padding: @quarter @half; }
QPushButton[role="segment"][place="first"] { border-top-left-radius: @inner; border-bottom-left-radius: @inner;
    margin-left: 0px; }
QPushButton[role="segment"][place="last"] { border-top-right-radius: @inner; border-bottom-right-radius: @inner; }
QPushButton[role="segment"]:checked { font-weight: 600; }

QLineEdit, QSpinBox, QComboBox, QFrame[role="input"], QPlainTextEdit { background: @field;
    border: 1px solid @fieldLine; border-radius: @inner; }
QLineEdit, QSpinBox { padding: @quarter @third; }
QComboBox { padding: @quarter @third; }
QComboBox::drop-down { border: none; width: @combo; }
QComboBox::down-arrow { image: url(:/theme/arrow-@arrow.svg); width: @arrowSize; height: @arrowSize; }
QComboBox QAbstractItemView { background: @field; color: @text; border: 1px solid @fieldLine; outline: none;
    selection-background-color: @chosenFill; selection-color: @chosenText; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus { border: 1px solid @focus; }
QLineEdit[role="inner"] { border: none; background: transparent; padding: 0px; }
[invalid="true"] { border: 1px solid @blockLine; }
QLabel[role="note"][invalid="true"] { border: none; }
QPlainTextEdit[role="code-edit"] { padding: @quarter; }
[role="banner"] { background: @neutralFill; color: @text; border: none; border-left: 3px solid @fieldLine;
    border-radius: 0px; padding: @quarter @third; }
[role="banner"][look="warning"] { background: @preflightFill; border-left-color: @preflightText; }
[role="stage-row"] { background: transparent; border: 1px solid transparent; border-radius: @inner; }
[role="stage-row"]:hover { background: @hover; }
[role="stage-row"][chosen="true"] { background: @chosenFill; border: 1px solid @chosenLine; }
[role="stage-row"][dragged="true"] { border: 1px dashed @chosenLine; }
QPushButton[role="chooser"] { text-align: left; }
[role="stage-name"] { background: transparent; border: 1px solid transparent; text-align: left; padding: @quarter @hair; }
[role="stage-name"]:hover, [role="stage-name"]:checked, [role="stage-name"]:pressed { background: transparent;
    border-color: transparent; color: @text; }
[role="stage-name"]:checked { font-weight: 600; color: @chosenText; }
[role="stage-name"]:focus { border: 1px solid @focus; }
[role="grip"] { color: @muted; }
[role="drop-line"] { background: @accent; border: none; }
QLabel[marked="true"] { background: @chosenFill; color: @chosenText; border-radius: @hair; }
QPlainTextEdit[role="code-view"], QTextBrowser { background: transparent; border: none; }
QTextBrowser { color: @text; }
QTextBrowser:focus, QPlainTextEdit[role="code-view"]:focus { border: none; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; padding: @quarter @half; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @chosenText; }

QTreeView, QListView, QTableView { background: @panel; color: @text; border: none; outline: none;
    alternate-background-color: @heading; }
QTreeView::item { padding: @hair 0px; border: none; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: @chosenFill;
    color: @chosenText; }
QTreeView::item:hover:!selected { background: @hover; }
QHeaderView::section { background: @heading; color: @muted; border: none; border-bottom: 1px solid @border;
    padding: @hair @third; }

QScrollArea, QAbstractScrollArea[role="plain"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: @scroll; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: @scroll; margin: 0px; }
QScrollBar::handle { background: @scrollHandle; border-radius: @scrollRadius; margin: 2px; }
QScrollBar::handle:vertical { min-height: @two; }
QScrollBar::handle:horizontal { min-width: @two; }
QScrollBar::handle:hover { background: @fieldLine; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter[role="lined"]::handle { background: @border; }
QSlider:horizontal { min-height: @knobRoom; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @panel; border: 2px solid @accent; width: @knob; height: @knob;
    margin: @knobMargin 0px; border-radius: @knobRadius; }
QSlider::handle:horizontal:focus { background: @accent; }
QSlider:disabled { }
QSlider::sub-page:horizontal:disabled { background: @border; }
QSlider::handle:horizontal:disabled { border-color: @border; }
QMenu { background: @panel; color: @text; border: 1px solid @border; padding: @hair; }
QMenu::item { padding: @quarter @one; border-radius: @inner; }
QMenu::item:selected { background: @chosenFill; color: @chosenText; }
QMenu::item:disabled { color: @ghost; }
QMenu::separator { height: 1px; background: @border; margin: @hair; }
QMenuBar { background: @panel; color: @text; }
QMenuBar::item:selected { background: @chosenFill; color: @chosenText; }
QStatusBar { background: @panel; color: @muted; }
QCheckBox { spacing: @third; }
QCheckBox::indicator { width: @tick; height: @tick; background: @field; border: 1px solid @fieldLine;
    border-radius: @hair; }
QCheckBox::indicator:checked { background: @tickFill; border: 1px solid @tickFill; image: url(:/theme/check.svg); }
QCheckBox::indicator:focus { border: 1px solid @focus; }
)";

QString Theme::styleSheet(const QFont& font) const
{
    const QFontMetricsF metrics(font);
    const double em = metrics.height();
    const auto px = [](double length) { return QString(QString::number(qRound(length)) + QStringLiteral("px")); };
    const double knob = em * 0.62;
    const bool plain = kind == Kind::HighContrast;
    const QList<std::pair<QString, QString>> names{
        {QStringLiteral("accentHover"), kind == Kind::Light ? accent.darker(112).name() : accent.lighter(112).name()},
        {QStringLiteral("onAccent"), onAccent.name()},
        {QStringLiteral("accent"), accent.name()},
        {QStringLiteral("allowFill"), allow.fill.name()},
        {QStringLiteral("allowLine"), plain ? allow.line.name() : QColor::fromRgbF(
            float(allow.line.redF() * 0.45 + allow.fill.redF() * 0.55),
            float(allow.line.greenF() * 0.45 + allow.fill.greenF() * 0.55),
            float(allow.line.blueF() * 0.45 + allow.fill.blueF() * 0.55)).name()},
        {QStringLiteral("allowText"), allow.text.name()},
        {QStringLiteral("blockFill"), block.fill.name()},
        {QStringLiteral("blockLine"), block.line.name()},
        {QStringLiteral("blockText"), block.text.name()},
        {QStringLiteral("arrowSize"), px(em * 0.6)},
        {QStringLiteral("arrow"), kind == Kind::Light ? QStringLiteral("light") : QStringLiteral("dark")},
        {QStringLiteral("border"), border.name()},
        {QStringLiteral("chipPad"), px(em * 0.42)},
        {QStringLiteral("chipLine"), plain ? border.name() : QStringLiteral("transparent")},
        {QStringLiteral("chip"), px(em * 0.58)},
        {QStringLiteral("chosenFill"), chosen.fill.name()},
        {QStringLiteral("chosenLine"), chosen.line.name()},
        {QStringLiteral("chosenText"), chosen.text.name()},
        {QStringLiteral("combo"), px(em * 1.1)},
        {QStringLiteral("fieldLine"), fieldBorder.name()},
        {QStringLiteral("field"), field.name()},
        {QStringLiteral("focusOnAccent"), text.name()},
        {QStringLiteral("focus"), focus.name()},
        {QStringLiteral("ghost"), ghost.name()},
        {QStringLiteral("hair"), px(em * 0.08)},
        {QStringLiteral("half"), px(em * 0.5)},
        {QStringLiteral("heading"), heading.name()},
        {QStringLiteral("hover"), kind == Kind::Light ? QStringLiteral("#f0f4fa") : heading.lighter(115).name()},
        {QStringLiteral("inner"), px(em * 0.3)},
        {QStringLiteral("knobMargin"), px(-(knob + 4 - 4) / 2)},
        {QStringLiteral("knobRadius"), px(knob / 2 + 2)},
        {QStringLiteral("knobRoom"), px(knob + 6)},
        {QStringLiteral("knob"), px(knob)},
        {QStringLiteral("muted"), muted.name()},
        {QStringLiteral("neutralFill"), neutral.fill.name()},
        {QStringLiteral("neutralText"), neutral.text.name()},
        {QStringLiteral("one"), px(em)},
        {QStringLiteral("panel"), panel.name()},
        {QStringLiteral("preflightFill"), preflight.fill.name()},
        {QStringLiteral("preflightText"), preflight.text.name()},
        {QStringLiteral("quarter"), px(em * 0.22)},
        {QStringLiteral("radius"), px(em * 0.4)},
        {QStringLiteral("railOn"), plain ? QStringLiteral("#3355aa") : accent.name()},
        {QStringLiteral("scrollHandle"), border.name()},
        {QStringLiteral("scrollRadius"), px(em * 0.18)},
        {QStringLiteral("scroll"), px(em * 0.6)},
        {QStringLiteral("text"), text.name()},
        {QStringLiteral("third"), px(em * 0.33)},
        {QStringLiteral("tickFill"), plain ? QStringLiteral("#3355aa") : accent.name()},
        {QStringLiteral("tick"), px(em * 0.75)},
        {QStringLiteral("two"), px(em * 2)},
    };
    auto sheet = QString::fromLatin1(source);
    // NB: longer names first where one begins with another ("accentHover" before "accent").
    for (const auto& [name, value] : names)
        sheet.replace(QLatin1Char('@') + name, value);
    return sheet;
}

} // namespace corscope

#include "ui/inspector/StateView.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace corscope {

StateView::StateView(QWidget* parent) : QPlainTextEdit(parent)
{
    setProperty("role", QStringLiteral("code-view"));
    const int em = fontMetrics().height();
    setFont(Theme::fixedLike(font()));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap); // columns would not stand below each other
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    document()->setDocumentMargin(em / 2.0);
}

void StateView::tell(const std::vector<StateLine>& lines)
{
    if (lines != m_lines)
        write(lines);
}

QTextCharFormat StateView::formatOf(StateLine::Kind kind, const Theme& theme) const
{
    using Kind = StateLine::Kind;
    QTextCharFormat format;
    if (kind == Kind::NewRow) {
        format.setForeground(theme.chosen.text);
        format.setBackground(theme.chosen.fill);
    } else if (kind != Kind::Row) {
        format.setForeground(kind == Kind::Title ? theme.text : theme.muted);
    }
    if (kind == Kind::Title) {
        format.setFontFamilies(Theme::textFont().families());
        format.setFontWeight(QFont::DemiBold);
    }
    return format;
}

/// Replaces what stands between the first and the last line that differ.
void StateView::write(const std::vector<StateLine>& lines)
{
    const auto theme = Theme::of(*this);
    const auto same = std::mismatch(m_lines.begin(), m_lines.end(), lines.begin(), lines.end());
    const auto from = same.first - m_lines.begin();
    const bool whole = from == 0;
    const auto after = std::mismatch(m_lines.rbegin(), std::make_reverse_iterator(same.first), lines.rbegin(),
                                     std::make_reverse_iterator(same.second));
    const auto oldEnd = whole ? qsizetype(m_lines.size()) : m_lines.rend() - after.first;
    const auto newEnd = whole ? qsizetype(lines.size()) : lines.rend() - after.second;
    const auto place = std::pair(verticalScrollBar()->value(), horizontalScrollBar()->value());

    // A line is taken with the break before it; the first one has none.
    const auto startOf = [&](qsizetype line) {
        const auto block = document()->findBlockByNumber(int(line));
        return line == 0 ? 0 : block.isValid() ? block.position() - 1 : document()->characterCount() - 1;
    };
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(startOf(from));
    cursor.setPosition(oldEnd == 0 ? 0 : startOf(oldEnd), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    for (auto i = from; i < newEnd; ++i) {
        const auto& line = lines[size_t(i)];
        const auto format = formatOf(line.kind, theme);
        if (i > 0)
            cursor.insertBlock({}, format);
        cursor.insertText(line.text, format);
    }
    cursor.endEditBlock();
    m_lines = lines;
    verticalScrollBar()->setValue(place.first);
    horizontalScrollBar()->setValue(place.second);
}

void StateView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) && !m_lines.empty()) {
        // In other colours, though it says the same.
        const auto lines = std::exchange(m_lines, {});
        clear();
        write(lines);
    }
}

} // namespace corscope

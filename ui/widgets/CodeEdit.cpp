#include "ui/widgets/CodeEdit.h"

#include "ui/theme/Theme.h"

#include <QKeyEvent>
#include <QTextBlock>

#include <utility>

namespace corscope {

CodeEdit::CodeEdit(Colours colours, QWidget* parent) : CodeText(QStringLiteral("code-edit"), colours, parent)
{
    setTabStopDistance(fontMetrics().horizontalAdvance(u' ') * 4);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_quiet || toPlainText() == m_shown)
            return; // NB: putting colours on counts as a change of text
        m_shown = toPlainText();
        updateGeometry();
        Q_EMIT edited(m_shown);
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (!m_quiet && hasFocus())
            Q_EMIT lineEntered(textCursor().blockNumber());
    });
}

void CodeEdit::setCode(const QString& code)
{
    if (code == toPlainText())
        return;
    const bool wasQuiet = std::exchange(m_quiet, true);
    const int position = textCursor().position();
    m_shown = code;
    m_redoable = false;
    setPlainText(code); // forgets what was typed
    auto cursor = textCursor();
    cursor.setPosition(qMin(position, int(code.size())));
    setTextCursor(cursor);
    m_quiet = wasQuiet;
    mark();
    updateGeometry();
}

void CodeEdit::markMistake(int line, const QString& text, int column)
{
    m_wrongLine = line;
    m_wrongText = text;
    m_wrongColumn = column;
    mark();
}

bool CodeEdit::undoesItself(const QKeyEvent& key) const
{
    if (key.matches(QKeySequence::Undo))
        return hasMistake() && document()->isUndoAvailable();
    return key.matches(QKeySequence::Redo) && m_redoable && document()->isRedoAvailable();
}

void CodeEdit::keyPressEvent(QKeyEvent* event)
{
    const bool own = undoesItself(*event);
    if (own && event->matches(QKeySequence::Undo)) {
        m_redoable = true;
        undo();
    } else if (own) {
        redo();
    } else if (!event->matches(QKeySequence::Undo) && !event->matches(QKeySequence::Redo)) {
        QPlainTextEdit::keyPressEvent(event);
    } else {
        event->ignore();
    }
}

void CodeEdit::setLines(int least, int most)
{
    m_least = least;
    m_most = most;
    updateGeometry();
}

void CodeEdit::mark()
{
    if (m_wrongLine != pointedLine())
        CodeText::mark();
    else
        setExtraSelections({});
    const auto block = document()->findBlockByNumber(m_wrongLine);
    if (m_wrongLine >= 0 && block.isValid()) {
        const auto theme = Theme::of(*this);
        auto selections = extraSelections();
        selections.append(wholeLine(m_wrongLine, theme.block.fill));
        const auto text = block.text();
        int start = m_wrongColumn >= 0 ? m_wrongColumn : m_wrongText.isEmpty() ? -1 : int(text.lastIndexOf(m_wrongText));
        int length = int(m_wrongText.size());
        for (int i = start; length == 0 && i >= 0 && i <= text.size(); ++i) // the word that begins there
            if (i == text.size() || (i > start && (text[i].isSpace() || text[i] == u';')))
                length = qMax(1, i - start);
        if (start < 0 || start >= text.size()) {
            start = 0;
            while (start < text.size() && text[start].isSpace())
                ++start;
            length = int(text.size()) - start;
        }
        QTextEdit::ExtraSelection wave;
        wave.cursor = QTextCursor(block);
        wave.cursor.setPosition(block.position() + start);
        wave.cursor.setPosition(qMin(block.position() + start + length, block.position() + int(text.size())),
                                QTextCursor::KeepAnchor);
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(theme.block.line);
        selections.append(wave);
        setExtraSelections(selections);
    }
}

void CodeEdit::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT entered();
}

QSize CodeEdit::sizeHint() const
{
    const int line = fontMetrics().lineSpacing();
    const auto margins = contentsMargins();
    const int chrome = int(document()->documentMargin()) * 2 + margins.top() + margins.bottom() + line / 2;
    return {fontMetrics().averageCharWidth() * 24, qBound(line * m_least, textHeight(), line * m_most) + chrome};
}

} // namespace corscope

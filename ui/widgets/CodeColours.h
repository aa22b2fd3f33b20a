#pragma once

#include <QSyntaxHighlighter>

namespace corscope {

/// Colours what JavaScript and Python share: strings, comments, words of the language. Enough for the short pieces of
/// code that the sandbox shows.
class CodeColours : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    CodeColours(const QWidget& view, QTextDocument* document) : QSyntaxHighlighter(document), m_view(view) {}

protected:
    void highlightBlock(const QString& text) override;

private:
    const QWidget& m_view; ///< whose theme the colours are of
};

} // namespace corscope

#include "core/backend/directives/CaddySyntax.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("CaddySyntax", text); }

struct Token
{
    enum Kind { Word, OpenBrace, CloseBrace, LineEnd, End };
    Kind kind = End;
    QByteArray text;
    int line = 1;
};

class Reader
{
public:
    explicit Reader(const QByteArray& text) : m_text(text) {}

    Result<std::vector<CaddyLine>> block(bool inner)
    {
        std::vector<CaddyLine> lines;
        for (;;) {
            auto token = next();
            if (!token)
                return token.error();
            if (token->kind == Token::LineEnd)
                continue;
            if (token->kind == Token::End || token->kind == Token::CloseBrace) {
                if ((token->kind == Token::CloseBrace) != inner)
                    return wrong(*token, inner ? tr("\"}\"") : tr("a directive"));
                return lines;
            }
            auto line = rest(*token);
            if (!line)
                return line.error();
            lines.push_back(std::move(*line));
        }
    }

private:
    Result<CaddyLine> rest(Token token)
    {
        CaddyLine line{{}, false, {}, token.line};
        for (;;) {
            switch (token.kind) {
            case Token::Word: line.words.append(token.text); break;
            case Token::LineEnd:
            case Token::End: return line;
            case Token::CloseBrace: return wrong(token, tr("the end of the line"));
            case Token::OpenBrace: {
                if (++m_depth > 32)
                    return wrong(token, tr("blocks within blocks, 32 deep at most"));
                auto inside = block(true);
                --m_depth;
                if (!inside)
                    return inside.error();
                line.hasBlock = true;
                line.block = std::move(*inside);
                return line;
            }
            }
            auto following = next();
            if (!following)
                return following.error();
            token = *following;
        }
    }

    Result<Token> next()
    {
        while (m_at < m_text.size() && m_text[m_at] != '\n' && ascii::isHttpWhitespace(m_text[m_at]))
            ++m_at;
        if (m_at >= m_text.size())
            return Token{Token::End, {}, m_line};
        if (m_text[m_at] == '\n') {
            ++m_at;
            return Token{Token::LineEnd, {}, m_line++};
        }
        if (m_text[m_at] == '#') {
            while (m_at < m_text.size() && m_text[m_at] != '\n')
                ++m_at;
            return next();
        }
        Token token{Token::Word, {}, m_line};
        const char first = m_text[m_at];
        if (first == '"' || first == '`') {
            ++m_at;
            while (m_at < m_text.size() && m_text[m_at] != first) {
                if (first == '"' && m_text[m_at] == '\\' && m_text.mid(m_at + 1, 1) == "\"")
                    ++m_at;
                m_line += m_text[m_at] == '\n';
                token.text += m_text[m_at++];
            }
            if (m_at >= m_text.size())
                return wrong({Token::End, {}, m_line}, tr("the closing %1").arg(QLatin1Char(first)));
            ++m_at;
            return token;
        }
        while (m_at < m_text.size() && !ascii::isHttpWhitespace(m_text[m_at]))
            token.text += m_text[m_at++];
        // Only a brace that stands alone opens or closes a block; in a word it belongs to a placeholder.
        if (token.text == "{")
            token.kind = Token::OpenBrace;
        else if (token.text == "}")
            token.kind = Token::CloseBrace;
        return token;
    }

    static InputError wrong(const Token& token, const QString& expected)
    {
        return {tr("line %1").arg(token.line), expected,
                token.kind == Token::End ? tr("the end of the text")
                                         : QStringLiteral("\"%1\"").arg(QString::fromUtf8(token.text))};
    }

    const QByteArray& m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_depth = 0;
};

} // namespace

Result<std::vector<CaddyLine>> parseCaddyfile(const QByteArray& text) { return Reader(text).block(false); }

} // namespace corscope

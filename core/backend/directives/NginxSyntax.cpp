#include "core/backend/directives/NginxSyntax.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <optional>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("NginxSyntax", text); }

struct Token
{
    enum Kind { Word, OpenBrace, CloseBrace, Semicolon, End };
    Kind kind = End;
    QByteArray text;
    int line = 1;
    int column = 1;
};

class Reader
{
public:
    explicit Reader(const QByteArray& text) : m_text(text) {}

    Result<std::vector<NginxDirective>> block(bool inner)
    {
        std::vector<NginxDirective> directives;
        for (;;) {
            auto token = next();
            if (!token)
                return token.error();
            if (token->kind == Token::End || token->kind == Token::CloseBrace) {
                if ((token->kind == Token::CloseBrace) != inner)
                    return wrong(*token, inner ? tr("\"}\"") : tr("a directive"));
                return directives;
            }
            if (token->kind != Token::Word)
                return wrong(*token, tr("the name of a directive"));
            auto directive = rest(*token);
            if (!directive)
                return directive.error();
            directives.push_back(std::move(*directive));
        }
    }

private:
    Result<NginxDirective> rest(const Token& name)
    {
        NginxDirective directive{name.text, {}, false, {}, name.line, name.column};
        for (;;) {
            auto token = next();
            if (!token)
                return token.error();
            switch (token->kind) {
            case Token::Word: directive.arguments.append(token->text); break;
            case Token::Semicolon: return directive;
            case Token::OpenBrace: {
                if (++m_depth > 32)
                    return wrong(*token, tr("blocks within blocks, 32 deep at most"));
                auto inside = block(true);
                --m_depth;
                if (!inside)
                    return inside.error();
                directive.hasBlock = true;
                directive.block = std::move(*inside);
                return directive;
            }
            case Token::CloseBrace:
            case Token::End:
                return wrong(*token, tr("\";\" after \"%1\"").arg(QString::fromUtf8(name.text)));
            }
        }
    }

    Result<Token> next()
    {
        skipBlanks();
        Token token{Token::Word, {}, m_line, m_column};
        if (m_at >= m_text.size())
            return Token{Token::End, {}, m_line, m_column};
        const char c = m_text[m_at];
        if (c == '{' || c == '}' || c == ';') {
            token.kind = c == '{' ? Token::OpenBrace : c == '}' ? Token::CloseBrace : Token::Semicolon;
            token.text = QByteArray(1, c);
            step();
            return token;
        }
        if (c == '"' || c == '\'') {
            step();
            while (m_at < m_text.size() && m_text[m_at] != c)
                token.text += character();
            if (m_at >= m_text.size())
                return wrong({Token::End, {}, m_line, m_column}, tr("the closing %1").arg(QLatin1Char(c)));
            step();
            return token;
        }
        while (m_at < m_text.size()) {
            const char d = m_text[m_at];
            const bool variable = d == '{' && token.text.endsWith('$');
            if (ascii::isHttpWhitespace(d) || d == ';' || (d == '{' && !variable))
                break;
            if (variable) {
                // ${name} is part of a word.
                while (m_at < m_text.size() && m_text[m_at] != '}')
                    token.text += character();
                if (m_at < m_text.size())
                    token.text += character();
                continue;
            }
            token.text += character();
        }
        return token;
    }

    /// One character, or what a backslash and the next one mean: only before quotes and backslashes, and in \t \r \n,
    /// does the backslash itself go.
    QByteArray character()
    {
        const char c = m_text[m_at];
        step();
        if (c != '\\' || m_at >= m_text.size())
            return QByteArray(1, c);
        const char escaped = m_text[m_at];
        step();
        switch (escaped) {
        case '"':
        case '\'':
        case '\\': return QByteArray(1, escaped);
        case 't': return "\t";
        case 'r': return "\r";
        case 'n': return "\n";
        default: return QByteArray(1, '\\') + escaped;
        }
    }

    void skipBlanks()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '#') {
                while (m_at < m_text.size() && m_text[m_at] != '\n')
                    step();
            } else if (ascii::isHttpWhitespace(m_text[m_at])) {
                step();
            } else {
                return;
            }
        }
    }

    void step()
    {
        const bool newLine = m_text[m_at++] == '\n';
        m_line += newLine;
        m_column = newLine ? 1 : m_column + 1;
    }

    static InputError wrong(const Token& token, const QString& expected)
    {
        return {placeInText(token.line, token.column), expected,
                token.kind == Token::End ? tr("the end of the text") : QStringLiteral("\"%1\"").arg(QString::fromUtf8(token.text))};
    }

    const QByteArray& m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_column = 1;
    int m_depth = 0;
};

} // namespace

QString placeInText(int line, int column) { return tr("line %1, column %2").arg(line).arg(column); }

Result<std::vector<NginxDirective>> parseNginx(const QByteArray& text) { return Reader(text).block(false); }

} // namespace corscope

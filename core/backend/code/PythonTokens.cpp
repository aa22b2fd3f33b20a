#include "core/backend/code/PythonCode.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope::python {

using code::linePlace;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

bool isNameStart(QChar c) { return c.isLetter() || c == QLatin1Char('_'); }

class Tokenizer
{
public:
    explicit Tokenizer(const QByteArray& code) : m_text(QString::fromUtf8(code)) {}

    Result<std::vector<Token>> run()
    {
        while (skipToToken()) {
            Token token;
            token.line = m_line;
            token.startsStatement = m_freshLine && m_depth == 0;
            m_freshLine = false;
            const auto start = m_at;
            if (isNameStart(peek()))
                while (isNameStart(peek()) || peek().isDigit())
                    ++m_at;
            const auto prefix = m_text.mid(start, m_at - start).toLower();
            if ((peek() == QLatin1Char('"') || peek() == QLatin1Char('\'')) && prefix.size() <= 2) {
                if (auto done = readString(token, prefix); !done)
                    return done.error();
            } else if (m_at > start) {
                token.kind = Token::Kind::Name;
            } else if (peek().isDigit()) {
                token.kind = Token::Kind::Number;
                while (peek().isLetterOrNumber() || peek() == QLatin1Char('_') || peek() == QLatin1Char('.'))
                    ++m_at;
            } else {
                token.kind = Token::Kind::Punctuation;
                const auto c = m_text[m_at++];
                if (QStringLiteral("([{").contains(c))
                    ++m_depth;
                else if (QStringLiteral(")]}").contains(c))
                    m_depth = std::max(0, m_depth - 1);
                else if ((c == QLatin1Char('*') || c == QLatin1Char('=')) && peek() == c)
                    ++m_at;
            }
            if (token.text.isEmpty())
                token.text = m_text.mid(start, m_at - start).toUtf8();
            m_tokens.push_back(token);
        }
        m_tokens.push_back({Token::Kind::End, {}, {}, {}, m_line, true});
        return std::move(m_tokens);
    }

private:
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    bool skipToToken()
    {
        while (m_at < m_text.size()) {
            const auto c = m_text[m_at];
            if (c == QLatin1Char('#')) {
                while (m_at < m_text.size() && m_text[m_at] != QLatin1Char('\n'))
                    ++m_at;
            } else if (c == QLatin1Char('\n')) {
                ++m_line;
                ++m_at;
                m_freshLine = true;
            } else if (c == QLatin1Char('\\') && peek(1) == QLatin1Char('\n')) {
                ++m_line;
                m_at += 2;
            } else if (c.isSpace() || c == QChar(0xfeff)) {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    Result<Done> readString(Token& token, const QString& prefix)
    {
        const auto start = m_at - prefix.size();
        const auto quote = peek();
        token.kind = Token::Kind::String;
        if (prefix.contains(QLatin1Char('f')) || prefix.contains(QLatin1Char('b')))
            return InputError{linePlace(token.line), tr("a plain string"), QString(prefix + quote)};
        const bool raw = prefix.contains(QLatin1Char('r'));
        const bool triple = peek(1) == quote && peek(2) == quote;
        m_at += triple ? 3 : 1;
        for (;;) {
            const auto c = peek();
            if (m_at >= m_text.size() || (c == QLatin1Char('\n') && !triple))
                return InputError{linePlace(token.line), tr("a string that ends"),
                                  m_text.mid(start, 20).section(QLatin1Char('\n'), 0, 0)};
            if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
                m_at += triple ? 3 : 1;
                break;
            }
            if (c == QLatin1Char('\n'))
                ++m_line;
            if (c == QLatin1Char('\\')) {
                if (raw) {
                    token.value += c;
                    token.value += peek(1);
                    m_at += 2;
                } else if (!readEscape(token)) {
                    return InputError{linePlace(token.line), tr("a complete escape"), m_text.mid(m_at, 4)};
                }
                continue;
            }
            token.value += c;
            ++m_at;
        }
        token.text = m_text.mid(start, m_at - start).toUtf8();
        return Done{};
    }

    bool readEscape(Token& token)
    {
        const auto c = peek(1);
        m_at += 2;
        const auto hex = [&](int digits) {
            const bool complete =
                m_at + digits <= m_text.size() && code::appendCharacter(token.value, m_text.mid(m_at, digits));
            m_at += digits;
            return complete;
        };
        switch (c.unicode()) {
        case 'n': token.value += QLatin1Char('\n'); return true;
        case 't': token.value += QLatin1Char('\t'); return true;
        case 'r': token.value += QLatin1Char('\r'); return true;
        case '0': token.value += QChar(0); return true;
        case 'a': token.value += QLatin1Char('\a'); return true;
        case 'b': token.value += QLatin1Char('\b'); return true;
        case 'f': token.value += QLatin1Char('\f'); return true;
        case 'v': token.value += QLatin1Char('\v'); return true;
        case 'x': return hex(2);
        case 'u': return hex(4);
        case 'U': return hex(8);
        case '\n': ++m_line; return true;
        case '\\':
        case '\'':
        case '"': token.value += c; return true;
        default: // Python leaves an escape that it does not know as it is
            token.value += QLatin1Char('\\');
            token.value += c;
            return true;
        }
    }

    QString m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_depth = 0;
    bool m_freshLine = true;
    std::vector<Token> m_tokens;
};

} // namespace

Result<std::vector<Token>> tokens(const QByteArray& code)
{
    auto normalised = code;
    normalised.replace("\r\n", "\n").replace('\r', '\n');
    return Tokenizer(normalised).run();
}

} // namespace corscope::python

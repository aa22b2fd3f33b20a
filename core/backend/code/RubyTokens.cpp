#include "core/backend/code/RubyCode.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace corscope::ruby {

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
            if (peek() == QLatin1Char('%') && QStringLiteral("wWiI").contains(peek(1)) && isOpening(peek(2))) {
                readWords(token.line);
                continue;
            }
            const auto start = m_at;
            if (const auto done = readToken(token); !done)
                return done.error();
            token.text = m_text.mid(start, m_at - start).toUtf8();
            m_tokens.push_back(token);
        }
        m_tokens.push_back({Token::Kind::End, {}, {}, {}, m_line, true});
        return std::move(m_tokens);
    }

private:
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }
    static bool isOpening(QChar c) { return QStringLiteral("[({<|!").contains(c) && !c.isNull(); }
    static QChar closing(QChar c)
    {
        const auto at = QStringLiteral("[({<").indexOf(c);
        return at < 0 ? c : QStringLiteral("])}>")[at];
    }

    bool skipToToken()
    {
        while (m_at < m_text.size()) {
            if (peek() == QLatin1Char('#')) {
                while (m_at < m_text.size() && peek() != QLatin1Char('\n'))
                    ++m_at;
            } else if (peek() == QLatin1Char('\n')) {
                ++m_line;
                ++m_at;
                m_freshLine = m_tokens.empty() || m_tokens.back().text != ",";
            } else if (peek() == QLatin1Char('\\') && peek(1) == QLatin1Char('\n')) {
                ++m_line;
                m_at += 2;
            } else if (peek().isSpace() || peek() == QChar(0xfeff)) {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    Result<Done> readToken(Token& token)
    {
        const auto c = peek();
        if (isNameStart(c)) {
            token.kind = Token::Kind::Name;
            while (isNameStart(peek()) || peek().isDigit())
                ++m_at;
            return Done{};
        }
        if (c.isDigit()) {
            token.kind = Token::Kind::Number;
            while (peek().isLetterOrNumber() || peek() == QLatin1Char('_'))
                ++m_at;
            return Done{};
        }
        if (c == QLatin1Char('"') || c == QLatin1Char('\'')) {
            ++m_at;
            token.kind = Token::Kind::String;
            return readString(token, c);
        }
        if (c == QLatin1Char(':') && isNameStart(peek(1))) {
            token.kind = Token::Kind::String;
            token.flags = ":";
            for (++m_at; isNameStart(peek()) || peek().isDigit(); ++m_at)
                token.value += peek();
            return Done{};
        }
        if (c == QLatin1Char('/') && valueMayStart()) {
            ++m_at;
            return readPattern(token, c, c);
        }
        if (c == QLatin1Char('%') && peek(1) == QLatin1Char('r') && isOpening(peek(2))) {
            const auto open = peek(2);
            m_at += 3;
            return readPattern(token, open, closing(open));
        }
        token.kind = Token::Kind::Punctuation;
        m_at += c == QLatin1Char('=') && (peek(1) == QLatin1Char('>') || peek(1) == QLatin1Char('=')) ? 2 : 1;
        if (QStringLiteral("([{").contains(c))
            ++m_depth;
        else if (QStringLiteral(")]}").contains(c))
            m_depth = std::max(0, m_depth - 1);
        // A block in braces holds statements.
        if (c == QLatin1Char('{') && !m_tokens.empty() && m_tokens.back().text == "allow")
            --m_depth;
        return Done{};
    }

    /// Whether a slash here begins a pattern, and does not divide.
    bool valueMayStart() const
    {
        if (m_tokens.empty())
            return true;
        const auto& last = m_tokens.back();
        return last.text == "origins"
            || (last.kind == Token::Kind::Punctuation && last.text != ")" && last.text != "]");
    }

    void readWords(int line)
    {
        const bool symbols = peek(1).toLower() == QLatin1Char('i');
        const auto end = m_text.indexOf(closing(peek(2)), m_at + 3);
        const auto words = m_text.mid(m_at + 3, (end < 0 ? m_text.size() : end) - m_at - 3);
        m_at = end < 0 ? m_text.size() : end + 1;
        m_line += int(words.count(QLatin1Char('\n')));
        const auto add = [&](Token::Kind kind, const QString& text) {
            m_tokens.push_back({kind, text.toUtf8(), kind == Token::Kind::String ? text : QString(),
                                kind == Token::Kind::String && symbols ? ":" : "", line});
        };
        add(Token::Kind::Punctuation, QStringLiteral("["));
        for (const auto& word : words.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts)) {
            add(Token::Kind::String, word);
            add(Token::Kind::Punctuation, QStringLiteral(","));
        }
        add(Token::Kind::Punctuation, QStringLiteral("]"));
    }

    Result<Done> readString(Token& token, QChar quote)
    {
        const bool isDouble = quote == QLatin1Char('"');
        const auto start = m_at - 1;
        while (peek() != quote) {
            if (m_at >= m_text.size() || peek() == QLatin1Char('\n'))
                return InputError{linePlace(token.line), tr("a string that ends"),
                                  m_text.mid(start, 20).section(QLatin1Char('\n'), 0, 0)};
            if (isDouble && peek() == QLatin1Char('#') && peek(1) == QLatin1Char('{'))
                return InputError{linePlace(token.line), tr("a plain string"), QStringLiteral("\"#{")};
            if (peek() != QLatin1Char('\\')) {
                token.value += m_text[m_at++];
                continue;
            }
            const auto c = peek(1);
            m_at += 2;
            if (!isDouble) { // only the quote and the backslash are escaped
                if (c != QLatin1Char('\'') && c != QLatin1Char('\\'))
                    token.value += QLatin1Char('\\');
                token.value += c;
            } else if (c == QLatin1Char('x') || c == QLatin1Char('u')) {
                const int digits = c == QLatin1Char('x') ? 2 : 4;
                if (!code::appendCharacter(token.value, m_text.mid(m_at, digits)))
                    return InputError{linePlace(token.line), tr("a complete escape"), m_text.mid(m_at - 2, 4)};
                m_at += digits;
            } else {
                const auto letter = QStringLiteral("nrt").indexOf(c);
                token.value += letter < 0 ? c : QStringLiteral("\n\r\t")[letter];
            }
        }
        ++m_at;
        return Done{};
    }

    Result<Done> readPattern(Token& token, QChar open, QChar close)
    {
        token.kind = Token::Kind::Pattern;
        const auto start = m_at;
        for (int depth = 1;; ++m_at) {
            if (m_at >= m_text.size())
                return InputError{linePlace(token.line), tr("a regular expression that ends"), m_text.mid(start, 20)};
            if (peek() == QLatin1Char('\\')) {
                if (peek(1) != QLatin1Char('/')) // "\/" is only how a slash is written
                    token.value += peek();
                ++m_at;
            } else if (open != close && peek() == open) {
                ++depth;
            } else if (peek() == close && --depth == 0) {
                break;
            }
            token.value += peek();
        }
        ++m_at;
        while (peek().isLetter())
            token.flags += m_text[m_at++].toLatin1();
        return Done{};
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

} // namespace corscope::ruby

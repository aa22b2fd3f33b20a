#include "core/backend/code/JavaScriptCode.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::javascript {

using code::linePlace;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

bool isNameStart(QChar c) { return c.isLetter() || c == QLatin1Char('_') || c == QLatin1Char('$'); }

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
            const auto c = peek();
            if (isNameStart(c)) {
                token.kind = Token::Kind::Name;
                while (isNameStart(peek()) || peek().isDigit())
                    ++m_at;
            } else if (c.isDigit()) {
                token.kind = Token::Kind::Number;
                while (peek().isLetterOrNumber() || peek() == QLatin1Char('_') || peek() == QLatin1Char('.'))
                    ++m_at;
            } else if (QStringLiteral("'\"`").contains(c)) {
                if (auto done = readString(token); !done)
                    return done.error();
            } else if (c == QLatin1Char('/') && valueMayStart()) {
                if (auto done = readPattern(token); !done)
                    return done.error();
            } else {
                readPunctuation(token);
            }
            token.text = m_text.mid(start, m_at - start).toUtf8();
            m_tokens.push_back(token);
        }
        m_tokens.push_back({Token::Kind::End, {}, {}, {}, m_line, true});
        return std::move(m_tokens);
    }

private:
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }
    bool isEnd() const { return m_at >= m_text.size(); }
    bool at(QLatin1String text) const { return QStringView(m_text).mid(m_at).startsWith(text); }

    InputError unfinished(int line, qsizetype start, const QString& expected) const
    {
        return {linePlace(line), expected, m_text.mid(start, 20).section(QLatin1Char('\n'), 0, 0)};
    }

    void nextLine()
    {
        ++m_line;
        m_freshLine = true;
    }

    bool skipToToken()
    {
        while (!isEnd()) {
            if (at(QLatin1String("//"))) {
                while (!isEnd() && peek() != QLatin1Char('\n'))
                    ++m_at;
            } else if (at(QLatin1String("/*"))) {
                while (!isEnd() && !at(QLatin1String("*/"))) {
                    if (peek() == QLatin1Char('\n'))
                        nextLine();
                    ++m_at;
                }
                m_at = std::min(m_at + 2, m_text.size());
            } else if (peek() == QLatin1Char('\n')) {
                nextLine();
                ++m_at;
            } else if (peek().isSpace() || peek() == QChar(0xfeff)) {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    /// Whether a slash here begins a regular expression, and does not divide.
    bool valueMayStart() const
    {
        if (m_tokens.empty())
            return true;
        const auto& last = m_tokens.back();
        return last.text == "return"
            || (last.kind == Token::Kind::Punctuation && last.text != ")" && last.text != "]" && last.text != "}");
    }

    void readPunctuation(Token& token)
    {
        token.kind = Token::Kind::Punctuation;
        for (const char* longer : {"...", "===", "=>", "==", "!=", "&&", "||", "??"})
            if (at(QLatin1String(longer))) {
                m_at += qsizetype(qstrlen(longer));
                return;
            }
        const auto c = m_text[m_at++];
        if (QStringLiteral("([{").contains(c))
            ++m_depth;
        else if (QStringLiteral(")]}").contains(c))
            m_depth = std::max(0, m_depth - 1);
    }

    Result<Done> readString(Token& token)
    {
        const auto start = m_at;
        const auto quote = m_text[m_at++];
        const bool isTemplate = quote == QLatin1Char('`');
        token.kind = Token::Kind::String;
        while (peek() != quote || isEnd()) {
            if (isEnd() || (peek() == QLatin1Char('\n') && !isTemplate))
                return unfinished(token.line, start, tr("a string that ends"));
            if (isTemplate && at(QLatin1String("${")))
                return InputError{linePlace(token.line), tr("a plain string"), QStringLiteral("`${")};
            if (peek() == QLatin1Char('\n'))
                ++m_line;
            if (peek() != QLatin1Char('\\'))
                token.value += m_text[m_at++];
            else if (!readEscape(token.value))
                return InputError{linePlace(token.line), tr("a complete escape"), m_text.mid(m_at, 4)};
        }
        ++m_at;
        return Done{};
    }

    bool readEscape(QString& value)
    {
        const auto c = peek(1);
        const auto hex = [&](qsizetype start, qsizetype digits) {
            if (start + digits > m_text.size() || !code::appendCharacter(value, m_text.mid(start, digits)))
                return false;
            m_at = start + digits;
            return true;
        };
        if (c == QLatin1Char('x'))
            return hex(m_at + 2, 2);
        if (c == QLatin1Char('u') && peek(2) == QLatin1Char('{')) {
            const auto end = m_text.indexOf(QLatin1Char('}'), m_at);
            const bool complete = end > 0 && hex(m_at + 3, end - m_at - 3);
            m_at += complete ? 1 : 0;
            return complete;
        }
        if (c == QLatin1Char('u'))
            return hex(m_at + 2, 4);
        m_at += 2;
        switch (c.unicode()) {
        case 'n': value += QLatin1Char('\n'); return true;
        case 't': value += QLatin1Char('\t'); return true;
        case 'r': value += QLatin1Char('\r'); return true;
        case 'b': value += QLatin1Char('\b'); return true;
        case 'f': value += QLatin1Char('\f'); return true;
        case 'v': value += QLatin1Char('\v'); return true;
        case '0': value += QChar(0); return true;
        case '\n': ++m_line; return true;
        case 0: return false;
        default: value += c; return true; // any other character stands for itself
        }
    }

    Result<Done> readPattern(Token& token)
    {
        const auto start = m_at++;
        token.kind = Token::Kind::Pattern;
        bool inSet = false;
        while (peek() != QLatin1Char('/') || inSet) {
            if (isEnd() || peek() == QLatin1Char('\n'))
                return unfinished(token.line, start, tr("a regular expression that ends"));
            if (peek() == QLatin1Char('\\')) {
                // "\/" is only how a slash is written here.
                if (peek(1) != QLatin1Char('/'))
                    token.value += peek();
                ++m_at;
                if (isEnd())
                    continue;
            } else if (peek() == QLatin1Char('[')) {
                inSet = true;
            } else if (peek() == QLatin1Char(']')) {
                inSet = false;
            }
            token.value += m_text[m_at++];
        }
        ++m_at;
        while (isNameStart(peek()))
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

} // namespace corscope::javascript

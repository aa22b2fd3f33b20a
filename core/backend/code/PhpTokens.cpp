#include "core/backend/code/PhpCode.h"

#include <QCoreApplication>

namespace corscope::php {

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
            token.startsStatement = m_depth == 0 && m_statement;
            m_statement = false;
            const auto start = m_at;
            if (isNameStart(peek())) {
                token.kind = Token::Kind::Name;
                while (isNameStart(peek()) || peek().isDigit() || peek() == QLatin1Char('\\'))
                    ++m_at;
            } else if (peek().isDigit()) {
                token.kind = Token::Kind::Number;
                while (peek().isLetterOrNumber() || peek() == QLatin1Char('_') || peek() == QLatin1Char('.'))
                    ++m_at;
            } else if (peek() == QLatin1Char('\'') || peek() == QLatin1Char('"')) {
                if (const auto done = readString(token); !done)
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
    bool at(QLatin1String text) const { return QStringView(m_text).mid(m_at).startsWith(text); }

    void skipTo(QLatin1String end)
    {
        while (m_at < m_text.size() && !at(end)) {
            m_line += peek() == QLatin1Char('\n') ? 1 : 0;
            ++m_at;
        }
    }

    bool skipToToken()
    {
        while (m_at < m_text.size()) {
            if (at(QLatin1String("//")) || (peek() == QLatin1Char('#') && peek(1) != QLatin1Char('['))) {
                skipTo(QLatin1String("\n"));
            } else if (at(QLatin1String("/*"))) {
                skipTo(QLatin1String("*/"));
                m_at = std::min(m_at + 2, m_text.size());
            } else if (at(QLatin1String("<?php"))) {
                m_at += 5;
                m_statement = true;
            } else if (at(QLatin1String("?>"))) {
                m_at += 2;
            } else if (peek() == QLatin1Char('\n')) {
                ++m_line;
                ++m_at;
            } else if (peek().isSpace() || peek() == QChar(0xfeff)) {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    void readPunctuation(Token& token)
    {
        token.kind = Token::Kind::Punctuation;
        for (const char* longer : {"===", "!==", "=>", "->", "::", "??", "==", "!=", "&&", "||"})
            if (at(QLatin1String(longer))) {
                m_at += qsizetype(qstrlen(longer));
                return;
            }
        const auto c = m_text[m_at++];
        if (QStringLiteral("([").contains(c))
            ++m_depth;
        else if (QStringLiteral(")]").contains(c))
            m_depth = std::max(0, m_depth - 1);
        m_statement = QStringLiteral(";{}").contains(c);
    }

    Result<Done> readString(Token& token)
    {
        const auto start = m_at;
        const auto quote = m_text[m_at++];
        const bool isDouble = quote == QLatin1Char('"');
        token.kind = Token::Kind::String;
        while (peek() != quote) {
            if (m_at >= m_text.size())
                return InputError{linePlace(token.line), tr("a string that ends"),
                                  m_text.mid(start, 20).section(QLatin1Char('\n'), 0, 0)};
            m_line += peek() == QLatin1Char('\n') ? 1 : 0;
            if (isDouble && peek() == QLatin1Char('$')
                && (isNameStart(peek(1)) || peek(1) == QLatin1Char('{')
                    || (m_at > start + 1 && m_text[m_at - 1] == QLatin1Char('{'))))
                token.flags = "$";
            if (peek() != QLatin1Char('\\'))
                token.value += m_text[m_at++];
            else if (!readEscape(token.value, isDouble))
                return InputError{linePlace(token.line), tr("a complete escape"), m_text.mid(m_at, 4)};
        }
        ++m_at;
        return Done{};
    }

    bool readEscape(QString& value, bool isDouble)
    {
        const auto c = peek(1);
        if (c == QLatin1Char('\\') || c == (isDouble ? QLatin1Char('"') : QLatin1Char('\''))
            || (isDouble && c == QLatin1Char('$'))) {
            value += c;
            m_at += 2;
            return true;
        }
        static const QString letters = QStringLiteral("nrtvef");
        static const QString meanings = QStringLiteral("\n\r\t\v\x1b\f");
        if (const auto letter = isDouble ? letters.indexOf(c) : -1; letter >= 0) {
            value += meanings[letter];
            m_at += 2;
            return true;
        }
        if (isDouble && c == QLatin1Char('x')) {
            m_at += 4;
            return m_at <= m_text.size() && code::appendCharacter(value, m_text.mid(m_at - 2, 2));
        }
        if (isDouble && c == QLatin1Char('u') && peek(2) == QLatin1Char('{')) {
            const auto end = m_text.indexOf(QLatin1Char('}'), m_at);
            const bool complete = end > 0 && code::appendCharacter(value, m_text.mid(m_at + 3, end - m_at - 3));
            m_at = complete ? end + 1 : m_at;
            return complete;
        }
        value += m_text[m_at++]; // PHP leaves what it does not know
        return true;
    }

    QString m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_depth = 0;
    bool m_statement = true;
    std::vector<Token> m_tokens;
};

} // namespace

Result<std::vector<Token>> tokens(const QByteArray& code)
{
    auto normalised = code;
    normalised.replace("\r\n", "\n").replace('\r', '\n');
    return Tokenizer(normalised).run();
}

} // namespace corscope::php

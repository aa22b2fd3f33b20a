#pragma once

#include "core/backend/code/CodeTokens.h"

#include <map>

namespace corscope::code {

/// Walks through the words of source code and reads literals, as far as languages agree on them: strings, numbers and
/// products of numbers, lists, and names that were given a literal further up.
class LiteralReader
{
public:
    explicit LiteralReader(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}
    virtual ~LiteralReader() = default;

protected:
    /// What the language calls true, false and nothing; undefined where the name is none of them.
    virtual QJsonValue constant(const QByteArray& name) const = 0;
    /// Literals only this language has; undefined where there is none here.
    virtual Result<QJsonValue> ownLiteral() = 0;
    /// Moves to the value of `name = value` that starts at this word; false where there is none.
    virtual bool findVariable(QByteArray& name) = 0;
    /// Whether a statement may end before this word.
    virtual bool endsStatement() const { return token().startsStatement || is(";"); }

    const Token& token(size_t ahead = 0) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
    const Token& before(size_t back = 1) const { return m_tokens[m_at - back]; }
    bool isEnd() const { return token().kind == Token::Kind::End; }
    bool is(const char* punctuation) const
    {
        return token().kind == Token::Kind::Punctuation && token().text == punctuation;
    }
    InputError unexpected(const QString& expected) const;

    /// Remembers every name that is given a literal; what is no literal is left alone.
    void readVariables();
    Result<QJsonValue> literal();
    /// Up to `close`, the opening bracket still ahead. \param comma whether the last item was followed by one
    Result<QJsonValue> list(const char* close, bool* comma = nullptr);
    /// `"key": value` up to the closing brace, the opening one still ahead.
    Result<std::vector<Argument>> fields();
    Result<QJsonValue> object();

    size_t m_at = 0;
    QByteArray m_option; ///< whose value is being read, for messages
    std::map<QByteArray, QJsonValue> m_variables;

private:
    Result<QJsonValue> number(const QString& expected);
    Result<QJsonValue> listInside(const char* close, bool* comma);

    static constexpr int deepest = 50; ///< pasted text must not exhaust the stack
    std::vector<Token> m_tokens;
    int m_depth = 0;
};

} // namespace corscope::code

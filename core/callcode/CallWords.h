#pragma once

#include "core/base/Clock.h"
#include "core/callcode/CallTokens.h"

#include <QStringList>

#include <initializer_list>

namespace corscope::callcode {

QString tr(const char* text);

/// The words of a call, read one after the other. Every function that reads returns whether it could; the first thing
/// that is wrong is the mistake.
class CallWords
{
public:
    using Kind = CallToken::Kind;

    /// \param code must outlive the words.
    CallWords(const QString& code, std::vector<CallToken> tokens) : m_code(code), m_tokens(std::move(tokens)) {}

    const std::optional<CodeMistake>& mistake() const { return m_mistake; }

    const CallToken& token(size_t ahead = 0) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
    bool isEnd() const { return token().kind == Kind::End; }
    bool is(const char* sign, size_t ahead = 0) const;
    /// Something of the thing with that name (which is empty where there is none): `name . member`.
    bool isMember(const QString& name, const char* member) const;
    bool fail(const CallToken& at, const QString& sentence);

    void advance(size_t words = 1) { m_at += words; }
    bool take(const char* sign);
    /// The words one after the other, as in `new AbortController ( )`; nothing is read where they are not there.
    bool skip(std::initializer_list<const char*> words);
    /// Up to the bracket that closes the one that is next.
    bool skipBrackets();

    bool string(QString& text, const QString& expected);
    bool word(QByteArray& value, const QStringList& words);
    bool boolean(bool& value);
    bool milliseconds(Milliseconds& value);

    /// `{ key: value, ... }`; \param value reads the value of that key.
    template<typename Value>
    bool object(Value value);
    /// `[ item, ... ]`; \param item reads one.
    template<typename Item>
    bool list(Item item);

private:
    const QString& m_code;
    std::vector<CallToken> m_tokens;
    size_t m_at = 0;
    std::optional<CodeMistake> m_mistake;
};

template<typename Value>
bool CallWords::object(Value value)
{
    if (!take("{"))
        return false;
    while (!is("}")) {
        const auto key = token();
        if (is("..."))
            return fail(key, tr("This is worked out at run time; write the options out here."));
        if (key.kind != Kind::Name && key.kind != Kind::String)
            return fail(key, isEnd() ? tr("} is missing at the end.") : tr("The name of an option belongs here."));
        advance();
        if (!is(":"))
            return fail(token(), tr(": and a value belong behind %1.").arg(key.text));
        advance();
        if (!value(key))
            return false;
        if (!skip({","}) && !is("}"))
            return fail(token(), isEnd() ? tr("} is missing at the end.") : tr("A comma or } belongs here."));
    }
    return take("}");
}

template<typename Item>
bool CallWords::list(Item item)
{
    if (!take("["))
        return false;
    while (!is("]")) {
        if (!item())
            return false;
        if (!skip({","}) && !is("]"))
            return fail(token(), isEnd() ? tr("] is missing at the end.") : tr("A comma or ] belongs here."));
    }
    return take("]");
}

} // namespace corscope::callcode

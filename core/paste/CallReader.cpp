#include "core/http/HeaderList.h"
#include "core/paste/CallCode.h"
#include "core/paste/CallTokens.h"
#include "core/scenario/ScenarioWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

namespace {

using paste::CallToken;
using Kind = CallToken::Kind;

QString tr(const char* text) { return QCoreApplication::translate("CallCode", text); }

constexpr int deepest = 50; // typed text must not exhaust the stack
constexpr qint64 tenYears = 10LL * 366 * 24 * 3600 * 1000; // in milliseconds

/// Reads the words one after the other; every function returns whether it could.
class Reader
{
public:
    Reader(const QString& code, std::vector<CallToken> tokens, const FetchCall& before)
        : m_code(code), m_tokens(std::move(tokens)), m_call(before)
    {
    }

    Result<FetchCall, CodeMistake> call()
    {
        if (statements())
            return m_call;
        return *m_mistake;
    }

private:
    const CallToken& token(size_t ahead = 0) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
    bool isEnd() const { return token().kind == Kind::End; }
    bool is(const char* sign, size_t ahead = 0) const
    {
        const auto& next = token(ahead);
        return (next.kind == Kind::Sign || next.kind == Kind::Name) && next.text == QLatin1String(sign);
    }
    bool fail(const CallToken& at, const QString& sentence)
    {
        if (!m_mistake)
            m_mistake = paste::mistakeAt(m_code, at.at, at.length, sentence);
        return false;
    }
    bool take(const char* sign)
    {
        if (!is(sign))
            return fail(token(), isEnd() ? tr("%1 is missing at the end.").arg(QLatin1String(sign))
                                         : tr("%1 belongs here.").arg(QLatin1String(sign)));
        ++m_at;
        return true;
    }
    /// The words one after the other, as in `new AbortController ( )`.
    bool skip(std::initializer_list<const char*> words)
    {
        size_t ahead = 0;
        for (const char* word : words)
            if (!is(word, ahead++))
                return false;
        m_at += words.size();
        return true;
    }

    bool statements()
    {
        for (;;) {
            if (skip({";"}))
                continue;
            if (isEnd())
                return fail(token(), tr("A call of fetch() or an XMLHttpRequest belongs here."));
            if (skip({"setTimeout", "(", "(", ")", "=", ">"}) || skip({"setTimeout", "(", "(", ")", "=>"})) {
                if (!timer(m_controller, m_controllerAborts))
                    return false;
                continue;
            }
            if (!m_controller.isEmpty() && token().text == m_controller && is(".", 1) && is("abort", 2)) {
                m_at += 3;
                if (!take("(") || !take(")"))
                    return false;
                m_controllerAborts = Milliseconds(-1);
                continue;
            }
            QString name;
            const bool declared = is("const") || is("let") || is("var");
            if (declared)
                ++m_at;
            if (token().kind == Kind::Name && is("=", 1)) {
                name = token().text;
                m_at += 2;
            } else if (declared) {
                return fail(token(), tr("A name and = belong here."));
            }
            if (skip({"new", "AbortController"})) {
                if (!take("(") || !take(")"))
                    return false;
                m_controller = name;
                continue;
            }
            if (skip({"new", "XMLHttpRequest"}))
                return take("(") && take(")") && xhr(name);
            skip({"await"});
            skip({"window", "."});
            const auto& start = token();
            if (!skip({"fetch"}))
                return fail(start, tr("A call of fetch() or an XMLHttpRequest belongs here."));
            return fetch();
        }
    }

    /// `name.abort(), 3000)`, behind the arrow.
    bool timer(const QString& name, std::optional<Milliseconds>& after)
    {
        if (name.isEmpty() || token().text != name)
            return fail(token(), tr("Nothing of that name can be aborted."));
        ++m_at;
        if (!take(".") || !take("abort") || !take("(") || !take(")") || !take(","))
            return false;
        qint64 milliseconds = 0;
        if (!number(milliseconds, 0) || !take(")"))
            return false;
        after = Milliseconds(milliseconds);
        return true;
    }

    bool fetch()
    {
        const FetchCall defaults;
        auto& call = m_call;
        call.initiator = FetchCall::Initiator::Fetch;
        call.method = defaults.method;
        call.headers = {};
        call.body = {};
        call.bodyType = defaults.bodyType;
        call.mode = defaults.mode;
        call.credentials = defaults.credentials;
        call.redirect = defaults.redirect;
        call.cache = defaults.cache;
        call.referrer = {};
        call.referrerPolicy = {};
        call.targetAddressSpace = {};
        call.keepalive = false;
        call.abortAfter = {};
        if (!take("(") || !address())
            return false;
        if (skip({","}) && !is(")") && !options())
            return false;
        skip({","});
        return take(")") && chain() && theEnd();
    }

    bool address()
    {
        const auto& start = token();
        QString url;
        if (!string(url, tr("the address, as a text in quotes")))
            return false;
        if (url.isEmpty())
            return fail(start, tr("The address is empty."));
        m_call.url = url.toUtf8();
        return true;
    }

    /// `.then(...)`, `.json()`: what happens to the answer is not looked at.
    bool chain()
    {
        while (is(".") && token(1).kind == Kind::Name && is("(", 2)) {
            m_at += 2;
            int depth = 0;
            do {
                if (isEnd())
                    return take(")");
                depth += is("(") || is("{") || is("[") ? 1 : is(")") || is("}") || is("]") ? -1 : 0;
                ++m_at;
            } while (depth > 0);
        }
        return true;
    }

    bool theEnd()
    {
        while (skip({";"})) {
        }
        return isEnd() || fail(token(), tr("Here only the call itself is read; this comes after it."));
    }

    bool options()
    {
        return object([this](const CallToken& key) { return option(key); });
    }

    /// `{ key: value, ... }`; \param value reads the value of that key.
    template<typename Value>
    bool object(Value value)
    {
        if (!take("{"))
            return false;
        while (!is("}")) {
            const auto key = token();
            if (is("..."))
                return fail(key, tr("This is worked out at run time; write the options out here."));
            if (key.kind != Kind::Name && key.kind != Kind::String)
                return fail(key, isEnd() ? tr("} is missing at the end.") : tr("The name of an option belongs here."));
            ++m_at;
            if (!is(":"))
                return fail(token(), tr(": and a value belong behind %1.").arg(key.text));
            ++m_at;
            if (!value(key))
                return false;
            if (is("}"))
                break;
            if (!is(","))
                return fail(token(), isEnd() ? tr("} is missing at the end.") : tr("A comma or } belongs here."));
            ++m_at;
        }
        return take("}");
    }

    bool option(const CallToken& key)
    {
        using namespace scenariowords;
        auto& call = m_call;
        const auto& name = key.text;
        const auto isNamed = [&](const char* other) { return name == QLatin1String(other); };
        if (isNamed("method")) {
            QString method;
            if (!string(method, tr("a method, such as \"PUT\"")))
                return false;
            call.method = method.toUtf8();
            return true;
        }
        if (isNamed("mode"))
            return word(call.mode, modes());
        if (isNamed("credentials"))
            return word(call.credentials, scenariowords::credentials());
        if (isNamed("redirect"))
            return word(call.redirect, redirects());
        if (isNamed("cache"))
            return word(call.cache, caches());
        if (isNamed("referrerPolicy"))
            return word(call.referrerPolicy, referrerPolicies());
        if (isNamed("targetAddressSpace"))
            return word(call.targetAddressSpace, addressSpaces());
        if (isNamed("keepalive"))
            return boolean(call.keepalive);
        if (isNamed("referrer")) {
            QString referrer;
            if (!string(referrer, tr("an address in quotes, or \"\" for none")))
                return false;
            call.referrer = referrer.toUtf8();
            return true;
        }
        if (isNamed("headers"))
            return headers();
        if (isNamed("body"))
            return body();
        if (isNamed("signal"))
            return signal();
        return fail(key, tr("Corscope knows no option %1 of fetch().").arg(name));
    }

    bool string(QString& text, const QString& expected)
    {
        if (token().kind != Kind::String)
            return fail(token(), tr("Expected %1.").arg(expected));
        text = token().text;
        ++m_at;
        while (is("+")) { // texts put together
            ++m_at;
            if (token().kind != Kind::String)
                return fail(token(), tr("This value is worked out at run time; write it out here."));
            text += token().text;
            ++m_at;
        }
        return true;
    }

    bool word(QByteArray& value, const QStringList& words)
    {
        QStringList known = words;
        known.removeAll(QString());
        const auto expected = tr("one of %1").arg(known.join(QStringLiteral(", ")));
        const auto start = token();
        QString text;
        if (!string(text, expected))
            return false;
        if (!words.contains(text))
            return fail(start, tr("Expected %1.").arg(expected));
        value = text.toLatin1();
        return true;
    }

    bool boolean(bool& value)
    {
        if (!is("true") && !is("false"))
            return fail(token(), tr("Expected true or false."));
        value = is("true");
        ++m_at;
        return true;
    }

    bool number(qint64& value, qint64 least)
    {
        bool ok = false;
        value = QString(token().text).remove(u'_').toLongLong(&ok);
        if (token().kind != Kind::Number || !ok || value < least || value > tenYears)
            return fail(token(), tr("Expected a whole number of milliseconds, %1 or more.").arg(least));
        ++m_at;
        return true;
    }

    bool header()
    {
        const auto start = token();
        QString name;
        if (start.kind == Kind::Name) { // { Accept: ... }
            name = start.text;
            ++m_at;
        } else if (!string(name, tr("the name of a header, in quotes"))) {
            return false;
        }
        if (is(":") || is(","))
            ++m_at;
        else
            return fail(token(), tr("The value of the header belongs here."));
        return headerValue(start, name);
    }

    bool headerValue(const CallToken& nameToken, const QString& name)
    {
        const auto start = token();
        QString value;
        if (!string(value, tr("the value of the header, in quotes")))
            return false;
        if (!isHeaderName(name.toUtf8()))
            return fail(nameToken, tr("A header name is made of letters, digits and !#$%&'*+-.^_`|~ only."));
        const auto isByte = [](QChar c) { return c.unicode() <= 0xff; };
        if (!std::all_of(value.begin(), value.end(), isByte))
            return fail(start, tr("A header value has no characters above U+00FF: fetch() throws."));
        const auto bytes = normalizedHeaderValue(value.toLatin1());
        if (!isHeaderValue(bytes))
            return fail(start, tr("A header value has no line breaks and no NUL."));
        m_call.headers.append(name.toLatin1(), bytes);
        return true;
    }

    /// An object, a list of pairs, or `new Headers` of one of them.
    bool headers()
    {
        m_call.headers = {};
        if (skip({"new", "Headers", "("}))
            return (is(")") || headerItems()) && take(")");
        return headerItems();
    }

    bool headerItems()
    {
        if (is("{"))
            return object([this](const CallToken& key) { return headerValue(key, key.text); });
        if (!is("["))
            return fail(token(), tr("Expected headers as { \"Name\": \"value\" } or [[\"Name\", \"value\"]]."));
        ++m_at;
        while (!is("]")) {
            if (!take("[") || !header())
                return false;
            skip({","});
            if (!take("]"))
                return false;
            if (!skip({","}) && !is("]"))
                return fail(token(), isEnd() ? tr("] is missing at the end.") : tr("A comma or ] belongs here."));
        }
        return take("]");
    }

    bool body()
    {
        auto& call = m_call;
        call.bodyType = FetchCall().bodyType;
        call.body = {};
        if (skip({"null"}) || skip({"undefined"}))
            return true;
        QByteArray bytes;
        if (skip({"new", "URLSearchParams", "("})) {
            QString text;
            if (!string(text, tr("the parameters as a text, such as \"a=1&b=2\"")) || !take(")"))
                return false;
            bytes = text.toUtf8();
            call.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
        } else if (skip({"new", "Blob", "(", "["})) {
            if (!is("]") && !content(bytes))
                return false;
            if (!take("]"))
                return false;
            call.bodyType.clear();
            if (skip({","}) && !object([this](const CallToken& key) { return blobOption(key); }))
                return false;
            if (!take(")"))
                return false;
        } else if (is("new")) {
            if (!content(bytes))
                return false;
            call.bodyType.clear();
        } else if (!content(bytes)) {
            return false;
        }
        call.body = bytes;
        return true;
    }

    bool blobOption(const CallToken& key)
    {
        if (key.text != QLatin1String("type"))
            return fail(key, tr("Corscope knows the option type of a Blob only."));
        const auto start = token();
        QString type;
        if (!string(type, tr("a MIME type, in quotes")))
            return false;
        m_call.bodyType = type.toLatin1();
        return isHeaderValue(m_call.bodyType) || fail(start, tr("A type has no line breaks and no blanks around it."));
    }

    /// A text, JSON.stringify() of something, or bytes.
    bool content(QByteArray& bytes)
    {
        if (skip({"JSON", ".", "stringify", "("})) {
            QString json;
            const bool done = value(json, 0) && take(")");
            bytes = json.toUtf8();
            return done;
        }
        if (skip({"new", "TextEncoder", "(", ")", ".", "encode", "("})) {
            QString text;
            const bool done = string(text, tr("a text in quotes")) && take(")");
            bytes = text.toUtf8();
            return done;
        }
        if (skip({"new", "Uint8Array", "(", "["})) {
            while (!is("]")) {
                bool ok = false;
                const int byte = token().text.toInt(&ok, 0);
                if (token().kind != Kind::Number || !ok || byte < 0 || byte > 255)
                    return fail(token(), tr("Expected a byte, from 0 to 255."));
                bytes.append(char(byte));
                ++m_at;
                if (!skip({","}) && !is("]"))
                    return fail(token(), tr("A comma or ] belongs here."));
            }
            return take("]") && take(")");
        }
        QString text;
        if (!string(text, tr("a text in quotes, JSON.stringify(...), new Blob([...]) or new URLSearchParams(...)")))
            return false;
        bytes = text.toUtf8();
        return true;
    }

    static QString jsonString(const QString& text)
    {
        QString result = QStringLiteral("\"");
        for (const QChar c : text) {
            if (c == u'"' || c == u'\\')
                result += u'\\' + QString(c);
            else if (c == u'\n')
                result += QStringLiteral("\\n");
            else if (c == u'\r')
                result += QStringLiteral("\\r");
            else if (c == u'\t')
                result += QStringLiteral("\\t");
            else if (c.unicode() < 0x20)
                result += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
            else
                result += c;
        }
        return result + u'"';
    }

    /// What JSON.stringify() makes of a literal.
    bool value(QString& json, int depth)
    {
        if (depth > deepest)
            return fail(token(), tr("This is nested too deeply."));
        if (token().kind == Kind::String) {
            json += jsonString(token().text);
            ++m_at;
            return true;
        }
        if (is("true") || is("false") || is("null") || token().kind == Kind::Number
            || (is("-") && token(1).kind == Kind::Number)) {
            if (is("-")) {
                json += u'-';
                ++m_at;
            }
            json += token().text;
            ++m_at;
            return true;
        }
        bool first = true;
        if (is("{")) {
            json += u'{';
            const bool done = object([&](const CallToken& key) {
                json += (first ? QString() : QStringLiteral(",")) + jsonString(key.text) + u':';
                first = false;
                return value(json, depth + 1);
            });
            json += u'}';
            return done;
        }
        if (!is("["))
            return fail(token(), tr("This value is worked out at run time; write it out here."));
        ++m_at;
        json += u'[';
        while (!is("]")) {
            if (!first)
                json += u',';
            first = false;
            if (!value(json, depth + 1))
                return false;
            if (!skip({","}) && !is("]"))
                return fail(token(), isEnd() ? tr("] is missing at the end.") : tr("A comma or ] belongs here."));
        }
        json += u']';
        return take("]");
    }

    bool signal()
    {
        if (skip({"AbortSignal", ".", "timeout", "("})) {
            qint64 milliseconds = 0;
            if (!number(milliseconds, 0))
                return false;
            m_call.abortAfter = Milliseconds(milliseconds);
            return take(")");
        }
        if (!m_controller.isEmpty() && token().text == m_controller && is(".", 1) && is("signal", 2)) {
            m_at += 3;
            m_call.abortAfter = m_controllerAborts;
            return true;
        }
        return fail(token(), tr("Expected the signal of an AbortController above, or AbortSignal.timeout(...)."));
    }

    /// What is done with an XMLHttpRequest of that name, up to its end.
    bool xhr(const QString& name)
    {
        auto& call = m_call;
        call.initiator = FetchCall::Initiator::XmlHttpRequest;
        call.headers = {};
        call.body = {};
        call.bodyType = FetchCall().bodyType;
        call.timeout = {};
        call.abortAfter = {};
        call.useCorsPreflight = false;
        const auto credentialsBefore = call.credentials;
        call.credentials = credentialsBefore == "include" ? QByteArray("same-origin") : credentialsBefore;
        bool opened = false;
        bool sent = false;
        for (;;) {
            if (skip({";"}))
                continue;
            if (isEnd())
                break;
            if (skip({"setTimeout", "(", "(", ")", "=>"})) {
                if (!timer(name, call.abortAfter))
                    return false;
                continue;
            }
            if (name.isEmpty() || token().text != name || !is(".", 1))
                return fail(token(), tr("Here only what is done with the XMLHttpRequest is read."));
            m_at += 2;
            const auto member = token();
            ++m_at;
            if (!this->member(member, opened, sent))
                return false;
        }
        if (!opened)
            return fail(token(), tr("open() is missing."));
        return sent || fail(token(), tr("send() is missing."));
    }

    bool member(const CallToken& member, bool& opened, bool& sent)
    {
        auto& call = m_call;
        const auto isNamed = [&](const char* other) { return member.text == QLatin1String(other); };
        if (isNamed("open")) {
            QString method;
            if (!take("(") || !string(method, tr("the method, such as \"PUT\"")) || !take(",") || !address())
                return false;
            call.method = method.toUtf8();
            opened = true;
            if (is(",") && !(is("true", 1) && is(")", 2)))
                return fail(token(1), tr("Only asynchronous requests without user name are read."));
            if (is(","))
                m_at += 2;
            return take(")");
        }
        if (!opened && (isNamed("setRequestHeader") || isNamed("send")))
            return fail(member, tr("open() comes before this."));
        if (isNamed("setRequestHeader"))
            return take("(") && header() && take(")");
        if (isNamed("send")) {
            sent = true;
            return take("(") && (is(")") || body()) && take(")");
        }
        if (isNamed("withCredentials")) {
            bool with = false;
            if (!take("=") || !boolean(with))
                return false;
            if (with)
                call.credentials = "include";
            return true;
        }
        if (isNamed("timeout")) {
            qint64 milliseconds = 0;
            if (!take("=") || !number(milliseconds, 0))
                return false;
            call.timeout = milliseconds > 0 ? std::optional(Milliseconds(milliseconds)) : std::nullopt;
            return true;
        }
        const bool isHandler = member.text.startsWith(QLatin1String("on")) || isNamed("addEventListener");
        if (isNamed("upload") || isHandler) {
            call.useCorsPreflight = call.useCorsPreflight || isNamed("upload");
            return handler();
        }
        return fail(member, tr("Corscope does not read %1 of an XMLHttpRequest.").arg(member.text));
    }

    /// Functions that are called later are not looked at.
    bool handler()
    {
        int depth = 0;
        for (; !isEnd(); ++m_at) {
            if (depth == 0 && is(";"))
                return true;
            depth += is("(") || is("{") || is("[") ? 1 : is(")") || is("}") || is("]") ? -1 : 0;
        }
        return depth == 0 || fail(token(), tr("A closing bracket is missing at the end."));
    }

    const QString& m_code;
    std::vector<CallToken> m_tokens;
    FetchCall m_call;
    size_t m_at = 0;
    QString m_controller; ///< name of the AbortController; empty where there is none
    std::optional<Milliseconds> m_controllerAborts;
    std::optional<CodeMistake> m_mistake;
};

} // namespace

Result<FetchCall, CodeMistake> readCallCode(const QString& code, const FetchCall& before)
{
    auto tokens = paste::callTokens(code);
    if (!tokens)
        return tokens.error();
    return Reader(code, std::move(tokens).value(), before).call();
}

} // namespace corscope

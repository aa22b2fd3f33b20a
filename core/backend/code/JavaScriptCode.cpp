#include "core/backend/code/JavaScriptCode.h"

#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace corscope::javascript {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

/// Reads the object that a call is given.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<std::vector<Argument>> call(const QByteArray& target)
    {
        readVariables();
        const auto end = target.endsWith(':') ? "}" : ")";
        if (!findTarget(target))
            return InputError{tr("code"), tr("a call with %1").arg(QString::fromUtf8(target)), {}};
        if (is(")") || (*end == '}' && token().text == "true"))
            return std::vector<Argument>();
        const bool variable = token().kind == Token::Kind::Name;
        if (const auto place = m_places.find(token().text); variable && place != m_places.end())
            m_at = place->second;
        if (!is("{"))
            return unexpected(tr("an object with options, or a variable that holds one"));
        auto options = fields();
        if (options && !variable && !is(end) && !is(","))
            return unexpected(tr("\"%1\" at the end of the call").arg(QLatin1String(end)));
        return options;
    }

private:
    QJsonValue constant(const QByteArray& name) const override
    {
        return name == "true"                         ? QJsonValue(true)
            : name == "false"                         ? QJsonValue(false)
            : (name == "null" || name == "undefined") ? QJsonValue(QJsonValue::Null)
                                                      : QJsonValue(QJsonValue::Undefined);
    }

    /// `const origins = [..]` at the start of a statement, with or without const, let, var, export.
    bool findVariable(QByteArray& name) override
    {
        if (token().kind != Token::Kind::Name || !token().startsStatement)
            return false;
        size_t at = 0;
        for (const char* word : {"export", "const", "let", "var"})
            at += token(at).text == word ? 1 : 0;
        if (token(at).kind != Token::Kind::Name || token(at + 1).text != "=")
            return false;
        name = token(at).text;
        m_at += at + 2;
        m_places[name] = m_at;
        return true;
    }

    bool findTarget(const QByteArray& target)
    {
        if (target.endsWith(':'))
            return findField(target.chopped(1));
        const auto open = target.indexOf('(');
        if (open < 0)
            return findCall(target);
        const auto word = target.mid(open + 1).chopped(1);
        for (m_at = 0; !isEnd(); ++m_at)
            if (token().text == target.left(open) && token(1).text == "(" && (m_at == 0 || before().text != "function")
                && skipFirstArgument(word))
                return true;
        return false;
    }

    bool findField(const QByteArray& name)
    {
        for (m_at = 0; !isEnd(); ++m_at)
            if (token().kind == Token::Kind::Name && token().text == name && token(1).text == ":") {
                m_at += 2;
                return true;
            }
        return false;
    }

    /// From the name of a call to its second argument, or to its end; stays where the first does not mention the word.
    bool skipFirstArgument(const QByteArray& word)
    {
        bool mentioned = false;
        int depth = 0;
        for (size_t ahead = 2; token(ahead).kind != Token::Kind::End; ++ahead) {
            const auto& next = token(ahead);
            mentioned = mentioned || next.text.toLower().contains(word);
            if (depth == 0 && (next.text == "," || next.text == ")")) {
                if (mentioned)
                    m_at += ahead + (next.text == "," ? 1 : 0);
                return mentioned;
            }
            depth += opens(next) ? 1 : closes(next) ? -1 : 0;
        }
        return false;
    }

    static bool opens(const Token& word) { return word.kind == Token::Kind::Punctuation && QByteArray("([{").contains(word.text); }
    static bool closes(const Token& word) { return word.kind == Token::Kind::Punctuation && QByteArray(")]}").contains(word.text); }

    bool functionStarts() const
    {
        if (token().kind == Token::Kind::Name)
            return token().text == "function" || token().text == "async" || token(1).text == "=>";
        if (!is("("))
            return false;
        size_t ahead = 1;
        while (token(ahead).kind == Token::Kind::Name || token(ahead).text == ",")
            ++ahead;
        return token(ahead).text == ")" && token(ahead + 1).text == "=>";
    }

    /// A function as its words, with lists in place of the variables that hold them.
    QJsonValue functionSource()
    {
        QByteArray source;
        int depth = 0;
        for (const auto start = m_at; !isEnd(); ++m_at) {
            const auto& word = token();
            if (depth == 0 && m_at > start
                && (word.startsStatement || word.text == "," || word.text == ";" || closes(word)))
                break;
            depth += opens(word) ? 1 : closes(word) ? -1 : 0;
            const auto list = m_variables.find(word.text);
            const bool isList = word.kind == Token::Kind::Name && list != m_variables.end() && list->second.isArray();
            source += (isList ? javascript::literal(list->second) : word.text) + ' ';
        }
        return QJsonObject{{QStringLiteral("source"), QString::fromUtf8(source)}};
    }

    bool findCall(const QByteArray& target)
    {
        for (m_at = 0; !isEnd(); ++m_at) {
            const bool declared = m_at > 0 && (before().text == "function" || before().text == ".");
            if (token().kind == Token::Kind::Name && token().text == target && token(1).text == "(" && !declared) {
                m_at += 2;
                return true;
            }
        }
        return false;
    }

    Result<QJsonValue> ownLiteral() override
    {
        const auto word = token();
        if (word.kind == Token::Kind::String) {
            ++m_at;
            return QJsonValue(word.value);
        }
        if (functionStarts())
            return functionSource();
        if (word.kind != Token::Kind::Pattern)
            return QJsonValue(QJsonValue::Undefined);
        ++m_at;
        QJsonObject pattern{{QStringLiteral("regex"), word.value}};
        if (!word.flags.isEmpty())
            pattern[QStringLiteral("flags")] = QString::fromLatin1(word.flags);
        return QJsonValue(pattern);
    }

    std::map<QByteArray, size_t> m_places; ///< where the values of variables begin
};

QByteArray patternLiteral(const QJsonObject& pattern)
{
    QString source;
    bool inSet = false;
    const auto text = pattern[QLatin1String("regex")].toString();
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (c == QLatin1Char('\\') && i + 1 < text.size()) {
            source.append(c).append(text[++i]);
            continue;
        }
        if (c == QLatin1Char('['))
            inSet = true;
        else if (c == QLatin1Char(']'))
            inSet = false;
        if (c == QLatin1Char('\n'))
            source += QStringLiteral("\\n");
        else if (c == QLatin1Char('/') && !inSet)
            source += QStringLiteral("\\/");
        else
            source += c;
    }
    // "//" would be a comment.
    if (source.isEmpty())
        source = QStringLiteral("(?:)");
    return '/' + source.toUtf8() + '/' + pattern[QLatin1String("flags")].toString().toLatin1();
}

} // namespace

QByteArray literal(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "true" : "false";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String: return code::quoted(value.toString());
    case QJsonValue::Object: return patternLiteral(value.toObject());
    case QJsonValue::Array: {
        QByteArray items;
        for (const auto& item : value.toArray())
            items += (items.isEmpty() ? QByteArray() : QByteArray(", ")) + literal(item);
        return '[' + items + ']';
    }
    default: return "null";
    }
}

Result<std::vector<Argument>> readCall(const QByteArray& code, const QByteArray& target)
{
    auto words = tokens(code);
    if (!words)
        return words.error();
    return Reader(std::move(words).value()).call(target);
}

} // namespace corscope::javascript

#include "core/backend/code/PythonCode.h"

#include "core/backend/code/PythonTokens.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <map>

namespace corscope::python {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("PythonCode", text); }

QByteArray quoted(const QString& text)
{
    QByteArray result = "\"";
    for (const char32_t c : text.toUcs4()) {
        switch (c) {
        case '"': result += "\\\""; break;
        case '\\': result += "\\\\"; break;
        case '\n': result += "\\n"; break;
        case '\r': result += "\\r"; break;
        case '\t': result += "\\t"; break;
        default:
            if (c < 0x20 || c == 0x7f)
                result += "\\x" + QByteArray::number(uint(c), 16).rightJustified(2, '0');
            else
                result += QString::fromUcs4(&c, 1).toUtf8();
        }
    }
    return result + '"';
}

bool fitsRawString(const QString& text)
{
    return text.contains(QLatin1Char('\\')) && !text.endsWith(QLatin1Char('\\'))
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c == QLatin1Char('"') || c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

/// Reads keyword arguments and the literals they are given.
class Reader
{
public:
    explicit Reader(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    Result<std::vector<Argument>> call(const QByteArray& target)
    {
        readVariables();
        if (!findCall(target))
            return InputError{tr("code"), tr("a call with %1").arg(QString::fromUtf8(target)), {}};
        std::vector<Argument> arguments;
        while (!is(")")) {
            if (isEnd())
                return unexpected(tr("\")\" at the end of the call"));
            const auto& name = token();
            if (name.kind != Token::Kind::Name || next().text != "=")
                return unexpected(tr("an option and its value (option=value)"));
            m_at += 2;
            m_option = name.text;
            auto value = literal();
            if (!value)
                return value.error();
            arguments.push_back({name.text, *value, name.line});
            if (is(","))
                ++m_at;
            else if (!is(")"))
                return unexpected(tr("\",\" or \")\" after the value of %1").arg(QString::fromUtf8(name.text)));
        }
        return arguments;
    }

private:
    const Token& token() const { return m_tokens[m_at]; }
    const Token& next() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    bool isEnd() const { return token().kind == Token::Kind::End; }
    bool is(const char* punctuation) const
    {
        return token().kind == Token::Kind::Punctuation && token().text == punctuation;
    }

    InputError unexpected(const QString& expected) const
    {
        return {linePlace(token().line), expected,
                isEnd() ? tr("the end of the code") : QString::fromUtf8(token().text)};
    }

    /// `origins = ["https://app.example.com"]` at the start of a statement; what is no literal is left alone.
    void readVariables()
    {
        for (m_at = 0; !isEnd(); ++m_at) {
            const auto& name = token();
            if (name.kind != Token::Kind::Name || !name.startsStatement || next().text != "=")
                continue;
            const auto start = m_at;
            m_at += 2;
            const auto value = literal();
            if (value && token().startsStatement)
                m_variables[name.text] = *value;
            else
                m_variables.erase(name.text);
            m_at = start + 1;
        }
    }

    bool findCall(const QByteArray& target)
    {
        for (m_at = 0; !isEnd(); ++m_at) {
            if (token().kind != Token::Kind::Name || token().text != target)
                continue;
            // `import (CORSMiddleware)` has brackets as well, but calls nothing.
            const bool insideCall = m_at > 1 && m_tokens[m_at - 1].text == "(" && m_tokens[m_at - 2].text != "import";
            if (next().text == "(") {
                m_at += 2;
                // The application that is wrapped comes first, and is none of our options.
                if (token().kind == Token::Kind::Name && (next().text != "=" || token().text == "app")) {
                    while (!is(",") && !is(")") && !isEnd())
                        ++m_at;
                    if (is(","))
                        ++m_at;
                }
                return true;
            }
            if (insideCall && (next().text == "," || next().text == ")")) {
                m_at += next().text == "," ? 2 : 1;
                return true;
            }
        }
        return false;
    }

    Result<QJsonValue> literal()
    {
        const QString expected = tr("a literal value for %1").arg(QString::fromUtf8(m_option));
        const auto& first = token();
        if (first.kind == Token::Kind::String) {
            QString text;
            for (; token().kind == Token::Kind::String; ++m_at)
                text += token().value;
            return QJsonValue(text);
        }
        if (first.kind == Token::Kind::Number || (is("-") && next().kind == Token::Kind::Number))
            return number(expected);
        if (is("[") || is("("))
            return sequence();
        if (first.kind == Token::Kind::Name) {
            const auto variable = m_variables.find(first.text);
            const auto known = first.text == "True" ? QJsonValue(true)
                : first.text == "False"             ? QJsonValue(false)
                : first.text == "None"              ? QJsonValue(QJsonValue::Null)
                : variable != m_variables.end()     ? variable->second
                                                    : QJsonValue(QJsonValue::Undefined);
            if (known.isUndefined())
                return InputError{linePlace(first.line), expected,
                                  tr("the name %1").arg(QString::fromUtf8(first.text))};
            ++m_at;
            return known;
        }
        return unexpected(expected);
    }

    /// A whole number, or a product of whole numbers ("60 * 60").
    Result<QJsonValue> number(const QString& expected)
    {
        qint64 product = 1;
        for (;;) {
            if (is("-")) {
                product = -product;
                ++m_at;
            }
            bool ok = false;
            const auto factor = QByteArray(token().text).replace("_", "").toLongLong(&ok, 0);
            if (token().kind != Token::Kind::Number || !ok || qAbs(product * double(factor)) > 9e15)
                return unexpected(expected);
            product *= factor;
            ++m_at;
            if (!is("*"))
                return QJsonValue(product);
            ++m_at;
        }
    }

    Result<QJsonValue> sequence()
    {
        if (m_depth >= deepest)
            return unexpected(tr("lists that are not nested so deeply"));
        ++m_depth;
        auto result = sequenceInside();
        --m_depth;
        return result;
    }

    Result<QJsonValue> sequenceInside()
    {
        const bool tuple = is("(");
        const char* close = tuple ? ")" : "]";
        ++m_at;
        QJsonArray items;
        bool comma = false;
        while (!is(close)) {
            auto item = literal();
            if (!item)
                return item.error();
            items.append(*item);
            comma = is(",");
            if (comma)
                ++m_at;
            else if (!is(close))
                return unexpected(tr("\",\" or \"%1\"").arg(QLatin1String(close)));
        }
        ++m_at;
        // ("GET") is no tuple but the string itself: a mistake that Python does not notice either.
        if (tuple && items.size() == 1 && !comma)
            return QJsonValue(items[0]);
        return QJsonValue(items);
    }

    static constexpr int deepest = 50; ///< pasted text must not exhaust the stack
    std::vector<Token> m_tokens;
    size_t m_at = 0;
    int m_depth = 0;
    QByteArray m_option;
    std::map<QByteArray, QJsonValue> m_variables;
};

} // namespace

QByteArray literal(const QJsonValue& value, bool pattern)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "True" : "False";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String:
        if (pattern && fitsRawString(value.toString()))
            return "r\"" + value.toString().toUtf8() + '"';
        return quoted(value.toString());
    case QJsonValue::Array: {
        QByteArray items;
        for (const auto& item : value.toArray())
            items += (items.isEmpty() ? QByteArray() : QByteArray(", ")) + literal(item, pattern);
        return '[' + items + ']';
    }
    default: return "None";
    }
}

Result<std::vector<Argument>> readCall(const QByteArray& code, const QByteArray& target)
{
    auto words = tokens(code);
    if (!words)
        return words.error();
    return Reader(std::move(words).value()).call(target);
}

QString linePlace(int line) { return tr("line %1").arg(line); }

} // namespace corscope::python

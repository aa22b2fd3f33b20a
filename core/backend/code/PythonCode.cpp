#include "core/backend/code/PythonCode.h"

#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace corscope::python {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

bool fitsRawString(const QString& text)
{
    return text.contains(QLatin1Char('\\')) && !text.endsWith(QLatin1Char('\\'))
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c == QLatin1Char('"') || c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

/// Reads keyword arguments and the literals they are given.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

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
            if (name.kind != Token::Kind::Name || token(1).text != "=")
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
    QJsonValue constant(const QByteArray& name) const override
    {
        return name == "True" ? QJsonValue(true)
            : name == "False" ? QJsonValue(false)
            : name == "None"  ? QJsonValue(QJsonValue::Null)
                              : QJsonValue(QJsonValue::Undefined);
    }

    /// `origins = ["https://app.example.com"]` at the start of a statement.
    bool findVariable(QByteArray& name) override
    {
        if (token().kind != Token::Kind::Name || !token().startsStatement || token(1).text != "=")
            return false;
        name = token().text;
        m_at += 2;
        return true;
    }

    bool findCall(const QByteArray& target)
    {
        for (m_at = 0; !isEnd(); ++m_at) {
            if (token().kind != Token::Kind::Name || token().text != target)
                continue;
            // `import (CORSMiddleware)` has brackets as well, but calls nothing.
            const bool insideCall = m_at > 1 && before().text == "(" && before(2).text != "import";
            if (token(1).text == "(") {
                m_at += 2;
                // The application that is wrapped comes first, and is none of our options.
                if (token().kind == Token::Kind::Name && (token(1).text != "=" || token().text == "app")) {
                    while (!is(",") && !is(")") && !isEnd())
                        ++m_at;
                    if (is(","))
                        ++m_at;
                }
                return true;
            }
            if (insideCall && (token(1).text == "," || token(1).text == ")")) {
                m_at += token(1).text == "," ? 2 : 1;
                return true;
            }
        }
        return false;
    }

    /// Strings that stand side by side are one; and tuples.
    Result<QJsonValue> ownLiteral() override
    {
        if (token().kind == Token::Kind::String) {
            QString text;
            for (; token().kind == Token::Kind::String; ++m_at)
                text += token().value;
            return QJsonValue(text);
        }
        if (!is("("))
            return QJsonValue(QJsonValue::Undefined);
        bool comma = false;
        const auto items = list(")", &comma);
        // ("GET") is no tuple but the string itself: a mistake that Python does not notice either.
        if (items && items->toArray().size() == 1 && !comma)
            return QJsonValue(items->toArray()[0]);
        return items;
    }
};

} // namespace

QByteArray literal(const QJsonValue& value, bool pattern)
{
    const auto joined = [](const QList<QByteArray>& items) {
        QByteArray text;
        for (const auto& item : items)
            text += (text.isEmpty() ? QByteArray() : QByteArray(", ")) + item;
        return text;
    };
    QList<QByteArray> items;
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "True" : "False";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String:
        if (pattern && fitsRawString(value.toString()))
            return "r\"" + value.toString().toUtf8() + '"';
        return code::quoted(value.toString());
    case QJsonValue::Array:
        for (const auto& item : value.toArray())
            items.append(literal(item, pattern));
        return '[' + joined(items) + ']';
    case QJsonValue::Object: {
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            items.append(literal(it.key(), pattern) + ": " + literal(it.value(), pattern));
        return '{' + joined(items) + '}';
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

} // namespace corscope::python

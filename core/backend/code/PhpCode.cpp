#include "core/backend/code/PhpCode.h"

#include "core/backend/code/LiteralReader.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::php {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

/// Reads an array from keys to values.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<std::vector<Argument>> array(const QByteArray& target)
    {
        readVariables();
        for (m_at = 0; !isEnd(); ++m_at) {
            if (token().kind != Token::Kind::Name || token().text != target)
                continue;
            ++m_at;
            if (is("["))
                return entries("]");
            if (token().text == "array" && token(1).text == "(") {
                ++m_at;
                return entries(")");
            }
        }
        return InputError{tr("code"), tr("an array behind \"%1\"").arg(QString::fromUtf8(target)), {}};
    }

private:
    Result<std::vector<Argument>> entries(const char* close)
    {
        std::vector<Argument> result;
        ++m_at;
        while (!is(close)) {
            const auto key = token();
            if (key.kind != Token::Kind::String || token(1).text != "=>")
                return unexpected(isEnd() ? tr("\"%1\" at the end").arg(QLatin1String(close))
                                          : tr("an option and its value ('option' => value)"));
            m_at += 2;
            m_option = key.value.toUtf8();
            auto value = literal();
            if (!value)
                return value.error();
            result.push_back({m_option, *value, key.line});
            if (is(","))
                ++m_at;
            else if (!is(close))
                return unexpected(tr("\",\" or \"%1\" after the value of %2")
                                      .arg(QLatin1String(close), QString::fromUtf8(m_option)));
        }
        return result;
    }

    QJsonValue constant(const QByteArray& name) const override
    {
        const auto lowered = ascii::lowered(name);
        return lowered == "true" ? QJsonValue(true)
            : lowered == "false" ? QJsonValue(false)
            : lowered == "null"  ? QJsonValue(QJsonValue::Null)
                                 : QJsonValue(QJsonValue::Undefined);
    }

    /// `$origins = ['https://app.example.com'];`
    bool findVariable(QByteArray& name) override
    {
        if (!token().text.startsWith('$') || !token().startsStatement || token(1).text != "=")
            return false;
        name = token().text;
        m_at += 2;
        return true;
    }
    bool endsStatement() const override { return is(";") || isEnd(); }

    Result<QJsonValue> ownLiteral() override
    {
        if (token().kind == Token::Kind::String) {
            if (!token().flags.isEmpty())
                return unexpected(tr("a plain string"));
            const auto text = token().value;
            ++m_at;
            return QJsonValue(text);
        }
        if (token().text != "array" || token(1).text != "(")
            return QJsonValue(QJsonValue::Undefined);
        ++m_at;
        return list(")");
    }
};

} // namespace

QByteArray literal(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "true" : "false";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String: {
        // Before the end and before a quote a backslash has to be one of two; elsewhere it may.
        auto text = value.toString().toUtf8();
        text.replace('\\', "\\\\").replace('\'', "\\'");
        return '\'' + text + '\'';
    }
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
    return Reader(std::move(words).value()).array(target);
}

} // namespace corscope::php

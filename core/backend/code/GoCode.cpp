#include "core/backend/code/GoCode.h"

#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::go {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

/// Reads the fields of a struct literal.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<std::vector<Argument>> call(const QByteArray& target)
    {
        readVariables();
        for (m_at = 0; !isEnd(); ++m_at)
            if (token().kind == Token::Kind::Name && token().text == target && token(1).text == "{") {
                ++m_at;
                return fields();
            }
        return InputError{tr("code"), tr("a literal of the type %1").arg(QString::fromUtf8(target)), {}};
    }

private:
    QJsonValue constant(const QByteArray& name) const override
    {
        return name == "true" ? QJsonValue(true)
            : name == "false" ? QJsonValue(false)
            : name == "nil"   ? QJsonValue(QJsonArray())
                              : QJsonValue(QJsonValue::Undefined);
    }

    /// `origins := []string{..}`, `var origins = []string{..}`
    bool findVariable(QByteArray& name) override
    {
        if (token().kind != Token::Kind::Name || !isFirstOnLine())
            return false;
        const size_t at = token().text == "var" ? 1 : 0;
        const size_t value = at + (token(at + 1).text == ":" ? 3 : 2);
        if (token(at).kind != Token::Kind::Name || token(value - 1).text != "=")
            return false;
        name = token(at).text;
        m_at += value;
        return true;
    }

    /// Inside a function, too: there is nearly no Go code outside of one.
    bool endsStatement() const override { return isFirstOnLine() || is(";") || isEnd(); }
    bool isFirstOnLine() const { return m_at == 0 || before().line < token().line; }

    Result<QJsonValue> ownLiteral() override
    {
        if (token().kind == Token::Kind::String) {
            const auto text = token().value;
            ++m_at;
            return QJsonValue(text);
        }
        if (!is("[") || token(1).text != "]" || token(2).text != "string" || token(3).text != "{")
            return QJsonValue(QJsonValue::Undefined);
        m_at += 3;
        return list("}");
    }
};

} // namespace

QByteArray literal(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "true" : "false";
    case QJsonValue::Double: return QByteArray::number(value.toInteger());
    case QJsonValue::String: return code::quoted(value.toString());
    case QJsonValue::Array: {
        QByteArray items;
        for (const auto& item : value.toArray())
            items += (items.isEmpty() ? QByteArray() : QByteArray(", ")) + literal(item);
        return "[]string{" + items + '}';
    }
    default: return "nil";
    }
}

Result<std::vector<Argument>> readCall(const QByteArray& code, const QByteArray& target)
{
    // As far as these literals go, Go's words are JavaScript's.
    auto words = javascript::tokens(code);
    if (!words)
        return words.error();
    return Reader(std::move(words).value()).call(target);
}

} // namespace corscope::go

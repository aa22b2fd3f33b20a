#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace corscope::code {

static QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

InputError LiteralReader::unexpected(const QString& expected) const
{
    return {linePlace(token().line), expected, isEnd() ? tr("the end of the code") : QString::fromUtf8(token().text)};
}

void LiteralReader::readVariables()
{
    for (m_at = 0; !isEnd(); ++m_at) {
        const auto start = m_at;
        QByteArray name;
        if (!findVariable(name))
            continue;
        m_option = name;
        m_depth = 0;
        const auto value = literal();
        if (value && endsStatement())
            m_variables[name] = *value;
        else
            m_variables.erase(name);
        m_at = start + 1;
    }
}

Result<QJsonValue> LiteralReader::literal()
{
    const QString expected = tr("a literal value for %1").arg(QString::fromUtf8(m_option));
    if (const auto own = ownLiteral(); !own || !own->isUndefined())
        return own;
    const auto& first = token();
    if (first.kind == Token::Kind::Number || (is("-") && token(1).kind == Token::Kind::Number))
        return number(expected);
    if (is("["))
        return list("]");
    if (is("{"))
        return object();
    if (first.kind == Token::Kind::Name) {
        const auto variable = m_variables.find(first.text);
        const auto known = variable != m_variables.end() ? variable->second : constant(first.text);
        if (!known.isUndefined()) {
            ++m_at;
            return known;
        }
    }
    if (first.kind == Token::Kind::Name)
        return InputError{linePlace(first.line), expected, tr("the name %1").arg(QString::fromUtf8(first.text))};
    return unexpected(expected);
}

/// A whole number, or a product of whole numbers ("60 * 60").
Result<QJsonValue> LiteralReader::number(const QString& expected)
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

Result<QJsonValue> LiteralReader::list(const char* close, bool* comma)
{
    if (m_depth >= deepest)
        return unexpected(tr("lists that are not nested so deeply"));
    ++m_depth;
    auto result = listInside(close, comma);
    --m_depth;
    return result;
}

Result<QJsonValue> LiteralReader::listInside(const char* close, bool* comma)
{
    ++m_at;
    QJsonArray items;
    while (!is(close)) {
        auto item = literal();
        if (!item)
            return item.error();
        items.append(*item);
        const bool more = is(",");
        if (comma)
            *comma = more;
        if (more)
            ++m_at;
        else if (!is(close))
            return unexpected(tr("\",\" or \"%1\"").arg(QLatin1String(close)));
    }
    ++m_at;
    return QJsonValue(items);
}

Result<std::vector<Argument>> LiteralReader::fields()
{
    if (m_depth >= deepest)
        return unexpected(tr("lists that are not nested so deeply"));
    std::vector<Argument> result;
    ++m_at;
    ++m_depth;
    while (!is("}")) {
        const auto& key = token();
        const bool shorthand = key.kind == Token::Kind::Name && (token(1).text == "," || token(1).text == "}");
        if ((key.kind != Token::Kind::Name && key.kind != Token::Kind::String)
            || (token(1).text != ":" && !shorthand))
            return unexpected(isEnd() ? tr("\"}\" at the end") : tr("an option and its value (option: value)"));
        const auto name = key.kind == Token::Kind::String ? key.value.toUtf8() : key.text;
        m_option = name;
        if (!shorthand)
            m_at += 2;
        auto value = literal();
        if (!value)
            return value.error();
        result.push_back({name, *value, key.line});
        if (is(","))
            ++m_at;
        else if (!is("}"))
            return unexpected(tr("\",\" or \"}\" after the value of %1").arg(QString::fromUtf8(name)));
    }
    ++m_at;
    --m_depth;
    return result;
}

Result<QJsonValue> LiteralReader::object()
{
    const auto outside = m_option;
    const auto read = fields();
    if (!read)
        return read.error();
    m_option = outside;
    QJsonObject object;
    for (const auto& field : *read)
        object[QString::fromUtf8(field.name)] = field.value;
    return QJsonValue(object);
}

} // namespace corscope::code

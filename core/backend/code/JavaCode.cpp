#include "core/backend/code/JavaCode.h"

#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace corscope::java {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

/// HttpHeaders.CONTENT_TYPE
QString headerName(const QByteArray& constant)
{
    QStringList words;
    for (const auto& word : constant.split('_'))
        words.append(QString::fromUtf8(QByteArray(word.left(1).toUpper() + word.mid(1).toLower())));
    return words.join(u'-');
}

/// setAllowedOrigins, addAllowedOrigin: the option, with a small letter.
QByteArray optionOf(const QByteArray& method)
{
    const auto name = method.mid(3);
    return QByteArray(name.left(1).toLower() + name.mid(1)) + (method.startsWith("add") ? "s" : "");
}

/// Reads calls on one object, and what they are given.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<std::vector<Argument>> call(const QByteArray& target)
    {
        readVariables();
        for (m_at = 0; !isEnd(); ++m_at)
            if (token().text == "new" && token(1).text == target && token(2).text == "(")
                return configured();
        for (m_at = 0; !isEnd(); ++m_at)
            if (token().text == "addMapping" && token(1).text == "(")
                return mapped();
        for (m_at = 0; !isEnd(); ++m_at)
            if (is("@") && token(1).text == "CrossOrigin")
                return annotated();
        return InputError{tr("code"), tr("an object of the class %1").arg(QString::fromUtf8(target)), {}};
    }

private:
    QJsonValue constant(const QByteArray& name) const override
    {
        return name == "true" ? QJsonValue(true)
            : name == "false" ? QJsonValue(false)
            : name == "null"  ? QJsonValue(QJsonValue::Null)
                              : QJsonValue(QJsonValue::Undefined);
    }

    /// `List<String> origins = List.of("a");`
    bool findVariable(QByteArray& name) override
    {
        if (m_at == 0 || token().kind != Token::Kind::Name || token(1).text != "=")
            return false;
        if (before().kind != Token::Kind::Name && before().text != ">" && before().text != "]")
            return false;
        name = token().text;
        m_at += 2;
        return true;
    }
    bool endsStatement() const override { return is(";"); }

    bool isCallOf(const char* object, const char* method) const
    {
        return token().text == object && token(1).text == "." && token(2).text == method && token(3).text == "(";
    }

    /// The values in brackets, the opening one still ahead.
    Result<QJsonArray> values()
    {
        const auto read = list(")");
        if (!read)
            return read.error();
        return read->toArray();
    }

    Result<QJsonValue> ownLiteral() override
    {
        if (token().kind == Token::Kind::String) {
            const auto text = token().value;
            ++m_at;
            return QJsonValue(text);
        }
        for (const char* maker : {"List", "Set", "Arrays", "Collections", "ImmutableList"})
            for (const char* method : {"of", "asList", "singletonList", "emptyList"})
                if (isCallOf(maker, method)) {
                    m_at += 3;
                    return list(")");
                }
        if (token().text == "new" && token(1).text == "String" && token(4).text == "{")
            m_at += 4;
        if (is("{"))
            return list("}");
        constexpr struct
        {
            const char* name;
            int seconds;
        } units[] = {{"ofSeconds", 1}, {"ofMinutes", 60}, {"ofHours", 3600}, {"ofDays", 86400}};
        for (const auto& unit : units)
            if (isCallOf("Duration", unit.name)) {
                m_at += 3;
                const auto count = values();
                if (!count)
                    return count.error();
                return QJsonValue(count->at(0).toInteger() * unit.seconds);
            }
        return namedConstant();
    }

    /// `HttpMethod.PUT.name()`, `CorsConfiguration.ALL`; undefined where it is none that is known.
    Result<QJsonValue> namedConstant()
    {
        const auto type = token().text;
        if (token().kind != Token::Kind::Name || token(1).text != "." || token(2).kind != Token::Kind::Name
            || token(3).text == "(")
            return QJsonValue(QJsonValue::Undefined);
        const auto name = token(2).text;
        QJsonValue value(QJsonValue::Undefined);
        if (type == "HttpMethod" || type == "RequestMethod")
            value = QString::fromUtf8(name);
        else if (type == "HttpHeaders")
            value = headerName(name);
        else if (type == "CorsConfiguration" && name == "ALL")
            value = QStringLiteral("*");
        else if (type == "Boolean")
            value = name == "TRUE";
        if (value.isUndefined())
            return value;
        m_at += 3;
        if (is(".") && (token(1).text == "name" || token(1).text == "toString") && token(2).text == "(")
            m_at += 4;
        return value;
    }

    Result<std::vector<Argument>> configured()
    {
        // `CorsConfiguration c = new CorsConfiguration().applyPermitDefaultValues();`
        const auto variable = m_at >= 2 && before().text == "=" ? before(2).text : QByteArray();
        m_at += 2;
        if (const auto skipped = values(); !skipped)
            return skipped.error();
        while (is(".")) {
            ++m_at;
            if (const auto done = called(); !done)
                return done.error();
        }
        while (!isEnd()) {
            if (token().text == "registerCorsConfiguration" && token(1).text == "(") {
                const int line = token().line;
                m_option = "path";
                m_at += 2;
                const auto path = literal();
                if (!path)
                    return path.error();
                if (is(",") && token(1).text == variable)
                    m_arguments.push_back({"path", *path, line});
            } else if (!variable.isEmpty() && token().text == variable && token(1).text == ".") {
                m_at += 2;
                if (const auto done = called(); !done)
                    return done.error();
            } else {
                ++m_at;
            }
        }
        return m_arguments;
    }

    /// `.allowedOrigins("a", "b").maxAge(60)`; what is not said has Spring MVC's defaults.
    Result<std::vector<Argument>> mapped()
    {
        const int line = token().line;
        m_option = "path";
        ++m_at;
        const auto path = values();
        if (!path)
            return path.error();
        m_arguments = {{"path", path->at(0), line}, {"applyPermitDefaultValues", QJsonValue(true), line}};
        while (is(".") && token(2).text == "(") {
            const int callLine = token(1).line;
            const auto name = token(1).text;
            m_option = name;
            m_at += 2;
            const auto given = values();
            if (!given)
                return given.error();
            const bool single = name == "allowCredentials" || name == "allowPrivateNetwork" || name == "maxAge";
            m_arguments.push_back({name, single ? given->at(0) : QJsonValue(*given), callLine});
        }
        return m_arguments;
    }

    /// `@CrossOrigin("a")`, `@CrossOrigin(origins = {"a", "b"}, maxAge = 60)`, with Spring MVC's defaults.
    Result<std::vector<Argument>> annotated()
    {
        m_arguments = {{"applyPermitDefaultValues", QJsonValue(true), token().line}};
        m_at += 2;
        if (!is("("))
            return m_arguments;
        ++m_at;
        while (!is(")")) {
            const int line = token().line;
            const bool named = token(1).text == "=";
            const auto name = named ? token().text : QByteArray("value");
            m_at += named ? 2 : 0;
            const auto option = name == "value" || name == "origins" ? QByteArray("allowedOrigins")
                : name == "originPatterns"                           ? QByteArray("allowedOriginPatterns")
                : name == "methods"                                  ? QByteArray("allowedMethods")
                                                                     : name;
            m_option = name;
            auto value = literal();
            if (!value)
                return value.error();
            if (option == "allowCredentials" || option == "allowPrivateNetwork") // a text there
                value = QJsonValue(value->toString() == u"true");
            else if (option != "maxAge" && !value->isArray())
                value = QJsonValue(QJsonArray{*value});
            m_arguments.push_back({option, *value, line});
            if (is(","))
                ++m_at;
            else if (!is(")"))
                return unexpected(tr("\",\" or \"%1\"").arg(u')'));
        }
        return m_arguments;
    }

    /// What an option holds before the first item is added.
    QJsonArray itemsBefore(const QByteArray& option) const
    {
        const bool defaults = std::any_of(m_arguments.begin(), m_arguments.end(), [](const Argument& argument) {
            return argument.name == "applyPermitDefaultValues";
        });
        if (defaults && option == "allowedMethods")
            return {QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST")};
        if (defaults && (option == "allowedOrigins" || option == "allowedHeaders"))
            return {QStringLiteral("*")};
        return {};
    }

    /// A call on the object, its name ahead.
    Result<Done> called()
    {
        const auto method = token().text;
        const int line = token().line;
        const bool sets = method.startsWith("set") || method.startsWith("add");
        if (token(1).text != "(" || !(sets || method == "applyPermitDefaultValues")) {
            ++m_at;
            return Done{};
        }
        m_option = sets ? optionOf(method) : method;
        const auto option = m_option;
        ++m_at;
        const auto given = values();
        if (!given)
            return given.error();
        const auto earlier = std::find_if(m_arguments.begin(), m_arguments.end(),
                                          [&](const Argument& argument) { return argument.name == option; });
        const auto value = !sets ? QJsonValue(true) : given->isEmpty() ? QJsonValue() : given->at(0);
        if (!method.startsWith("add"))
            m_arguments.push_back({option, value, line});
        else {
            auto items = earlier == m_arguments.end() ? itemsBefore(option) : earlier->value.toArray();
            items.append(value);
            if (earlier == m_arguments.end())
                m_arguments.push_back({option, items, line});
            else
                earlier->value = items;
        }
        return Done{};
    }

    std::vector<Argument> m_arguments;
};

} // namespace

QByteArray literal(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? "true" : "false";
    case QJsonValue::Double: return QByteArray::number(value.toInteger()) + 'L';
    case QJsonValue::String: return code::quoted(value.toString());
    case QJsonValue::Array: {
        QByteArray items;
        for (const auto& item : value.toArray())
            items += (items.isEmpty() ? QByteArray() : QByteArray(", ")) + literal(item);
        return "List.of(" + items + ')';
    }
    default: return "null";
    }
}

Result<std::vector<Argument>> readCall(const QByteArray& code, const QByteArray& target)
{
    // As far as these literals go, Java's words are JavaScript's, but for the L behind a long number.
    auto words = javascript::tokens(code);
    if (!words)
        return words.error();
    for (auto& word : *words)
        if (word.kind == Token::Kind::Number && (word.text.endsWith('L') || word.text.endsWith('l')))
            word.text.chop(1);
    return Reader(std::move(words).value()).call(target);
}

} // namespace corscope::java

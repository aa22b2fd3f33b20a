#include "core/backend/code/PythonReader.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::python {

using code::Argument;
using code::Token;

static QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

Result<std::vector<Argument>> Reader::call(const QByteArray& target)
{
    readVariables();
    if (!findCall(target))
        return InputError{tr("code"), tr("a call with %1").arg(QString::fromUtf8(target)), {}};
    return arguments();
}

Result<std::vector<Argument>> Reader::arguments()
{
    std::vector<Argument> result;
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
        result.push_back({name.text, *value, name.line});
        if (is(","))
            ++m_at;
        else if (!is(")"))
            return unexpected(tr("\",\" or \")\" after the value of %1").arg(QString::fromUtf8(name.text)));
    }
    return result;
}

Result<std::vector<Argument>> Reader::assignments(const QList<QByteArray>& names)
{
    readVariables();
    std::vector<Argument> result;
    for (m_at = 0; !isEnd(); ++m_at) {
        const auto name = token();
        if (name.kind != Token::Kind::Name || !name.startsStatement || token(1).text != "="
            || !names.contains(name.text))
            continue;
        m_at += 2;
        m_option = name.text;
        auto value = literal();
        if (!value)
            return value.error();
        if (!endsStatement())
            return unexpected(tr("nothing more after the value of %1").arg(QString::fromUtf8(name.text)));
        // As in Python, the last assignment holds.
        std::erase_if(result, [&](const Argument& earlier) { return earlier.name == name.text; });
        result.push_back({name.text, *value, name.line});
        --m_at;
    }
    return result;
}

QJsonValue Reader::constant(const QByteArray& name) const
{
    return name == "True" ? QJsonValue(true)
        : name == "False" ? QJsonValue(false)
        : name == "None"  ? QJsonValue(QJsonValue::Null)
                          : QJsonValue(QJsonValue::Undefined);
}

bool Reader::findVariable(QByteArray& name)
{
    if (token().kind != Token::Kind::Name || !token().startsStatement || token(1).text != "=")
        return false;
    name = token().text;
    m_at += 2;
    return true;
}

bool Reader::findCall(const QByteArray& target)
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

Result<QJsonValue> Reader::ownLiteral()
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

} // namespace corscope::python

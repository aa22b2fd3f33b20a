#include "core/backend/code/GoCode.h"

#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/LiteralReader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace corscope::go {

using code::Argument;
using code::Token;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

// What is no literal of JSON is read as an object with one of these keys.
constexpr QLatin1String nanosecondsKey("$nanoseconds");
constexpr QLatin1String functionKey("$function"); ///< its words, one space between them
constexpr QLatin1String optionKey("$option");     ///< name of a functional option; its value beside it
constexpr QLatin1String valueKey("value");

constexpr struct
{
    const char* name;
    qint64 nanoseconds;
} durations[] = {{"Nanosecond", 1},      {"Microsecond", 1000},         {"Millisecond", 1000000},
                 {"Second", 1000000000}, {"Minute", 60 * 1000000000LL}, {"Hour", 3600 * 1000000000LL}};

QString joined(const std::vector<Token>& words)
{
    QStringList texts;
    for (const auto& word : words)
        if (word.kind != Token::Kind::End)
            texts.append(word.kind == Token::Kind::String ? QString(u'"' + word.value + u'"')
                                                          : QString::fromUtf8(word.text));
    return texts.join(u' ');
}

/// Reads the fields of a struct literal, or functional options.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<std::vector<Argument>> call(const QByteArray& target)
    {
        m_functional = find(target, "(");
        readVariables();
        const bool found = m_functional ? find(target, "(") : find(target, "{");
        if (!found)
            return InputError{tr("code"), tr("a literal of the type %1").arg(QString::fromUtf8(target)), {}};
        ++m_at;
        auto result = m_functional ? functionalOptions() : fields();
        if (result)
            readSetters(*result);
        return result;
    }

    std::optional<Result<std::vector<Argument>>> preset(const QByteArray& function)
    {
        readVariables();
        const auto dot = function.indexOf('.');
        const auto isCalled = [&] {
            return token().text == function.left(dot) && token(1).text == "." && token(2).text == function.mid(dot + 1)
                && token(3).text == "(";
        };
        for (m_at = 0; !isEnd() && !isCalled();)
            ++m_at;
        if (isEnd())
            return {};
        // `config := cors.DefaultConfig()`; where it is handed on at once, nothing can be assigned to it
        const bool named = m_at >= 3 && before().text == "=";
        const auto variable = !named ? QByteArray() : before(2).text == ":" ? before(3).text : before(2).text;
        std::vector<Argument> result;
        for (; named && !isEnd(); ++m_at) {
            if (token().text != variable || token(1).text != "." || token(2).kind != Token::Kind::Name)
                continue;
            const int line = token().line;
            m_option = token(2).text;
            if (token(3).text != "=")
                return InputError{code::linePlace(line),
                                  tr("an assignment to %1").arg(QString::fromUtf8(variable + '.' + m_option)),
                                  QString::fromUtf8(token(3).text)};
            m_at += 4;
            const auto value = literal();
            if (!value)
                return value.error();
            result.push_back({m_option, *value, line});
            --m_at;
        }
        return result;
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
        if (token().kind == Token::Kind::Name && token().text == "func")
            return function();
        if (token().kind == Token::Kind::Number || token().text == "time")
            return duration();
        if (m_functional && token().kind == Token::Kind::Name && token(1).text == "."
            && token(2).kind == Token::Kind::Name && token(3).text == "(")
            return functionalOption();
        if (!is("[") || token(1).text != "]" || token(2).text != "string" || token(3).text != "{")
            return QJsonValue(QJsonValue::Undefined);
        m_at += 3;
        return list("}");
    }

    /// Moves to the first `name(` or `name{`.
    bool find(const QByteArray& name, const char* bracket)
    {
        for (m_at = 0; !isEnd(); ++m_at)
            if (token().kind == Token::Kind::Name && token().text == name && token(1).text == bracket)
                return true;
        return false;
    }

    /// Up to the end of its body.
    Result<QJsonValue> function()
    {
        std::vector<Token> words;
        for (int depth = 0; !isEnd(); ++m_at) {
            words.push_back(token());
            if (is("{"))
                ++depth;
            if (is("}") && --depth == 0) {
                ++m_at;
                return QJsonValue(QJsonObject{{functionKey, joined(words)}});
            }
        }
        return unexpected(tr("\"}\" at the end"));
    }

    /// `12 * time.Hour`; undefined where no unit of time is among the factors.
    Result<QJsonValue> duration()
    {
        const auto start = m_at;
        double product = 1;
        bool timed = false;
        for (;; ++m_at) {
            const auto unit = std::find_if(std::begin(durations), std::end(durations),
                                           [this](const auto& d) { return token(2).text == d.name; });
            bool ok = true;
            if (token().kind == Token::Kind::Number) {
                product *= double(QByteArray(token().text).replace("_", "").toLongLong(&ok, 0));
                ++m_at;
            } else if (token().text == "time" && token(1).text == "." && unit != std::end(durations)) {
                product *= double(unit->nanoseconds);
                timed = true;
                m_at += 3;
            } else {
                ok = false;
            }
            if (!ok || product > 9e18) {
                m_at = start;
                return QJsonValue(QJsonValue::Undefined);
            }
            if (!is("*"))
                break;
        }
        if (timed)
            return QJsonValue(QJsonObject{{nanosecondsKey, product}});
        m_at = start;
        return QJsonValue(QJsonValue::Undefined);
    }

    /// `handlers.MaxAge(600)`, `handlers.AllowCredentials()`
    Result<QJsonValue> functionalOption()
    {
        const auto name = token(2).text;
        m_option = name;
        m_at += 4;
        QJsonValue value(true);
        if (!is(")")) {
            const auto read = literal();
            if (!read)
                return read.error();
            value = *read;
        }
        if (!is(")"))
            return unexpected(tr("\")\" after the value of %1").arg(QString::fromUtf8(name)));
        ++m_at;
        return QJsonValue(QJsonObject{{optionKey, QString::fromUtf8(name)}, {valueKey, value}});
    }

    Result<std::vector<Argument>> functionalOptions()
    {
        std::vector<Argument> result;
        ++m_at;
        while (!is(")")) {
            m_option = "CORS";
            const int line = token().line;
            const auto read = literal();
            if (!read)
                return read.error();
            const auto option = read->toObject();
            if (!option.contains(optionKey))
                return InputError{code::linePlace(line), tr("an option (handlers.MaxAge(600))"), {}};
            result.push_back({option[optionKey].toString().toUtf8(), option[valueKey], line});
            if (is(","))
                ++m_at;
            else if (!is(")"))
                return unexpected(tr("\",\" or \"%1\"").arg(u')'));
        }
        return result;
    }

    void readSetters(std::vector<Argument>& result)
    {
        for (; !isEnd(); ++m_at) {
            if (token().text != "." || token(1).kind != Token::Kind::Name || token(2).text != "(")
                continue;
            const auto start = m_at;
            const auto name = token(1).text;
            const int line = token().line;
            m_at += 3;
            const auto value = literal();
            if (value && is(")"))
                result.push_back({name, *value, line, true});
            m_at = start;
        }
    }

    bool m_functional = false;
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

std::optional<Result<std::vector<Argument>>> readPreset(const QByteArray& code, const QByteArray& function)
{
    auto words = javascript::tokens(code);
    if (!words)
        return {};
    return Reader(std::move(words).value()).preset(function);
}

Result<QJsonValue> asSetting(const OptionDescription& option, const QJsonValue& read)
{
    const auto object = read.toObject();
    const auto name = QString::fromUtf8(option.name);
    if (object.contains(functionKey)) {
        const auto& known = option.code.functions;
        for (auto it = known.begin(); it != known.end(); ++it)
            if (const auto words = javascript::tokens(*it); words && joined(*words) == object[functionKey].toString())
                return QJsonValue(it.key());
        return InputError{name,
                          known.isEmpty() ? tr("a literal value for %1").arg(name)
                                          : tr("one of the functions that can be chosen for %1 (%2)")
                                                .arg(name, QStringList(known.keys()).join(QStringLiteral(", "))),
                          tr("another function")};
    }
    if (!option.code.functions.isEmpty() && read == QJsonValue(QJsonArray())) // nil
        return option.defaultValue;
    if (!option.code.unit.isEmpty() && (object.contains(nanosecondsKey) || read == QJsonValue(0)))
        return QJsonValue(qint64(object[nanosecondsKey].toDouble() / 1e9));
    if (!option.code.unit.isEmpty() || object.contains(nanosecondsKey))
        return InputError{name,
                          option.code.unit.isEmpty()
                              ? tr("a plain number for %1").arg(name)
                              : tr("a duration for %1 (3600 * %2)").arg(name, QString::fromUtf8(option.code.unit)),
                          option.code.unit.isEmpty() ? tr("a duration")
                                                     : tr("a plain number, which counts nanoseconds")};
    return read;
}

} // namespace corscope::go

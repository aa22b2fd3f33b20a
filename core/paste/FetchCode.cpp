#include "core/paste/FetchCode.h"

#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/LiteralReader.h"
#include "core/base/Ascii.h"
#include "core/callcode/CallCode.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace corscope::paste {

namespace {

using code::Argument;
using code::Token;

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

constexpr qsizetype longestCall = 1 << 20;
constexpr qsizetype longestPreparation = 1000; // characters in front of a call

/// Reads the arguments of one call; an expression that is no literal becomes its own text.
class Reader final : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    Result<Done> call(PastedRequest& request)
    {
        // fetch (
        if (token().text != "fetch" || token(1).text != "(")
            return unexpected(tr("a call of fetch()"));
        m_at = 2;
        m_option = "url";
        const auto url = literal();
        if (!url)
            return url.error();
        request.call.url = url->toString().toUtf8();
        if (!is(","))
            return Done{};
        ++m_at;
        if (is(")"))
            return Done{};
        if (!is("{")) {
            request.guesses.append(tr("The settings of fetch() stand in a variable that was not pasted; the defaults were taken."));
            return Done{};
        }
        const auto options = fields();
        if (!options)
            return options.error();
        for (const auto& option : *options)
            take(option, request);
        request.guesses += m_guesses;
        return Done{};
    }

private:
    QStringList m_guesses;

    QJsonValue constant(const QByteArray& name) const override
    {
        return name == "true"                         ? QJsonValue(true)
            : name == "false"                         ? QJsonValue(false)
            : (name == "null" || name == "undefined") ? QJsonValue(QJsonValue::Null)
                                                      : QJsonValue(QJsonValue::Undefined);
    }
    bool findVariable(QByteArray&) override { return false; }

    Result<QJsonValue> ownLiteral() override
    {
        if (token().kind == Token::Kind::String) {
            const auto value = token().value;
            ++m_at;
            if (!is("+"))
                return QJsonValue(value);
            guess(value);
            skipExpression();
            return QJsonValue(QString(value + QStringLiteral("...")));
        }
        if (token().text == "JSON" && token(2).text == "stringify" && token(3).text == "(") {
            m_at += 4;
            auto value = literal();
            skipExpression();
            if (is(")"))
                ++m_at;
            if (!value)
                return value;
            return QJsonValue(QString::fromUtf8(written(*value)));
        }
        if (token().text == "AbortSignal" && token(2).text == "timeout" && token(3).text == "(") {
            m_at += 4;
            auto milliseconds = literal();
            if (is(")"))
                ++m_at;
            return milliseconds;
        }
        if (token().text == "new" && token(1).text == "Headers" && token(2).text == "(") {
            m_at += 3;
            auto value = literal();
            if (is(")"))
                ++m_at;
            return value;
        }
        if (token().kind == Token::Kind::Name && constant(token().text).isUndefined()) {
            const auto name = QString::fromUtf8(token().text);
            guess(name);
            skipExpression();
            return QJsonValue(QStringLiteral("..."));
        }
        return QJsonValue(QJsonValue::Undefined);
    }

    void guess(const QString& what)
    {
        m_guesses.append(tr("A value of fetch() is worked out at run time (%1); the rest of it was taken for granted.").arg(what.left(40)));
    }

    // Up to what ends an argument or a field.
    void skipExpression()
    {
        int depth = 0;
        for (; !isEnd(); ++m_at) {
            const auto& text = token().text;
            if (token().kind != Token::Kind::Punctuation)
                continue;
            if (text == "(" || text == "[" || text == "{")
                ++depth;
            else if (depth == 0 && (text == "," || text == ")" || text == "]" || text == "}"))
                return;
            else if (text == ")" || text == "]" || text == "}")
                --depth;
        }
    }

    static QByteArray written(const QJsonValue& value)
    {
        if (value.isObject())
            return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
        if (value.isArray())
            return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
        return value.toVariant().toString().toUtf8();
    }

    void take(const Argument& option, PastedRequest& request)
    {
        auto& call = request.call;
        const auto text = option.value.toString().toUtf8();
        if (option.name == "method")
            call.method = text;
        else if (option.name == "mode")
            call.mode = text;
        else if (option.name == "credentials")
            call.credentials = text;
        else if (option.name == "redirect")
            call.redirect = text;
        else if (option.name == "cache")
            call.cache = text;
        else if (option.name == "keepalive")
            call.keepalive = option.value.toBool();
        else if (option.name == "signal" && option.value.isDouble())
            call.abortAfter = Milliseconds(qint64(qBound(0.0, option.value.toDouble(), 1e12)));
        else if (option.name == "referrer")
            request.pageUrl = text;
        else if (option.name == "referrerPolicy" && !text.isEmpty())
            call.referrerPolicy = text;
        else if (option.name == "body" && !option.value.isNull())
            call.body = option.value.isString() ? text : written(option.value);
        else if (option.name == "headers")
            takeHeaders(option.value, call.headers);
    }

    static void takeHeaders(const QJsonValue& value, HeaderList& headers)
    {
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            headers.append(it.key().toUtf8(), normalizedHeaderValue(it.value().toVariant().toString().toUtf8()));
        for (const auto& pair : value.toArray())
            headers.append(pair.toArray().at(0).toString().toUtf8(), normalizedHeaderValue(pair.toArray().at(1).toString().toUtf8()));
    }
};

// The end of the call that begins there, behind its closing bracket; -1 where it is not closed.
qsizetype endOfCall(const QString& text, qsizetype from)
{
    int depth = 0;
    QChar quote;
    const auto end = std::min(text.size(), from + longestCall);
    for (auto i = text.indexOf(QLatin1Char('('), from); i >= 0 && i < end; ++i) {
        const auto c = text[i];
        if (!quote.isNull()) {
            if (c == QLatin1Char('\\'))
                ++i;
            else if (c == quote)
                quote = QChar();
        } else if (c == QLatin1Char('"') || c == QLatin1Char('\'') || c == QLatin1Char('`')) {
            quote = c;
        } else if (c == QLatin1Char('(')) {
            ++depth;
        } else if (c == QLatin1Char(')') && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

// Template strings with an expression in them: the expression is worked out at run time.
QString withoutExpressions(QString call)
{
    for (auto open = call.indexOf(QLatin1String("${")); open >= 0; open = call.indexOf(QLatin1String("${"), open)) {
        const auto close = call.indexOf(QLatin1Char('}'), open);
        if (close < 0)
            break;
        call.replace(open, close - open + 1, QStringLiteral("..."));
    }
    return call;
}

/// Most calls say everything themselves, with an AbortController in front of them perhaps.
std::optional<FetchCall> readExactly(const QString& text, qsizetype from, qsizetype end)
{
    static const QRegularExpression controller(QStringLiteral("\\b(const|let|var)\\s+[\\w$]+\\s*=\\s*new\\s+AbortController\\b"));
    const auto earliest = std::max<qsizetype>(0, from - longestPreparation);
    const auto prepared = text.mid(earliest, from - earliest).lastIndexOf(controller);
    for (const auto begin : {prepared < 0 ? from : earliest + prepared, from})
        if (const auto call = readCallCode(text.mid(begin, end - begin), FetchCall()))
            return *call;
    return std::nullopt;
}

} // namespace

Result<PastedRequest> readFetchCode(const QString& text, qsizetype from)
{
    const auto place = placeOf(text, from);
    const auto where = tr("line %1, column %2").arg(place.line).arg(place.column);
    const auto end = endOfCall(text, from);
    if (end < 0)
        return InputError{where, tr("a call of fetch() that ends with )"), text.mid(from, 40).section(QLatin1Char('\n'), 0, 0)};
    PastedRequest request;
    request.range = {from, end};
    if (const auto call = readExactly(text, from, end)) {
        request.call = *call;
        if (call->referrer && !call->referrer->isEmpty()) // developer tools write the page there
            request.pageUrl = *std::exchange(request.call.referrer, std::nullopt);
    } else {
        auto words = javascript::tokens(withoutExpressions(text.mid(from, end - from)).toUtf8());
        if (!words)
            return InputError{where, words.error().expected, words.error().found};
        if (const auto done = Reader(std::move(words).value()).call(request); !done)
            return InputError{where, done.error().expected, done.error().found};
    }
    if (request.call.url.isEmpty())
        return InputError{where, tr("an address in fetch()"), {}};
    takeOverBrowserHeaders(request);
    return request;
}

} // namespace corscope::paste

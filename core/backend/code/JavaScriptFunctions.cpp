#include "core/backend/code/JavaScriptCode.h"

#include <QJsonArray>

#include <algorithm>
#include <initializer_list>

namespace corscope::javascript {

using code::Token;

namespace {

QJsonArray listOf(const QList<QByteArray>& values)
{
    QJsonArray list;
    for (const auto& value : values)
        list.append(QString::fromUtf8(value));
    return list;
}

/// A function in one form: its parameters, and the words of what it answers.
struct Function
{
    QList<QByteArray> parameters;
    std::vector<Token> body;
};

/// The first words that read like this, from `from` on; the end where there are none.
size_t findWords(const std::vector<Token>& words, std::initializer_list<const char*> texts, size_t from = 0)
{
    const auto at = std::search(words.begin() + qsizetype(std::min(from, words.size())), words.end(), texts.begin(),
                                texts.end(), [](const Token& word, const char* text) { return word.text == text; });
    return size_t(at - words.begin());
}

void replaceWords(std::vector<Token>& words, size_t from, size_t count, std::initializer_list<const char*> texts)
{
    std::vector<Token> other;
    for (const char* text : texts)
        other.push_back({Token::Kind::Punctuation, text, {}, {}, 0, false});
    words.erase(words.begin() + qsizetype(from), words.begin() + qsizetype(from + count));
    words.insert(words.begin() + qsizetype(from), other.begin(), other.end());
}

/// Two older ways to say the same: `if (a) { b } else { c }` for `a ? b : c`, and `list.indexOf(x) !== -1` for
/// `list.includes(x)`.
void modernise(std::vector<Token>& body)
{
    if (!body.empty() && body[0].text == "if" && body.back().text == "}") {
        const auto then = findWords(body, {")", "{"});
        const auto otherwise = findWords(body, {"}", "else", "{"}, then);
        if (body.size() > 1 && body[1].text == "(" && otherwise < body.size()) {
            body.pop_back();
            replaceWords(body, otherwise, 3, {":"});
            replaceWords(body, then, 2, {"?"});
            replaceWords(body, 0, 2, {});
        }
    }
    const auto index = findWords(body, {"indexOf", "("});
    const auto compared = findWords(body, {")", "!=", "=", "-", "1"}, index);
    if (compared < body.size()) {
        replaceWords(body, compared, 5, {")"});
        body[index].text = "includes";
    }
}

/// Takes `function name(a, b) { return x }`, `(a, b) => x`, `a => { return x }` apart.
std::optional<Function> functionOf(std::vector<Token> words)
{
    words.pop_back(); // the end
    size_t at = 0;
    const auto is = [&](const char* text) { return at < words.size() && words[at].text == text; };
    if (is("async"))
        ++at;
    const bool isFunction = is("function");
    if (isFunction)
        ++at;
    if (isFunction && at < words.size() && words[at].kind == Token::Kind::Name)
        ++at;

    Function function;
    if (is("(")) {
        for (++at; at < words.size() && !is(")"); ++at)
            if (words[at].kind == Token::Kind::Name)
                function.parameters.append(words[at].text);
        ++at;
    } else if (at < words.size()) {
        function.parameters.append(words[at++].text);
    }
    if (!isFunction) {
        if (!is("=>"))
            return std::nullopt;
        ++at;
    }
    auto first = words.begin() + qsizetype(std::min(at, words.size()));
    auto last = words.end();
    if (first != last && first->text == "{") {
        --last;
        if (++first != last && first->text == "return")
            ++first;
    }
    function.body.assign(first, last);
    // Statements may end in a semicolon.
    function.body.erase(std::remove_if(function.body.begin(), function.body.end(),
                                       [](const Token& word) { return word.text == ";"; }),
                        function.body.end());
    modernise(function.body);
    return function;
}

/// Reads `["a", "b"]` at `at` and moves behind it.
std::optional<QList<QByteArray>> stringList(const std::vector<Token>& words, size_t& at)
{
    QList<QByteArray> values;
    if (at >= words.size() || words[at].text != "[")
        return std::nullopt;
    for (++at; at < words.size() && words[at].text != "]"; ++at) {
        if (words[at].kind == Token::Kind::String)
            values.append(words[at].value.toUtf8());
        else if (words[at].text != ",")
            return std::nullopt;
    }
    ++at;
    return values;
}

} // namespace

QByteArray functionLiteral(const FunctionDescription& description, const FunctionSetting& setting)
{
    // In one go: the values may themselves hold what looks like a place to fill.
    QByteArray source;
    for (qsizetype at = 0; at < description.source.size();) {
        const auto rest = QByteArrayView(description.source).sliced(at);
        if (rest.startsWith("VALUES")) {
            source += literal(listOf(setting.values));
            at += 6;
        } else if (rest.startsWith("OTHERWISE")) {
            source += literal(QString::fromUtf8(setting.otherwise));
            at += 9;
        } else {
            source += rest.front();
            ++at;
        }
    }
    return source;
}

std::optional<FunctionSetting> recognised(const QByteArray& source, const FunctionDescription& description)
{
    auto given = tokens(source);
    auto known = tokens(description.source);
    if (!given || !known)
        return std::nullopt;
    const auto function = functionOf(std::move(given).value());
    const auto pattern = functionOf(std::move(known).value());
    if (!function || !pattern || function->parameters.size() > pattern->parameters.size())
        return std::nullopt;

    FunctionSetting setting{description.name, {}, {}};
    size_t at = 0;
    for (size_t i = 0; i < pattern->body.size(); ++i) {
        const auto& word = pattern->body[i];
        const bool isReason = word.kind == Token::Kind::String && i > 1 && pattern->body[i - 2].text == "Error";
        if (word.text == "VALUES") {
            const auto values = stringList(function->body, at);
            if (!values)
                return std::nullopt;
            setting.values = *values;
            continue;
        }
        if (at >= function->body.size())
            return std::nullopt;
        const auto& other = function->body[at++];
        if (word.text == "OTHERWISE") {
            if (other.kind != Token::Kind::String)
                return std::nullopt;
            setting.otherwise = other.value.toUtf8();
            continue;
        }
        // Parameters may have other names, strings other quotes, and errors other words.
        const auto parameter = pattern->parameters.indexOf(word.text);
        const bool same = word.kind == Token::Kind::Name && parameter >= 0
            ? function->parameters.value(parameter) == other.text
            : isReason                         ? other.kind == Token::Kind::String
            : word.kind == Token::Kind::String ? other.kind == Token::Kind::String && word.value == other.value
                                               : word.text == other.text;
        if (!same)
            return std::nullopt;
    }
    return at == function->body.size() ? std::optional(setting) : std::nullopt;
}

} // namespace corscope::javascript

#include "core/backend/code/CodeForms.h"
#include "core/backend/code/PhpCode.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::code {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

std::vector<CodeLine> write(const FrameworkDescription&, const QJsonObject& settings)
{
    std::vector<CodeLine> lines;
    append(lines, {"<?php", ""});
    const auto reflect = settings[QLatin1String("reflect")].toString();
    if (reflect == QLatin1String("always"))
        append(lines, {"header('Access-Control-Allow-Origin: ' . ($_SERVER['HTTP_ORIGIN'] ?? ''));"}, "reflect");
    else if (reflect == QLatin1String("where there is one"))
        append(lines, {"if (isset($_SERVER['HTTP_ORIGIN'])) {",
                       "    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);", "}"}, "reflect");
    for (const auto& line : settings[QLatin1String("headers")].toArray())
        lines.push_back({"header(" + php::literal(line) + ");", "headers"});
    if (settings[QLatin1String("echo_requested_headers")].toBool())
        append(lines, {"if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS'",
                       "    && isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'])) {",
                       "    header('Access-Control-Allow-Headers: ' "
                       ". $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS']);",
                       "}"}, "echo_requested_headers");
    const auto exit = settings[QLatin1String("options_exit")].toString().toUtf8();
    if (!exit.isEmpty() && exit != "no") {
        append(lines, {"if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {"}, "options_exit");
        lines.push_back({"    http_response_code(" + exit + ");", "options_exit"});
        append(lines, {"    exit;", "}"}, "options_exit");
    }
    return lines;
}

/// What a header() call is given: its text, and what else is put into it.
struct Call
{
    QString text;
    bool mentionsOrigin = false;
    bool mentionsHeaders = false;
    bool isPlain = true;
};

/// From the word behind the opening bracket to the closing one.
Call readHeader(const std::vector<Token>& words, size_t& at)
{
    Call call;
    int depth = 1;
    for (; words[at].kind != Token::Kind::End; ++at) {
        const auto& word = words[at];
        if (word.text == "(" || word.text == "[")
            ++depth;
        else if (word.text == ")" || word.text == "]")
            --depth;
        if (depth == 0 || (depth == 1 && word.text == ",")) // what follows says whether it replaces
            break;
        const bool isString = word.kind == Token::Kind::String;
        call.mentionsOrigin = call.mentionsOrigin || (isString && word.value.contains(QLatin1String("HTTP_ORIGIN")));
        call.mentionsHeaders = call.mentionsHeaders
            || (isString && word.value.contains(QLatin1String("HTTP_ACCESS_CONTROL_REQUEST_HEADERS")));
        if (isString && depth == 1 && word.flags.isEmpty())
            call.text += word.value;
        else if (word.text != ".")
            call.isPlain = false;
    }
    return call;
}

Result<std::vector<Argument>> read(const FrameworkDescription&, const QByteArray& code)
{
    const auto read = php::tokens(code);
    if (!read)
        return read.error();
    const auto& words = *read;
    QJsonArray lines;
    QString reflect;
    bool echoes = false;
    int status = 0;
    int firstLine = 0;
    bool isset = false; // whether the Origin was asked for
    bool options = false;
    bool exits = false;
    for (size_t at = 0; words[at].kind != Token::Kind::End; ++at) {
        const auto& word = words[at];
        const auto next = [&](size_t ahead) -> const Token& { return words[std::min(at + ahead, words.size() - 1)]; };
        options = options || (word.kind == Token::Kind::String && word.value == QLatin1String("OPTIONS"));
        exits = exits || (options && (word.text == "exit" || word.text == "die"));
        if (word.text == "isset" && next(4).value == QLatin1String("HTTP_ORIGIN"))
            isset = true;
        if (word.text == "http_response_code" && next(1).text == "(")
            status = next(2).text.toInt();
        if (word.kind != Token::Kind::Name || word.text != "header" || next(1).text != "(")
            continue;
        const int line = word.line;
        firstLine = firstLine == 0 ? line : firstLine;
        at += 2;
        const auto call = readHeader(words, at);
        if (words[at].kind == Token::Kind::End)
            return InputError{linePlace(line), tr("a bracket that closes the call of %1").arg(QStringLiteral("header")), {}};
        if (call.mentionsOrigin)
            reflect = isset ? QStringLiteral("where there is one") : QStringLiteral("always");
        else if (call.mentionsHeaders)
            echoes = true;
        else if (call.isPlain && call.text.startsWith(QLatin1String("HTTP/")))
            status = call.text.section(QLatin1Char(' '), 1, 1).toInt();
        else if (call.isPlain)
            lines.append(call.text);
        else
            return InputError{linePlace(line), tr("a header as a plain string, or with the Origin"), call.text};
    }
    if (firstLine == 0)
        return InputError{tr("code"), tr("a call with %1").arg(QStringLiteral("header")), {}};

    std::vector<Argument> settings;
    if (!lines.isEmpty())
        settings.push_back({"headers", lines, firstLine});
    if (!reflect.isEmpty())
        settings.push_back({"reflect", reflect, firstLine});
    if (echoes)
        settings.push_back({"echo_requested_headers", true, firstLine});
    if (exits)
        settings.push_back({"options_exit", status == 204 ? QStringLiteral("204") : QStringLiteral("200"), firstLine});
    return settings;
}

} // namespace

const CodeForm phpHeader{"php-header", write, read};

} // namespace corscope::code

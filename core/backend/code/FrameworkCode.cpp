#include "core/backend/code/FrameworkCode.h"

#include "core/backend/code/CodeForms.h"
#include "core/backend/code/GoCode.h"
#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/PhpCode.h"
#include "core/backend/code/PythonCode.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

namespace {

/// A language that settings can be written and read in.
struct Language
{
    const char* name;
    QByteArray (*literal)(const QJsonValue& value, bool pattern);
    Result<std::vector<code::Argument>> (*readCall)(const QByteArray& code, const QByteArray& target);
};
constexpr Language languages[] = {
    {"python", python::literal, python::readCall},
    {"javascript", [](const QJsonValue& value, bool) { return javascript::literal(value); }, javascript::readCall},
    {"go", [](const QJsonValue& value, bool) { return go::literal(value); }, go::readCall},
    {"php", [](const QJsonValue& value, bool) { return php::literal(value); }, php::readCall},
};

const Language* languageOf(const FrameworkDescription& description)
{
    const auto it = std::find_if(std::begin(languages), std::end(languages),
                                 [&](const Language& language) { return description.code.language == language.name; });
    return it == std::end(languages) ? nullptr : it;
}

/// The option's name today.
QByteArray nameOf(const FrameworkDescription& description, const QByteArray& name)
{
    for (const auto& option : description.options)
        if (!option.alias.isEmpty() && option.alias == name)
            return option.name;
    return name;
}

} // namespace

std::vector<CodeLine> writtenCode(const FrameworkDescription& description, const QJsonObject& settings)
{
    const auto& code = description.code;
    if (const auto* form = code::findCodeForm(code.form))
        return form->write(description, settings);
    const auto* language = languageOf(description);
    if (!language)
        return {};
    std::vector<CodeLine> lines;
    for (const auto& line : code.before)
        lines.push_back({line, {}});
    lines.push_back({code.open, {}});
    for (const auto& line : code.first)
        lines.push_back({line, {}});
    for (const auto& option : description.options) {
        const auto value = settings.value(QString::fromUtf8(option.name));
        if (value.isUndefined() || value == option.defaultValue)
            continue;
        auto line = code.option;
        line.replace("%name%", option.name);
        // The value goes in last and once: it may itself hold what looks like a place to fill.
        const auto place = line.indexOf("%value%");
        line.replace(place, 7, language->literal(value, option.holdsPatterns()));
        lines.push_back({line, option.name});
    }
    lines.push_back({code.close, {}});
    return lines;
}

QByteArray codeText(const std::vector<CodeLine>& lines)
{
    QByteArray text;
    for (const auto& line : lines)
        text += line.text + '\n';
    return text;
}

Result<QJsonObject> readCode(const FrameworkDescription& description, const QByteArray& code)
{
    const auto* form = code::findCodeForm(description.code.form);
    const auto* language = languageOf(description);
    if (!form && !language)
        return InputError{
            {}, QCoreApplication::translate("FrameworkCode", "a stage that is set up in code"), description.title};
    const auto call =
        form ? form->read(description, code) : language->readCall(code, description.code.target);
    if (!call)
        return call.error();
    QJsonObject settings;
    for (const auto& argument : *call) {
        const auto written = nameOf(description, argument.name);
        // Where both the newer name and an older one are there, the newer holds.
        if (written != argument.name
            && std::any_of(call->begin(), call->end(), [&](const auto& other) { return other.name == written; }))
            continue;
        const auto name = QString::fromUtf8(written);
        const QString line = code::linePlace(argument.line);
        if (settings.contains(name))
            return InputError{line, QCoreApplication::translate("FrameworkCode", "every option once"), name};
        const auto checked = description.completed({{name, argument.value}});
        if (!checked) {
            auto error = checked.error();
            error.where = error.where == error.found ? line : QString(line + QStringLiteral(", ") + error.where);
            return error;
        }
        settings[name] = argument.value;
    }
    return settings;
}

} // namespace corscope

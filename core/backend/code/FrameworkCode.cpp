#include "core/backend/code/FrameworkCode.h"

#include "core/backend/FunctionSetting.h"
#include "core/backend/code/GoCode.h"
#include "core/backend/code/JavaScriptCode.h"
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
    // Where functions are written and read too:
    QByteArray (*functionLiteral)(const FunctionDescription& description, const FunctionSetting& setting) = nullptr;
    std::optional<FunctionSetting> (*recognised)(const QByteArray& source, const FunctionDescription& description) = nullptr;
};
constexpr Language languages[] = {
    {"python", python::literal, python::readCall},
    {"javascript", [](const QJsonValue& value, bool) { return javascript::literal(value); }, javascript::readCall,
     javascript::functionLiteral, javascript::recognised},
    {"go", [](const QJsonValue& value, bool) { return go::literal(value); }, go::readCall},
};

const Language* languageOf(const FrameworkDescription& description)
{
    const auto it = std::find_if(std::begin(languages), std::end(languages),
                                 [&](const Language& language) { return description.code.language == language.name; });
    return it == std::end(languages) ? nullptr : it;
}

/// `name = value` of an option, as the language writes them. "preflight.statusCode" is a member of a group.
std::pair<QByteArray, QByteArray> written(const Language& language, const OptionDescription& option,
                                          const QJsonValue& value)
{
    QByteArray text;
    const auto function = FunctionSetting::of(value);
    if (const auto* described = function ? option.function(function->name) : nullptr; described && language.functionLiteral)
        text = language.functionLiteral(*described, *function);
    else
        text = language.literal(value, option.holdsPatterns());
    const auto dot = option.name.indexOf('.');
    if (dot < 0)
        return {option.name, text};
    return {option.name.left(dot), "{ " + option.name.mid(dot + 1) + ": " + text + " }"};
}

/// Members of a group as options of their own.
std::vector<code::Argument> ungrouped(const FrameworkDescription& description, const std::vector<code::Argument>& call)
{
    std::vector<code::Argument> result;
    for (const auto& argument : call) {
        const auto members = argument.value.toObject();
        const bool isGroup = !members.isEmpty()
            && std::any_of(description.options.begin(), description.options.end(), [&](const auto& option) {
                   return option.name.startsWith(QByteArray(argument.name + '.'));
               });
        if (!isGroup) {
            result.push_back(argument);
            continue;
        }
        for (auto member = members.begin(); member != members.end(); ++member)
            result.push_back({argument.name + '.' + member.key().toUtf8(), member.value(), argument.line});
    }
    return result;
}

/// A function comes as its source. It is understood if it is one of those that the option is written with.
Result<QJsonValue> functionValue(const Language& language, const FrameworkDescription& description,
                                 const code::Argument& argument)
{
    const auto source = argument.value[QLatin1String("source")];
    const auto* option = description.option(argument.name);
    if (!language.recognised || !source.isString() || !option)
        return argument.value;
    QStringList names;
    for (const auto& function : option->functions) {
        if (const auto setting = language.recognised(source.toString().toUtf8(), function))
            return QJsonValue(setting->json());
        names.append(QString::fromLatin1(function.name));
    }
    const auto literal = QCoreApplication::translate("FrameworkCode", "a literal value for %1");
    const auto orFunction = QCoreApplication::translate("FrameworkCode", "a literal value for %1, or a function that is written as one of %2");
    const auto name = QString::fromUtf8(argument.name);
    return InputError{code::linePlace(argument.line),
                      names.isEmpty() ? literal.arg(name) : orFunction.arg(name, names.join(QStringLiteral(", "))),
                      QCoreApplication::translate("FrameworkCode", "another function")};
}

} // namespace

std::vector<CodeLine> writtenCode(const FrameworkDescription& description, const QJsonObject& settings)
{
    const auto& code = description.code;
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
        const auto [name, text] = written(*language, option, value);
        auto line = code.option;
        line.replace("%name%", name);
        // The value goes in last and once: it may itself hold what looks like a place to fill.
        const auto place = line.indexOf("%value%");
        line.replace(place, 7, text);
        lines.push_back({line, option.name});
    }
    lines.push_back({code.close, {}});
    for (const auto& line : code.after)
        lines.push_back({line, {}});
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
    const auto* language = languageOf(description);
    if (!language)
        return InputError{
            {}, QCoreApplication::translate("FrameworkCode", "a stage that is set up in code"), description.title};
    const auto call = language->readCall(code, description.code.target);
    if (!call)
        return call.error();
    QJsonObject settings;
    for (const auto& argument : ungrouped(description, *call)) {
        const auto name = QString::fromUtf8(argument.name);
        const QString line = code::linePlace(argument.line);
        if (settings.contains(name))
            return InputError{line, QCoreApplication::translate("FrameworkCode", "every option once"), name};
        const auto value = functionValue(*language, description, argument);
        if (!value)
            return value.error();
        const auto checked = description.completed({{name, *value}});
        if (!checked) {
            auto error = checked.error();
            error.where = error.where == error.found ? line : QString(line + QStringLiteral(", ") + error.where);
            return error;
        }
        settings[name] = *value;
    }
    return settings;
}

} // namespace corscope

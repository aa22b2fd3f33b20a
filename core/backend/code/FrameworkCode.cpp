#include "core/backend/code/FrameworkCode.h"

#include "core/backend/code/GoCode.h"
#include "core/backend/code/JavaCode.h"
#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/PythonCode.h"
#include "core/backend/code/WebXml.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <optional>

namespace corscope {

namespace {

/// A language that settings can be written and read in.
struct Language
{
    const char* name;
    QByteArray (*literal)(const QJsonValue& value, bool pattern);
    Result<std::vector<code::Argument>> (*readCall)(const QByteArray& code, const QByteArray& target);
    /// What was read as a value of that option; null where it is one already.
    Result<QJsonValue> (*asSetting)(const OptionDescription& option, const QJsonValue& read);
    /// What is changed of the settings that a function returns; no value where it is not called. May be null.
    std::optional<Result<std::vector<code::Argument>>> (*readPreset)(const QByteArray& code,
                                                                     const QByteArray& function) = nullptr;
};
constexpr Language languages[] = {
    {"python", python::literal, python::readCall, nullptr},
    {"javascript", [](const QJsonValue& value, bool) { return javascript::literal(value); }, javascript::readCall,
     nullptr},
    {"go", [](const QJsonValue& value, bool) { return go::literal(value); }, go::readCall, go::asSetting,
     go::readPreset},
    {"java", [](const QJsonValue& value, bool) { return java::literal(value); }, java::readCall, nullptr},
    {"web.xml", [](const QJsonValue& value, bool) { return webxml::literal(value); }, webxml::readCall,
     webxml::asSetting},
};

const Language* languageOf(const FrameworkDescription& description)
{
    const auto it = std::find_if(std::begin(languages), std::end(languages),
                                 [&](const Language& language) { return description.code.language == language.name; });
    return it == std::end(languages) ? nullptr : it;
}

QByteArray writtenValue(const Language& language, const OptionDescription& option, const QJsonValue& value)
{
    if (option.code.bare && value == QJsonValue(true))
        return {};
    if (const auto function = option.code.functions.find(value.toString()); function != option.code.functions.end())
        return *function;
    const auto literal = language.literal(value, option.holdsPatterns());
    return option.code.unit.isEmpty() ? literal : QByteArray(literal + " * " + option.code.unit);
}

/// The value goes in last and once: it may itself hold what looks like a place to fill.
QByteArray filled(QByteArray line, const QByteArray& name, const QByteArray& value)
{
    line.replace("%name%", name);
    line.replace("%Name%", QByteArray(name.left(1).toUpper() + name.mid(1)));
    const auto place = line.indexOf("%value%");
    return place < 0 ? line : line.replace(place, 7, value);
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
    std::vector<CodeLine> setters;
    for (const auto& option : description.options) {
        auto value = settings.value(QString::fromUtf8(option.name));
        if (option.code.always && value.isUndefined())
            value = option.defaultValue;
        if (!option.code.always && (value.isUndefined() || value == option.defaultValue))
            continue;
        const auto& setter = option.code.setter;
        (setter.isEmpty() ? lines : setters)
            .push_back(
                {filled(setter.isEmpty() ? code.option : setter, option.name, writtenValue(*language, option, value)),
                 option.name});
    }
    lines.push_back({code.close, {}});
    lines.insert(lines.end(), setters.begin(), setters.end());
    for (const auto& line : code.last)
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
    auto call = language->readCall(code, description.code.target);
    QJsonObject settings;
    for (const auto& preset : description.presets) {
        if (call || !language->readPreset)
            break;
        if (auto changes = language->readPreset(code, preset.function)) {
            settings = preset.settings;
            call = std::move(*changes);
            break;
        }
    }
    if (!call)
        return call.error();
    QSet<QByteArray> seen;
    for (const auto& argument : *call) {
        const auto name = QString::fromUtf8(argument.name);
        const QString line = code::linePlace(argument.line);
        const auto* option = description.option(argument.name);
        if (argument.setter && !(option && !option->code.setter.isEmpty()))
            continue; // somebody else's
        if (seen.contains(argument.name))
            return InputError{line, QCoreApplication::translate("FrameworkCode", "every option once"), name};
        const auto value = option && language->asSetting ? language->asSetting(*option, argument.value)
                                                         : Result<QJsonValue>(argument.value);
        if (!value)
            return InputError{line, value.error().expected, value.error().found};
        const auto checked = description.completed({{name, *value}});
        if (!checked) {
            auto error = checked.error();
            error.where = error.where == error.found ? line : QString(line + QStringLiteral(", ") + error.where);
            return error;
        }
        seen.insert(argument.name);
        if (option->code.always && *value == option->defaultValue)
            continue;
        settings[name] = *value;
    }
    return settings;
}

} // namespace corscope

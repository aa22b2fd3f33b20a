#include "core/backend/code/FrameworkCode.h"

#include "core/backend/FunctionSetting.h"
#include "core/backend/code/CodeForms.h"
#include "core/backend/code/GoCode.h"
#include "core/backend/code/JavaCode.h"
#include "core/backend/code/JavaScriptCode.h"
#include "core/backend/code/PhpCode.h"
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
    // Where functions are written and read as their source:
    QByteArray (*functionLiteral)(const FunctionDescription& description, const FunctionSetting& setting) = nullptr;
    std::optional<FunctionSetting> (*recognised)(const QByteArray& source, const FunctionDescription& description) = nullptr;
};
constexpr Language languages[] = {
    {"python", python::literal, python::readCall, nullptr},
    {"javascript", [](const QJsonValue& value, bool) { return javascript::literal(value); }, javascript::readCall,
     nullptr, nullptr, javascript::functionLiteral, javascript::recognised},
    {"go", [](const QJsonValue& value, bool) { return go::literal(value); }, go::readCall, go::asSetting,
     go::readPreset},
    {"java", [](const QJsonValue& value, bool) { return java::literal(value); }, java::readCall, nullptr},
    {"web.xml", [](const QJsonValue& value, bool) { return webxml::literal(value); }, webxml::readCall,
     webxml::asSetting},
    {"php", [](const QJsonValue& value, bool) { return php::literal(value); }, php::readCall, nullptr},
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

QByteArray writtenValue(const Language& language, const OptionDescription& option, const QJsonValue& value)
{
    if (option.code.bare && value == QJsonValue(true))
        return {};
    const auto setting = FunctionSetting::of(value);
    if (const auto* described = setting ? option.function(setting->name) : nullptr; described && language.functionLiteral)
        return language.functionLiteral(*described, *setting);
    if (const auto function = option.code.functions.find(value.toString()); function != option.code.functions.end())
        return *function;
    const auto literal = language.literal(value, option.holdsPatterns());
    return option.code.unit.isEmpty() ? literal : QByteArray(literal + " * " + option.code.unit);
}

/// The value goes in last and once: it may itself hold what looks like a place to fill.
/// \param groups whether "preflight.statusCode" is a member of a group
QByteArray filled(QByteArray line, const QByteArray& name, const QByteArray& value, bool groups)
{
    const auto dot = groups ? name.indexOf('.') : -1;
    line.replace("%name%", dot < 0 ? name : name.left(dot));
    line.replace("%Name%", QByteArray(name.left(1).toUpper() + name.mid(1)));
    const auto place = line.indexOf("%value%");
    if (place < 0)
        return line;
    return line.replace(place, 7, dot < 0 ? value : QByteArray("{ " + name.mid(dot + 1) + ": " + value + " }"));
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

/// What was read as a value of that option. A function comes as its source, and is understood if it is one of those that
/// the option is written with.
Result<QJsonValue> settingOf(const Language* language, const OptionDescription* option, const code::Argument& argument)
{
    if (language && option && language->asSetting)
        return language->asSetting(*option, argument.value);
    const auto source = argument.value[QLatin1String("source")];
    if (!language || !option || !language->recognised || !source.isString())
        return argument.value;
    QStringList names;
    for (const auto& function : option->functions) {
        if (const auto setting = language->recognised(source.toString().toUtf8(), function))
            return QJsonValue(setting->json());
        names.append(QString::fromLatin1(function.name));
    }
    const auto literal = QCoreApplication::translate("FrameworkCode", "a literal value for %1");
    const auto orFunction =
        QCoreApplication::translate("FrameworkCode", "a literal value for %1, or a function that is written as one of %2");
    const auto name = QString::fromUtf8(argument.name);
    return InputError{{},
                      names.isEmpty() ? literal.arg(name) : orFunction.arg(name, names.join(QStringLiteral(", "))),
                      QCoreApplication::translate("FrameworkCode", "another function")};
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
    std::vector<CodeLine> setters;
    for (const auto& option : description.options) {
        auto value = settings.value(QString::fromUtf8(option.name));
        if (option.code.always && value.isUndefined())
            value = option.defaultValue;
        if (!option.code.always && (value.isUndefined() || value == option.defaultValue))
            continue;
        const auto& setter = option.code.setter;
        (setter.isEmpty() ? lines : setters)
            .push_back({filled(setter.isEmpty() ? code.option : setter, option.name,
                               writtenValue(*language, option, value), code.language == "javascript"),
                        option.name});
    }
    lines.push_back({code.close, {}});
    lines.insert(lines.end(), setters.begin(), setters.end());
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
    const auto* form = code::findCodeForm(description.code.form);
    const auto* language = languageOf(description);
    if (!form && !language)
        return InputError{
            {}, QCoreApplication::translate("FrameworkCode", "a stage that is set up in code"), description.title};
    auto call = form ? form->read(description, code) : language->readCall(code, description.code.target);
    QJsonObject settings;
    const bool knowsPresets = !form && language->readPreset;
    for (const auto& preset : description.presets) {
        if (call || !knowsPresets)
            break;
        if (auto changes = language->readPreset(code, preset.function)) {
            settings = preset.settings;
            call = std::move(*changes);
            break;
        }
    }
    if (!call)
        return call.error();
    const auto arguments = ungrouped(description, *call);
    QSet<QByteArray> seen;
    for (const auto& argument : arguments) {
        const auto written = nameOf(description, argument.name);
        // Where both the newer name and an older one are there, the newer holds.
        if (written != argument.name
            && std::any_of(arguments.begin(), arguments.end(), [&](const auto& other) { return other.name == written; }))
            continue;
        const auto name = QString::fromUtf8(written);
        const QString line = code::linePlace(argument.line);
        const auto* option = description.option(written);
        if (argument.setter && !(option && !option->code.setter.isEmpty()))
            continue; // somebody else's
        if (seen.contains(written))
            return InputError{line, QCoreApplication::translate("FrameworkCode", "every option once"), name};
        const auto value = settingOf(language, option, argument);
        if (!value)
            return InputError{line, value.error().expected, value.error().found};
        const auto checked = description.completed({{name, *value}});
        if (!checked) {
            auto error = checked.error();
            error.where = error.where == error.found ? line : QString(line + QStringLiteral(", ") + error.where);
            return error;
        }
        seen.insert(written);
        if (option->code.always && *value == option->defaultValue)
            continue;
        settings[name] = *value;
    }
    return settings;
}

} // namespace corscope

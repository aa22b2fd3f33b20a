#include "core/backend/code/FrameworkCode.h"

#include "core/backend/code/PythonCode.h"

#include <QCoreApplication>

namespace corscope {

std::vector<CodeLine> writtenCode(const FrameworkDescription& description, const QJsonObject& settings)
{
    const auto& code = description.code;
    if (code.language != "python")
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
        line.replace(place, 7, python::literal(value, option.type == OptionDescription::Type::Regex));
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
    if (description.code.language != "python")
        return InputError{
            {}, QCoreApplication::translate("FrameworkCode", "a stage that is set up in code"), description.title};
    const auto call = python::readCall(code, description.code.target);
    if (!call)
        return call.error();
    QJsonObject settings;
    for (const auto& argument : *call) {
        const auto name = QString::fromUtf8(argument.name);
        const QString line = python::linePlace(argument.line);
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

#include "core/backend/code/CodeForms.h"
#include "core/backend/code/PythonCode.h"
#include "core/backend/code/PythonReader.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::code {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("FrameworkCode", text); }

/// The options that ResourceOptions takes.
constexpr const char* resourceOptions[] = {"allow_credentials", "expose_headers", "allow_headers", "max_age",
                                           "allow_methods"};

/// Reads the origins with their ResourceOptions, wherever they stand, and the routes they are for.
class Reader final : public python::Reader
{
public:
    using python::Reader::Reader;

    Result<std::vector<Argument>> setup()
    {
        readVariables();
        const auto covered = m_variables.find("covered");
        bool found = false;
        bool isDefault = false;
        std::vector<Argument> origins;
        for (m_at = 0; !isEnd(); ++m_at) {
            if (token().text == "setup" && token(1).text == "(" && m_at > 0 && before().text == ".") {
                found = true;
            } else if (token().text == "defaults" && token(1).text == "=") {
                isDefault = true;
            } else if (token().kind == Token::Kind::String && token(1).text == ":") {
                const auto options = origin();
                if (!options)
                    return options.error();
                if (!options->name.isEmpty())
                    origins.push_back(*options);
            }
        }
        if (!found)
            return InputError{tr("code"), tr("a call with %1").arg(QStringLiteral("aiohttp_cors.setup")), {}};
        auto arguments = simplified(origins);
        if (covered != m_variables.end())
            arguments.push_back({"add", covered->second, 1});
        if (!origins.empty() && !isDefault)
            arguments.push_back({"given_with", QStringLiteral("each route"), origins.front().line});
        return arguments;
    }

private:
    /// `"https://..": aiohttp_cors.ResourceOptions(..)`; without a name where it is something else.
    Result<Argument> origin()
    {
        const auto key = token();
        size_t at = 2;
        while (token(at).kind == Token::Kind::Name && token(at + 1).text == ".")
            at += 2;
        if (token(at).text != "ResourceOptions" || token(at + 1).text != "(")
            return Argument{};
        m_at += at + 2;
        const auto options = arguments();
        if (!options)
            return options.error();
        QJsonObject values;
        for (const auto& option : *options) {
            if (std::none_of(std::begin(resourceOptions), std::end(resourceOptions),
                             [&](const char* name) { return option.name == name; }))
                return InputError{linePlace(option.line), tr("an option of ResourceOptions"),
                                  QString::fromUtf8(option.name)};
            values[QString::fromUtf8(option.name)] = option.value;
        }
        return Argument{key.value.toUtf8(), values, key.line};
    }

    /// Options that all origins share are options of the whole.
    static std::vector<Argument> simplified(const std::vector<Argument>& origins)
    {
        if (origins.empty())
            return {};
        const auto& first = origins.front();
        QJsonArray names;
        QJsonObject map;
        bool same = true;
        for (const auto& origin : origins) {
            names.append(QString::fromUtf8(origin.name));
            map[QString::fromUtf8(origin.name)] = origin.value;
            same = same && origin.value == first.value;
        }
        std::vector<Argument> arguments{{"defaults", same ? QJsonValue(names) : QJsonValue(map), first.line}};
        const auto shared = same ? first.value.toObject() : QJsonObject();
        for (auto it = shared.begin(); it != shared.end(); ++it)
            arguments.push_back({it.key().toUtf8(), it.value(), first.line});
        return arguments;
    }
};

/// Each origin with options of its own on top of those for all.
std::vector<std::pair<QString, QJsonObject>> originsOf(const FrameworkDescription& description,
                                                       const QJsonObject& settings)
{
    QJsonObject shared;
    for (const char* name : resourceOptions)
        if (const auto value = writtenValue(description, settings, name); !value.isUndefined())
            shared[QLatin1String(name)] = value;
    std::vector<std::pair<QString, QJsonObject>> origins;
    const auto given = settings[QLatin1String("defaults")];
    for (const auto& name : given.isString() ? QJsonArray{given} : given.toArray())
        origins.push_back({name.toString(), shared});
    const auto map = given.toObject();
    for (auto it = map.begin(); it != map.end(); ++it) {
        auto options = shared;
        const auto own = it.value().toObject();
        for (auto option = own.begin(); option != own.end(); ++option)
            options[option.key()] = option.value();
        origins.push_back({it.key(), options});
    }
    return origins;
}

std::vector<CodeLine> write(const FrameworkDescription& description, const QJsonObject& settings)
{
    std::vector<CodeLine> lines;
    append(lines, {"import aiohttp_cors", "from aiohttp import web", "", "app = web.Application()", ""});
    const bool onRoutes = !writtenValue(description, settings, "given_with").isUndefined();
    if (onRoutes)
        append(lines, {"cors = aiohttp_cors.setup(app)", "origins = {"}, "given_with");
    else
        append(lines, {"cors = aiohttp_cors.setup(app, defaults={"});
    for (const auto& [origin, options] : originsOf(description, settings)) {
        const auto name = python::literal(QJsonValue(origin));
        if (options.isEmpty()) {
            lines.push_back({"    " + name + ": aiohttp_cors.ResourceOptions(),", "defaults"});
            continue;
        }
        lines.push_back({"    " + name + ": aiohttp_cors.ResourceOptions(", "defaults"});
        for (const char* option : resourceOptions)
            if (const auto value = options[QLatin1String(option)]; !value.isUndefined())
                lines.push_back({QByteArray("        ") + option + '=' + python::literal(value) + ',', option});
        append(lines, {"    ),"}, "defaults");
    }
    append(lines, {onRoutes ? "}" : "})", ""});

    const auto added = writtenValue(description, settings, "add");
    if (!added.isUndefined())
        lines.push_back({"covered = " + python::literal(added), "add"});
    append(lines, {"for route in list(app.router.routes()):"});
    if (!added.isUndefined())
        append(lines, {"    path = route.resource.canonical",
                       "    if path in covered or route.method + ' ' + path in covered:"}, "add");
    const QByteArray indent = added.isUndefined() ? "    " : "        ";
    lines.push_back({indent + (onRoutes ? "cors.add(route, origins)" : "cors.add(route)"), {}});
    return lines;
}

Result<std::vector<Argument>> read(const FrameworkDescription&, const QByteArray& code)
{
    auto words = python::tokens(code);
    if (!words)
        return words.error();
    return Reader(std::move(words).value()).setup();
}

} // namespace

const CodeForm aiohttpSetup{"aiohttp-setup", write, read};

} // namespace corscope::code

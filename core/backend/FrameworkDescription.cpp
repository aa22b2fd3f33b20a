#include "core/backend/FrameworkDescription.h"

#include "core/backend/FunctionSetting.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QVersionNumber>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

static void initialiseResources()
{
    // A static library's resources are linked in, but must be asked for by name.
    Q_INIT_RESOURCE(data);
}

namespace corscope {

namespace {

using Type = OptionDescription::Type;

struct TypeName
{
    const char* name;
    Type type;
};
constexpr TypeName typeNames[] = {
    {"string-list", Type::StringList}, {"string", Type::String},        {"regex", Type::Regex},
    {"boolean", Type::Boolean},        {"integer", Type::Integer},      {"choice", Type::Choice},
    {"header-list", Type::HeaderList}, {"match-list", Type::MatchList}, {"path-map", Type::PathMap},
    {"object-list", Type::ObjectList},
};

struct RoleName
{
    const char* name;
    OptionRole role;
};
constexpr RoleName roleNames[] = {
    {"origins", OptionRole::Origins},
    {"one-origin", OptionRole::OneOrigin},
    {"origin-pattern", OptionRole::OriginPattern},
    {"any-origin", OptionRole::AnyOrigin},
    {"origin-function", OptionRole::OriginFunction},
    {"literal-wildcard", OptionRole::LiteralWildcard},
    {"insecure-origins", OptionRole::InsecureOrigins},
    {"methods", OptionRole::Methods},
    {"request-headers", OptionRole::RequestHeaders},
    {"exposed-headers", OptionRole::ExposedHeaders},
    {"credentials", OptionRole::Credentials},
    {"max-age", OptionRole::MaxAge},
    {"private-network", OptionRole::PrivateNetwork},
    {"paths", OptionRole::Paths},
    {"preflight-passthrough", OptionRole::PreflightPassthrough},
    {"preflight-exempt", OptionRole::PreflightExempt},
    {"preflight-answer", OptionRole::PreflightAnswer},
    {"answer-headers", OptionRole::AnswerHeaders},
    {"answer-statuses", OptionRole::AnswerStatuses},
    {"hidden-answer-headers", OptionRole::HiddenAnswerHeaders},
    {"hidden-request-headers", OptionRole::HiddenRequestHeaders},
    {"config-text", OptionRole::ConfigText},
    {"cache-vary", OptionRole::CacheVary},
};

QString tr(const char* text) { return QCoreApplication::translate("FrameworkDescription", text); }

QString jsonText(const QJsonValue& value)
{
    const auto text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.sliced(1, text.size() - 2));
}

QString expectation(const OptionDescription& option)
{
    QStringList parts;
    switch (option.type) {
    case Type::StringList: parts.append(tr("a list of strings")); break;
    case Type::String: parts.append(tr("a string")); break;
    case Type::Regex: parts.append(tr("a regular expression as a string")); break;
    case Type::Boolean: parts.append(tr("true or false")); break;
    case Type::Integer: parts.append(tr("a whole number")); break;
    case Type::Choice: parts.append(tr("one of %1").arg(option.choices.join(QStringLiteral(", ")))); break;
    case Type::HeaderList: parts.append(tr("a list of [name, value] pairs")); break;
    case Type::MatchList: parts.append(tr("a list of strings and patterns or a pattern")); break;
    case Type::PathMap: parts.append(tr("a list of paths or an object from path to options or a string")); break;
    case Type::ObjectList: parts.append(tr("a list of objects of options")); break;
    }
    if (option.stringAllowed)
        parts.append(tr("a string"));
    if (option.listAllowed)
        parts.append(tr("a list of strings"));
    if (option.booleanAllowed)
        parts.append(tr("true or false"));
    if (!option.functions.empty()) {
        QStringList names;
        for (const auto& function : option.functions)
            names.append(QString::fromLatin1(function.name));
        parts.append(tr("one of the functions %1").arg(names.join(QStringLiteral(", "))));
    }
    if (option.nullable)
        parts.append(tr("null"));
    return parts.join(tr(" or "));
}

bool isHeaderPair(const QJsonValue& value)
{
    const auto pair = value.toArray();
    return value.isArray() && pair.size() == 2 && pair[0].isString() && pair[1].isString();
}

bool isPattern(const QJsonValue& value)
{
    const auto object = value.toObject();
    return object[QLatin1String("regex")].isString()
        && object.size() == (object[QLatin1String("flags")].isString() ? 2 : 1);
}

bool isPathMap(const QJsonValue& value)
{
    const auto paths = value.toArray();
    const auto options = value.toObject();
    return value.isString()
        || (value.isArray()
            && std::all_of(paths.begin(), paths.end(), [](const auto& path) { return path.isString(); }))
        || (value.isObject()
            && std::all_of(options.begin(), options.end(), [](const auto& option) { return option.isObject(); }));
}

bool isStringList(const QJsonValue& value)
{
    const auto items = value.toArray();
    return value.isArray() && std::all_of(items.begin(), items.end(), [](const auto& item) { return item.isString(); });
}

Result<Done> checkedValue(const OptionDescription& option, const QJsonValue& value)
{
    const auto where = QString::fromUtf8(option.name);
    const auto wrong = [&] { return InputError{where, expectation(option), jsonText(value)}; };
    if ((value.isNull() && option.nullable) || (value.isString() && option.stringAllowed)
        || (value.isBool() && option.booleanAllowed) || (option.listAllowed && isStringList(value)))
        return Done{};
    if (const auto function = FunctionSetting::of(value))
        return option.function(function->name) ? Result<Done>(Done{}) : wrong();
    switch (option.type) {
    case Type::PathMap: return isPathMap(value) ? Result<Done>(Done{}) : wrong();
    case Type::StringList:
    case Type::MatchList:
    case Type::ObjectList:
    case Type::HeaderList: {
        if (option.type == Type::MatchList && isPattern(value))
            return Done{};
        if (!value.isArray())
            return wrong();
        const auto list = value.toArray();
        for (qsizetype i = 0; i < list.size(); ++i) {
            const QString place = where + QStringLiteral("[%1]").arg(i);
            if (option.type == Type::StringList && !list[i].isString())
                return InputError{place, tr("a string"), jsonText(list[i])};
            if (option.type == Type::ObjectList && !list[i].isObject())
                return InputError{place, tr("an object of options"), jsonText(list[i])};
            if (option.type == Type::MatchList && !list[i].isString() && !isPattern(list[i]))
                return InputError{place, tr("a string or a pattern"), jsonText(list[i])};
            if (option.type == Type::HeaderList && !isHeaderPair(list[i]))
                return InputError{place, tr("a pair [name, value] of strings"), jsonText(list[i])};
        }
        return Done{};
    }
    case Type::String:
    case Type::Regex: return value.isString() ? Result<Done>(Done{}) : wrong();
    case Type::Boolean: return value.isBool() ? Result<Done>(Done{}) : wrong();
    case Type::Integer:
        return value.isDouble() && std::floor(value.toDouble()) == value.toDouble() ? Result<Done>(Done{}) : wrong();
    case Type::Choice:
        return value.isString() && option.choices.contains(value.toString()) ? Result<Done>(Done{}) : wrong();
    }
    return wrong();
}

QVersionNumber versionNumber(const QByteArray& version)
{
    return QVersionNumber::fromString(QString::fromLatin1(version));
}

QList<QByteArray> byteLines(const QJsonValue& value)
{
    QList<QByteArray> lines;
    for (const auto& line : value.toArray())
        lines.append(line.toString().toUtf8());
    return lines;
}

QStringList strings(const QJsonValue& value)
{
    QStringList result;
    for (const auto& item : value.toArray())
        result.append(item.toString());
    return result;
}

OptionCode optionCode(const QJsonObject& json)
{
    OptionCode code{json[QLatin1String("unit")].toString().toUtf8(),
                    json[QLatin1String("bare")].toBool(),
                    json[QLatin1String("setter")].toString().toUtf8(),
                    {},
                    json[QLatin1String("always")].toBool()};
    const auto functions = json[QLatin1String("functions")].toObject();
    for (auto it = functions.begin(); it != functions.end(); ++it)
        code.functions[it.key()] = it.value().toString().toUtf8();
    return code;
}

Result<OptionDescription> parsedOption(const QJsonObject& json, const QString& where)
{
    OptionDescription option;
    option.name = json[QLatin1String("name")].toString().toUtf8();
    if (option.name.isEmpty())
        return InputError{where + QStringLiteral(".name"), tr("the option's name"), {}};
    const auto type = json[QLatin1String("type")].toString();
    const auto known = std::find_if(std::begin(typeNames), std::end(typeNames),
                                    [&](const TypeName& t) { return type == QLatin1String(t.name); });
    if (known == std::end(typeNames))
        return InputError{where + QStringLiteral(".type"), tr("a type of option"), type};
    option.type = known->type;
    option.nullable = json[QLatin1String("nullable")].toBool();
    option.stringAllowed = json[QLatin1String("stringAllowed")].toBool();
    option.booleanAllowed = json[QLatin1String("booleanAllowed")].toBool();
    option.multiline = json[QLatin1String("multiline")].toBool();
    option.patternsInside = json[QLatin1String("patterns")].toBool();
    option.listAllowed = json[QLatin1String("listAllowed")].toBool();
    for (const auto& item : json[QLatin1String("functions")].toArray())
        option.functions.push_back({item[QLatin1String("name")].toString().toLatin1(),
                                    item[QLatin1String("help")].toString(),
                                    item[QLatin1String("source")].toString().toUtf8()});
    option.choices = strings(json[QLatin1String("choices")]);
    option.suggestions = strings(json[QLatin1String("suggestions")]);
    if (const auto role = json[QLatin1String("role")]; !role.isUndefined()) {
        const auto part = std::find_if(std::begin(roleNames), std::end(roleNames),
                                       [&](const RoleName& r) { return role.toString() == QLatin1String(r.name); });
        if (part == std::end(roleNames))
            return InputError{where + QStringLiteral(".role"), tr("the part an option plays"), role.toString()};
        option.role = part->role;
    }
    option.implied = strings(json[QLatin1String("implied")]);
    const auto lines = json[QLatin1String("lines")].toObject();
    option.lines = {lines[QLatin1String("header")].toString().toUtf8(), byteLines(lines[QLatin1String("preflight")])};
    option.help = json[QLatin1String("help")].toString();
    option.since = json[QLatin1String("since")].toString().toLatin1();
    option.alias = json[QLatin1String("alias")].toString().toUtf8();
    option.code = optionCode(json[QLatin1String("code")].toObject());
    option.defaultValue = json[QLatin1String("default")];
    if (auto value = checkedValue(option, option.defaultValue); !value)
        return InputError{where + QStringLiteral(".default"), value.error().expected, value.error().found};
    return option;
}

} // namespace

Result<FrameworkDescription> FrameworkDescription::parse(const QByteArray& json, const QString& name)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return InputError{name, tr("a JSON object"), error.errorString()};
    const auto root = document.object();

    FrameworkDescription result;
    result.id = root[QLatin1String("id")].toString().toUtf8();
    if (result.id.isEmpty())
        return InputError{name + QStringLiteral(": id"), tr("the id of the framework or stage"), {}};
    result.kind = root[QLatin1String("kind")].toString(QString::fromUtf8(result.id)).toUtf8();
    result.title = root[QLatin1String("title")].toString();
    result.stageTitle = root[QLatin1String("stageTitle")].toString(result.title);
    result.summary = root[QLatin1String("summary")].toString();
    result.algorithm = root[QLatin1String("algorithm")].toString().toUtf8();
    result.versions = byteLines(root[QLatin1String("versions")]);
    result.defaultVersion = root[QLatin1String("defaultVersion")].toString().toLatin1();
    if (!result.versions.isEmpty() && !result.versions.contains(result.defaultVersion))
        return InputError{name + QStringLiteral(": defaultVersion"), tr("one of the versions"),
                          QString::fromLatin1(result.defaultVersion)};

    const auto options = root[QLatin1String("options")].toArray();
    for (qsizetype i = 0; i < options.size(); ++i) {
        auto option = parsedOption(options[i].toObject(), name + QStringLiteral(": options[%1]").arg(i));
        if (!option)
            return option.error();
        result.options.push_back(*option);
    }

    result.fresh = root[QLatin1String("fresh")].toObject();

    const auto code = root[QLatin1String("code")].toObject();
    result.code = {
        code[QLatin1String("language")].toString().toUtf8(), code[QLatin1String("form")].toString().toUtf8(),
        byteLines(code[QLatin1String("before")]),            code[QLatin1String("open")].toString().toUtf8(),
        byteLines(code[QLatin1String("first")]),             code[QLatin1String("option")].toString().toUtf8(),
        code[QLatin1String("close")].toString().toUtf8(),    byteLines(code[QLatin1String("after")]),
        code[QLatin1String("target")].toString().toUtf8()};

    const auto presets = root[QLatin1String("presets")].toObject();
    for (auto it = presets.begin(); it != presets.end(); ++it)
        result.presets.push_back({it.key().toUtf8(), it.value().toObject()});

    for (const auto& item : root[QLatin1String("steps")].toArray()) {
        const auto rule = item.toObject();
        result.rules.push_back({rule[QLatin1String("number")].toString().toUtf8(),
                                rule[QLatin1String("text")].toString(), rule[QLatin1String("yes")].toString(),
                                rule[QLatin1String("no")].toString()});
    }
    return result;
}

const FunctionDescription* OptionDescription::function(QByteArrayView called) const
{
    const auto it = std::find_if(functions.begin(), functions.end(), [&](const auto& f) { return f.name == called; });
    return it == functions.end() ? nullptr : &*it;
}

const OptionDescription* FrameworkDescription::option(QByteArrayView name) const
{
    const auto it = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.name == name; });
    return it == options.end() ? nullptr : &*it;
}

const RuleDescription* FrameworkDescription::rule(QByteArrayView number) const
{
    const auto it = std::find_if(rules.begin(), rules.end(), [&](const auto& r) { return r.number == number; });
    return it == rules.end() ? nullptr : &*it;
}

const OptionDescription* FrameworkDescription::option(OptionRole role, const QByteArray& version) const
{
    const auto it = std::find_if(options.begin(), options.end(),
                                 [&](const auto& o) { return o.role == role && knows(o, version); });
    return it == options.end() ? nullptr : &*it;
}

bool FrameworkDescription::knows(const OptionDescription& option, const QByteArray& version) const
{
    return option.since.isEmpty()
        || versionNumber(version.isEmpty() ? defaultVersion : version) >= versionNumber(option.since);
}

Result<QJsonObject> FrameworkDescription::completed(const QJsonObject& settings, const QByteArray& version) const
{
    QStringList known;
    for (const auto& option : options)
        if (knows(option, version))
            known.append(QString::fromUtf8(option.name));

    for (auto it = settings.begin(); it != settings.end(); ++it) {
        const auto* described = option(it.key().toUtf8());
        if (!described)
            return InputError{it.key(),
                              known.isEmpty() ? tr("no options at all")
                                              : tr("one of the options %1").arg(known.join(QStringLiteral(", "))),
                              it.key()};
        if (!knows(*described, version))
            return InputError{it.key(),
                              tr("version %1 or newer for this option").arg(QString::fromLatin1(described->since)),
                              tr("version %1").arg(QString::fromLatin1(version.isEmpty() ? defaultVersion : version))};
        if (auto value = checkedValue(*described, it.value()); !value)
            return value.error();
    }

    QJsonObject result;
    for (const auto& option : options) {
        const auto name = QString::fromUtf8(option.name);
        if (knows(option, version))
            result[name] = settings.contains(name) ? settings[name] : option.defaultValue;
    }
    return result;
}

namespace {

/// The files, each of which is read when somebody first asks for it: a window shows one framework, and there are forty.
class DescriptionFiles
{
public:
    static DescriptionFiles& all()
    {
        static DescriptionFiles files;
        return files;
    }

    const FrameworkDescription* find(QByteArrayView id)
    {
        const auto it = std::find(m_ids.begin(), m_ids.end(), id);
        return it == m_ids.end() ? nullptr : read(size_t(it - m_ids.begin()));
    }

    const std::vector<FrameworkDescription>& everyOne()
    {
        for (size_t i = 0; i < m_ids.size(); ++i)
            (void)read(i);
        return m_descriptions;
    }

private:
    DescriptionFiles()
    {
        initialiseResources();
        m_names = QDir(QStringLiteral(":/frameworks")).entryList(QDir::Files, QDir::Name);
        for (const auto& name : std::as_const(m_names)) {
            auto id = name.chopped(qsizetype(std::size(".json")) - 1);
            if (id.startsWith(QLatin1String("stage-")))
                id.remove(0, 6);
            m_ids.push_back(id.toUtf8());
        }
        m_descriptions.resize(m_ids.size());
        m_isRead = std::make_unique<std::once_flag[]>(m_ids.size());
    }

    const FrameworkDescription* read(size_t i)
    {
        std::call_once(m_isRead[i], [&] {
            const auto& name = m_names[qsizetype(i)];
            QFile file(QStringLiteral(":/frameworks/") + name);
            auto description = file.open(QIODevice::ReadOnly) ? FrameworkDescription::parse(file.readAll(), name)
                                                              : InputError{name, tr("a file that can be read"), file.errorString()};
            if (description && description->id != m_ids[i])
                description = InputError{name, tr("the id that the file is named after"), QString::fromUtf8(description->id)};
            if (description)
                m_descriptions[i] = *description;
            else
                qWarning("%s", qUtf8Printable(description.error().sentence()));
        });
        return m_descriptions[i].id.isEmpty() ? nullptr : &m_descriptions[i];
    }

    QStringList m_names;
    std::vector<QByteArray> m_ids;
    std::vector<FrameworkDescription> m_descriptions;
    std::unique_ptr<std::once_flag[]> m_isRead;
};

} // namespace

const std::vector<FrameworkDescription>& frameworkDescriptions()
{
    return DescriptionFiles::all().everyOne();
}

const FrameworkDescription* findFrameworkDescription(QByteArrayView id)
{
    return DescriptionFiles::all().find(id);
}

const FrameworkDescription* findDescriptionOfAlgorithm(QByteArrayView algorithm)
{
    for (const auto& description : frameworkDescriptions())
        if (description.algorithm == algorithm)
            return &description;
    return nullptr;
}

} // namespace corscope

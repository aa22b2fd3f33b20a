#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <vector>

namespace corscope {

/// The part an option plays in CORS, whatever its framework calls it: so that settings can be changed by what they mean.
enum class OptionRole {
    None,
    Origins,              ///< who may read: a list, or one text with commas
    OneOrigin,            ///< who may read, one only
    OriginPattern,
    AnyOrigin,            ///< true: everyone
    OriginFunction,       ///< a choice that decides in place of the list; its first stands for "no function"
    LiteralWildcard,      ///< true: `*` is sent as it is
    InsecureOrigins,      ///< true: `http` origins are accepted beside credentials
    Methods,
    RequestHeaders,
    ExposedHeaders,
    Credentials,          ///< true, or a list of origins
    MaxAge,
    PrivateNetwork,
    Paths,                ///< which paths are covered
    PreflightPassthrough, ///< true: preflights go on to the application
    PreflightExempt,      ///< true: preflights are not held up here
    PreflightAnswer,      ///< true, or a status: preflights are answered here
    AnswerHeaders,        ///< headers put on answers: pairs, or lines
    AnswerStatuses,       ///< which answers get them; the choice "always" is all
    HiddenAnswerHeaders,
    HiddenRequestHeaders,
    ConfigText,           ///< a server's own directives
    CacheVary,            ///< whether a cache minds Vary; its first choice does
};

/// How lines are added to a text of directives, with `%name%` and `%value%`.
struct DirectiveLines
{
    QByteArray header;           ///< puts a header on every answer
    QList<QByteArray> preflight; ///< answers preflights with success
};

/// How an option is written in code, where its value as a literal is not all of it.
struct OptionCode
{
    QByteArray unit;     ///< a number counts these: "time.Second"
    bool bare = false;   ///< true is written as a call without a value: "AllowCredentials()"; then a setter needs none
    QByteArray setter;   ///< a line of its own behind the settings, with `%value%`: "mw.SetDebug(%value%)"
    QMap<QString, QByteArray> functions; ///< by choice the function that is written for it
    bool always = false; ///< written where it has its default value, too
};

/// A function that an option may be given in place of a literal, with one of a few usual bodies.
struct FunctionDescription
{
    QByteArray name;   ///< "listed-or-error"; what it answers says frameworks/OriginFunction.h
    QString help;
    QByteArray source; ///< in the framework's language, with VALUES and OTHERWISE where the values go
};

/// One setting of a stage, as its framework knows it.
struct OptionDescription
{
    enum class Type {
        StringList,
        String,
        Regex,
        Boolean,
        Integer,
        Choice,     ///< one of `choices`
        HeaderList, ///< [["Name", "value"] ...]
        MatchList,  ///< a list of strings and patterns, or one pattern; a pattern is {"regex": "...", "flags": "i"}
        PathMap,    ///< which paths are covered: a pattern, a list of them, or {pattern: {option: value ...} ...}
        ObjectList, ///< a list of {option: value ...}
    };
    QByteArray name;
    Type type = Type::String;
    bool nullable = false;      ///< null is a value of its own
    bool stringAllowed = false; ///< a plain string is taken as well, with the framework's own consequences
    bool booleanAllowed = false; ///< true and false are taken as well
    QJsonValue defaultValue;
    QString help;
    OptionRole role = OptionRole::None;
    QStringList implied; ///< what an empty list (or null) stands for
    DirectiveLines lines; ///< of a ConfigText
    QStringList suggestions;
    QStringList choices;
    QByteArray since; ///< first version that knows it; empty: all
    QByteArray alias; ///< an older name, understood where code is read back
    std::vector<FunctionDescription> functions; ///< taken as well, as {"function", "values", "otherwise"}
    bool listAllowed = false; ///< a list of strings is taken as well
    bool multiline = false; ///< a string of many lines
    bool patternsInside = false; ///< its strings may be regular expressions, and are written like those
    OptionCode code;

    /// Null where the option takes no function of that name.
    const FunctionDescription* function(QByteArrayView called) const;
    bool holdsPatterns() const { return type == Type::Regex || type == Type::PathMap || patternsInside; }
};

/// Wording of one numbered rule of a stage.
struct RuleDescription
{
    QByteArray number;
    QString text;
    QString yes; ///< what it means when the rule's question is answered yes; empty where it asks nothing
    QString no;
};

/// How a user writes the settings in the framework's language.
struct CodeTemplate
{
    QByteArray language;      ///< "python"; empty where there is no code to write
    QByteArray form;          ///< "assignments"; empty: one call with an argument for each option
    QList<QByteArray> before; ///< lines above the call
    QByteArray open;          ///< "app.add_middleware("
    QList<QByteArray> first;  ///< lines inside the call, before the options
    QByteArray option;        ///< "    %name%=%value%,"; `%Name%` begins with a capital
    QByteArray close;         ///< ")"
    QList<QByteArray> after;  ///< lines below the call
    QByteArray target;        ///< the name that tells the call apart when code is read back: "CORSMiddleware"
};

/// Settings that the framework has ready under a name: `cors.Default()`.
struct Preset
{
    QByteArray function; ///< "cors.Default"
    QJsonObject settings;
};

/// A CORS middleware, or another kind of stage: its options, its code, its rules. Written as data in
/// resources/frameworks; the form, the check of settings, the generated code and the reader of pasted code all come
/// from here.
struct FrameworkDescription
{
    QByteArray id;              ///< "fastapi", or the stage kind ("auth")
    QByteArray kind;            ///< stage kind it belongs to: "cors", or its own id
    QString title;              ///< "FastAPI · CORSMiddleware"
    QString stageTitle;         ///< "CORSMiddleware"
    QString summary;            ///< one sentence for a person who chooses
    QByteArray algorithm;       ///< id under which the stage writes its rules
    QList<QByteArray> versions; ///< oldest first; empty where there are none
    QByteArray defaultVersion;
    std::vector<OptionDescription> options;
    QJsonObject fresh; ///< settings of a link that was just added, where the framework refuses its own defaults
    CodeTemplate code;
    std::vector<Preset> presets; ///< read in code where nothing is set otherwise
    std::vector<RuleDescription> rules;

    /// \param name what an error calls the file.
    static Result<FrameworkDescription> parse(const QByteArray& json, const QString& name);

    const OptionDescription* option(QByteArrayView name) const;
    const RuleDescription* rule(QByteArrayView number) const;
    /// The first option that plays the part and is known to the version; null where there is none.
    const OptionDescription* option(OptionRole role, const QByteArray& version = {}) const;
    /// Whether that version knows the option. \param version empty: the default version
    bool knows(const OptionDescription& option, const QByteArray& version) const;
    /// The settings with every option of the version in them, defaults filled in; or what is wrong, with the path of
    /// the offending value ("allow_origins[1]").
    Result<QJsonObject> completed(const QJsonObject& settings, const QByteArray& version = {}) const;
};

/// All descriptions in resources/frameworks, by their files' names; reads those that nobody asked for yet.
const std::vector<FrameworkDescription>& frameworkDescriptions();
/// Null where there is none of that id; reads no other: files are named after ids, those of stages with "stage-" before.
const FrameworkDescription* findFrameworkDescription(QByteArrayView id);
/// The description whose rules that algorithm id names; null where it is none of a stage's.
const FrameworkDescription* findDescriptionOfAlgorithm(QByteArrayView algorithm);

} // namespace corscope

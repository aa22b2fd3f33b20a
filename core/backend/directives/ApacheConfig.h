#pragma once

#include "core/backend/directives/ApacheExpression.h"

#include <QList>
#include <optional>

namespace corscope {

/// Where a directive holds: all of these.
struct ApacheScope
{
    enum class Kind { Prefix, PathPattern, FilePattern, Expression };
    Kind kind = Kind::Prefix;
    QByteArray prefix;
    QRegularExpression pattern;
    ApacheExpression expression;
    QByteArray written;
};
using ApacheScopes = std::vector<ApacheScope>;

/// `Header` or `RequestHeader`.
struct ApacheHeader
{
    enum class Action { Set, SetIfEmpty, Append, Merge, Add, Unset, Echo, Edit };
    bool ofRequest = false;
    bool always = false; ///< goes into the table that errors keep
    Action action = Action::Set;
    QByteArray name;
    QByteArray value; ///< with %{NAME}e for variables; for Edit what is put in
    QRegularExpression pattern; ///< of Echo and Edit
    QByteArray environment;     ///< env=NAME; empty: none
    bool withoutEnvironment = false; ///< env=!NAME
    std::optional<ApacheExpression> expression;
    ApacheScopes scopes;
    QByteArray written;
};

/// `SetEnvIf` and its kin: variables by what an attribute of the request looks like.
struct ApacheSetEnvironment
{
    QByteArray attribute; ///< a header's name, or Request_Method and the like; empty: always
    QRegularExpression pattern;
    struct Assignment { QByteArray name; QByteArray value; bool unset = false; };
    std::vector<Assignment> assignments;
    ApacheScopes scopes;
};

struct ApacheRewrite
{
    struct Condition
    {
        QByteArray text; ///< with %{NAME}
        QRegularExpression pattern;
        QByteArray equals; ///< in place of the pattern, for =text
        bool isEquality = false;
        bool negated = false;
        bool orNext = false;
    };
    std::vector<Condition> conditions;
    QRegularExpression pattern;
    bool negated = false;
    QByteArray target; ///< "-": none
    int status = 0;    ///< that it answers with; 0: it goes on
    std::vector<ApacheSetEnvironment::Assignment> assignments;
    ApacheScopes scopes;
    QByteArray written;
};

/// `Require`, for some methods or all.
struct ApacheRequire
{
    enum class Kind { ValidUser, Granted, Denied };
    Kind kind = Kind::Granted;
    QList<QByteArray> methods;
    bool except = false; ///< all methods but those
    ApacheScopes scopes;
};

struct ApacheConfig
{
    std::vector<ApacheSetEnvironment> environment;
    std::vector<ApacheRewrite> rewrites;
    std::vector<ApacheRequire> require;
    std::vector<ApacheHeader> headers;

    /// Reads the user's own directives, as far as they matter to CORS: a file, a section, or what stands in a .htaccess.
    /// A directive that is not known is named at its line; such as change nothing here (`ProxyPass` ...) are passed over.
    static Result<std::shared_ptr<const ApacheConfig>> read(const QByteArray& text);
};

} // namespace corscope

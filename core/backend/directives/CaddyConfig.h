#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <memory>
#include <optional>
#include <vector>

namespace corscope {

struct CaddyMatcher;

/// One test of a matcher. Of the values one has to fit.
struct CaddyTest
{
    enum class Kind { Path, Method, Header, HeaderPattern, Host, Protocol, Not };
    Kind kind = Kind::Path;
    QByteArray name;           ///< of the header
    QList<QByteArray> values;  ///< "!" alone: the header must be absent
    QByteArray captureName;    ///< under which a pattern's captures are found: {re.NAME.1}
    QRegularExpression pattern;
    std::shared_ptr<const CaddyMatcher> inner; ///< for Not
};
/// All of its tests have to hold.
struct CaddyMatcher
{
    std::vector<CaddyTest> tests;
    QByteArray written; ///< "@name", or the path
    bool isPath() const { return tests.size() == 1 && tests[0].kind == CaddyTest::Kind::Path; }
};

struct CaddyHeaderOperation
{
    enum class Kind { Set, Add, Delete, Default };
    Kind kind = Kind::Set;
    QByteArray name;
    QByteArray value; ///< with placeholders
};

struct CaddyHandler
{
    enum class Kind { Header, Redirect, BasicAuth, RequestHeader, Handle, Route, Error, Respond, ReverseProxy };
    Kind kind = Kind::Respond;
    std::optional<CaddyMatcher> matcher;
    std::vector<CaddyHeaderOperation> operations; ///< of the answer, or of the request for RequestHeader
    bool deferred = false;                        ///< carried out when the answer is written, not before
    int status = 200;
    QByteArray text; ///< body, or the address of a redirect
    std::vector<CaddyHandler> handlers;           ///< of Handle and Route
    std::vector<CaddyHeaderOperation> upstreamRequest; ///< header_up of ReverseProxy
    QByteArray written;
};

struct CaddyConfig
{
    std::vector<CaddyHandler> handlers; ///< in the order in which Caddy runs them
    std::vector<CaddyHandler> onError;  ///< of handle_errors
    bool handlesErrors = false;

    /// Reads the user's own Caddyfile, as far as it matters to CORS: whole, or what stands in a site. A directive that
    /// is not known is named at its line; such as change nothing here (`tls`, `encode` ...) are passed over.
    static Result<std::shared_ptr<const CaddyConfig>> read(const QByteArray& text);
};

} // namespace corscope

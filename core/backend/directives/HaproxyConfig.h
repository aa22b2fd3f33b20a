#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <memory>
#include <vector>

namespace corscope {

/// What a rule looks at: `req.hdr(origin)`, `var(txn.o)`, `method`.
struct HaproxySample
{
    enum class Kind { RequestHeader, WholeRequestHeader, ResponseHeader, Captured, Variable, Method, Path, Secure, Status, Text };
    Kind kind = Kind::Text;
    QByteArray argument; ///< a header's or variable's name, or the text itself
    int slot = 0;        ///< of a capture
};

/// A value with samples in it: `https://%[req.hdr(host)]`.
struct HaproxyFormat
{
    struct Part
    {
        QByteArray text;
        HaproxySample sample;
        bool isSample = false;
    };
    std::vector<Part> parts;
};

struct HaproxyMatch
{
    enum class Method { String, Begins, Ends, Contains, Pattern, Found, Boolean };
    Method method = Method::String;
    HaproxySample sample;
    bool anyCase = false;
    QList<QByteArray> values;
    std::vector<QRegularExpression> patterns;
};

/// One term of a condition: all of its matches have to hold, each negated or not. Of several terms one has to.
struct HaproxyTerm
{
    std::vector<std::pair<HaproxyMatch, bool>> matches; ///< with whether it is negated
};
struct HaproxyCondition
{
    std::vector<HaproxyTerm> terms; ///< none: always
    bool unless = false;
    QByteArray written;
};

struct HaproxyRule
{
    enum class Kind { Capture, SetVariable, SetHeader, AddHeader, DeleteHeader, Return, Deny, Redirect };
    Kind kind = Kind::Deny;
    QByteArray name; ///< of a header or variable; the kind of redirect
    HaproxySample sample;
    HaproxyFormat value;
    int status = 0;
    QByteArray contentType;
    std::vector<std::pair<QByteArray, HaproxyFormat>> headers; ///< of `return`
    HaproxyCondition condition;
    QByteArray written;
};

struct HaproxySection
{
    std::vector<HaproxyRule> request;
    std::vector<HaproxyRule> response;
    std::vector<HaproxyRule> afterResponse;
};

struct HaproxyConfig
{
    HaproxySection frontend;
    HaproxySection backend;

    /// Reads the user's own directives, as far as they matter to CORS: whole sections, or the lines of a frontend. A
    /// directive that is not known is named at its line; such as change nothing here (`bind`, `server` ...) are passed
    /// over.
    static Result<std::shared_ptr<const HaproxyConfig>> read(const QByteArray& text);
};

} // namespace corscope

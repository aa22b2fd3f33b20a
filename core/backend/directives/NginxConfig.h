#pragma once

#include "core/backend/directives/NginxText.h"

#include <QRegularExpression>
#include <memory>
#include <optional>

namespace corscope {

struct NginxBlock;

/// A condition of `if`.
struct NginxCondition
{
    enum class Kind { IsSet, Equals, Matches };
    Kind kind = Kind::IsSet;
    bool negated = false;
    QByteArray variable;
    NginxText text;             ///< for Equals
    QRegularExpression pattern; ///< for Matches
    QByteArray written;         ///< as it stands in the configuration, without the parentheses
};

/// What the rewrite phase runs, in order.
struct NginxRewrite
{
    enum class Kind { Set, If, Return, Break };
    Kind kind = Kind::Break;
    QByteArray variable; ///< that `set` sets
    NginxText text;      ///< the value of `set`; the text or address of `return`
    int status = 0;      ///< of `return`
    NginxCondition condition;
    std::unique_ptr<NginxBlock> block; ///< of `if`
};

/// `add_header`, or one header of headers-more.
struct NginxHeader
{
    enum class Kind { Add, Set, Clear }; ///< Set and Clear are headers-more's
    Kind kind = Kind::Add;
    QByteArray name;
    NginxText value;
    bool always = false; ///< for Add: whatever the status
};

struct NginxAccess
{
    bool allow = false;
    bool all = false;
    bool loopback = false; ///< the address, or network, is that of this machine
};

/// One level of the configuration. A list that a level leaves empty is its parent's; one that it has replaces the
/// parent's altogether, which is how headers get lost.
struct NginxBlock
{
    enum class Kind { Http, Server, Location, If, LimitExcept };
    Kind kind = Kind::Http;
    const NginxBlock* parent = nullptr;
    QByteArray title; ///< "location /api", for the trace

    std::vector<NginxHeader> addHeaders;
    std::vector<NginxHeader> moreHeaders;
    QList<QByteArray> hiddenHeaders;
    std::vector<NginxHeader> requestHeaders; ///< proxy_set_header
    std::vector<NginxAccess> access;
    std::optional<QByteArray> authBasic;     ///< realm; empty: off
    std::optional<qint64> maxBody;           ///< bytes; 0: no limit

    std::vector<NginxRewrite> script;
    std::vector<std::unique_ptr<NginxBlock>> locations;
    std::unique_ptr<NginxBlock> limitExcept;

    QByteArray modifier; ///< of a location: "", "=", "^~", "~", "~*"
    QByteArray uri;
    QRegularExpression pattern; ///< of a location with "~" or "~*"
    QList<QByteArray> methods;  ///< that limit_except lets through
    QList<QByteArray> names;    ///< of a server

    /// The nearest level, this one included, whose list is not empty; null where none has one.
    template<typename List>
    const NginxBlock* nearest(List NginxBlock::*list) const
    {
        const NginxBlock* block = this;
        while (block && (block->*list).empty())
            block = block->parent;
        return block;
    }
};

/// `map $source $variable { ... }`
struct NginxMap
{
    QByteArray variable;
    NginxText source;
    bool hostnames = false;
    NginxText fallback;
    std::vector<std::pair<QByteArray, NginxText>> exact; ///< keys in lower case, in which they are compared
    std::vector<std::pair<QRegularExpression, NginxText>> patterns;
};

struct NginxConfig
{
    NginxBlock http;
    std::vector<std::unique_ptr<NginxBlock>> servers;
    std::vector<NginxMap> maps;
    QList<QByteArray> variables; ///< that `set` sets somewhere

    /// Reads the user's own directives, as far as they matter to CORS. The text may be a whole file, a server, a
    /// location, or what stands in one. A directive that is not known is named at its place, never skipped; such as
    /// change nothing here (`listen`, `access_log` ...) are.
    static Result<std::shared_ptr<const NginxConfig>> read(const QByteArray& text);
};

} // namespace corscope

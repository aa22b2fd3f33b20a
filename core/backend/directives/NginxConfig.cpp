#include "core/backend/directives/NginxConfigReader.h"

#include "core/base/Ascii.h"
#include "core/http/HeaderList.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <algorithm>

namespace corscope {

namespace {

using Kind = NginxBlock::Kind;

QString tr(const char* text) { return QCoreApplication::translate("NginxConfig", text); }

// Where a directive may stand.
enum Level { Http = 1, Server = 2, Location = 4, LocationIf = 8, ServerIf = 16, Limit = 32 };
constexpr int configured = Http | Server | Location;
constexpr int rewriting = Server | Location | LocationIf | ServerIf;

int levelOf(const NginxBlock& block)
{
    switch (block.kind) {
    case Kind::Http: return Http;
    case Kind::Server: return Server;
    case Kind::Location: return Location;
    case Kind::LimitExcept: return Limit;
    case Kind::If: return block.parent->kind == Kind::Server ? ServerIf : LocationIf;
    }
    return 0;
}

/// What changes nothing of what is simulated here.
bool isWithoutEffect(const QByteArray& name)
{
    static const QList<QByteArray> names = {
        "access_log", "error_log", "log_format", "log_not_found", "listen", "root", "alias", "index", "autoindex",
        "default_type", "types", "charset", "sendfile", "tcp_nopush", "tcp_nodelay", "keepalive_timeout", "etag",
        "keepalive_requests", "server_tokens", "resolver", "upstream", "proxy_pass", "proxy_http_version",
        "proxy_redirect", "proxy_buffering", "proxy_buffers", "proxy_buffer_size", "proxy_request_buffering",
        "proxy_read_timeout", "proxy_send_timeout", "proxy_connect_timeout", "proxy_pass_header", "proxy_ssl_verify",
        "proxy_ssl_server_name", "client_body_timeout", "client_header_timeout", "send_timeout", "types_hash_max_size",
        "client_body_buffer_size", "large_client_header_buffers", "server_names_hash_bucket_size", "map_hash_max_size",
        "map_hash_bucket_size", "variables_hash_max_size", "worker_processes", "worker_connections", "events", "user",
        "pid", "http2", "auth_basic_user_file", "uninitialized_variable_warn"};
    return names.contains(name) || name.startsWith("ssl_") || name.startsWith("gzip") || name.startsWith("brotli");
}

} // namespace

InputError wrongDirective(const NginxDirective& directive, const QString& expected, const QString& found)
{
    return {placeInText(directive.line, directive.column), expected, found};
}

QString quoted(const QByteArray& bytes) { return QStringLiteral("\"%1\"").arg(QString::fromUtf8(bytes)); }

NginxConfigReader::Check NginxConfigReader::whole(const std::vector<NginxDirective>& directives)
{
    const auto has = [&](const char* name) {
        return std::any_of(directives.begin(), directives.end(), [&](const auto& d) { return d.name == name; });
    };
    auto* level = &m_config.http;
    if (!has("http") && !has("server")) {
        level = &newServer();
        if (!has("location"))
            level = &newLocation(*level, {}, "/");
    }
    for (const auto& directive : directives) {
        if (directive.name == "http") {
            if (auto http = inside(directive, m_config.http); !http)
                return http;
        } else if (auto read = one(directive, directive.name == "map" ? m_config.http : *level); !read) {
            return read;
        }
    }
    return variablesAreKnown();
}

NginxBlock& NginxConfigReader::newServer()
{
    auto server = std::make_unique<NginxBlock>();
    server->kind = Kind::Server;
    server->parent = &m_config.http;
    server->title = "server";
    m_config.servers.push_back(std::move(server));
    return *m_config.servers.back();
}

NginxBlock& NginxConfigReader::newLocation(NginxBlock& parent, const QByteArray& modifier, const QByteArray& uri)
{
    auto location = std::make_unique<NginxBlock>();
    location->kind = Kind::Location;
    location->parent = &parent;
    location->modifier = modifier;
    location->uri = uri;
    location->title = "location " + (modifier.isEmpty() ? uri : QByteArray(modifier + ' ' + uri));
    parent.locations.push_back(std::move(location));
    return *parent.locations.back();
}

NginxConfigReader::Check NginxConfigReader::inside(const NginxDirective& directive, NginxBlock& block)
{
    if (!directive.hasBlock)
        return wrongDirective(directive, tr("\"{\" after \"%1\"").arg(QString::fromUtf8(directive.name)), tr("\";\""));
    for (const auto& inner : directive.block)
        if (auto read = one(inner, block); !read)
            return read;
    return Done{};
}

NginxConfigReader::Check NginxConfigReader::one(const NginxDirective& d, NginxBlock& block)
{
    struct Known
    {
        const char* name;
        int levels;
        Check (NginxConfigReader::*read)(const NginxDirective&, NginxBlock&);
    };
    static constexpr Known known[] = {
        {"add_header", configured | LocationIf, &NginxConfigReader::addHeader},
        {"more_set_headers", configured | LocationIf, &NginxConfigReader::headersMore},
        {"more_clear_headers", configured | LocationIf, &NginxConfigReader::headersMore},
        {"proxy_set_header", configured, &NginxConfigReader::requestHeader},
        {"allow", configured | Limit, &NginxConfigReader::access},
        {"deny", configured | Limit, &NginxConfigReader::access},
        {"location", Server | Location, &NginxConfigReader::location},
        {"limit_except", Location, &NginxConfigReader::limitExcept},
        {"client_max_body_size", configured, &NginxConfigReader::maxBody},
        {"set", rewriting, &NginxConfigReader::set},
        {"if", Server | Location, &NginxConfigReader::condition},
        {"return", rewriting, &NginxConfigReader::returns},
    };
    const auto notHere = [&] {
        return wrongDirective(d, tr("a directive that is allowed here"), quoted(d.name));
    };
    const int level = levelOf(block);
    for (const auto& entry : known) {
        if (d.name != entry.name)
            continue;
        if (!(entry.levels & level))
            return notHere();
        return (this->*entry.read)(d, block);
    }
    if (d.name == "map")
        return level == Http ? map(d) : Check(notHere());
    if (d.name == "server" && d.hasBlock)
        return level == Http ? inside(d, newServer()) : Check(notHere());
    if (d.name == "server_name") {
        block.names += d.arguments;
        return Done{};
    }
    if (d.name == "break") {
        block.script.push_back({});
        return Done{};
    }
    if (d.name == "proxy_hide_header") {
        block.hiddenHeaders += d.arguments;
        return count(d, 1, 1);
    }
    if (d.name == "auth_basic") {
        block.authBasic = d.arguments.value(0) == "off" ? QByteArray("") : d.arguments.value(0);
        return count(d, 1, 1);
    }
    if (isWithoutEffect(d.name))
        return Done{};
    return wrongDirective(d, tr("a directive of nginx that is known here"), quoted(d.name));
}

NginxConfigReader::Check NginxConfigReader::addHeader(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 2, 3); !right)
        return right;
    const bool always = d.arguments.size() == 3;
    if (always && d.arguments[2] != "always")
        return wrongDirective(d, tr("\"always\", or nothing, after the value"), quoted(d.arguments[2]));
    if (!isHeaderName(d.arguments[0]))
        return wrongDirective(d, tr("a header name"), quoted(d.arguments[0]));
    auto value = text(d, d.arguments[1]);
    if (!value)
        return value.error();
    block.addHeaders.push_back({NginxHeader::Kind::Add, d.arguments[0], *value, always});
    return Done{};
}

NginxConfigReader::Check NginxConfigReader::headersMore(const NginxDirective& d, NginxBlock& block)
{
    for (const auto& argument : d.arguments) {
        if (argument.startsWith('-'))
            return wrongDirective(d, tr("headers without options before them"), quoted(argument));
        const auto colon = argument.indexOf(':');
        const auto name = argument.left(colon < 0 ? argument.size() : colon).trimmed();
        if (!isHeaderName(name))
            return wrongDirective(d, tr("\"Name: value\""), quoted(argument));
        const auto written = colon < 0 ? QByteArray() : argument.mid(colon + 1).trimmed();
        auto value = text(d, written);
        if (!value)
            return value.error();
        const bool clear = d.name == "more_clear_headers" || written.isEmpty();
        block.moreHeaders.push_back({clear ? NginxHeader::Kind::Clear : NginxHeader::Kind::Set, name, *value, true});
    }
    return count(d, 1, 100);
}

NginxConfigReader::Check NginxConfigReader::requestHeader(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 2, 2); !right)
        return right;
    auto value = text(d, d.arguments[1]);
    if (!value)
        return value.error();
    block.requestHeaders.push_back({NginxHeader::Kind::Set, d.arguments[0], *value, true});
    return Done{};
}

NginxConfigReader::Check NginxConfigReader::access(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 1, 1); !right)
        return right;
    const auto& address = d.arguments[0];
    NginxAccess rule{d.name == "allow", address == "all", false};
    if (!rule.all && address != "unix:") {
        const auto slash = address.contains('/') ? address : QByteArray(address + (address.contains(':') ? "/128" : "/32"));
        const auto subnet = QHostAddress::parseSubnet(QString::fromUtf8(slash));
        if (subnet.second < 0)
            return wrongDirective(d, tr("an address, a network, or \"all\""), quoted(address));
        rule.loopback = QHostAddress(QHostAddress::LocalHost).isInSubnet(subnet);
    }
    block.access.push_back(rule);
    return Done{};
}

NginxConfigReader::Check NginxConfigReader::location(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 1, 2); !right)
        return right;
    const auto modifier = d.arguments.size() == 2 ? d.arguments[0] : QByteArray();
    if (!QList<QByteArray>{"", "=", "^~", "~", "~*"}.contains(modifier))
        return wrongDirective(d, tr("one of =, ^~, ~, ~* before the path"), quoted(modifier));
    auto& location = newLocation(block, modifier, d.arguments.last());
    if (modifier.startsWith('~')) {
        auto pattern = regex(d, location.uri, modifier == "~*");
        if (!pattern)
            return pattern.error();
        location.pattern = *pattern;
    }
    return inside(d, location);
}

NginxConfigReader::Check NginxConfigReader::limitExcept(const NginxDirective& d, NginxBlock& block)
{
    block.limitExcept = std::make_unique<NginxBlock>();
    auto& limit = *block.limitExcept;
    limit.kind = Kind::LimitExcept;
    limit.parent = &block;
    limit.title = "limit_except " + ascii::join(d.arguments, " ");
    limit.methods = d.arguments;
    if (limit.methods.contains("GET"))
        limit.methods.append("HEAD");
    if (auto right = count(d, 1, 20); !right)
        return right;
    return inside(d, limit);
}

NginxConfigReader::Check NginxConfigReader::maxBody(const NginxDirective& d, NginxBlock& block)
{
    if (auto right = count(d, 1, 1); !right)
        return right;
    auto digits = ascii::lowered(d.arguments[0]);
    qint64 unit = 1;
    for (const auto& [suffix, factor] : {std::pair('k', 1LL << 10), std::pair('m', 1LL << 20), std::pair('g', 1LL << 30)}) {
        if (digits.endsWith(suffix)) {
            unit = factor;
            digits.chop(1);
            break;
        }
    }
    bool ok = false;
    const auto size = digits.toLongLong(&ok);
    if (!ok || size < 0 || size > (1LL << 40) / unit)
        return wrongDirective(d, tr("a size such as 1m"), quoted(d.arguments[0]));
    block.maxBody = size * unit;
    return Done{};
}

// A name that nothing sets is refused, as nginx refuses it at start.
NginxConfigReader::Check NginxConfigReader::variablesAreKnown()
{
    static const QList<QByteArray> own = {"request_method", "request_uri", "uri", "document_uri", "args", "is_args",
                                          "query_string", "host", "scheme", "server_name", "server_port", "remote_addr",
                                          "status", "https", "request", "server_protocol", "proxy_host",
                                          "proxy_add_x_forwarded_for", "content_type", "content_length",
                                          "remote_user", "nginx_version", "hostname"};
    static const QList<QByteArray> families = {"http_", "arg_", "cookie_", "sent_http_", "upstream_http_"};
    for (const auto& [name, directive] : m_used) {
        const bool known = own.contains(name) || m_config.variables.contains(name)
            || (name.size() == 1 && ascii::isDigit(name[0]))
            || std::any_of(families.begin(), families.end(), [&name = name](const auto& f) { return name.startsWith(f); })
            || std::any_of(m_config.maps.begin(), m_config.maps.end(), [&name = name](const auto& m) { return m.variable == name; });
        if (!known)
            return wrongDirective(*directive, tr("a variable that is set somewhere"), QStringLiteral("$%1").arg(QString::fromUtf8(name)));
    }
    return Done{};
}

Result<std::shared_ptr<const NginxConfig>> NginxConfig::read(const QByteArray& text)
{
    auto directives = parseNginx(text);
    if (!directives)
        return directives.error();
    auto config = std::make_shared<NginxConfig>();
    config->http.title = "http";
    if (auto read = NginxConfigReader(*config).whole(*directives); !read)
        return read.error();
    return std::shared_ptr<const NginxConfig>(config);
}

} // namespace corscope

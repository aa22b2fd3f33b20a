#pragma once

#include "core/backend/Server.h"
#include "core/url/Url.h"

#include <QTest>

/// Small servers for tests of the network: a few routes, no middleware.
namespace corscope::testing {

inline ServerConfig serverConfig(const QByteArray& id, const QByteArray& scheme, const QByteArray& host, quint16 port)
{
    ServerConfig config;
    config.id = id;
    config.scheme = scheme;
    config.host = host;
    config.port = port;
    RouteConfig get;
    get.path = "/items/*";
    get.headers = {{"Content-Type", "application/json"}, {"X-Second", "2"}, {"x-first", "1"}, {"X-Second", "3"}};
    get.body = "{\"item\":\"pen\"}";
    RouteConfig head = get;
    head.method = "HEAD";
    RouteConfig put = get;
    put.method = "PUT";
    put.effect = "pen saved";
    put.body = "saved";
    RouteConfig empty;
    empty.path = "/empty";
    empty.method = "*";
    empty.status = 204;
    config.routes = {get, head, put, empty};
    return config;
}

inline std::shared_ptr<Backend> backendOf(const std::vector<ServerConfig>& configs)
{
    auto backend = Backend::create(configs);
    if (!backend)
        qFatal("%s", qPrintable(backend.error().sentence()));
    return *backend;
}

inline Url url(QByteArrayView text)
{
    const auto parsed = Url::parse(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().sentence()));
    return *parsed;
}

inline RequestMessage request(const Url& url, const QByteArray& method = "GET", const QByteArray& body = {})
{
    RequestMessage message{method, url.requestTarget(), {{"Host", url.hostAndPort()}, {"X-B", "1"}, {"x-a", "2"}}, body};
    if (!body.isEmpty())
        message.headers.append("Content-Length", QByteArray::number(body.size()));
    return message;
}

} // namespace corscope::testing

#pragma once

#include "core/backend/directives/NginxConfig.h"
#include "core/http/Message.h"

#include <QHash>

namespace corscope {

struct ServerConfig;

/// What the names with a dollar stand for while one request is handled.
class NginxVariables
{
public:
    NginxVariables(const NginxConfig& config, const RequestMessage& request, const ServerConfig& server)
        : m_config(config), m_request(request), m_server(server)
    {}

    QByteArray operator()(const QByteArray& name) const;
    QByteArray value(const NginxText& text) const
    {
        return text.value([this](const QByteArray& name) { return (*this)(name); });
    }

    void set(const QByteArray& name, const QByteArray& value) { m_set[name] = value; }
    /// $1 to $9 of the regular expression that matched last.
    void setCaptures(const QStringList& captures) { m_captures = captures; }
    /// The application's answer, once there is one: for $upstream_http_ and $status.
    void setAnswer(const ResponseMessage& answer) { m_answer = &answer; }

private:
    QByteArray mapped(const NginxMap& map) const;

    const NginxConfig& m_config;
    const RequestMessage& m_request;
    const ServerConfig& m_server;
    const ResponseMessage* m_answer = nullptr;
    QHash<QByteArray, QByteArray> m_set;
    QStringList m_captures;
    mutable int m_depth = 0; ///< of maps that look at one another
};

} // namespace corscope

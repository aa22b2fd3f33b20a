#pragma once

#include "core/backend/Server.h"

namespace corscope {

/// What a server answers that goes by a text of directives, with a small application behind it: /a answers, /fails raises.
inline ResponseMessage askDirectives(const QByteArray& framework, const QByteArray& text, HeaderList headers,
                                     const QByteArray& method, const QByteArray& target, const QString& upstream)
{
    const QJsonObject settings{{QStringLiteral("config"), QString::fromUtf8(text)}, {QStringLiteral("upstream"), upstream}};
    auto made = Server::create({"api", "http", "localhost", 5000, {{"cors", framework, {}, true, settings}},
                                {{"GET", "/a", 200, {{"X-App", "1"}}, "a", {}, false},
                                 {"GET", "/fails", 200, {}, {}, {}, true}}});
    if (!made)
        qFatal("%s", qUtf8Printable(made.error().sentence()));
    headers.append("Host", "localhost:5000");
    return (*made)->handle({method, target, std::move(headers), {}}, Clock::start, Recorder::silent()).response;
}

} // namespace corscope

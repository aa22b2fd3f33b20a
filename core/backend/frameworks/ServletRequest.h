#pragma once

#include "core/backend/Stage.h"

namespace corscope::servlet {

/// What a servlet container takes for the address it was asked under: the server's scheme, and host and port of the
/// request's Host header, where it has none of the server itself.
struct Address
{
    QByteArray scheme;
    QByteArray host;
    int port = 0; ///< the scheme's default where the header names none
};
Address addressOf(const RequestMessage& request, const ServerConfig& server);

/// -1 where the scheme has none.
int defaultPort(QByteArrayView scheme);

/// The value of the first header of that name; no value where there is none.
std::optional<QByteArray> firstLine(const RequestMessage& request, const char* name);

/// Without what Java's trim() takes off: all up to and including the space.
QByteArray trimmed(const QByteArray& text);

} // namespace corscope::servlet

#pragma once

#include "core/network/Network.h"

namespace corscope {

/// Why nobody answers at that address: names that some server has, and those that always lead to this machine, resolve
/// to a port where nothing listens; any other name does not resolve.
inline NetworkFailure unreachable(const Url& url, bool knowsHost)
{
    if (knowsHost || url.hostIsLoopback() || url.hostIsIpAddress())
        return {Why::ConnectionRefused, url.host() + ':' + QByteArray::number(url.portOrDefault()), false};
    return {Why::NameNotResolved, url.host(), false};
}

/// What a browser says when the server at an `https` address answers in plain text. Named once, since the TLS
/// library's own words depend on its version.
inline NetworkFailure tlsHandshakeFailed()
{
    return {Why::TlsFailure, "handshake", false};
}

/// The scheme a server may speak instead, at the same host and port.
inline QByteArrayView otherScheme(QByteArrayView scheme)
{
    return scheme == "https" ? QByteArrayView("http") : QByteArrayView("https");
}

} // namespace corscope

#pragma once

#include "core/http/Codec.h"
#include "core/http/Fault.h"
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

/// How a client learns of a fault that comes before the response's headers; null where they get through.
inline std::optional<NetworkFailure> failureOf(const Fault& fault)
{
    switch (fault.kind) {
    case Fault::Kind::Reset: return NetworkFailure{Why::ConnectionReset, {}, true, fault.delay};
    case Fault::Kind::Close: return NetworkFailure{Why::ConnectionClosed, {}, true, fault.delay};
    case Fault::Kind::Hang: return NetworkFailure{Why::TimedOut, {}, true, fault.delay};
    case Fault::Kind::Garbage:
        return NetworkFailure{Why::MalformedResponse, parseErrorId(ParseError::BadStartLine), true, fault.delay};
    default: return std::nullopt;
    }
}

/// The scheme a server may speak instead, at the same host and port.
inline QByteArrayView otherScheme(QByteArrayView scheme)
{
    return scheme == "https" ? QByteArrayView("http") : QByteArrayView("https");
}

} // namespace corscope

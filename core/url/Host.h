#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <optional>

namespace corscope {

enum class HostKind { Special, Opaque };

/// https://url.spec.whatwg.org/#host-parsing
/// \param kind Special where the URL's scheme is special: the host is then a domain or an IPv4 or IPv6 address.
/// \return the host serialised (IPv6 in brackets); null for failure.
std::optional<QByteArray> parseHost(QByteArrayView input, HostKind kind);

/// Whether a serialised host of a special URL is an IPv4 or IPv6 address.
bool isIpAddress(QByteArrayView host);
/// localhost, *.localhost, with or without trailing dot; 127.0.0.0/8; [::1].
bool isLoopbackHost(QByteArrayView host);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <array>
#include <optional>

/// IP addresses as the URL standard reads and writes them in hosts.
namespace corscope {

using Ipv6Pieces = std::array<quint16, 8>;

/// https://url.spec.whatwg.org/#ends-in-a-number-checker : such a host is an IPv4 address or nothing.
bool endsInNumber(QByteArrayView host);
/// https://url.spec.whatwg.org/#concept-ipv4-parser : one to four parts, each decimal, octal (0...) or hexadecimal (0x...).
std::optional<quint32> parseIpv4(QByteArrayView input);
QByteArray serializedIpv4(quint32 address);

/// https://url.spec.whatwg.org/#concept-ipv6-parser
/// \param input without the brackets
std::optional<Ipv6Pieces> parseIpv6(QByteArrayView input);
/// The longest run of two or more zero pieces is compressed. \return without brackets
QByteArray serializedIpv6(const Ipv6Pieces& pieces);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <optional>

namespace corscope {

/// https://wicg.github.io/local-network-access/#ip-address-space : from how far away an address can be reached. The most
/// private one comes first.
enum class AddressSpace { Loopback, Local, Public };

QByteArray toBytes(AddressSpace space);
std::optional<AddressSpace> addressSpaceFromBytes(QByteArrayView bytes);

/// https://wicg.github.io/local-network-access/#determine-the-ip-address-space
/// \param host serialised, IPv6 in brackets; null where it is a name
std::optional<AddressSpace> addressSpaceOfHost(QByteArrayView host);

} // namespace corscope

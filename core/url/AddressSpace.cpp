#include "core/url/AddressSpace.h"

#include "core/url/Host.h"
#include "core/url/IpAddress.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace corscope {

QByteArray toBytes(AddressSpace space)
{
    switch (space) {
    case AddressSpace::Loopback: return "loopback"_ba;
    case AddressSpace::Local: return "local"_ba;
    case AddressSpace::Public: return "public"_ba;
    }
    return {};
}

std::optional<AddressSpace> addressSpaceFromBytes(QByteArrayView bytes)
{
    for (const auto space : {AddressSpace::Loopback, AddressSpace::Local, AddressSpace::Public})
        if (bytes == toBytes(space))
            return space;
    return std::nullopt;
}

namespace {

struct Block { quint32 address; int bits; };

// Carrier-grade NAT, "this network", RFC 1918, link-local.
constexpr Block localBlocks[] = {{0x64400000, 10}, {0x00000000, 8},  {0x0A000000, 8},
                                 {0xAC100000, 12}, {0xC0A80000, 16}, {0xA9FE0000, 16}};

AddressSpace spaceOfIpv4(quint32 address)
{
    if (address >> 24 == 127)
        return AddressSpace::Loopback;
    const bool local = std::any_of(std::begin(localBlocks), std::end(localBlocks), [&](const Block& block) {
        return (address ^ block.address) >> (32 - block.bits) == 0;
    });
    return local ? AddressSpace::Local : AddressSpace::Public;
}

AddressSpace spaceOfIpv6(const Ipv6Pieces& pieces)
{
    const bool zeros = std::all_of(pieces.begin(), pieces.begin() + 5, [](quint16 piece) { return piece == 0; });
    if (zeros && pieces[5] == 0xFFFF) // an IPv4 address, written as IPv6
        return spaceOfIpv4(quint32(pieces[6]) << 16 | pieces[7]);
    if (zeros && pieces[5] == 0 && pieces[6] == 0 && pieces[7] == 1)
        return AddressSpace::Loopback;
    const bool unique = (pieces[0] & 0xFE00) == 0xFC00;
    const bool linkLocal = (pieces[0] & 0xFFC0) == 0xFE80;
    return unique || linkLocal ? AddressSpace::Local : AddressSpace::Public;
}

} // namespace

std::optional<AddressSpace> addressSpaceOfHost(QByteArrayView host)
{
    if (host.startsWith('[') && host.endsWith(']')) {
        const auto pieces = parseIpv6(host.sliced(1).chopped(1));
        return pieces ? std::optional(spaceOfIpv6(*pieces)) : std::nullopt;
    }
    if (!isIpAddress(host))
        return std::nullopt;
    const auto address = parseIpv4(host);
    return address ? std::optional(spaceOfIpv4(*address)) : std::nullopt;
}

} // namespace corscope

#pragma once

#include <QByteArray>
#include <vector>

namespace corscope::jub0bs {

/// A pattern for origins, as jub0bs/cors reads it: scheme, host (with `*.` in front: any subdomain, however deep) and
/// port (`*`: any, and none).
struct OriginPattern
{
    static constexpr int noPort = 0;
    static constexpr int anyPort = -1;

    enum class Problem { None, Invalid, Prohibited };
    /// \param problem what is wrong with the text, where it is no pattern
    static OriginPattern parse(const QByteArray& text, Problem& problem);

    bool contains(const QByteArray& origin) const;
    /// Neither https nor this very machine.
    bool isDeemedInsecure() const;
    /// Anybody may register names right below the host.
    bool isOfPublicSuffix() const;

    QByteArray scheme;
    QByteArray host; ///< without `*.` and without brackets
    int port = noPort;
    bool subdomains = false;
    bool loopback = false;
};

} // namespace corscope::jub0bs

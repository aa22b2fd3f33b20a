#pragma once

#include "core/base/Result.h"
#include "core/url/Url.h"

#include <QHostAddress>
#include <QList>

#include <vector>

namespace corscope {

/// Virtual DNS that never leaves this machine: patterns lead names to loopback addresses, ports stay as they are. What
/// is `localhost` anyway, or a loopback address, needs no pattern; any other name does not resolve.
class LoopbackNames
{
public:
    /// \param pattern a host name, or `*.` and a suffix that covers all names below it at any depth, but not itself.
    /// \returns an error where the pattern is no host, or the address is not on loopback.
    Result<Done> add(QByteArrayView pattern, const QByteArray& address);

    /// Where to try, in this order; empty where the name does not resolve. The first pattern that matches decides.
    QList<QHostAddress> find(const Url& url) const;

private:
    struct Entry
    {
        QByteArray host; ///< lower case; a suffix begins with "."
        QHostAddress address;
    };
    std::vector<Entry> m_entries;
};

} // namespace corscope

#pragma once

#include "core/base/Clock.h"

#include <QByteArray>

namespace corscope {

/// What a route handler did, whatever the page was told about it.
struct LedgerEntry
{
    Instant time;
    QByteArray method;
    QByteArray target;
    QByteArray effect; ///< empty: the handler ran and only read
    bool operator==(const LedgerEntry&) const = default;
};

/// One request as the server saw it.
struct AccessLogEntry
{
    Instant time;
    QByteArray method;
    QByteArray target;
    QByteArray origin; ///< the `Origin` header, empty where absent
    int status = 0;
    bool preflight = false;
    bool handlerRan = false;
    bool operator==(const AccessLogEntry&) const = default;
};

} // namespace corscope

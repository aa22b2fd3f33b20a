#pragma once

#include "core/http/Message.h"

class QJsonObject;

namespace corscope {

/// What an application server writes when an exception reaches it: no stage of the application gets to see it.
ResponseMessage internalServerError();

/// A page that something in front of the application writes by itself: 502 of a proxy, for instance.
ResponseMessage errorPage(int status);

/// By the option `upstream`: the status with which something in front answers for an application that does not; 0 where
/// that answers. \param unreachable status for one that cannot be reached; one that takes too long is 504 everywhere
int upstreamErrorOf(const QJsonObject& settings, int unreachable);

} // namespace corscope

#pragma once

#include "core/http/Message.h"

namespace corscope {

/// What an application server writes when an exception reaches it: no stage of the application gets to see it.
ResponseMessage internalServerError();

/// A page that something in front of the application writes by itself: 502 of a proxy, for instance.
ResponseMessage errorPage(int status);

} // namespace corscope

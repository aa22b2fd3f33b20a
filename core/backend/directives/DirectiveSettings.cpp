#include "core/backend/directives/DirectiveSettings.h"

#include "core/base/Ascii.h"

namespace corscope {

bool bringsPassword(const RequestMessage& request)
{
    return ascii::startsWithIgnoringCase(request.headers.get("Authorization").value_or(QByteArray()), "Basic ");
}

} // namespace corscope

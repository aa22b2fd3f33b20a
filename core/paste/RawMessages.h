#pragma once

#include "core/paste/PastedRequest.h"

namespace corscope::paste {

/// Headers as they crossed the wire: of `curl -i` and `curl -v`, or as developer tools show them.
struct RawMessages
{
    std::vector<PastedRequest> requests;
    std::vector<PastedAnswer> answers; ///< method and address of the request above them, where there is one
};

/// Every block of header lines in the text, with its start line or without.
RawMessages readRawMessages(const QString& text);

} // namespace corscope::paste

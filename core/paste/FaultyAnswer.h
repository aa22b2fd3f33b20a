#pragma once

#include "core/paste/InferredRequest.h"

namespace corscope::paste {

/// What a server is taken to answer.
struct InferredAnswer
{
    int status = 200;
    HeaderList headers;
};

/// An answer that is right but for the one mistake that the console names.
InferredAnswer withMistake(InferredAnswer answer, const Evidence& evidence, const InferredRequest& request, const QString& pasted,
                           Findings& findings);

} // namespace corscope::paste

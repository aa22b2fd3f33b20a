#pragma once

#include "core/paste/Evidence.h"
#include "core/url/Url.h"

namespace corscope::paste {

/// Page and call, as far as they can be told from the evidence; the rest is filled in with what is most common.
struct InferredRequest
{
    PageConfig page;
    FetchCall call;
    Url url;            ///< of the request that failed: behind a redirect not the one of the call
    bool redirected = false; ///< the call's address redirects to `url`
    std::optional<Url> hop;  ///< a further redirect between the two, of which only the effect is known
    Findings findings;
    QByteArray originAt(const Url& at) const; ///< as the request names it there: "null" behind a tainting redirect
};

/// \param pasted for the places of what was found
InferredRequest inferRequest(const Evidence& evidence, const QString& pasted);

} // namespace corscope::paste

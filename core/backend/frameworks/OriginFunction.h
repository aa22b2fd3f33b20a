#pragma once

#include "core/backend/FunctionSetting.h"

namespace corscope {

/// A function that is asked about an origin. What is emulated are the bodies that applications usually give it, by name:
///
/// * `echo`: the origin itself;
/// * `listed`: the origin if it is one of the values, else nothing; `listed-or`: else a fixed origin; `listed-or-error`:
///   else an error; `absent-or-listed-or-error`: as that, and yes where there is no origin;
/// * `ends-with`: the origin if it ends in one of the values, else nothing; `ends-with-or`: else a fixed origin;
/// * `always`: a fixed origin.
struct OriginAnswer
{
    enum class Kind {
        Nothing,
        Yes,    ///< whatever the origin is, and be it missing
        Origin, ///< `origin`
        Error,
    };
    Kind kind = Kind::Nothing;
    QByteArray origin;
};

/// \param origin of the request; null where it has none
OriginAnswer askOriginFunction(const FunctionSetting& function, const std::optional<QByteArray>& origin);

} // namespace corscope

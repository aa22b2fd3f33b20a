#include "core/backend/frameworks/OriginFunction.h"

#include <algorithm>

namespace corscope {

OriginAnswer askOriginFunction(const FunctionSetting& function, const std::optional<QByteArray>& origin)
{
    using Kind = OriginAnswer::Kind;
    const bool isThere = origin && !origin->isEmpty();
    const bool endsWith = function.name.startsWith("ends-with");
    const bool fits = std::any_of(function.values.begin(), function.values.end(), [&](const QByteArray& value) {
        return endsWith ? isThere && origin->endsWith(value) : origin == value;
    });
    if (function.name == "always")
        return {Kind::Origin, function.otherwise};
    if (function.name == "absent-or-listed-or-error" && !isThere)
        return {Kind::Yes, {}};
    if ((function.name == "echo" || fits) && isThere)
        return {Kind::Origin, *origin};
    if (function.name.endsWith("-or-error"))
        return {Kind::Error, {}};
    if (function.name.endsWith("-or"))
        return {Kind::Origin, function.otherwise};
    return {};
}

} // namespace corscope

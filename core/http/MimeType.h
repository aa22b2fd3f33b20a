#pragma once

#include "core/http/HeaderList.h"

#include <QByteArray>
#include <QList>
#include <optional>
#include <utility>

namespace corscope {

/// https://mimesniff.spec.whatwg.org/#mime-type-representation
struct MimeType
{
    QByteArray type;    ///< lower case
    QByteArray subtype; ///< lower case
    QList<std::pair<QByteArray, QByteArray>> parameters; ///< in order; names lower case and unique, values unquoted

    QByteArray essence() const { return type + '/' + subtype; }
    /// https://mimesniff.spec.whatwg.org/#serialize-a-mime-type
    QByteArray serialized() const;
    std::optional<QByteArray> parameter(QByteArrayView name) const;
    bool operator==(const MimeType&) const = default;
};

/// https://mimesniff.spec.whatwg.org/#parse-a-mime-type ; null where the standard says failure.
std::optional<MimeType> parseMimeType(QByteArrayView input);
/// https://fetch.spec.whatwg.org/#concept-header-extract-mime-type : what `Content-Type` says; null for failure.
std::optional<MimeType> extractMimeType(const HeaderList& headers);

} // namespace corscope

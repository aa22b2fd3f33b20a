#include "core/url/Origin.h"

#include "core/url/Url.h"
#include "core/url/UrlParts.h"

using namespace Qt::StringLiterals;

namespace corscope {

const Origin::Record& Origin::none()
{
    static const Record record = [] {
        Record opaque;
        opaque.serialized = "null"_ba;
        return opaque;
    }();
    return record;
}

Origin Origin::opaque(const QByteArray& id)
{
    auto* const record = new Record;
    record->opaqueId = id;
    record->serialized = "null"_ba;
    Origin origin;
    origin.m_record.reset(record);
    return origin;
}

Origin Origin::tuple(const QByteArray& scheme, const QByteArray& host, std::optional<quint16> port)
{
    if (scheme.isEmpty())
        return {};
    auto* const record = new Record;
    record->scheme = scheme;
    record->host = host;
    // The default port is kept as null, so that equal origins are equal values.
    if (port != defaultPort(scheme))
        record->port = port;
    record->serialized = concatenated({scheme, "://", host, PortText(record->port)});
    Origin origin;
    origin.m_record.reset(record);
    return origin;
}

quint16 Origin::portOrDefault() const
{
    return port().value_or(defaultPort(scheme()).value_or(0));
}

bool Origin::isSameOrigin(const Origin& other) const
{
    return *this == other;
}

bool Origin::isEqual(const Origin& other) const
{
    const auto& a = record();
    const auto& b = other.record();
    return a.serialized == b.serialized && a.opaqueId == b.opaqueId;
}

} // namespace corscope

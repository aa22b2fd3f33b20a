#pragma once

#include <QByteArray>
#include <QSharedData>
#include <optional>

namespace corscope {

/// https://html.spec.whatwg.org/multipage/browsers.html#concept-origin
/// A tuple origin (scheme, host, port) or an opaque origin, which is the same as nothing but itself and serialises to
/// `null`. A value, and cheap to copy: the copies share one record, which holds the serialisation as well.
class Origin
{
public:
    /// A fresh opaque origin. \param id tells opaque origins of one scenario apart; equal ids are the same origin.
    static Origin opaque(const QByteArray& id);
    /// \param port null for the scheme's default port.
    static Origin tuple(const QByteArray& scheme, const QByteArray& host, std::optional<quint16> port);

    Origin() = default; ///< opaque, with the empty id

    bool isOpaque() const { return scheme().isEmpty(); }
    const QByteArray& opaqueId() const { return record().opaqueId; }
    const QByteArray& scheme() const { return record().scheme; }
    const QByteArray& host() const { return record().host; }
    std::optional<quint16> port() const { return record().port; }
    quint16 portOrDefault() const;

    /// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
    bool isSameOrigin(const Origin& other) const;
    /// https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin, and in Fetch
    /// "byte-serializing a request origin".
    const QByteArray& serialized() const { return record().serialized; }

    bool operator==(const Origin& other) const { return m_record == other.m_record || isEqual(other); }

private:
    struct Record : QSharedData
    {
        QByteArray scheme;
        QByteArray host;
        std::optional<quint16> port;
        QByteArray opaqueId;
        QByteArray serialized;
    };
    static const Record& none();
    const Record& record() const { return m_record ? *m_record : none(); }
    bool isEqual(const Origin& other) const;

    QExplicitlySharedDataPointer<const Record> m_record; ///< null: opaque, with the empty id
};

} // namespace corscope

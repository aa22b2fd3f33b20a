#pragma once

#include <QByteArray>
#include <optional>

namespace corscope {

/// https://html.spec.whatwg.org/multipage/browsers.html#concept-origin
/// A tuple origin (scheme, host, port) or an opaque origin, which is the same as nothing but itself and serialises to
/// `null`.
class Origin
{
public:
    /// A fresh opaque origin. \param id tells opaque origins of one scenario apart; equal ids are the same origin.
    static Origin opaque(const QByteArray& id);
    /// \param port null for the scheme's default port.
    static Origin tuple(const QByteArray& scheme, const QByteArray& host, std::optional<quint16> port);

    Origin() = default; ///< opaque, with the empty id

    bool isOpaque() const { return m_scheme.isEmpty(); }
    const QByteArray& opaqueId() const { return m_opaqueId; }
    const QByteArray& scheme() const { return m_scheme; }
    const QByteArray& host() const { return m_host; }
    std::optional<quint16> port() const { return m_port; }
    quint16 portOrDefault() const;

    /// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
    bool isSameOrigin(const Origin& other) const;
    /// https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin, and in Fetch
    /// "byte-serializing a request origin".
    QByteArray serialized() const;

    bool operator==(const Origin&) const = default;

private:
    QByteArray m_scheme;
    QByteArray m_host;
    std::optional<quint16> m_port;
    QByteArray m_opaqueId;
};

} // namespace corscope

#include "core/network/LoopbackNames.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("LoopbackNames", text);
}

Result<Done> LoopbackNames::add(QByteArrayView pattern, const QByteArray& address)
{
    const QHostAddress found(QString::fromLatin1(address));
    if (!found.isLoopback())
        return InputError{{}, tr("a loopback address such as 127.0.0.1 or ::1"), QString::fromUtf8(address)};
    const bool isSuffix = pattern.startsWith("*.");
    const auto host = Url::parse(QByteArray("http://" + pattern.sliced(isSuffix ? 2 : 0).toByteArray() + '/'));
    if (!host || host->host().isEmpty() || host->port() || host->path() != "/")
        return InputError{{}, tr("a host name, or *. and a suffix"), QString::fromUtf8(pattern.toByteArray())};
    m_entries.push_back({isSuffix ? QByteArray('.' + host->host()) : host->host(), found});
    return Done{};
}

QList<QHostAddress> LoopbackNames::find(const Url& url) const
{
    // A trailing dot says that the name is complete, which every name here is.
    auto host = url.host();
    if (host.endsWith('.'))
        host.chop(1);
    for (const auto& entry : m_entries) {
        const bool matches = entry.host.startsWith('.') ? host.size() > entry.host.size() && host.endsWith(entry.host)
                                                        : host == entry.host;
        if (matches)
            return {entry.address};
    }
    if (!url.hostIsLoopback())
        return {};
    const bool isBracketed = host.startsWith('[');
    const QHostAddress literal(QString::fromLatin1(isBracketed ? host.sliced(1, host.size() - 2) : host));
    if (!literal.isNull())
        return literal.isLoopback() ? QList<QHostAddress>{literal} : QList<QHostAddress>{};
    return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
}

} // namespace corscope

#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>

#include <map>
#include <memory>
#include <mutex>

namespace corscope {

/// A certificate and the key that belongs to it.
struct Credentials
{
    QSslCertificate certificate;
    QSslKey key;
};

/// Signs certificates for the sandbox's `https` servers. One per user: made at first use, kept in a directory only that
/// user can read, never shipped and never installed anywhere; only the simulated browser trusts it.
/// Safe to use from several threads.
class CertificateAuthority
{
public:
    /// The authority in that directory; made, or made anew, where it is missing, damaged or about to expire.
    /// \param now wall clock: the one place in core that needs it, since TLS compares certificates with it.
    static Result<std::shared_ptr<CertificateAuthority>> open(const QString& directory,
                                                              const QDateTime& now = QDateTime::currentDateTimeUtc());
    ~CertificateAuthority();

    QSslCertificate certificate() const;
    /// PEM file of certificate() (without its key), for `curl --cacert`.
    QString certificateFile() const;
    /// A certificate for one host name or IP address (IPv6 with or without brackets), signed by this authority; lives
    /// in memory only.
    Result<Credentials> issue(const QByteArray& host) const;

private:
    struct Keys;
    CertificateAuthority(std::unique_ptr<Keys> keys, const QString& directory, const QDateTime& now);

    std::unique_ptr<Keys> m_keys;
    QString m_directory;
    QDateTime m_now;
    mutable std::mutex m_mutex;
    mutable std::map<QByteArray, Credentials> m_issued;
};

} // namespace corscope

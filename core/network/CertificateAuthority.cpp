#include "core/network/CertificateAuthority.h"

#include "core/base/Ascii.h"
#include "core/network/X509.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLockFile>

#include <cstdio>

namespace corscope {

struct CertificateAuthority::Keys
{
    x509::Key key;
    x509::Certificate certificate;
};

namespace {

constexpr int authorityDays = 730;
constexpr int leafDays = 90;
constexpr int renewBeforeDays = 120; ///< so that no certificate outlives its authority

const auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// Key and certificate stand in one file, so that a reader never meets the key of one and the certificate of another.
QString keyFileIn(const QString& directory)
{
    return directory + QStringLiteral("/authority-key.pem");
}

QString certificateFileIn(const QString& directory)
{
    return directory + QStringLiteral("/authority.pem");
}

InputError problem(const QString& where, const QString& found)
{
    return {where, QCoreApplication::translate("CertificateAuthority", "a directory for the sandbox's certificates"), found};
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Written beside the file and renamed over it: a reader sees the old file or the new one, and nobody but the owner
/// can read it at any moment.
QString writeAtomically(const QString& path, const QByteArray& bytes)
{
    const QString draft = path + QStringLiteral(".new");
    QFile::remove(draft);
    QFile file(draft);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly) || file.write(bytes) != bytes.size()
        || !file.flush())
        return file.errorString();
    file.close();
    if (std::rename(QFile::encodeName(draft).constData(), QFile::encodeName(path).constData()) != 0)
        return QCoreApplication::translate("CertificateAuthority", "a file that cannot be replaced");
    return {};
}

/// At no moment can anybody else look into it.
bool makeFolder(const QString& directory)
{
    const auto enterable = ownerOnly | QFile::ExeOwner;
    const QFileInfo folder(directory);
    if (folder.isDir())
        return QFile::setPermissions(directory, enterable);
    return QDir().mkpath(folder.absolutePath()) && (QDir().mkdir(directory, enterable) || QFileInfo(directory).isDir());
}

bool isCurrent(const QByteArray& certificatePem, const QDateTime& now)
{
    const QSslCertificate certificate(certificatePem);
    return !certificate.isNull() && certificate.effectiveDate() <= now
        && certificate.expiryDate() >= now.addDays(renewBeforeDays);
}

QByteArray withoutBrackets(const QByteArray& host)
{
    return host.startsWith('[') && host.endsWith(']') ? host.sliced(1, host.size() - 2) : host;
}

} // namespace

CertificateAuthority::CertificateAuthority(std::unique_ptr<Keys> keys, const QString& directory, const QDateTime& now)
    : m_keys(std::move(keys)), m_directory(directory), m_now(now)
{
}

CertificateAuthority::~CertificateAuthority() = default;

Result<std::shared_ptr<CertificateAuthority>> CertificateAuthority::open(const QString& directory, const QDateTime& now)
{
    if (!makeFolder(directory))
        return problem(directory, QCoreApplication::translate("CertificateAuthority", "a place that cannot be written"));

    // Two programs that start together must end up with the same authority.
    QLockFile lock(directory + QStringLiteral("/authority.lock"));
    if (!lock.tryLock(10000))
        return problem(directory, QCoreApplication::translate("CertificateAuthority", "a lock that another program holds"));

    const auto pem = readAll(keyFileIn(directory));
    auto keys = std::make_unique<Keys>(Keys{x509::keyFromPem(pem), x509::certificateFromPem(pem)});
    const bool usable = keys->key && keys->certificate && x509::isAuthorityOf(keys->certificate.get(), keys->key.get())
        && isCurrent(x509::toPem(keys->certificate.get()), now);
    if (!usable) {
        keys->key = x509::newKey();
        keys->certificate = keys->key ? x509::newAuthority(keys->key.get(), now, authorityDays) : nullptr;
        if (!keys->certificate)
            return problem(directory, QCoreApplication::translate("CertificateAuthority", "OpenSSL that makes no keys"));
        const QByteArray bytes = x509::toPem(keys->key.get()) + x509::toPem(keys->certificate.get());
        if (const auto trouble = writeAtomically(keyFileIn(directory), bytes); !trouble.isEmpty())
            return problem(keyFileIn(directory), trouble);
    }
    QFile::setPermissions(keyFileIn(directory), ownerOnly);

    const auto certificatePem = x509::toPem(keys->certificate.get());
    if (readAll(certificateFileIn(directory)) != certificatePem) {
        if (const auto trouble = writeAtomically(certificateFileIn(directory), certificatePem); !trouble.isEmpty())
            return problem(certificateFileIn(directory), trouble);
    }
    return std::shared_ptr<CertificateAuthority>(new CertificateAuthority(std::move(keys), directory, now));
}

QSslCertificate CertificateAuthority::certificate() const
{
    return QSslCertificate(x509::toPem(m_keys->certificate.get()));
}

QString CertificateAuthority::certificateFile() const
{
    return certificateFileIn(m_directory);
}

Result<Credentials> CertificateAuthority::issue(const QByteArray& host) const
{
    const auto name = ascii::lowered(withoutBrackets(host));
    // What OpenSSL would read as more than one name.
    if (name.isEmpty() || name.contains(',') || name.contains('\n'))
        return InputError{QString::fromUtf8(host),
                          QCoreApplication::translate("CertificateAuthority", "a host name or an IP address"), {}};
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_issued.find(name); it != m_issued.end())
        return it->second;
    const auto key = x509::newKey();
    const auto certificate = key
        ? x509::newLeaf(key.get(), m_keys->certificate.get(), m_keys->key.get(), name, m_now, leafDays) : nullptr;
    if (!certificate)
        return InputError{QString::fromUtf8(host),
                          QCoreApplication::translate("CertificateAuthority", "a name that fits into a certificate"), {}};
    const Credentials credentials{QSslCertificate(x509::toPem(certificate.get())),
                                  QSslKey(x509::toPem(key.get()), QSsl::Ec)};
    return m_issued.emplace(name, credentials).first->second;
}

} // namespace corscope

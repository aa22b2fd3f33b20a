#pragma once

#include <QByteArray>
#include <QDateTime>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

/// OpenSSL's certificates behind owners that free them. Only core/network/CertificateAuthority.cpp uses this.
namespace corscope::x509 {

struct Free
{
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

/// A fresh P-256 key; null where OpenSSL fails.
Key newKey();
/// Self-signed, may sign others.
Certificate newAuthority(EVP_PKEY* key, const QDateTime& now, int days);
/// For a server. \param host a DNS name or an IP address without brackets.
Certificate newLeaf(EVP_PKEY* key, X509* authority, EVP_PKEY* authorityKey, const QByteArray& host,
                    const QDateTime& now, int days);

QByteArray toPem(X509* certificate);
QByteArray toPem(EVP_PKEY* key);
Certificate certificateFromPem(const QByteArray& pem);
Key keyFromPem(const QByteArray& pem);
/// Whether the two belong together and the certificate is signed with this very key.
bool isAuthorityOf(X509* certificate, EVP_PKEY* key);

} // namespace corscope::x509

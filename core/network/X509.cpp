#include "core/network/X509.h"

#include <QHostAddress>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace corscope::x509 {

namespace {

struct FreeMore
{
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIGNUM* number) const { BN_free(number); }
};
using Bio = std::unique_ptr<BIO, FreeMore>;

bool setSerial(X509* certificate)
{
    // RFC 5280 section 4.1.2.2: positive, at most 20 bytes, never twice from one authority.
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3f) | 0x40);
    const std::unique_ptr<BIGNUM, FreeMore> number(BN_bin2bn(bytes, sizeof bytes, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool setValidity(X509* certificate, const QDateTime& now, int days)
{
    // A day earlier, for clocks that disagree.
    return ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(now.addDays(-1).toSecsSinceEpoch()))
        && ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(now.addDays(days).toSecsSinceEpoch()));
}

bool addNameEntry(X509_NAME* name, const char* field, const QByteArray& value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.constData()), int(value.size()), -1, 0);
}

bool addExtension(X509* certificate, X509* issuer, int nid, const QByteArray& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, FreeMore> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1);
}

Certificate prepared(EVP_PKEY* key, const QDateTime& now, int days)
{
    Certificate certificate(X509_new());
    if (!certificate || !X509_set_version(certificate.get(), X509_VERSION_3) || !setSerial(certificate.get())
        || !setValidity(certificate.get(), now, days) || !X509_set_pubkey(certificate.get(), key))
        return {};
    return certificate;
}

QByteArray subjectAlternativeName(const QByteArray& host)
{
    const bool isAddress = !QHostAddress(QString::fromLatin1(host)).isNull();
    return (isAddress ? "IP:" : "DNS:") + host;
}

QByteArray contents(BIO* bio)
{
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, qsizetype(size));
}

} // namespace

Key newKey()
{
    return Key(EVP_EC_gen("P-256"));
}

Certificate newAuthority(EVP_PKEY* key, const QDateTime& now, int days)
{
    auto certificate = prepared(key, now, days);
    if (!certificate)
        return {};
    auto* const self = certificate.get();
    auto* const name = X509_get_subject_name(self);
    const bool done = addNameEntry(name, "O", "Corscope") && addNameEntry(name, "CN", "Corscope sandbox authority")
        && X509_set_issuer_name(self, name)
        && addExtension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && addExtension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(self, self, NID_subject_key_identifier, "hash") && X509_sign(self, key, EVP_sha256());
    return done ? std::move(certificate) : Certificate();
}

Certificate newLeaf(EVP_PKEY* key, X509* authority, EVP_PKEY* authorityKey, const QByteArray& host,
                    const QDateTime& now, int days)
{
    auto certificate = prepared(key, now, days);
    if (!certificate)
        return {};
    auto* const self = certificate.get();
    // A common name holds 64 characters at most; the host stands in the alternative name anyway.
    const bool done = addNameEntry(X509_get_subject_name(self), "CN", host.left(64))
        && X509_set_issuer_name(self, X509_get_subject_name(authority))
        && addExtension(self, authority, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(self, authority, NID_key_usage, "critical,digitalSignature")
        && addExtension(self, authority, NID_ext_key_usage, "serverAuth")
        && addExtension(self, authority, NID_subject_alt_name, subjectAlternativeName(host))
        && addExtension(self, authority, NID_authority_key_identifier, "keyid")
        && X509_sign(self, authorityKey, EVP_sha256());
    return done ? std::move(certificate) : Certificate();
}

QByteArray toPem(X509* certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    return bio && PEM_write_bio_X509(bio.get(), certificate) ? contents(bio.get()) : QByteArray();
}

QByteArray toPem(EVP_PKEY* key)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    // The older form of an EC key, which is the one QSslKey reads.
    return bio && PEM_write_bio_PrivateKey_traditional(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr)
        ? contents(bio.get()) : QByteArray();
}

Certificate certificateFromPem(const QByteArray& pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return Certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

Key keyFromPem(const QByteArray& pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    // An empty pass phrase, or OpenSSL would ask for one on the terminal.
    return Key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, const_cast<char*>("")) : nullptr);
}

bool isAuthorityOf(X509* certificate, EVP_PKEY* key)
{
    return X509_check_private_key(certificate, key) == 1 && X509_verify(certificate, key) == 1
        && X509_check_ca(certificate) == 1;
}

} // namespace corscope::x509

#include "core/network/CertificateComplaint.h"

#include <algorithm>

namespace corscope {

QByteArray certificateComplaint(const QList<QSslError>& errors)
{
    static constexpr std::pair<QSslError::SslError, const char*> words[] = {
        {QSslError::SelfSignedCertificate, "a certificate of an unknown authority"},
        {QSslError::SelfSignedCertificateInChain, "a certificate of an unknown authority"},
        {QSslError::UnableToGetLocalIssuerCertificate, "a certificate of an unknown authority"},
        {QSslError::UnableToVerifyFirstCertificate, "a certificate of an unknown authority"},
        {QSslError::CertificateUntrusted, "a certificate of an unknown authority"},
        {QSslError::HostNameMismatch, "a certificate for another host"},
        {QSslError::CertificateExpired, "a certificate that has expired"},
        {QSslError::CertificateNotYetValid, "a certificate that is not valid yet"},
    };
    for (const auto& [kind, text] : words)
        if (std::any_of(errors.begin(), errors.end(), [&kind = kind](const QSslError& error) { return error.error() == kind; }))
            return text;
    return errors.first().errorString().toUtf8();
}

} // namespace corscope

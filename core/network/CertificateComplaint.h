#pragma once

#include <QByteArray>
#include <QSslError>

namespace corscope {

/// What is wrong with a certificate ("a certificate for another host"), in words of ours, since the TLS library's depend on
/// its version. Of several complaints the one that browsers name. \param errors must not be empty.
QByteArray certificateComplaint(const QList<QSslError>& errors);

} // namespace corscope

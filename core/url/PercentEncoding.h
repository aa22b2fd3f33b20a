#pragma once

#include <QByteArray>
#include <QByteArrayView>

/// https://url.spec.whatwg.org/#percent-encoded-bytes
namespace corscope {

/// The percent-encode sets of the URL standard.
enum class PercentEncodeSet { C0Control, Fragment, Query, SpecialQuery, Path, Userinfo };

bool isInPercentEncodeSet(char byte, PercentEncodeSet set);
/// \param bytes UTF-8
QByteArray percentEncoded(QByteArrayView bytes, PercentEncodeSet set);
void appendPercentEncoded(QByteArray& to, QByteArrayView bytes, PercentEncodeSet set);
/// Decodes every `%` with two hexadecimal digits behind it and leaves every other `%` as it is.
QByteArray percentDecoded(QByteArrayView bytes);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QByteArrayView>

/// The words that nearly every CORS exchange is made of. They stand in the program once, so that a message which names
/// them need not copy them; other words are copied as any bytes are.
namespace corscope {

/// A method, byte for byte.
QByteArray methodWord(QByteArrayView bytes);
/// A header name, lower-cased.
QByteArray loweredHeaderName(QByteArrayView bytes);
/// A token of either kind, or `*`, as it is written.
QByteArray tokenWord(QByteArrayView bytes);

} // namespace corscope

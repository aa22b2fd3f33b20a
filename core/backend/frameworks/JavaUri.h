#pragma once

#include <QByteArrayView>

namespace corscope {

/// Whether java.net.URI takes the text, and finds a scheme in it. Bytes beyond ASCII are read as Latin-1.
bool isJavaUriWithScheme(QByteArrayView text);

} // namespace corscope

#pragma once

#include "core/http/Message.h"

#include <QList>

/// Messages as `curl -i` prints them: start line and headers, a line each, without line ends. Bodies are left out.
namespace corscope::share {

QList<QByteArray> requestLines(const RequestMessage& request);
QList<QByteArray> responseLines(const ResponseMessage& response);

/// Every line with a mark in front of it, and a line break behind it. Control characters and line breaks inside a line
/// become blanks, so that nothing of a message gets out of the comment it stands in.
QByteArray commented(const QList<QByteArray>& lines, const QByteArray& mark);

} // namespace corscope::share

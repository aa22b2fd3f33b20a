#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonValue>
#include <vector>

namespace corscope::python {

/// A value as Python source. \param pattern a regular expression, written as a raw string where that is easier to read
QByteArray literal(const QJsonValue& value, bool pattern = false);

/// A keyword argument of a call.
struct Argument
{
    QByteArray name;
    QJsonValue value;
    int line = 0; ///< from 1
};

/// The keyword arguments of the first call that mentions `target`, as its function or as its first argument:
/// `CORSMiddleware(app, a=1)`, `app.add_middleware(CORSMiddleware, a=1)`.
Result<std::vector<Argument>> readCall(const QByteArray& code, const QByteArray& target);

/// "line 5"
QString linePlace(int line);

} // namespace corscope::python

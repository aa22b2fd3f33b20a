#include "core/base/Result.h"

#include <QCoreApplication>

namespace corscope {

QString InputError::sentence() const
{
    const auto place = where.isEmpty() ? QString() : QString(where + QStringLiteral(": "));
    if (found.isEmpty())
        return place + QCoreApplication::translate("InputError", "expected %1").arg(expected);
    return place + QCoreApplication::translate("InputError", "expected %1, found %2").arg(expected, found);
}

} // namespace corscope

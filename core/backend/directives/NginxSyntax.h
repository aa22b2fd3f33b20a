#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <vector>

namespace corscope {

/// One directive of an nginx configuration as it is written: a name, its arguments without their quotes, and what stands
/// between its braces.
struct NginxDirective
{
    QByteArray name;
    QList<QByteArray> arguments;
    bool hasBlock = false;
    std::vector<NginxDirective> block;
    int line = 1; ///< where its name begins, counted from 1
    int column = 1;
};

/// "line 3, column 5", as errors name a place in a text.
QString placeInText(int line, int column);

/// Reads a text; errors name line and column.
Result<std::vector<NginxDirective>> parseNginx(const QByteArray& text);

} // namespace corscope

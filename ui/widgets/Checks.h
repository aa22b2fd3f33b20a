#pragma once

#include <QStringList>

/// What a field accepts, each with the one sentence it says otherwise. Empty: accepted.
namespace corscope::checks {

QString port(const QString& text);
QString host(const QString& text);
QString wholeNumber(const QString& text);
QString regularExpression(const QString& text);
QString methodName(const QString& text);

} // namespace corscope::checks

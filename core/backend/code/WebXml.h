#pragma once

#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/CodeTokens.h"

namespace corscope::webxml {

/// A value as the text of a parameter in web.xml.
QByteArray literal(const QJsonValue& value);

/// The parameters (init-param) of the first filter whose class has that name. Values are read as strings.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

/// The text of a parameter as the filter reads it: a truth, a number or the text itself.
Result<QJsonValue> asSetting(const OptionDescription& option, const QJsonValue& read);

} // namespace corscope::webxml

#pragma once

#include <QString>

namespace corscope {

/// Who listens on that TCP port of this machine, for people: "python3 (process 4711)". Empty where the system does not
/// say, as of programs of other users.
QString portUser(quint16 port);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QList>

namespace corscope {

/// The texts in the order in which Java's HashSet<String> hands them out, after they were added one by one in the
/// order given. Every text once.
QList<QByteArray> javaHashOrder(const QList<QByteArray>& texts);

} // namespace corscope

#pragma once

#include <QByteArray>
#include <QList>

namespace corscope {

/// The texts in the order in which Java's HashSet<String> hands them out, after they were added one by one in the
/// order given. Every text once. What Java turns into trees is not followed: more than eight texts whose hashes share a
/// place in a table of 64.
QList<QByteArray> javaHashOrder(const QList<QByteArray>& texts);

} // namespace corscope

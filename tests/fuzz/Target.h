#pragma once

#include <QByteArray>
#include <QList>

#include <span>

namespace corscope::fuzz {

/// What a target says of its input, and where that did not hold. A crash, a hang and a leak need no claim.
class Claims
{
public:
    /// \param shown what was found instead, for the message
    void operator()(bool holds, const char* claim, const QByteArray& shown = {});
    const QList<QByteArray>& broken() const { return m_broken; }

private:
    QList<QByteArray> m_broken;
};

/// A way in for bytes of others, and what has to hold whatever they are.
struct Target
{
    const char* name;
    qsizetype mostBytes; ///< of an input: enough for the longest thing that may be cut, small enough to stay quick
    void (*run)(const QByteArray& input, Claims& claim);
};

/// All of them; each stands in a file of its own in targets/.
std::span<const Target> targets();
const Target* findTarget(QByteArrayView name);

/// The input's first line, taken off it: where a target needs to know what the rest is.
QByteArray takeLine(QByteArray& input);
/// The bytes in pieces of odd sizes, which follow from the bytes themselves.
QList<QByteArray> pieces(const QByteArray& bytes);

} // namespace corscope::fuzz

#include "tests/fuzz/Target.h"

namespace corscope::fuzz {

using Run = void(const QByteArray&, Claims&);
Run request, response, url, headers, cookies, scenario, har, curl, call, console, stdio, code, directives, exchange;

static constexpr Target all[] = {
    {"request", 8192, request},   {"response", 8192, response}, {"url", 1024, url},       {"headers", 2048, headers},
    {"cookies", 2048, cookies},   {"scenario", 16384, scenario}, {"har", 16384, har},     {"curl", 4096, curl},
    {"call", 4096, call},         {"console", 4096, console},   {"stdio", 4096, stdio},   {"code", 4096, code},
    {"directives", 4096, directives}, {"exchange", 4096, exchange},
};

std::span<const Target> targets()
{
    return all;
}

const Target* findTarget(QByteArrayView name)
{
    for (const auto& target : all)
        if (name == target.name)
            return &target;
    return nullptr;
}

void Claims::operator()(bool holds, const char* claim, const QByteArray& shown)
{
    if (!holds)
        m_broken.append(shown.isEmpty() ? QByteArray(claim) : QByteArray(QByteArray(claim) + ": " + shown.left(2000)));
}

QByteArray takeLine(QByteArray& input)
{
    const auto end = input.indexOf('\n');
    const auto line = end < 0 ? input : input.left(end);
    input = end < 0 ? QByteArray() : input.mid(end + 1);
    return line;
}

QList<QByteArray> pieces(const QByteArray& bytes)
{
    QList<QByteArray> result;
    quint32 state = 2463534242u ^ quint32(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state += quint8(bytes[at]);
        const auto length = state % 4 == 0 ? qsizetype(1) : qsizetype(state % 61 + 1);
        result.append(bytes.mid(at, length));
        at += length;
    }
    return result;
}

} // namespace corscope::fuzz

#pragma once

#include <QtGlobal>

#include <chrono>

namespace corscope {

/// What one client, and all clients of a server together, may cost it. How large a message may be is ParseLimits'.
/// Times are real, and are looked at about once a second.
struct ConnectionLimits
{
    /// At a time. Where there are as many, the one whose client has been silent longest makes room for a new one.
    int connections = 4000;
    /// A kept connection without a request.
    std::chrono::milliseconds idle{60'000};
    /// From the first byte of a request to the end of its headers, however busily it arrives.
    std::chrono::milliseconds header{20'000};
    /// From the first byte of a request to the last of its body.
    std::chrono::milliseconds request{60'000};
    /// Bytes of requests that are not complete, of all clients together.
    qsizetype incompleteBytes = 128 * 1024 * 1024;
    /// Bytes of answers that a client does not take. While there are more, its next requests wait.
    qsizetype unsentBytes = 256 * 1024;
    /// Without a byte of them being taken.
    std::chrono::milliseconds unsent{30'000};
    /// After the last answer, for what the client was still sending.
    std::chrono::milliseconds linger{500};
};

} // namespace corscope

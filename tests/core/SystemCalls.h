#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>

#include <arpa/inet.h>
#include <cstdarg>
#include <dlfcn.h>
#include <fcntl.h>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/// What the whole program asks of the system, its libraries included: their calls lead here first, since a program's own
/// functions come before a library's. To be included in one file of a test.
namespace corscope::testing {

struct SystemCall
{
    QByteArray name;    ///< "connect", "bind", "resolve", "open", "mkdir", "chmod", "exec"
    QByteArray subject; ///< an address as "127.0.0.1", a host name, a path
    int mode = 0;       ///< of a file that is made
    bool operator==(const SystemCall&) const = default;
};

class SystemCalls
{
public:
    static void note(const char* name, const QByteArray& subject, int mode = 0)
    {
        const std::lock_guard lock(mutex());
        list().append({name, subject, mode});
    }
    static void note(const char* name, const sockaddr* address)
    {
        char text[INET6_ADDRSTRLEN] = "";
        if (address && address->sa_family == AF_INET)
            ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text);
        else if (address && address->sa_family == AF_INET6)
            ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text, sizeof text);
        else
            return; // within this machine
        note(name, QByteArray(text));
    }
    /// Those since the last time, of that name only where one is given.
    static QList<SystemCall> take()
    {
        const std::lock_guard lock(mutex());
        return std::exchange(list(), {});
    }

private:
    static std::mutex& mutex() { static std::mutex m; return m; }
    static QList<SystemCall>& list() { static QList<SystemCall> l; return l; }
};

template<typename Function>
Function* theSystems(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

inline bool isLoopback(const QByteArray& address)
{
    return QHostAddress(QString::fromLatin1(address)).isLoopback();
}

/// Calls that leave this machine, or start something on it.
inline QByteArray whatLeaves(const QList<SystemCall>& calls)
{
    for (const auto& call : calls) {
        if ((call.name == "connect" || call.name == "bind") && !isLoopback(call.subject))
            return call.name + ' ' + call.subject;
        if (call.name == "resolve" || call.name == "exec")
            return call.name + ' ' + call.subject;
    }
    return {};
}

} // namespace corscope::testing

extern "C" {

inline __attribute__((used)) int corscopeModeOf(int flags, va_list arguments)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, int) : 0;
}

int connect(int descriptor, const sockaddr* address, socklen_t size)
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(int, const sockaddr*, socklen_t)>("connect");
    SystemCalls::note("connect", address);
    return real(descriptor, address, size);
}

int bind(int descriptor, const sockaddr* address, socklen_t size) noexcept
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(int, const sockaddr*, socklen_t)>("bind");
    SystemCalls::note("bind", address);
    return real(descriptor, address, size);
}

ssize_t sendto(int descriptor, const void* bytes, size_t count, int flags, const sockaddr* address, socklen_t size)
{
    using namespace corscope::testing;
    static auto* real = theSystems<ssize_t(int, const void*, size_t, int, const sockaddr*, socklen_t)>("sendto");
    if (address)
        SystemCalls::note("connect", address);
    return real(descriptor, bytes, count, flags, address, size);
}

int getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** result)
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(const char*, const char*, const addrinfo*, addrinfo**)>("getaddrinfo");
    SystemCalls::note("resolve", QByteArray(host));
    return real(host, service, hints, result);
}

int open(const char* path, int flags, ...)
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(const char*, int, ...)>("open");
    va_list arguments;
    va_start(arguments, flags);
    const int mode = corscopeModeOf(flags, arguments);
    va_end(arguments);
    SystemCalls::note("open", QByteArray(path), mode);
    return real(path, flags, mode);
}

int open64(const char* path, int flags, ...)
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(const char*, int, ...)>("open64");
    va_list arguments;
    va_start(arguments, flags);
    const int mode = corscopeModeOf(flags, arguments);
    va_end(arguments);
    SystemCalls::note("open", QByteArray(path), mode);
    return real(path, flags, mode);
}

int mkdir(const char* path, mode_t mode) noexcept
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(const char*, mode_t)>("mkdir");
    SystemCalls::note("mkdir", QByteArray(path), int(mode));
    return real(path, mode);
}

int chmod(const char* path, mode_t mode) noexcept
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(const char*, mode_t)>("chmod");
    SystemCalls::note("chmod", QByteArray(path), int(mode));
    return real(path, mode);
}

int fchmod(int descriptor, mode_t mode) noexcept
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(int, mode_t)>("fchmod");
    SystemCalls::note("chmod", "descriptor " + QByteArray::number(descriptor), int(mode));
    return real(descriptor, mode);
}

int execve(const char* path, char* const* arguments, char* const* environment) noexcept
{
    using namespace corscope::testing;
    static auto* real = theSystems<int(const char*, char* const*, char* const*)>("execve");
    SystemCalls::note("exec", QByteArray(path));
    return real(path, arguments, environment);
}

} // extern "C"

#include "tests/fuzz/Target.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace corscope::fuzz;

/// Chosen by --target=NAME, which libFuzzer passes over.
static const Target* target = nullptr;

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    static constexpr char option[] = "--target=";
    for (int i = 1; i < *argc; ++i)
        if (std::strncmp((*argv)[i], option, std::strlen(option)) == 0)
            target = findTarget((*argv)[i] + std::strlen(option));
    if (!target) {
        std::fprintf(stderr, "corscope-fuzz: expected --target=NAME, one of:\n");
        for (const auto& known : targets())
            std::fprintf(stderr, "  %s\n", known.name);
        std::exit(2);
    }
    static QCoreApplication application(*argc, *argv);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, size_t size)
{
    if (qsizetype(size) > target->mostBytes)
        return -1;
    Claims claims;
    target->run(QByteArray(reinterpret_cast<const char*>(bytes), qsizetype(size)), claims);
    if (claims.broken().isEmpty())
        return 0;
    for (const auto& claim : claims.broken())
        std::fprintf(stderr, "does not hold: %s\n", claim.constData());
    std::abort();
}

#pragma once

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

inline long long clockNanoseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

/// Milliseconds of something done again and again, and how they are told.
class Stopwatch
{
public:
    /// Everything that follows from it, painted too.
    template<typename Work>
    [[gnu::noinline]] void measure(Work work) // told apart by a profiler
    {
        const auto busy = clockNanoseconds(CLOCK_THREAD_CPUTIME_ID);
        const auto begun = clockNanoseconds(CLOCK_MONOTONIC);
        work();
        paint();
        m_times.push_back(double(clockNanoseconds(CLOCK_MONOTONIC) - begun) / 1e6);
        m_busy.push_back(double(clockNanoseconds(CLOCK_THREAD_CPUTIME_ID) - busy) / 1e6);
    }
    static void paint()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    /// Median, longest, and the median of what the window's thread worked of it, which no neighbour makes longer.
    int print() const
    {
        std::printf("%.3f %.3f %.3f\n", median(m_times), *std::max_element(m_times.begin(), m_times.end()), median(m_busy));
        return 0;
    }

private:
    static double median(std::vector<double> values)
    {
        std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
        return values[values.size() / 2];
    }

    std::vector<double> m_times;
    std::vector<double> m_busy;
};

inline long peakKilobytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const auto& line : file.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toLong();
    return 0;
}

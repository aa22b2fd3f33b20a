#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

/// Milliseconds of something done again and again, and how they are told.
class Stopwatch
{
public:
    /// Everything that follows from it, painted too.
    template<typename Work>
    void measure(Work work)
    {
        QElapsedTimer timer;
        timer.start();
        work();
        paint();
        m_times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    static void paint()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    /// Median and longest.
    int print() const
    {
        auto times = m_times;
        std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
        std::printf("%.3f %.3f\n", times[times.size() / 2], *std::max_element(times.begin(), times.end()));
        return 0;
    }

private:
    std::vector<double> m_times;
};

inline long long monotonicNanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

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

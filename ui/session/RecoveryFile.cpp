#include "ui/session/RecoveryFile.h"

#include "core/scenario/ScenarioFile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace corscope {

RecoveryFile::RecoveryFile(const QString& folder)
{
    constexpr int mostWindows = 64;
    QDir().mkpath(folder);
    for (int i = 1; i <= mostWindows; ++i) {
        const auto path = QStringLiteral("%1/unsaved-%2.corscope").arg(folder).arg(i);
        if (!m_own.lock || QFile::exists(path)) {
            auto lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
            lock->setStaleLockTime(0); // NB: by age it would seem left behind while its window is still open
            if (!lock->tryLock(0))
                continue;
            if (QFile::exists(path))
                m_left.push_back({path, std::move(lock)});
            else
                m_own = {path, std::move(lock)};
        }
    }
    std::stable_sort(m_left.begin(), m_left.end(), [](const Slot& a, const Slot& b) {
        return QFileInfo(a.path).lastModified() > QFileInfo(b.path).lastModified();
    });
}

RecoveryFile::~RecoveryFile()
{
    remove();
}

void RecoveryFile::write(const Scenario& scenario)
{
    if (m_own.lock)
        (void)scenariofile::save(scenario, m_own.path); // a full disk must not disturb the work
}

void RecoveryFile::remove()
{
    if (m_own.lock)
        QFile::remove(m_own.path);
}

QStringList RecoveryFile::leftBehind() const
{
    QStringList paths;
    for (const auto& slot : m_left)
        paths.append(slot.path);
    return paths;
}

void RecoveryFile::forget(const QString& leftBehind)
{
    std::erase_if(m_left, [&](const Slot& slot) { return slot.path == leftBehind && QFile::remove(slot.path); });
}

} // namespace corscope

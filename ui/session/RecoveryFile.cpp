#include "ui/session/RecoveryFile.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/session/SetAside.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace corscope {

/// What was being written in the moment of a crash; the file itself is the one before.
static void removeDrafts(const QString& path)
{
    const QFileInfo file(path);
    QDir folder(file.path());
    for (const auto& draft : folder.entryList({file.fileName() + QStringLiteral(".??????")}, QDir::Files))
        folder.remove(draft);
}

RecoveryFile::RecoveryFile(const QString& folder) : m_folder(folder)
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
            removeDrafts(path);
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

Result<Done> RecoveryFile::write(const Scenario& scenario)
{
    if (m_own.lock)
        return scenariofile::save(scenario, m_own.path);
    return InputError{m_folder, QCoreApplication::translate("RecoveryFile", "a folder that can be written to"), {}};
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

QString RecoveryFile::putAside(const QString& leftBehind)
{
    const auto aside = setAside(leftBehind);
    std::erase_if(m_left, [&](const Slot& slot) { return slot.path == leftBehind; });
    return aside;
}

} // namespace corscope

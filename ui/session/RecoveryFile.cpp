#include "ui/session/RecoveryFile.h"

#include "core/base/ReplaceFile.h"
#include "core/scenario/ScenarioFile.h"
#include "ui/session/SetAside.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace corscope {

static QString translate(const char* text)
{
    return QCoreApplication::translate("RecoveryFile", text);
}

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

static const QString pathKey = QStringLiteral("file");
static const QString digestKey = QStringLiteral("digest");

/// A line of its own before the scenario: the two stand in one file, so that no crash parts them.
static QByteArray headLine(const KnownFile& file)
{
    if (file.path.isEmpty())
        return {};
    const QJsonObject head{{pathKey, file.path}, {digestKey, QString::fromLatin1(file.digest)}};
    return QJsonDocument(head).toJson(QJsonDocument::Compact) + '\n';
}

Result<RecoveryFile::Copy> RecoveryFile::read(const QString& leftBehind)
{
    const auto bytes = scenariofile::read(leftBehind);
    if (!bytes)
        return bytes.error();
    // The first line of a scenario alone is no whole object.
    const auto lineLength = bytes->indexOf('\n') + 1;
    const auto head = QJsonDocument::fromJson(bytes->first(lineLength)).object();
    auto scenario = scenariofile::parse(head.contains(pathKey) ? bytes->sliced(lineLength) : *bytes, QFileInfo(leftBehind).fileName());
    if (!scenario)
        return scenario.error();
    return Copy{*std::move(scenario), {head[pathKey].toString(), head[digestKey].toString().toLatin1()}};
}

Result<Done> RecoveryFile::write(const Copy& copy)
{
    if (!m_own.lock)
        return InputError{m_folder, translate("a folder that can be written to"), {}};
    const QByteArray bytes = headLine(copy.file) + scenariofile::serialize(copy.scenario);
    if (const auto trouble = replaceFile(m_own.path, bytes); !trouble.isEmpty())
        return InputError{m_own.path, translate("a place that can be written to"), trouble};
    return Done();
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

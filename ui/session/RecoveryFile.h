#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"
#include "ui/session/KnownFile.h"

#include <QLockFile>
#include <QStringList>

#include <memory>

namespace corscope {

/// Where one window keeps what was not saved, so that a crash loses nothing: a file of its own in a folder that all
/// windows share. Files whose window is gone are what it left behind.
class RecoveryFile
{
public:
    explicit RecoveryFile(const QString& folder);
    ~RecoveryFile(); ///< an orderly end: the file goes

    /// What was not saved, and the user's file that it belongs to.
    struct Copy
    {
        Scenario scenario;
        KnownFile file;
    };
    static Result<Copy> read(const QString& leftBehind);

    /// Where that fails, the file is as it was.
    Result<Done> write(const Copy& copy);
    void remove();

    /// Files of windows that did not end well, the last written first. Nobody else is offered them meanwhile.
    QStringList leftBehind() const;
    void forget(const QString& leftBehind);
    /// The file is no scenario: it is not offered again. \returns where it is kept; empty where it stays.
    QString putAside(const QString& leftBehind);

private:
    struct Slot
    {
        QString path;
        std::unique_ptr<QLockFile> lock;
    };
    QString m_folder;
    Slot m_own;
    std::vector<Slot> m_left;
};

} // namespace corscope

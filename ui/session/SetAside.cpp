#include "ui/session/SetAside.h"

#include <QFile>

namespace corscope {

QString setAside(const QString& path)
{
    constexpr int most = 100;
    for (int i = 1; i <= most; ++i) {
        const auto aside = i == 1 ? QString(path + QStringLiteral(".damaged")) : QStringLiteral("%1.damaged-%2").arg(path).arg(i);
        if (QFile::exists(aside))
            continue;
        return QFile::rename(path, aside) ? aside : QString();
    }
    return {};
}

} // namespace corscope

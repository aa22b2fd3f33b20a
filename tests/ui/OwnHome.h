#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace corscope::testing {

/// Settings and recovery copies of this process, and of the children it starts, stand in a folder of their own, which other
/// users may enter too (a test may go on as one). To be called before anything looks for the user's folders.
inline void useOwnHome()
{
    static QTemporaryDir home;
    if (!qEnvironmentVariableIsEmpty("CORSCOPE_TEST_HOME"))
        return;
    QFile::setPermissions(home.path(), QFile::Permissions(0x7755));
    qputenv("CORSCOPE_TEST_HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", home.filePath(QStringLiteral("data")).toUtf8());
}

} // namespace corscope::testing

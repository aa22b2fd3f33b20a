#include "core/backend/PortUser.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QList>

namespace corscope {

#ifdef Q_OS_LINUX

/// The listening sockets of that port, as links to them read ("socket:[1234]"); see proc(5).
static QList<QString> socketsOf(quint16 port)
{
    QList<QString> sockets;
    const QByteArray ending = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    for (const auto* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        QFile file(QString::fromLatin1(table));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const auto& line : file.readAll().split('\n')) {
            const auto fields = line.simplified().split(' ');
            if (fields.size() > 9 && fields[3] == "0A" && fields[1].endsWith(ending))
                sockets.append(QStringLiteral("socket:[%1]").arg(QString::fromLatin1(fields[9])));
        }
    }
    return sockets;
}

QString portUser(quint16 port)
{
    const auto sockets = socketsOf(port);
    if (sockets.isEmpty())
        return {};
    for (const auto& process : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!process.front().isDigit())
            continue;
        const QString folder = QStringLiteral("/proc/") + process;
        for (const auto& entry : QDir(folder + QStringLiteral("/fd")).entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
            // NB: such a link leads nowhere, and Qt makes a path of it.
            if (!sockets.contains(entry.symLinkTarget().section(QLatin1Char('/'), -1)))
                continue;
            QFile name(folder + QStringLiteral("/comm"));
            const auto program = name.open(QIODevice::ReadOnly) ? QString::fromUtf8(name.readAll()).trimmed() : QString();
            return QCoreApplication::translate("PortUser", "%1 (process %2)").arg(program, process);
        }
    }
    return {};
}

#else

QString portUser(quint16) { return {}; }

#endif

} // namespace corscope

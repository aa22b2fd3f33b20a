#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QSet>

#include <unistd.h>

namespace corscope::testing {

/// The addresses at which a process listens, as the system's own tables say ("0100007F", 32 digits for IPv6).
inline QList<QByteArray> listeningAddresses(const QByteArray& process)
{
    QSet<QByteArray> sockets;
    const QString descriptors = QStringLiteral("/proc/%1/fd").arg(QString::fromLatin1(process));
    for (const auto& info : QDir(descriptors).entryInfoList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)) {
        char target[64] = "";
        const auto size = ::readlink(QFile::encodeName(info.absoluteFilePath()).constData(), target, sizeof target);
        const auto text = QByteArray(target, std::max<qsizetype>(0, size));
        if (text.startsWith("socket:["))
            sockets.insert(text.mid(8, text.size() - 9));
    }
    QList<QByteArray> addresses;
    for (const auto* table : {"tcp", "tcp6", "udp", "udp6"}) {
        QFile file(QStringLiteral("/proc/%1/net/%2").arg(QString::fromLatin1(process), QLatin1String(table)));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const auto& line : file.readAll().split('\n')) {
            const auto fields = line.simplified().split(' ');
            const bool listens = fields.size() > 9 && (fields[3] == "0A" || QByteArrayView(table).startsWith("udp"));
            if (listens && sockets.contains(fields[9]))
                addresses.append(fields[1].left(fields[1].indexOf(':')));
        }
    }
    return addresses;
}

inline bool isLoopbackInTable(const QByteArray& address)
{
    return address.endsWith("7F") ? address.size() == 8 : address == "00000000000000000000000001000000";
}

} // namespace corscope::testing

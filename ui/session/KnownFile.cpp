#include "ui/session/KnownFile.h"

#include "core/scenario/ScenarioFile.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace corscope {

static QByteArray digestOf(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

KnownFile KnownFile::of(const QString& path, const QByteArray& bytes)
{
    return {QFileInfo(path).absoluteFilePath(), digestOf(bytes)};
}

KnownFile::State KnownFile::state() const
{
    if (!QFileInfo::exists(path))
        return State::Gone;
    const auto bytes = scenariofile::read(path);
    return bytes && digestOf(*bytes) == digest ? State::AsKnown : State::Changed;
}

} // namespace corscope

#include "core/base/ReplaceFile.h"

#include <QSaveFile>

namespace corscope {

QString replaceFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    // NB: what commit() itself flushes may fail without its notice, and a cut file would take the place of a whole one.
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush() && file.commit())
        return {};
    return file.errorString();
}

} // namespace corscope

#pragma once

#include "core/paste/PastedReport.h"
#include "ui/session/Background.h"

#include <QTimer>

namespace corscope {

/// A bug report that was read, and where in its text the pieces stand.
struct PasteReading
{
    struct Mark
    {
        paste::TextRange range;
        QString what;     ///< "console line", "headers"
        bool read = true; ///< false: it looked like something, and could not be read
    };
    std::optional<Result<paste::PastedReport>> report; ///< null where there was nothing to read
    std::vector<Mark> marks;                           ///< empty for files
};

/// Reads bug reports away from the window's thread; the newest counts.
class PasteReader : public QObject
{
    Q_OBJECT
public:
    explicit PasteReader(QObject* parent = nullptr);

    void readText(const QString& text);
    /// A file of any size, which is streamed.
    void readFile(const QString& path);
    void cancel();
    bool isReading() const { return m_background.isBusy(); }

Q_SIGNALS:
    void started();
    void progressed(qint64 read, qint64 size); ///< in bytes, of a file
    void finished(const corscope::PasteReading& reading);
    void cancelled();

private:
    Background m_background;
    std::shared_ptr<std::atomic<qint64>> m_read;
    qint64 m_size = 0;
    QTimer m_ticks;
};

} // namespace corscope

#include "ui/paste/PasteReader.h"

#include "core/paste/HarFile.h"
#include "core/paste/PastedPieces.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>

namespace corscope {

namespace {

/// A file that counts what is read of it, and ends where it is told to stop.
class WatchedFile : public QFile
{
public:
    WatchedFile(const QString& path, Background::Stop stop, std::shared_ptr<std::atomic<qint64>> read)
        : QFile(path), m_stop(std::move(stop)), m_read(std::move(read))
    {}

protected:
    qint64 readData(char* data, qint64 size) override
    {
        if (m_stop->load())
            return -1;
        const auto count = QFile::readData(data, size);
        if (count > 0)
            *m_read += count;
        return count;
    }

private:
    Background::Stop m_stop;
    std::shared_ptr<std::atomic<qint64>> m_read;
};

std::vector<PasteReading::Mark> marksOf(const QString& text)
{
    std::vector<PasteReading::Mark> marks;
    const auto pieces = paste::readPieces(text);
    const auto add = [&](const paste::TextRange& range, const QString& what) {
        if (range.to > range.from)
            marks.push_back({range, what, true});
    };
    for (const auto& report : pieces.console)
        add(report.range, PasteReader::tr("console line"));
    for (const auto& request : pieces.requests)
        add(request.range, PasteReader::tr("request"));
    for (const auto& answer : pieces.answers)
        add(answer.range, PasteReader::tr("headers"));
    if (pieces.snippet)
        add(pieces.snippet->range, PasteReader::tr("settings"));
    for (const auto& unread : pieces.unread) {
        if (unread.problem.isEmpty() || unread.place.line < 1)
            continue;
        qsizetype at = 0;
        for (int line = 1; line < unread.place.line && at >= 0; ++line)
            at = text.indexOf(QLatin1Char('\n'), at) + 1;
        const auto from = at + unread.place.column - 1;
        const auto end = text.indexOf(QLatin1Char('\n'), from);
        marks.push_back({{from, end < 0 ? text.size() : end}, unread.problem, false});
    }
    return marks;
}

} // namespace

PasteReader::PasteReader(QObject* parent) : QObject(parent)
{
    m_ticks.setInterval(std::chrono::milliseconds(100));
    connect(&m_ticks, &QTimer::timeout, this, [this] { Q_EMIT progressed(*m_read, m_size); });
}

void PasteReader::readText(const QString& text)
{
    m_ticks.stop();
    m_background.start(
        [text](const Background::Stop& stop) {
            PasteReading reading;
            if (text.trimmed().isEmpty() || stop->load())
                return reading;
            const auto bytes = text.toUtf8();
            reading.report = paste::readPasted(bytes);
            if (!stop->load() && !paste::looksLikeHarFile(bytes))
                reading.marks = marksOf(text);
            return reading;
        },
        [this](const PasteReading& reading) { Q_EMIT finished(reading); });
    Q_EMIT started();
}

void PasteReader::readFile(const QString& path)
{
    m_read = std::make_shared<std::atomic<qint64>>(0);
    m_size = QFileInfo(path).size();
    m_background.start(
        [path, read = m_read](const Background::Stop& stop) {
            PasteReading reading;
            WatchedFile file(path, stop, read);
            if (file.open(QIODevice::ReadOnly))
                reading.report = paste::readPasted(file);
            else
                reading.report = InputError{path, tr("a file that can be read"), file.errorString()};
            return reading;
        },
        [this](const PasteReading& reading) {
            m_ticks.stop();
            Q_EMIT finished(reading);
        });
    m_ticks.start();
    Q_EMIT started();
}

void PasteReader::cancel()
{
    if (!isReading())
        return;
    m_background.cancel();
    m_ticks.stop();
    Q_EMIT cancelled();
}

} // namespace corscope

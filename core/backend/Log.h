#pragma once

#include <QList>

#include <algorithm>
#include <deque>
#include <memory>
#include <vector>

namespace corscope {

/// Some lines of a log as they were once. It shares them with the log, which goes on: so it costs the same however many
/// there are. Safe to read in another thread than the one that writes the log.
template<typename Entry>
class LogLines
{
public:
    LogLines() = default;

    qsizetype size() const { return qsizetype(m_end - m_begin); }
    const Entry& at(qsizetype i) const
    {
        const auto line = m_begin + quint64(i);
        return (line < m_newerBegin ? *m_older : *m_newer)[size_t(line % pieceSize)];
    }
    bool operator==(const LogLines& other) const
    {
        if (size() != other.size())
            return false;
        if (m_newer == other.m_newer && m_end == other.m_end)
            return true;
        for (qsizetype i = 0; i < size(); ++i)
            if (!(at(i) == other.at(i)))
                return false;
        return true;
    }

private:
    template<typename>
    friend class Log;

    static constexpr size_t pieceSize = 128;
    using Piece = std::vector<Entry>; ///< has room for all of its lines from the start, so that none ever moves

    quint64 m_begin = 0;
    quint64 m_end = 0;
    quint64 m_newerBegin = 0; ///< the first line of the newer piece
    std::shared_ptr<const Piece> m_older; ///< null where all lines stand in the newer one
    std::shared_ptr<const Piece> m_newer;
};

/// The newest lines of something that happens for days, in pieces of which the oldest is given up for another: so that
/// another line costs the same however many there have been.
template<typename Entry>
class Log
{
public:
    explicit Log(qsizetype limit) : m_limit(limit) {}

    void append(Entry entry)
    {
        if (m_count % pieceSize == 0) {
            m_pieces.push_back(std::make_shared<Piece>());
            m_pieces.back()->reserve(pieceSize);
            if (m_pieces.size() * pieceSize >= size_t(m_limit) + 2 * pieceSize)
                m_pieces.pop_front();
        }
        m_pieces.back()->push_back(std::move(entry)); // which no LogLines look at yet
        ++m_count;
        m_size = std::min(m_size + 1, m_limit);
    }
    /// The count goes on.
    void clear() { m_size = 0; }

    quint64 count() const { return m_count; } ///< of all lines there have ever been
    qsizetype size() const { return m_size; }

    /// The newest lines, oldest first; as many as there are, at most that many.
    QList<Entry> newest(qsizetype most) const
    {
        QList<Entry> result;
        const auto size = std::min(most, m_size);
        result.reserve(size);
        for (auto line = m_count - quint64(size); line < m_count; ++line)
            result.append((*pieceOf(line))[size_t(line % pieceSize)]);
        return result;
    }
    QList<Entry> all() const { return newest(m_size); }
    /// Those written since the count was that.
    QList<Entry> since(quint64 count) const { return newest(qsizetype(std::min(m_count - count, quint64(m_size)))); }

    /// The newest lines without a copy of them. \tparam most how many, if there are so many
    template<qsizetype most>
    LogLines<Entry> shared() const
    {
        static_assert(size_t(most) <= pieceSize); // so that they stand in two pieces
        LogLines<Entry> lines;
        lines.m_end = m_count;
        lines.m_begin = m_count - quint64(std::min(most, m_size));
        if (lines.size() == 0)
            return lines;
        lines.m_newerBegin = (m_count - 1) / pieceSize * pieceSize;
        lines.m_newer = m_pieces.back();
        if (lines.m_begin < lines.m_newerBegin)
            lines.m_older = pieceOf(lines.m_begin);
        return lines;
    }

private:
    static constexpr size_t pieceSize = LogLines<Entry>::pieceSize;
    using Piece = typename LogLines<Entry>::Piece;

    const std::shared_ptr<Piece>& pieceOf(quint64 line) const
    {
        return m_pieces[m_pieces.size() - 1 - size_t((m_count - 1) / pieceSize - line / pieceSize)];
    }

    qsizetype m_limit;
    std::deque<std::shared_ptr<Piece>> m_pieces; ///< oldest first; line i of all there have been stands in piece i / pieceSize
    quint64 m_count = 0;
    qsizetype m_size = 0;
};

} // namespace corscope

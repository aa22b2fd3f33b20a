#pragma once

#include <QList>

#include <algorithm>
#include <vector>

namespace corscope {

/// The newest lines of something that happens for days: a ring, so that another line costs the same however many there
/// have been.
template<typename Entry>
class Log
{
public:
    explicit Log(qsizetype limit) : m_limit(limit) {}

    void append(Entry entry)
    {
        if (qsizetype(m_lines.size()) < m_limit)
            m_lines.push_back(std::move(entry));
        else
            m_lines[size_t(m_count % quint64(m_limit))] = std::move(entry);
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
        for (auto i = m_count - quint64(size); i < m_count; ++i)
            result.append(m_lines[size_t(i % quint64(m_limit))]);
        return result;
    }
    QList<Entry> all() const { return newest(m_size); }
    /// Those written since the count was that.
    QList<Entry> since(quint64 count) const { return newest(qsizetype(std::min(m_count - count, quint64(m_size)))); }

private:
    qsizetype m_limit;
    std::vector<Entry> m_lines; ///< line i of all there have been stands at i modulo the limit
    quint64 m_count = 0;
    qsizetype m_size = 0;
};

} // namespace corscope

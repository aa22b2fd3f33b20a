#pragma once

#include <QByteArray>
#include <QList>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace corscope {

/// A small table of state as it stood after a step: the preflight cache, the cookie jar, the ledger ...
struct StateTable
{
    QByteArray id; ///< "preflight-cache", "http-cache", "cookies", "ledger:<server>", "access-log:<server>"
    QList<QByteArray> columns;
    QList<QList<QByteArray>> rows;
    bool operator==(const StateTable&) const = default;
};

/// A table of a trace: what it is made of as it was then, and the table itself once somebody looks at it. Shared by all
/// steps after which it stood so. Safe to read from several threads.
class KeptTable
{
public:
    /// \param source a copy of what the table shows; \param make the table of it.
    template<typename Source>
    KeptTable(QByteArray id, Source source, StateTable (*make)(const QByteArray& id, const Source&))
        : m_id(std::move(id)), m_source(std::make_shared<const Made<Source>>(std::move(source), make))
    {}
    explicit KeptTable(const StateTable& table)
        : KeptTable(table.id, table, +[](const QByteArray&, const StateTable& kept) { return kept; })
    {}

    const QByteArray& id() const { return m_id; }
    const StateTable& operator*() const { return m_source->table(m_id); }
    const StateTable* operator->() const { return &**this; }
    const StateTable* get() const { return &**this; }
    /// Made of the same; then the tables are the same, too.
    bool isMadeOfTheSame(const KeptTable& other) const
    {
        return m_id == other.m_id && (m_source == other.m_source || m_source->equals(*other.m_source));
    }

private:
    class AnySource
    {
    public:
        virtual ~AnySource() = default;
        virtual bool equals(const AnySource& other) const = 0;
        const StateTable& table(const QByteArray& id) const
        {
            std::call_once(m_once, [&] { m_table = make(id); });
            return m_table;
        }

    private:
        virtual StateTable make(const QByteArray& id) const = 0;
        mutable std::once_flag m_once;
        mutable StateTable m_table;
    };

    template<typename Source>
    class Made final : public AnySource
    {
    public:
        Made(Source source, StateTable (*make)(const QByteArray&, const Source&)) : m_from(std::move(source)), m_make(make) {}
        bool equals(const AnySource& other) const override
        {
            const auto* same = dynamic_cast<const Made*>(&other);
            return same && same->m_make == m_make && same->m_from == m_from;
        }

    private:
        StateTable make(const QByteArray& id) const override { return m_make(id, m_from); }
        const Source m_from;
        StateTable (*const m_make)(const QByteArray&, const Source&);
    };

    QByteArray m_id;
    std::shared_ptr<const AnySource> m_source;
};

/// All tables as they stood after a step.
using State = std::vector<KeptTable>;

} // namespace corscope

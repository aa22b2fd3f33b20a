#include "core/backend/frameworks/JavaHashOrder.h"

#include <QString>

#include <vector>

namespace corscope {

namespace {

struct Entry
{
    QByteArray text;
    quint32 hash;
};
using Table = std::vector<std::vector<Entry>>; // a power of two of buckets, each in the order of insertion

quint32 spreadHash(const QByteArray& text)
{
    quint32 hash = 0;
    for (const auto unit : QString::fromUtf8(text))
        hash = hash * 31 + unit.unicode();
    return hash ^ (hash >> 16);
}

Table doubled(const Table& table)
{
    Table larger(table.size() * 2);
    for (const auto& bucket : table)
        for (const auto& entry : bucket)
            larger[entry.hash & (larger.size() - 1)].push_back(entry);
    return larger;
}

} // namespace

QList<QByteArray> javaHashOrder(const QList<QByteArray>& texts)
{
    constexpr size_t longBucket = 8; ///< more in one bucket, and a small table grows
    constexpr size_t smallTable = 64;
    Table table(16);
    size_t count = 0;
    for (const auto& text : texts) {
        const auto hash = spreadHash(text);
        auto& bucket = table[hash & (table.size() - 1)];
        if (std::any_of(bucket.begin(), bucket.end(), [&](const Entry& entry) { return entry.text == text; }))
            continue;
        bucket.push_back({text, hash});
        if (bucket.size() > longBucket && table.size() < smallTable)
            table = doubled(table);
        if (++count * 4 > table.size() * 3)
            table = doubled(table);
    }
    QList<QByteArray> result;
    for (const auto& bucket : table)
        for (const auto& entry : bucket)
            result.append(entry.text);
    return result;
}

} // namespace corscope

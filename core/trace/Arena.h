#pragma once

#include <QByteArrayView>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace corscope {

/// Memory that is taken in large pieces, handed out in small ones and given back all at once. What stands in it never
/// moves, and is never destroyed: it holds only what needs no destructor.
class Arena
{
public:
    Arena() = default;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    template<typename T>
    T* make(const T& value)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (take(sizeof(T), alignof(T))) T(value);
    }

    /// Room for so many values, which the caller fills.
    template<typename T>
    std::span<T> makeRoom(size_t count)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        return {static_cast<T*>(take(count * sizeof(T), alignof(T))), count};
    }

    /// A copy of the bytes. Never null, so that it is not taken for an absent value.
    QByteArrayView keep(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return {"", qsizetype(0)};
        auto* copy = static_cast<char*>(take(size_t(bytes.size()), 1));
        std::memcpy(copy, bytes.data(), size_t(bytes.size()));
        return {copy, bytes.size()};
    }

private:
    static constexpr size_t pieceSize = 16 * 1024 - 64; ///< with what the heap adds, whole pages

    void* take(size_t bytes, size_t alignment)
    {
        const auto at = (m_free + alignment - 1) & ~(alignment - 1);
        if (at + bytes > m_end)
            return takeFromNewPiece(bytes);
        m_free = at + bytes;
        return reinterpret_cast<void*>(at);
    }
    void* takeFromNewPiece(size_t bytes);

    std::uintptr_t m_free = 0;
    std::uintptr_t m_end = 0;
    std::vector<std::unique_ptr<std::byte[]>> m_pieces;
};

} // namespace corscope

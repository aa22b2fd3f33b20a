#include "core/trace/Arena.h"

namespace corscope {

void* Arena::takeFromNewPiece(size_t bytes)
{
    const bool large = bytes > pieceSize / 4; // gets a piece of its own, so that the rest of the last one is not lost
    m_pieces.push_back(std::make_unique_for_overwrite<std::byte[]>(large ? bytes : pieceSize));
    void* const piece = m_pieces.back().get();
    if (!large) {
        m_free = reinterpret_cast<std::uintptr_t>(piece) + bytes;
        m_end = reinterpret_cast<std::uintptr_t>(piece) + pieceSize;
    }
    return piece;
}

} // namespace corscope

#pragma once

#include "core/trace/Arena.h"
#include "core/trace/Step.h"

#include <QStringBuilder>

#include <charconv>
#include <concepts>
#include <initializer_list>

namespace corscope {

/// Bytes that a step looks at, lent for the length of one call: absent, given, or a function that makes them. Nothing
/// is copied, and nothing made, unless somebody records the step; so a silent run pays nothing for being explained.
class Lent
{
public:
    using Kept = std::optional<QByteArrayView>;

    Lent(std::nullopt_t) {}
    /// A literal, of which no copy is needed.
    template<size_t Size>
    Lent(const char (&text)[Size])
        : m_from(text), m_keep([](const void* from, Arena&) { return Kept({static_cast<const char*>(from), qsizetype(Size) - 1}); })
    {}
    /// Bytes, optional bytes, bytes that are still to be joined, a whole number, or a function that returns any of these.
    template<typename T>
    Lent(const T& value) : m_from(&value), m_keep([](const void* from, Arena& arena) { return keep(*static_cast<const T*>(from), arena); })
    {}

    Kept keptIn(Arena& arena) const { return m_keep ? m_keep(m_from, arena) : std::nullopt; }

private:
    template<typename T>
    static Kept keep(const T& value, Arena& arena)
    {
        if constexpr (std::invocable<const T&>)
            return keep(value(), arena);
        else if constexpr (std::integral<T>)
            return keepNumber(qint64(value), arena);
        else if constexpr (requires { *value; value.has_value(); })
            return value.has_value() ? keep(*value, arena) : std::nullopt;
        else if constexpr (std::convertible_to<const T&, QByteArrayView>)
            return arena.keep(value);
        else
            return keepJoined(value, arena);
    }
    static Kept keep(std::nullopt_t, Arena&) { return std::nullopt; }

    static Kept keepNumber(qint64 number, Arena& arena)
    {
        char digits[20];
        const auto written = std::to_chars(std::begin(digits), std::end(digits), number);
        return arena.keep({digits, written.ptr - digits});
    }

    template<typename A, typename B>
    static Kept keepJoined(const QStringBuilder<A, B>& parts, Arena& arena)
    {
        using Parts = QConcatenable<QStringBuilder<A, B>>;
        char* const begin = arena.makeRoom<char>(size_t(Parts::size(parts))).data();
        char* end = begin;
        Parts::appendTo(parts, end);
        return QByteArrayView(begin, end - begin);
    }

    const void* m_from = nullptr;
    Kept (*m_keep)(const void*, Arena&) = nullptr;
};

/// An Input, lent in the same way: its three parts, the whole, or a function that makes it.
class LentInput
{
public:
    LentInput(Lent name, Lent value, Lent comparedWith) : m_name(name), m_value(value), m_comparedWith(comparedWith) {}
    LentInput(const Input& input) : m_name(input.name), m_value(input.value), m_comparedWith(input.comparedWith) {}
    template<typename Make>
        requires std::is_invocable_r_v<Input, const Make&>
    LentInput(const Make& make)
        : m_name(std::nullopt), m_value(std::nullopt), m_comparedWith(std::nullopt), m_from(&make),
          m_keep([](const void* from, Arena& arena) { return LentInput((*static_cast<const Make*>(from))()).keptIn(arena); })
    {}

    RecordedInput keptIn(Arena& arena) const
    {
        if (m_keep)
            return m_keep(m_from, arena);
        return {m_name.keptIn(arena).value_or(QByteArrayView()), m_value.keptIn(arena), m_comparedWith.keptIn(arena)};
    }

private:
    Lent m_name;
    Lent m_value;
    Lent m_comparedWith;
    const void* m_from = nullptr;
    RecordedInput (*m_keep)(const void*, Arena&) = nullptr;
};

/// The values that a step looks at: written out where it is recorded, a list of them, or a function that makes one.
/// Only ever a parameter.
class Inputs
{
public:
    using Kept = std::span<const RecordedInput>;

    Inputs() = default;
    Inputs(std::initializer_list<LentInput> inputs) : m_inputs(inputs) {}
    Inputs(const std::vector<Input>& inputs)
        : m_from(&inputs), m_keep([](const void* from, Arena& arena) { return keep(*static_cast<const std::vector<Input>*>(from), arena); })
    {}
    template<typename Make>
        requires std::is_invocable_r_v<std::vector<Input>, const Make&>
    Inputs(const Make& make)
        : m_from(&make), m_keep([](const void* from, Arena& arena) { return keep((*static_cast<const Make*>(from))(), arena); })
    {}

    Kept keptIn(Arena& arena) const { return m_keep ? m_keep(m_from, arena) : keep(m_inputs, arena); }

private:
    template<typename List>
    static Kept keep(const List& inputs, Arena& arena)
    {
        const auto kept = arena.makeRoom<RecordedInput>(inputs.size());
        auto* next = kept.data();
        for (const auto& input : inputs)
            std::construct_at(next++, LentInput(input).keptIn(arena));
        return kept;
    }

    std::initializer_list<LentInput> m_inputs;
    const void* m_from = nullptr;
    Kept (*m_keep)(const void*, Arena&) = nullptr;
};

} // namespace corscope

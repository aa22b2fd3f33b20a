#pragma once

#include "core/trace/Step.h"

#include <concepts>
#include <initializer_list>
#include <type_traits>

namespace corscope {

/// Bytes that a step looks at, lent for the length of one call: absent, given, or a function that makes them. Nothing
/// is copied, and nothing made, unless somebody records the step; so a silent run pays nothing for being explained.
class Lent
{
public:
    using Value = std::optional<QByteArray>;

    Lent(std::nullopt_t) {}
    Lent(const char* text) : m_from(text), m_read([](const void* from) { return Value(static_cast<const char*>(from)); }) {}
    /// A whole number, in digits.
    template<std::integral T>
    Lent(const T& number) : m_from(&number), m_read([](const void* from) { return Value(QByteArray::number(qint64(*static_cast<const T*>(from)))); })
    {}
    /// A byte array, an optional one, what makes one, or a function that returns any of these.
    template<typename T>
        requires(!std::integral<T> && std::convertible_to<const T&, Value> && !std::same_as<T, std::nullopt_t>) || std::invocable<const T&>
    Lent(const T& value) : m_from(&value), m_read(&Lent::read<T>)
    {}

    Value value() const { return m_read ? m_read(m_from) : std::nullopt; }

private:
    template<typename T>
    static Value read(const void* from)
    {
        const T& value = *static_cast<const T*>(from);
        if constexpr (std::invocable<const T&>)
            return value();
        else
            return value;
    }

    const void* m_from = nullptr;
    Value (*m_read)(const void*) = nullptr;
};

/// An Input, lent in the same way: its three parts, the whole, or a function that makes it.
class LentInput
{
public:
    LentInput(Lent name, Lent value, Lent comparedWith) : m_name(name), m_value(value), m_comparedWith(comparedWith) {}
    template<typename Make>
        requires std::is_invocable_r_v<Input, const Make&>
    LentInput(const Make& make)
        : m_from(&make), m_read([](const void* from) -> Input { return (*static_cast<const Make*>(from))(); })
    {}
    LentInput(const Input& input) : m_name(input.name), m_value(input.value), m_comparedWith(input.comparedWith) {}

    Input input() const
    {
        if (m_read)
            return m_read(m_from);
        return {m_name.value().value_or(QByteArray()), m_value.value(), m_comparedWith.value()};
    }

private:
    Lent m_name = std::nullopt;
    Lent m_value = std::nullopt;
    Lent m_comparedWith = std::nullopt;
    const void* m_from = nullptr;
    Input (*m_read)(const void*) = nullptr;
};

/// The values that a step looks at: written out where it is recorded, a list of them, or a function that makes one.
/// Only ever a parameter.
class Inputs
{
public:
    Inputs() = default;
    Inputs(std::initializer_list<LentInput> inputs) : m_inputs(inputs) {}
    Inputs(const std::vector<Input>& inputs)
        : m_from(&inputs), m_read([](const void* from) { return *static_cast<const std::vector<Input>*>(from); })
    {}
    template<typename Make>
        requires std::is_invocable_r_v<std::vector<Input>, const Make&>
    Inputs(const Make& make)
        : m_from(&make), m_read([](const void* from) -> std::vector<Input> { return (*static_cast<const Make*>(from))(); })
    {}

    std::vector<Input> all() const
    {
        if (m_read)
            return m_read(m_from);
        std::vector<Input> result;
        result.reserve(m_inputs.size());
        for (const auto& lent : m_inputs)
            result.push_back(lent.input());
        return result;
    }

private:
    std::initializer_list<LentInput> m_inputs;
    const void* m_from = nullptr;
    std::vector<Input> (*m_read)(const void*) = nullptr;
};

} // namespace corscope

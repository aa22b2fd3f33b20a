#pragma once

#include <QString>
#include <utility>
#include <variant>

namespace corscope {

/// What is wrong with an input, for a person: where it stands, what belongs there, what was found.
struct InputError
{
    QString where;     ///< file, JSON path, or field, e.g. "article.corscope: servers[0].port"
    QString expected;  ///< e.g. "a whole number from 1 to 65535"
    QString found;     ///< e.g. "\"http\"", or empty where nothing was found

    /// One sentence: "servers[0].port: expected a whole number from 1 to 65535, found \"http\"".
    QString sentence() const;
    bool operator==(const InputError&) const = default;
};

/// A value, or the reason there is none.
template<typename T, typename E = InputError>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& { return std::get<0>(m_state); }
    T& value() & { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    const E& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, E> m_state;
};

/// Stands for "done" where an operation has nothing else to return.
struct Done
{
    bool operator==(const Done&) const = default;
};

} // namespace corscope

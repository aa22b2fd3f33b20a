#pragma once

#include "core/base/Ascii.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <initializer_list>
#include <optional>
#include <utility>

namespace corscope {

struct Header
{
    QByteArray name;  ///< in the case in which it was written
    QByteArray value; ///< normalised: no leading or trailing HTTP whitespace
    bool isNamed(QByteArrayView other) const { return ascii::equalIgnoringCase(name, other); }
    bool operator==(const Header&) const = default;
};

} // namespace corscope

Q_DECLARE_TYPEINFO(corscope::Header, Q_RELOCATABLE_TYPE);

namespace corscope {

/// https://fetch.spec.whatwg.org/#concept-header-list
/// Headers in order, case and number as they crossed the wire; names compare byte-case-insensitively. A copy shares the
/// headers until one of the two changes.
class HeaderList
{
public:
    HeaderList() = default;
    HeaderList(std::initializer_list<Header> headers) : m_headers(headers) {}

    bool contains(QByteArrayView name) const;
    /// The value of the first header of that name; null where there is none.
    std::optional<QByteArray> first(QByteArrayView name) const;
    /// All values of that name, joined by `, `; null where there is none (which is not the empty value).
    std::optional<QByteArray> get(QByteArrayView name) const;
    QList<QByteArray> values(QByteArrayView name) const;
    /// Get, decode, and split: at commas outside quoted strings, trimmed; null where there is none.
    std::optional<QList<QByteArray>> getDecodeSplit(QByteArrayView name) const;

    void append(QByteArray name, QByteArray value);
    /// In front of all others.
    void prepend(QByteArray name, QByteArray value);
    /// Sets the first header of that name, removes the others; appends where there is none.
    void set(const QByteArray& name, QByteArray value);
    /// Joins the value to the first header of that name with `, `; appends where there is none.
    void combine(const QByteArray& name, const QByteArray& value);
    void remove(QByteArrayView name);
    void clear() { m_headers.clear(); }

    void reserve(qsizetype size) { m_headers.reserve(size); }
    qsizetype size() const { return m_headers.size(); }
    bool isEmpty() const { return m_headers.isEmpty(); }
    const Header& at(qsizetype i) const { return m_headers.at(i); }
    auto begin() const { return m_headers.begin(); }
    auto end() const { return m_headers.end(); }

    /// Names lower-cased and sorted, one entry per name with its combined value (`set-cookie`: one per header), as
    /// script iterates over them.
    HeaderList sortedAndCombined() const;

    bool operator==(const HeaderList&) const = default;

private:
    QList<Header> m_headers;
};

/// https://fetch.spec.whatwg.org/#extract-header-list-values
struct ExtractedValues
{
    enum class State { Absent, Failure, Values };
    State state = State::Absent; ///< Absent is the standard's null
    QList<QByteArray> values;

    bool containsIgnoringCase(QByteArrayView value) const;
    bool operator==(const ExtractedValues&) const = default;
};
/// For headers whose grammar is a list of tokens (Access-Control-Allow-Methods, -Allow-Headers, -Expose-Headers).
ExtractedValues extractTokenList(QByteArrayView name, const HeaderList& list);
/// For headers whose grammar is delta-seconds (Access-Control-Max-Age). Values above 2^31 - 1 are cut to it.
struct ExtractedSeconds
{
    ExtractedValues::State state = ExtractedValues::State::Absent;
    qint64 seconds = 0;
};
ExtractedSeconds extractDeltaSeconds(QByteArrayView name, const HeaderList& list);

/// Bytes without leading and trailing HTTP whitespace (https://fetch.spec.whatwg.org/#concept-header-value-normalize).
QByteArray normalizedHeaderValue(const QByteArray& value);
bool isHeaderName(QByteArrayView name);
bool isHeaderValue(QByteArrayView value);

} // namespace corscope

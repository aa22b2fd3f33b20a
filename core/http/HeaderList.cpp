#include "core/http/HeaderList.h"

#include "core/base/Ascii.h"
#include "core/http/KnownWords.h"

#include <algorithm>

namespace corscope {

/// As many headers as a message of a browser or of a server mostly has: lists grow once, not four times.
static constexpr qsizetype usualSize = 12;

bool HeaderList::contains(QByteArrayView name) const
{
    return std::any_of(begin(), end(), [&](const Header& h) { return h.isNamed(name); });
}

std::optional<QByteArray> HeaderList::first(QByteArrayView name) const
{
    for (const auto& header : m_headers)
        if (header.isNamed(name))
            return header.value;
    return std::nullopt;
}

std::optional<QByteArray> HeaderList::get(QByteArrayView name) const
{
    std::optional<QByteArray> result;
    for (const auto& header : m_headers) {
        if (!header.isNamed(name))
            continue;
        if (result)
            *result += ", " + header.value;
        else
            result = header.value; // shared: most headers come once
    }
    return result;
}

QList<QByteArray> HeaderList::values(QByteArrayView name) const
{
    QList<QByteArray> result;
    for (const auto& header : m_headers) {
        if (header.isNamed(name))
            result.append(header.value);
    }
    return result;
}

/// The end of the quoted string that begins at `from`, one behind its closing quote, or the end of input.
static qsizetype endOfQuotedString(QByteArrayView input, qsizetype from)
{
    for (auto i = from + 1; i < input.size(); ++i) {
        if (input[i] == '\\')
            ++i;
        else if (input[i] == '"')
            return i + 1;
    }
    return input.size();
}

// https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split
std::optional<QList<QByteArray>> HeaderList::getDecodeSplit(QByteArrayView name) const
{
    const auto value = get(name);
    if (!value)
        return std::nullopt;
    const QByteArrayView input(*value);
    QList<QByteArray> values;
    qsizetype start = 0;
    for (qsizetype i = 0;;) {
        if (i < input.size() && input[i] == '"') {
            i = endOfQuotedString(input, i);
        } else if (i == input.size() || input[i] == ',') {
            values.append(ascii::trimmedTabOrSpace(input.sliced(start, i - start)).toByteArray());
            if (i == input.size())
                return values;
            start = ++i;
        } else {
            ++i;
        }
    }
}

void HeaderList::append(QByteArray name, QByteArray value)
{
    if (m_headers.capacity() == 0)
        m_headers.reserve(usualSize);
    m_headers.append(Header{std::move(name), std::move(value)});
}

void HeaderList::prepend(QByteArray name, QByteArray value)
{
    QList<Header> headers;
    headers.reserve(std::max(usualSize, m_headers.size() + 1));
    headers.append(Header{std::move(name), std::move(value)});
    headers.append(m_headers);
    m_headers = std::move(headers);
}

void HeaderList::set(const QByteArray& name, QByteArray value)
{
    const auto isNamed = [&](const Header& header) { return header.isNamed(name); };
    const auto found = std::find_if(m_headers.cbegin(), m_headers.cend(), isNamed);
    if (found == m_headers.cend())
        return append(name, std::move(value));
    const auto first = found - m_headers.cbegin();
    m_headers[first].value = std::move(value);
    m_headers.erase(std::remove_if(m_headers.begin() + first + 1, m_headers.end(), isNamed), m_headers.end());
}

void HeaderList::combine(const QByteArray& name, const QByteArray& value)
{
    for (auto& header : m_headers) {
        if (!header.isNamed(name))
            continue;
        header.value += ", " + value;
        return;
    }
    append(name, value);
}

void HeaderList::remove(QByteArrayView name)
{
    if (contains(name)) // a shared list stays shared
        m_headers.removeIf([&](const Header& header) { return header.isNamed(name); });
}

// https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
HeaderList HeaderList::sortedAndCombined() const
{
    QList<QByteArray> names;
    for (const auto& header : m_headers)
        names.append(ascii::lowered(header.name));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());

    HeaderList result;
    for (const auto& name : names) {
        if (name == "set-cookie") {
            for (const auto& value : values(name))
                result.append(name, value);
        } else {
            result.append(name, *get(name));
        }
    }
    return result;
}

bool ExtractedValues::containsIgnoringCase(QByteArrayView value) const
{
    return std::any_of(values.begin(), values.end(),
                       [&](const QByteArray& v) { return ascii::equalIgnoringCase(v, value); });
}

ExtractedValues extractTokenList(QByteArrayView name, const HeaderList& list)
{
    using State = ExtractedValues::State;
    ExtractedValues result;
    for (const auto& header : list) {
        if (!header.isNamed(name))
            continue;
        result.state = State::Values;
        result.values.reserve(result.values.size() + header.value.count(',') + 1);
        for (QByteArrayView rest = header.value; !rest.isEmpty();) {
            const auto comma = rest.indexOf(',');
            const auto token = ascii::trimmedTabOrSpace(comma < 0 ? rest : rest.first(comma));
            rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
            // RFC 9110 section 5.6.1.2: a recipient accepts empty list elements and skips them.
            if (token.isEmpty())
                continue;
            if (!ascii::isToken(token))
                return {State::Failure, {}};
            result.values.append(tokenWord(token));
        }
    }
    return result;
}

ExtractedSeconds extractDeltaSeconds(QByteArrayView name, const HeaderList& list)
{
    using State = ExtractedValues::State;
    constexpr qint64 most = (qint64(1) << 31) - 1;
    ExtractedSeconds result;
    for (const auto& [headerName, value] : list) {
        if (!ascii::equalIgnoringCase(headerName, name))
            continue;
        // The grammar allows one value only, so a second header is as wrong as a letter.
        if (result.state != State::Absent || value.isEmpty() || !std::all_of(value.begin(), value.end(), ascii::isDigit))
            return {State::Failure, 0};
        result.state = State::Values;
        for (const char digit : value)
            result.seconds = std::min(most, result.seconds * 10 + (digit - '0'));
    }
    return result;
}

QByteArray normalizedHeaderValue(const QByteArray& value)
{
    const auto trimmed = ascii::trimmed(value);
    return trimmed.size() == value.size() ? value : trimmed.toByteArray();
}

bool isHeaderName(QByteArrayView name)
{
    return ascii::isToken(name);
}

bool isHeaderValue(QByteArrayView value)
{
    return ascii::trimmed(value).size() == value.size()
        && std::none_of(value.begin(), value.end(), [](char c) { return c == '\0' || c == '\n' || c == '\r'; });
}

} // namespace corscope

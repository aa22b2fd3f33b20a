#include "core/http/HeaderList.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

/// As many headers as a message of a browser or of a server mostly has: lists grow once, not four times.
static constexpr size_t usualSize = 12;

bool HeaderList::contains(QByteArrayView name) const
{
    return std::any_of(begin(), end(), [&](const Header& h) { return ascii::equalIgnoringCase(h.name, name); });
}

std::optional<QByteArray> HeaderList::get(QByteArrayView name) const
{
    std::optional<QByteArray> result;
    for (const auto& header : m_headers) {
        if (!ascii::equalIgnoringCase(header.name, name))
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
        if (ascii::equalIgnoringCase(header.name, name))
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

void HeaderList::append(const QByteArray& name, const QByteArray& value)
{
    if (m_headers.capacity() == 0)
        m_headers.reserve(usualSize);
    m_headers.push_back({name, value});
}

void HeaderList::set(const QByteArray& name, const QByteArray& value)
{
    bool found = false;
    std::erase_if(m_headers, [&](Header& header) {
        if (!ascii::equalIgnoringCase(header.name, name))
            return false;
        if (found)
            return true;
        header.value = value;
        found = true;
        return false;
    });
    if (!found)
        append(name, value);
}

void HeaderList::combine(const QByteArray& name, const QByteArray& value)
{
    const auto first = std::find_if(m_headers.begin(), m_headers.end(), [&](const Header& header) {
        return ascii::equalIgnoringCase(header.name, name);
    });
    if (first == m_headers.end())
        append(name, value);
    else
        first->value += ", " + value;
}

void HeaderList::remove(QByteArrayView name)
{
    std::erase_if(m_headers, [&](const Header& header) { return ascii::equalIgnoringCase(header.name, name); });
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
        if (!ascii::equalIgnoringCase(header.name, name))
            continue;
        result.state = State::Values;
        for (QByteArrayView rest = header.value; !rest.isEmpty();) {
            const auto comma = rest.indexOf(',');
            const auto token = ascii::trimmedTabOrSpace(comma < 0 ? rest : rest.first(comma));
            rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
            // RFC 9110 section 5.6.1.2: a recipient accepts empty list elements and skips them.
            if (token.isEmpty())
                continue;
            if (!ascii::isToken(token))
                return {State::Failure, {}};
            result.values.append(token.toByteArray());
        }
    }
    return result;
}

ExtractedSeconds extractDeltaSeconds(QByteArrayView name, const HeaderList& list)
{
    using State = ExtractedValues::State;
    constexpr qint64 most = (qint64(1) << 31) - 1;
    const auto values = list.values(name);
    if (values.isEmpty())
        return {};
    // The grammar allows one value only, so a second header is as wrong as a letter.
    if (values.size() > 1 || values[0].isEmpty() || !std::all_of(values[0].begin(), values[0].end(), ascii::isDigit))
        return {State::Failure, 0};
    qint64 seconds = 0;
    for (const char digit : values[0])
        seconds = std::min(most, seconds * 10 + (digit - '0'));
    return {State::Values, seconds};
}

QByteArray normalizedHeaderValue(QByteArrayView value)
{
    return ascii::trimmed(value).toByteArray();
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

#include "core/base/Ascii.h"
#include "core/http/Cookie.h"

#include <algorithm>

namespace corscope {

static bool isDateDelimiter(char c)
{
    return c == '\t' || (c >= 0x20 && c <= 0x2f) || (c >= 0x3b && c <= 0x40) || (c >= 0x5b && c <= 0x60)
        || (c >= 0x7b && c <= 0x7e);
}

/// The digits at the front of rest, which are cut off; null where they are fewer or more than asked for.
static std::optional<int> takeNumber(QByteArrayView& rest, qsizetype least, qsizetype most)
{
    const auto digits = std::find_if_not(rest.begin(), rest.end(), ascii::isDigit) - rest.begin();
    if (digits < least || digits > most)
        return std::nullopt;
    const int number = rest.first(digits).toByteArray().toInt();
    rest = rest.sliced(digits);
    return number;
}

static std::optional<std::chrono::seconds> timeOf(QByteArrayView token)
{
    int fields[3] = {};
    for (int i = 0; i < 3; ++i) {
        if (i > 0) {
            if (!token.startsWith(':'))
                return std::nullopt;
            token = token.sliced(1);
        }
        const auto field = takeNumber(token, 1, 2);
        if (!field)
            return std::nullopt;
        fields[i] = *field;
    }
    // Too large numbers are a time all the same, but one that spoils the date.
    if (fields[0] > 23 || fields[1] > 59 || fields[2] > 59)
        return std::chrono::seconds(-1);
    return std::chrono::seconds((fields[0] * 60 + fields[1]) * 60 + fields[2]);
}

static std::optional<int> monthOf(QByteArrayView token)
{
    static constexpr QByteArrayView months("janfebmaraprmayjunjulaugsepoctnovdec");
    for (int i = 0; i < 12; ++i) {
        if (ascii::startsWithIgnoringCase(token, months.sliced(3 * i, 3)))
            return i + 1;
    }
    return std::nullopt;
}

std::optional<Instant> parseCookieDate(QByteArrayView text)
{
    std::optional<std::chrono::seconds> time;
    std::optional<int> day, month, year;
    for (qsizetype i = 0; i < text.size();) {
        if (isDateDelimiter(text[i])) {
            ++i;
            continue;
        }
        const auto start = i;
        while (i < text.size() && !isDateDelimiter(text[i]))
            ++i;
        const auto token = text.sliced(start, i - start);
        auto rest = token;
        // Each token serves the first field that it fits and that is still missing.
        if (!time && (time = timeOf(token)))
            continue;
        if (!day && (day = takeNumber(rest, 1, 2)))
            continue;
        if (!month && (month = monthOf(token)))
            continue;
        if (!year)
            year = takeNumber(rest, 2, 4);
    }
    if (!time || *time < std::chrono::seconds(0) || !day || !month || !year)
        return std::nullopt;
    if (*year < 100)
        *year += *year >= 70 ? 1900 : 2000;
    const auto date = std::chrono::year(*year) / *month / *day;
    if (*year < 1601 || !date.ok())
        return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + *time;
}

} // namespace corscope

#include "core/backend/FinishResponse.h"

#include "core/base/Ascii.h"
#include "core/base/Decimal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace corscope {

namespace {

void putNumber(char* bytes, int digits, long long number)
{
    for (; digits > 0; number /= 10)
        bytes[--digits] = char('0' + number % 10);
}

bool isNormalized(const Header& header)
{
    return ascii::trimmed(header.value).size() == header.value.size();
}

HeaderList normalized(const HeaderList& headers)
{
    HeaderList result;
    for (const auto& [name, value] : headers)
        result.append(name, normalizedHeaderValue(value));
    return result;
}

bool hasNoBody(int status)
{
    return status == 204 || status == 304;
}

bool asksToClose(const RequestMessage& request)
{
    const auto options = request.headers.getDecodeSplit("Connection");
    if (!options)
        return false;
    for (const auto& option : *options)
        if (ascii::equalIgnoringCase(option, "close"))
            return true;
    return false;
}

int statusFor(ParseError error)
{
    switch (error) {
    case ParseError::HeaderTooLarge: return 431;
    case ParseError::BodyTooLarge: return 413;
    default: return 400;
    }
}

} // namespace

void finishResponse(const RequestMessage& request, ResponseMessage& response, Instant now)
{
    if (response.status == 0) // nothing goes out
        return;
    if (!std::all_of(response.headers.begin(), response.headers.end(), isNormalized))
        response.headers = normalized(response.headers);
    if (!response.headers.contains("date"))
        response.headers.prepend("date"_ba, httpDate(now));

    if (!isSerializable(response))
        response = {500, "Internal Server Error",
                    {{"date", httpDate(now)}, {"content-type", "text/plain; charset=utf-8"}}, "Internal Server Error"};

    response.headers.remove("transfer-encoding");
    if (hasNoBody(response.status)) {
        response.headers.remove("content-length");
        response.body.clear();
    } else {
        const auto length = decimal(response.body.size());
        // The answer to HEAD may tell the length of a body that was never made.
        if (response.headers.get("content-length") != length && (request.method != "HEAD" || !response.body.isEmpty()
                                                                 || !response.headers.contains("content-length")))
            response.headers.set("content-length"_ba, length);
    }
    if (request.method == "HEAD")
        response.body.clear();
    if (asksToClose(request) && !response.headers.contains("connection"))
        response.headers.append("connection"_ba, "close"_ba);
}

ResponseMessage refusal(ParseError error)
{
    return refusal(statusFor(error), parseErrorId(error));
}

ResponseMessage refusal(int status, const QByteArray& why)
{
    const QByteArray body = (status < 500 ? "Invalid HTTP request: " : "Refused: ") + why + '\n';
    return {status, reasonPhrase(status),
            {{"content-type", "text/plain; charset=utf-8"}, {"content-length", QByteArray::number(body.size())},
             {"connection", "close"}}, body};
}

QByteArray httpDate(Instant time)
{
    using namespace std::chrono;
    static constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    QByteArray result("Thu, 01 Jan 1970 00:00:00 GMT");
    char* const bytes = result.data();
    std::copy_n(weekdays[weekday(day).c_encoding()], 3, bytes);
    putNumber(bytes + 5, 2, unsigned(date.day()));
    std::copy_n(months[unsigned(date.month()) - 1], 3, bytes + 8);
    putNumber(bytes + 12, 4, int(date.year()));
    putNumber(bytes + 17, 2, clock.hours().count());
    putNumber(bytes + 20, 2, clock.minutes().count());
    putNumber(bytes + 23, 2, clock.seconds().count());
    return result;
}

QByteArray isoDate(Instant time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<milliseconds>(time - day));
    QByteArray result("1970-01-01T00:00:00.000Z");
    char* const bytes = result.data();
    putNumber(bytes, 4, int(date.year()));
    putNumber(bytes + 5, 2, unsigned(date.month()));
    putNumber(bytes + 8, 2, unsigned(date.day()));
    putNumber(bytes + 11, 2, clock.hours().count());
    putNumber(bytes + 14, 2, clock.minutes().count());
    putNumber(bytes + 17, 2, clock.seconds().count());
    putNumber(bytes + 20, 3, clock.subseconds().count());
    return result;
}

} // namespace corscope

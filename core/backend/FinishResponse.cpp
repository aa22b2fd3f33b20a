#include "core/backend/FinishResponse.h"

#include "core/base/Ascii.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace corscope {

namespace {

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

QByteArray reasonFor(int status)
{
    return status == 431 ? "Request Header Fields Too Large" : status == 413 ? "Content Too Large" : "Bad Request";
}

} // namespace

void finishResponse(const RequestMessage& request, ResponseMessage& response, Instant now)
{
    if (response.status == 0) // nothing goes out
        return;
    HeaderList headers;
    if (!response.headers.contains("date"))
        headers.append("date"_ba, httpDate(now));
    for (const auto& header : response.headers)
        headers.append(header.name, normalizedHeaderValue(header.value));
    response.headers = std::move(headers);

    if (!isSerializable(response))
        response = {500, "Internal Server Error",
                    {{"date", httpDate(now)}, {"content-type", "text/plain; charset=utf-8"}}, "Internal Server Error"};

    response.headers.remove("transfer-encoding");
    if (hasNoBody(response.status)) {
        response.headers.remove("content-length");
        response.body.clear();
    } else {
        const auto length = QByteArray::number(response.body.size());
        // The answer to HEAD may tell the length of a body that was never made.
        if (response.headers.get("content-length") != length && (request.method != "HEAD" || !response.body.isEmpty()
                                                                 || !response.headers.contains("content-length")))
            response.headers.set("content-length"_ba, length);
    }
    if (request.method == "HEAD")
        response.body.clear();
    if (asksToClose(request) && !response.headers.contains("connection"))
        response.headers.append("connection", "close");
}

ResponseMessage refusal(ParseError error)
{
    const auto status = statusFor(error);
    const QByteArray body = "Invalid HTTP request: " + parseErrorId(error) + '\n';
    return {status, reasonFor(status),
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
    const auto put = [&](qsizetype at, const char* name) { std::copy_n(name, 3, result.data() + at); };
    const auto putNumber = [&](qsizetype at, int digits, long long number) {
        for (; digits > 0; number /= 10)
            result.data()[at + --digits] = char('0' + number % 10);
    };
    put(0, weekdays[weekday(day).c_encoding()]);
    putNumber(5, 2, unsigned(date.day()));
    put(8, months[unsigned(date.month()) - 1]);
    putNumber(12, 4, int(date.year()));
    putNumber(17, 2, clock.hours().count());
    putNumber(20, 2, clock.minutes().count());
    putNumber(23, 2, clock.seconds().count());
    return result;
}

} // namespace corscope

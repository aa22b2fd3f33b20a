#include "core/paste/NetworkFailure.h"

#include <QRegularExpression>

namespace corscope::paste {

namespace {

// The numbers of libcurl-errors(3).
std::optional<Why> whyOfCurlError(int number)
{
    switch (number) {
    case 1:
    case 8: return Why::MalformedResponse;
    case 6: return Why::NameNotResolved;
    case 7: return Why::ConnectionRefused;
    case 28: return Why::TimedOut;
    case 35:
    case 60: return Why::TlsFailure;
    case 52: return Why::ConnectionClosed;
    case 55:
    case 56: return Why::ConnectionReset;
    default: return std::nullopt;
    }
}

} // namespace

std::optional<Why> whyOfNetError(QByteArrayView code)
{
    constexpr std::pair<const char*, Why> known[] = {
        {"net::ERR_NAME_NOT_RESOLVED", Why::NameNotResolved},   {"net::ERR_CONNECTION_REFUSED", Why::ConnectionRefused},
        {"net::ERR_CONNECTION_RESET", Why::ConnectionReset},    {"net::ERR_EMPTY_RESPONSE", Why::ConnectionClosed},
        {"net::ERR_CONNECTION_CLOSED", Why::ConnectionClosed},  {"net::ERR_SSL_PROTOCOL_ERROR", Why::TlsFailure},
        {"net::ERR_INVALID_HTTP_RESPONSE", Why::MalformedResponse}, {"net::ERR_TIMED_OUT", Why::TimedOut},
        {"net::ERR_CONNECTION_TIMED_OUT", Why::TimedOut},       {"net::ERR_ABORTED", Why::Aborted}};
    for (const auto& [name, why] : known)
        if (code == name)
            return why;
    return std::nullopt;
}

std::vector<NetworkFailure> readCurlFailures(const QString& text)
{
    static const QRegularExpression line(QStringLiteral("^[ \\t]*(?:#|//|rem)?[ \\t]*curl: \\((\\d{1,2})\\)[^\\n]*"),
                                         QRegularExpression::MultilineOption);
    std::vector<NetworkFailure> failures;
    auto it = line.globalMatch(text);
    while (it.hasNext() && failures.size() < 100) {
        const auto found = it.next();
        if (const auto why = whyOfCurlError(found.captured(1).toInt()))
            failures.push_back({*why, false, {found.capturedStart(), found.capturedEnd()}});
    }
    return failures;
}

} // namespace corscope::paste

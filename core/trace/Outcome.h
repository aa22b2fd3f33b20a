#pragma once

#include "core/http/Message.h"
#include "core/trace/Blocked.h"

#include <QList>
#include <optional>
#include <variant>
#include <vector>

namespace corscope {

/// What script gets to see of one fetch().
struct PageView
{
    enum class Promise { Resolved, Rejected };
    Promise promise = Promise::Rejected;
    QByteArray type;             ///< "basic", "cors", "opaque", "opaqueredirect"; "error" when rejected
    int status = 0;
    QByteArray statusText;
    QByteArray url;
    bool redirected = false;
    HeaderList headers;          ///< visible to script
    HeaderList hiddenHeaders;    ///< received, but filtered out
    std::optional<QByteArray> body;
    BodyError bodyError = BodyError::None; ///< the headers arrived, the body did not: reading it fails
    bool operator==(const PageView&) const = default;
};

/// What a Content Security Policy that only watches says of one address.
struct PolicyReport
{
    QByteArray directive; ///< "connect-src 'self'"
    QByteArray url;
    bool operator==(const PolicyReport&) const = default;
};

/// Where a response came from the HTTP cache: for whom it had been stored, which is what decides whether it fits.
struct FromCache
{
    enum class State { Local, Validated }; ///< without a request; or after the server said that it still holds (304)
    State state = State::Local;
    QByteArray mode;                  ///< of the request it was the answer to: "no-cors"
    std::optional<QByteArray> origin; ///< the `Origin` of that request; null: it had none
    qint64 ageSeconds = 0;
    bool variesByOrigin = false;      ///< its `Vary` names `Origin`
    bool operator==(const FromCache&) const = default;
};

/// The verdict on one *send*: three lamps, the reason, what the server did meanwhile.
struct SendOutcome
{
    enum class Preflight { NotNeeded, Sent, Cached, NotReached };
    enum class Visible { No, Opaque, Yes };
    QByteArray method;
    QByteArray url;
    QByteArray pageOrigin;
    QByteArray initiator = "fetch"; ///< or "XMLHttpRequest", "image", "script", "CSS stylesheet"
    QByteArray pageUrl;           ///< the document's address; empty where an opaque page has none
    QByteArray finalUrl;          ///< where redirects had led when it ended; empty where nothing was fetched
    QByteArray finalOrigin;       ///< the page's origin as the request named it there: "null" after a tainting redirect
    QByteArray redirectMode = "follow";
    QByteArray targetAddressSpace;        ///< as script named it; empty where it did not
    QList<PolicyReport> policyReports;
    QList<QByteArray> upgradedUrls;       ///< rewritten from http to https, as they were
    bool pageIsSecure = false;            ///< a secure context
    HeaderList finalHeaders;      ///< of the request there, without those that are written as it leaves
    Preflight preflight = Preflight::NotNeeded;
    bool requestSent = false;
    std::optional<FromCache> fromCache; ///< null where the server itself gave the answer that decided
    Visible visible = Visible::No;
    std::optional<Blocked> blocked;
    int blockedStep = -1;         ///< index of the step that decided
    int withheldStatus = 0;       ///< status of the response that was withheld; 0 where there was none
    PageView page;
    int handlerRuns = 0;          ///< route handlers run by this send, on all servers
    QList<QByteArray> effects;    ///< ledger lines written by this send
    bool allowed() const { return visible != Visible::No; }
    bool operator==(const SendOutcome&) const = default;
};

/// The answer to one *compare*: every pair of the URLs, in order (0,1), (0,2), (1,2) ...
struct CompareOutcome
{
    struct Pair
    {
        QByteArray a, b;             ///< serialised origins
        bool sameOrigin = false;
        QList<QByteArray> differing; ///< "scheme", "host", "port"
        bool operator==(const Pair&) const = default;
    };
    std::vector<Pair> pairs;
    bool operator==(const CompareOutcome&) const = default;
};

/// Waits and changes leave std::monostate.
using Outcome = std::variant<std::monostate, SendOutcome, CompareOutcome>;

} // namespace corscope

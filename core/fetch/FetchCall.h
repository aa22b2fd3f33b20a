#pragma once

#include "core/base/Clock.h"
#include "core/http/HeaderList.h"

#include <QByteArray>
#include <optional>

namespace corscope {

/// Where script runs.
struct PageConfig
{
    enum class OriginKind { Tuple, Sandboxed, Data, File };
    QByteArray id;
    OriginKind originKind = OriginKind::Tuple;
    QByteArray scheme = "http"; ///< scheme, host, port: for Tuple only
    QByteArray host = "localhost";
    quint16 port = 80;
    QByteArray path = "/";
    QByteArray embedderPolicy = "unsafe-none"; ///< its Cross-Origin-Embedder-Policy
    /// A Srcdoc or Blob document has the origin and the policies of the page that made it, and scheme, host, port and path
    /// are that page's; a Worker's path is its script's.
    enum class Context { Document, Srcdoc, Blob, Worker };
    Context context = Context::Document;
    QByteArray embeddedIn = {};                ///< origin of the top-level page it is a frame of; empty: itself at the top
    QByteArray referrerPolicy = {};            ///< its Referrer-Policy
    QList<QByteArray> contentSecurityPolicy = {};           ///< values of Content-Security-Policy
    QList<QByteArray> contentSecurityPolicyReportOnly = {}; ///< values of Content-Security-Policy-Report-Only
    QByteArray addressSpace = "loopback";      ///< "loopback", "local", "public": where its document came from
    QByteArray localNetworkAccess = "prompt";  ///< the permission: "prompt", "granted", "denied"
    bool operator==(const PageConfig&) const = default;
    QByteArray origin() const; ///< serialised; "null" where opaque
};

/// A call of fetch(), as script writes it; or what an XMLHttpRequest comes down to (core/fetch/XhrCall.h).
struct FetchCall
{
    QByteArray url;
    QByteArray method = "GET";
    HeaderList headers;
    std::optional<QByteArray> body;
    QByteArray mode = "cors";               ///< "cors", "no-cors", "same-origin"
    QByteArray credentials = "same-origin"; ///< "omit", "same-origin", "include"
    QByteArray redirect = "follow";         ///< "follow", "error", "manual"
    QByteArray cache = "default";
    /// The Content-Type a body brings along, by its kind: this of a string, `application/x-www-form-urlencoded;charset=UTF-8`
    /// of URLSearchParams, its own of a Blob; empty for raw bytes.
    QByteArray bodyType = "text/plain;charset=UTF-8";
    std::optional<QByteArray> username = std::nullopt; ///< of an XMLHttpRequest: open() was given one
    std::optional<QByteArray> password = std::nullopt;
    std::optional<QByteArray> referrer = std::nullopt; ///< null: not given; "": none is to be sent
    QByteArray referrerPolicy = {};
    QByteArray targetAddressSpace = {}; ///< of Local Network Access: "loopback", "local", "public"; empty: not given
    bool keepalive = false;
    bool useCorsPreflight = false; ///< of an XMLHttpRequest with listeners on its upload: ask first in any case
    bool bodyIsStream = false;     ///< a ReadableStream, which can be read once
    QByteArray duplex = {};        ///< a stream has to come with "half"
    QByteArray integrity = {};     ///< hashes, separated by blanks: "sha256-..."
    std::optional<Milliseconds> abortAfter = std::nullopt; ///< of virtual time; less than zero: before the call
    std::optional<Milliseconds> timeout = std::nullopt;    ///< of an XMLHttpRequest, in virtual time
    /// Elements come down to a request of another make (core/fetch/ElementCall.h); the console names all of them.
    enum class Initiator { Fetch, XmlHttpRequest, Image, Script, Stylesheet };
    Initiator initiator = Initiator::Fetch;
    bool isElement() const { return initiator != Initiator::Fetch && initiator != Initiator::XmlHttpRequest; }
    bool operator==(const FetchCall&) const = default;
};

} // namespace corscope

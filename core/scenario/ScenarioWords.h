#pragma once

#include <QStringList>

/// The words of the `.corscope` format, in one place for its reader and its writer. Lists that stand for an
/// enumeration are in its order.
namespace corscope::scenariowords {

inline constexpr int formatVersion = 1;

inline QStringList words(std::initializer_list<const char*> list)
{
    QStringList result;
    for (const char* word : list)
        result.append(QString::fromLatin1(word));
    return result;
}

inline QStringList profiles() { return words({"standard", "chromium", "firefox", "webkit"}); } ///< Profile::names()
inline QStringList opaqueKinds() { return words({"sandbox", "data", "file"}); } ///< PageConfig::OriginKind less Tuple
inline QStringList modes() { return words({"cors", "no-cors", "same-origin"}); }
inline QStringList credentials() { return words({"same-origin", "include", "omit"}); }
inline QStringList redirects() { return words({"follow", "error", "manual"}); }
inline QStringList caches()
{
    return words({"default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"});
}
inline QStringList contexts() { return words({"document", "srcdoc", "blob", "worker"}); } ///< PageConfig::Context
inline QStringList embedderPolicies() { return words({"unsafe-none", "credentialless", "require-corp"}); }
inline QStringList referrerPolicies()
{
    return words({"", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
                  "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"});
}
inline QStringList addressSpaces() { return words({"loopback", "local", "public"}); } ///< AddressSpace
inline QStringList permissions() { return words({"prompt", "granted", "denied"}); }
inline QStringList initiators() { return words({"fetch", "XMLHttpRequest"}); } ///< FetchCall::Initiator
inline QStringList actions() { return words({"send", "wait", "change", "compare"}); } ///< in the order of Action
inline QStringList preflights() { return words({"not-needed", "sent", "cached", "not-reached"}); }
inline QStringList bodyErrors() { return words({"none", "closed", "reset", "malformed", "timed-out"}); }
inline QStringList visibilities() { return words({"no", "opaque", "yes"}); }

} // namespace corscope::scenariowords

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <vector>

namespace corscope {

/// Where browsers part from the standard, and from each other: one member per difference, the standard's way being the
/// default. The algorithms ask for a member, never for a browser. Which browser does what, since when it is known and from
/// where stands in resources/spec/profiles.json, under the member's name in lower case with hyphens.
struct Profile
{
    // What needs a preflight, and what the preflight says
    bool authorizationCoveredByAsterisk = false;
    bool clientHintsSafelisted = false;
    bool userAgentLeftOut = false;
    bool bytesAboveAsciiUnsafe = false;
    bool repeatedHeadersJoined = false;
    bool repeatedNamesInPreflight = false;
    bool rangeNumbersLimited = false;
    bool rangeUnitInAnyCase = false;
    bool uploadListenersNeedBody = false;
    bool blobTypeKeptInNoCors = false;
    bool cacheModeOfPreflight = false;
    bool conditionalRequestsRevalidate = false;
    bool credentiallessPassesCache = false;
    bool repeatedSingleHeadersReplaced = false;
    bool requestHeadersAsUtf8 = false;

    // The preflight cache
    enum class MaxAgeReading {
        DeltaSeconds,  ///< digits only, else the default of five seconds
        Integer,       ///< with a sign; a negative one means zero, what is none means five seconds
        DigitsOrNone,  ///< what is not digits only is not remembered at all
    };
    MaxAgeReading maxAgeReading = MaxAgeReading::DeltaSeconds;
    qint64 maxAgeLimit = 7200; ///< seconds
    bool preflightRememberedWhole = false;
    bool credentialsPartPreflightCache = false;
    bool opaqueOriginsKeptApart = false;
    bool rememberedAsteriskLiteral = false;
    bool rememberedAsteriskCoversAuthorization = false;
    enum class CacheModes { None, NoStoreAndReload, NoStoreReloadAndNoCache };
    CacheModes preflightCacheSkippedBy = CacheModes::None;
    bool noStoreRemembersNoPreflight = false;
    bool failureKeepsPreflights = false;
    bool refusedPreflightRemembered = false;
    bool anyPreflightCoversSafelistedMethods = false;
    bool zeroMaxAgeForgetsNothing = false;

    // The HTTP cache
    bool httpCacheKeptApartByCredentials = false;
    bool opaqueFramesHaveOwnHttpCache = false;
    bool refusedAnswersNotStored = false;
    bool pageMemoryOutlivesUnsafeMethods = false;

    // Redirects
    bool crossOriginDeleteBecomesGet = false;
    bool removedHeadersComeBack = false;
    bool cacheModeEndsAbroad = false;
    bool removedHeadersNeedPreflight = false;
    bool removedHeadersAskedFor = false;
    bool preflightedOnceAlways = false;
    bool realOriginInTaintedPreflight = false;
    bool firstReferrerInPreflights = false;
    bool firstForeignRedirectIncludesCredentials = false;
    enum class EmptyLocation { SameUrl, NoRedirect, Refused };
    EmptyLocation emptyLocation = EmptyLocation::SameUrl;
    enum class SeveralLocations { Refused, EqualOnesTaken, Joined };
    SeveralLocations severalLocations = SeveralLocations::Refused;
    bool userInfoInLocationRefused = false;
    bool locationBytesEncodedTwice = false;
    bool originKeptAfterBecomingGet = false;
    bool manualRedirectOfKeepaliveFollowed = false;

    // Responses, and what stands beside CORS
    bool blankBeforeColonIgnored = false;
    bool proxyAuthenticationRefused = false;
    bool contentLengthsMustAgree = false;
    bool onlyIfCachedAsksNetwork = false;
    bool aboutBlankRefused = false;
    bool dataResponsesHaveLength = false;
    enum class StreamBodies {
        Sent,
        Stringified, ///< the object's name is sent in its place
        Refused,     ///< by the Request itself
    };
    StreamBodies streamBodies = StreamBodies::Sent;
    bool malformedBodyRefused = false;
    bool brokenOpaqueBodyRefused = false;
    bool cutPreflightRefused = false;
    bool onlySafeMethodsSentAgain = false;
    bool loopbackIsMixedContent = false;
    enum class ThirdPartyCookies {
        Sent,
        Partitioned,  ///< in a jar of their own for each page's site
        Blocked,      ///< but for those that ask for such a jar with `Partitioned`
        NotStored,    ///< nor where no public suffix tells sites from hosts
    };
    ThirdPartyCookies thirdPartyCookies = ThirdPartyCookies::Sent;
    bool cookiesWithoutSameSiteSent = false;

    // Policies around CORS, and what frames let on
    enum class LocalNetworkAccess {
        Draft,  ///< secure pages only, and only with permission
        Asked,  ///< any page may ask; while the person has not answered, the request waits
        None,   ///< nobody is asked
    };
    LocalNetworkAccess localNetworkAccess = LocalNetworkAccess::Draft;
    bool targetAddressSpaceUnknown = false;
    bool trustworthyHostsNotUpgraded = false;
    enum class UpgradedResponse {
        Secure,     ///< names the address that was fetched
        AsWritten,  ///< names the address that script wrote
        Redirected, ///< names the address that was fetched, and counts as redirected
    };
    UpgradedResponse upgradedResponse = UpgradedResponse::Secure;
    bool blobDocumentsNameOrigin = false;
    bool referrerIsOwnAddress = false;

    bool operator==(const Profile&) const = default;

    /// "standard", "chromium", "firefox", "webkit".
    static QList<QByteArray> names();
    /// \param name one of names()
    static Profile named(QByteArrayView name);
    /// The same but for one difference, in which it goes the standard's way. \param id of one of profileDifferences()
    Profile without(QByteArrayView id) const;
};

/// One difference, as resources/spec/profiles.json tells of it.
struct ProfileDifference
{
    QByteArray id;                 ///< its member's name, in lower case with hyphens
    QString title;                 ///< a few words
    QString sentence;              ///< what a browser that departs from the standard does
    QList<QByteArray> values;      ///< per profile, in the order of Profile::names()
    QString seen;                  ///< in which browsers, and when
    QList<QByteArray> evidence;    ///< recorded cases, and addresses
};

/// All of them, in the order of the file. Loaded once, then only read.
const std::vector<ProfileDifference>& profileDifferences();

/// The profiles that part from the standard in one way each, that way being `profile`'s; with the difference's id.
std::vector<std::pair<const char*, Profile>> departuresOf(const Profile& profile);

} // namespace corscope

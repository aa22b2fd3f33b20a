#include "core/fetch/Profile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace corscope {

namespace {

using MaxAgeReading = Profile::MaxAgeReading;
using CacheModes = Profile::CacheModes;
using EmptyLocation = Profile::EmptyLocation;
using SeveralLocations = Profile::SeveralLocations;
using ThirdPartyCookies = Profile::ThirdPartyCookies;
using LocalNetworkAccess = Profile::LocalNetworkAccess;
using UpgradedResponse = Profile::UpgradedResponse;
using StreamBodies = Profile::StreamBodies;

void assign(bool& member, const QByteArray& value) { member = value == "true"; }
void assign(qint64& member, const QByteArray& value) { member = value.toLongLong(); }

template<typename Enum, size_t N>
void assignWord(Enum& member, const QByteArray& value, const char* const (&words)[N])
{
    const auto it = std::find_if(std::begin(words), std::end(words), [&](const char* word) { return value == word; });
    Q_ASSERT(it != std::end(words));
    member = Enum(it - std::begin(words));
}

void assign(MaxAgeReading& member, const QByteArray& value)
{
    assignWord(member, value, {"delta-seconds", "integer", "digits-or-none"});
}
void assign(CacheModes& member, const QByteArray& value)
{
    assignWord(member, value, {"none", "no-store-and-reload", "no-store-reload-and-no-cache"});
}
void assign(EmptyLocation& member, const QByteArray& value)
{
    assignWord(member, value, {"same-url", "no-redirect", "refused"});
}
void assign(SeveralLocations& member, const QByteArray& value)
{
    assignWord(member, value, {"refused", "equal-ones-taken", "joined"});
}
void assign(ThirdPartyCookies& member, const QByteArray& value)
{
    assignWord(member, value, {"sent", "partitioned", "blocked", "not-stored"});
}

void assign(LocalNetworkAccess& member, const QByteArray& value)
{
    assignWord(member, value, {"draft", "asked", "none"});
}
void assign(UpgradedResponse& member, const QByteArray& value)
{
    assignWord(member, value, {"secure", "as-written", "redirected"});
}

void assign(StreamBodies& member, const QByteArray& value)
{
    assignWord(member, value, {"sent", "stringified", "refused"});
}

struct Member
{
    const char* id;
    void (*set)(Profile& profile, const QByteArray& value);
    void (*copy)(Profile& to, const Profile& from);
};

template<auto member>
constexpr Member named(const char* id)
{
    return {id, [](Profile& profile, const QByteArray& value) { assign(profile.*member, value); },
            [](Profile& to, const Profile& from) { to.*member = from.*member; }};
}

constexpr Member members[] = {
    named<&Profile::authorizationCoveredByAsterisk>("authorization-covered-by-asterisk"),
    named<&Profile::clientHintsSafelisted>("client-hints-safelisted"),
    named<&Profile::userAgentLeftOut>("user-agent-left-out"),
    named<&Profile::bytesAboveAsciiUnsafe>("bytes-above-ascii-unsafe"),
    named<&Profile::repeatedHeadersJoined>("repeated-headers-joined"),
    named<&Profile::repeatedNamesInPreflight>("repeated-names-in-preflight"),
    named<&Profile::rangeNumbersLimited>("range-numbers-limited"),
    named<&Profile::rangeUnitInAnyCase>("range-unit-in-any-case"),
    named<&Profile::uploadListenersNeedBody>("upload-listeners-need-body"),
    named<&Profile::blobTypeKeptInNoCors>("blob-type-kept-in-no-cors"),
    named<&Profile::cacheModeOfPreflight>("cache-mode-of-preflight"),
    named<&Profile::conditionalRequestsRevalidate>("conditional-requests-revalidate"),
    named<&Profile::credentiallessPassesCache>("credentialless-passes-cache"),
    named<&Profile::repeatedSingleHeadersReplaced>("repeated-single-headers-replaced"),
    named<&Profile::requestHeadersAsUtf8>("request-headers-as-utf8"),
    named<&Profile::maxAgeReading>("max-age-reading"),
    named<&Profile::maxAgeLimit>("max-age-limit"),
    named<&Profile::preflightRememberedWhole>("preflight-remembered-whole"),
    named<&Profile::credentialsPartPreflightCache>("credentials-part-preflight-cache"),
    named<&Profile::opaqueOriginsKeptApart>("opaque-origins-kept-apart"),
    named<&Profile::rememberedAsteriskLiteral>("remembered-asterisk-literal"),
    named<&Profile::rememberedAsteriskCoversAuthorization>("remembered-asterisk-covers-authorization"),
    named<&Profile::preflightCacheSkippedBy>("preflight-cache-skipped-by"),
    named<&Profile::noStoreRemembersNoPreflight>("no-store-remembers-no-preflight"),
    named<&Profile::failureKeepsPreflights>("failure-keeps-preflights"),
    named<&Profile::refusedPreflightRemembered>("refused-preflight-remembered"),
    named<&Profile::anyPreflightCoversSafelistedMethods>("any-preflight-covers-safelisted-methods"),
    named<&Profile::zeroMaxAgeForgetsNothing>("zero-max-age-forgets-nothing"),
    named<&Profile::httpCacheKeptApartByCredentials>("http-cache-kept-apart-by-credentials"),
    named<&Profile::opaqueFramesHaveOwnHttpCache>("opaque-frames-have-own-http-cache"),
    named<&Profile::refusedAnswersNotStored>("refused-answers-not-stored"),
    named<&Profile::pageMemoryOutlivesUnsafeMethods>("page-memory-outlives-unsafe-methods"),
    named<&Profile::crossOriginDeleteBecomesGet>("cross-origin-delete-becomes-get"),
    named<&Profile::removedHeadersComeBack>("removed-headers-come-back"),
    named<&Profile::cacheModeEndsAbroad>("cache-mode-ends-abroad"),
    named<&Profile::removedHeadersNeedPreflight>("removed-headers-need-preflight"),
    named<&Profile::removedHeadersAskedFor>("removed-headers-asked-for"),
    named<&Profile::preflightedOnceAlways>("preflighted-once-always"),
    named<&Profile::realOriginInTaintedPreflight>("real-origin-in-tainted-preflight"),
    named<&Profile::firstReferrerInPreflights>("first-referrer-in-preflights"),
    named<&Profile::firstForeignRedirectIncludesCredentials>("first-foreign-redirect-includes-credentials"),
    named<&Profile::emptyLocation>("empty-location"),
    named<&Profile::severalLocations>("several-locations"),
    named<&Profile::userInfoInLocationRefused>("user-info-in-location-refused"),
    named<&Profile::locationBytesEncodedTwice>("location-bytes-encoded-twice"),
    named<&Profile::originKeptAfterBecomingGet>("origin-kept-after-becoming-get"),
    named<&Profile::manualRedirectOfKeepaliveFollowed>("manual-redirect-of-keepalive-followed"),
    named<&Profile::blankBeforeColonIgnored>("blank-before-colon-ignored"),
    named<&Profile::proxyAuthenticationRefused>("proxy-authentication-refused"),
    named<&Profile::contentLengthsMustAgree>("content-lengths-must-agree"),
    named<&Profile::onlyIfCachedAsksNetwork>("only-if-cached-asks-network"),
    named<&Profile::aboutBlankRefused>("about-blank-refused"),
    named<&Profile::dataResponsesHaveLength>("data-responses-have-length"),
    named<&Profile::streamBodies>("stream-bodies"),
    named<&Profile::malformedBodyRefused>("malformed-body-refused"),
    named<&Profile::brokenOpaqueBodyRefused>("broken-opaque-body-refused"),
    named<&Profile::cutPreflightRefused>("cut-preflight-refused"),
    named<&Profile::onlySafeMethodsSentAgain>("only-safe-methods-sent-again"),
    named<&Profile::loopbackIsMixedContent>("loopback-is-mixed-content"),
    named<&Profile::thirdPartyCookies>("third-party-cookies"),
    named<&Profile::cookiesWithoutSameSiteSent>("cookies-without-same-site-sent"),
    named<&Profile::localNetworkAccess>("local-network-access"),
    named<&Profile::targetAddressSpaceUnknown>("target-address-space-unknown"),
    named<&Profile::trustworthyHostsNotUpgraded>("trustworthy-hosts-not-upgraded"),
    named<&Profile::upgradedResponse>("upgraded-response"),
    named<&Profile::blobDocumentsNameOrigin>("blob-documents-name-origin"),
    named<&Profile::referrerIsOwnAddress>("referrer-is-own-address"),
};

std::vector<ProfileDifference> readDifferences()
{
    QFile file(QStringLiteral(":/spec/profiles.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto root = QJsonDocument::fromJson(file.readAll()).object();
    std::vector<ProfileDifference> differences;
    for (const auto& value : root.value(QLatin1String("differences")).toArray()) {
        const auto object = value.toObject();
        ProfileDifference difference;
        difference.id = object.value(QLatin1String("id")).toString().toUtf8();
        difference.title = object.value(QLatin1String("title")).toString();
        difference.sentence = object.value(QLatin1String("sentence")).toString();
        for (const auto& name : Profile::names())
            difference.values.append(object.value(QLatin1String(name)).toVariant().toString().toUtf8());
        difference.seen = object.value(QLatin1String("seen")).toString();
        for (const auto& evidence : object.value(QLatin1String("evidence")).toArray())
            difference.evidence.append(evidence.toString().toUtf8());
        differences.push_back(std::move(difference));
    }
    return differences;
}

} // namespace

QList<QByteArray> Profile::names()
{
    return {"standard", "chromium", "firefox", "webkit"};
}

Profile Profile::named(QByteArrayView name)
{
    const auto index = names().indexOf(name);
    Q_ASSERT(index >= 0);
    Profile profile;
    for (const auto& difference : profileDifferences()) {
        const auto it = std::find_if(std::begin(members), std::end(members),
                                     [&](const Member& member) { return difference.id == member.id; });
        Q_ASSERT(it != std::end(members));
        it->set(profile, difference.values[index]);
    }
    return profile;
}

Profile Profile::without(QByteArrayView id) const
{
    auto profile = *this;
    for (const auto& member : members)
        if (id == member.id)
            member.copy(profile, Profile());
    return profile;
}

std::vector<std::pair<const char*, Profile>> departuresOf(const Profile& profile)
{
    std::vector<std::pair<const char*, Profile>> departures;
    for (const auto& member : members) {
        Profile departure;
        member.copy(departure, profile);
        if (departure != Profile())
            departures.emplace_back(member.id, departure);
    }
    return departures;
}

const std::vector<ProfileDifference>& profileDifferences()
{
    static const auto differences = readDifferences();
    return differences;
}

} // namespace corscope

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
    assignWord(member, value, {"sent", "partitioned", "blocked", "blocked-by-host"});
}

struct Member
{
    const char* id;
    void (*set)(Profile& profile, const QByteArray& value);
};

template<auto member>
constexpr Member member_(const char* id)
{
    return {id, [](Profile& profile, const QByteArray& value) { assign(profile.*member, value); }};
}

constexpr Member members[] = {
    member_<&Profile::authorizationCoveredByAsterisk>("authorization-covered-by-asterisk"),
    member_<&Profile::clientHintsSafelisted>("client-hints-safelisted"),
    member_<&Profile::userAgentLeftOut>("user-agent-left-out"),
    member_<&Profile::bytesAboveAsciiUnsafe>("bytes-above-ascii-unsafe"),
    member_<&Profile::repeatedHeadersJoined>("repeated-headers-joined"),
    member_<&Profile::repeatedNamesInPreflight>("repeated-names-in-preflight"),
    member_<&Profile::rangeNumbersLimited>("range-numbers-limited"),
    member_<&Profile::rangeUnitInAnyCase>("range-unit-in-any-case"),
    member_<&Profile::uploadListenersNeedBody>("upload-listeners-need-body"),
    member_<&Profile::blobTypeKeptInNoCors>("blob-type-kept-in-no-cors"),
    member_<&Profile::maxAgeReading>("max-age-reading"),
    member_<&Profile::maxAgeLimit>("max-age-limit"),
    member_<&Profile::preflightRememberedWhole>("preflight-remembered-whole"),
    member_<&Profile::credentialsPartPreflightCache>("credentials-part-preflight-cache"),
    member_<&Profile::opaqueOriginsKeptApart>("opaque-origins-kept-apart"),
    member_<&Profile::rememberedAsteriskLiteral>("remembered-asterisk-literal"),
    member_<&Profile::rememberedAsteriskCoversAuthorization>("remembered-asterisk-covers-authorization"),
    member_<&Profile::preflightCacheSkippedBy>("preflight-cache-skipped-by"),
    member_<&Profile::noStoreRemembersNoPreflight>("no-store-remembers-no-preflight"),
    member_<&Profile::failedCheckKeepsPreflights>("failed-check-keeps-preflights"),
    member_<&Profile::failedPreflightKeepsPreflights>("failed-preflight-keeps-preflights"),
    member_<&Profile::zeroMaxAgeForgetsNothing>("zero-max-age-forgets-nothing"),
    member_<&Profile::crossOriginRedirectMakesGet>("cross-origin-redirect-makes-get"),
    member_<&Profile::removedHeadersNeedPreflight>("removed-headers-need-preflight"),
    member_<&Profile::removedHeadersAskedFor>("removed-headers-asked-for"),
    member_<&Profile::preflightedOnceAlways>("preflighted-once-always"),
    member_<&Profile::realOriginInTaintedPreflight>("real-origin-in-tainted-preflight"),
    member_<&Profile::laterHopsIncludeCredentials>("later-hops-include-credentials"),
    member_<&Profile::emptyLocation>("empty-location"),
    member_<&Profile::severalLocations>("several-locations"),
    member_<&Profile::userInfoInLocationRefused>("user-info-in-location-refused"),
    member_<&Profile::locationBytesEncodedTwice>("location-bytes-encoded-twice"),
    member_<&Profile::originKeptAfterBecomingGet>("origin-kept-after-becoming-get"),
    member_<&Profile::manualRedirectOfKeepaliveFollowed>("manual-redirect-of-keepalive-followed"),
    member_<&Profile::blankBeforeColonIgnored>("blank-before-colon-ignored"),
    member_<&Profile::proxyAuthenticationRefused>("proxy-authentication-refused"),
    member_<&Profile::contentLengthsMustAgree>("content-lengths-must-agree"),
    member_<&Profile::onlyIfCachedAsksNetwork>("only-if-cached-asks-network"),
    member_<&Profile::aboutBlankFetched>("about-blank-fetched"),
    member_<&Profile::loopbackIsMixedContent>("loopback-is-mixed-content"),
    member_<&Profile::thirdPartyCookies>("third-party-cookies"),
};

std::vector<Difference> readDifferences()
{
    QFile file(QStringLiteral(":/spec/profiles.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto root = QJsonDocument::fromJson(file.readAll()).object();
    std::vector<Difference> differences;
    for (const auto& value : root.value(QLatin1String("differences")).toArray()) {
        const auto object = value.toObject();
        Difference difference;
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

const std::vector<Difference>& profileDifferences()
{
    static const auto differences = readDifferences();
    return differences;
}

} // namespace corscope

#include "core/advise/Hostile.h"
#include "core/scenario/Runner.h"

#include <QTest>

using namespace corscope;

namespace {

using Kind = advise::Opening::Kind;
using Whys = std::optional<Why>;

PageConfig honestPage()
{
    PageConfig page;
    page.id = "www";
    page.scheme = "https";
    page.host = "www.example.com";
    page.port = 443;
    return page;
}

/// A server that answers everything with these headers.
ServerConfig answering(const HeaderList& headers, int preflightStatus = 204)
{
    ServerConfig config;
    config.id = "api";
    config.scheme = "https";
    config.host = "api.example.com";
    config.port = 443;
    RouteConfig preflight;
    preflight.method = "OPTIONS";
    preflight.path = "*";
    preflight.status = preflightStatus;
    preflight.headers = headers;
    RouteConfig rest = preflight;
    rest.method = "*";
    rest.status = 200;
    rest.body = "{}";
    config.routes = {preflight, rest};
    return config;
}

FetchCall get(const QByteArray& credentials = "omit")
{
    FetchCall call;
    call.url = "https://api.example.com/data";
    call.credentials = credentials;
    return call;
}

FetchCall patched(const QByteArray& method, const HeaderList& headers = {}, const QByteArray& credentials = "omit")
{
    auto call = get(credentials);
    call.method = method;
    call.headers = headers;
    return call;
}

/// A server whose middleware lets in whoever that pattern matches.
ServerConfig matching(const QString& pattern)
{
    auto config = answering({});
    config.routes.erase(config.routes.begin()); // the middleware's business
    config.pipeline = {{"cors", "fastapi", {}, true,
                        {{QStringLiteral("allow_origin_regex"), pattern}, {QStringLiteral("allow_credentials"), true}}}};
    return config;
}

QList<int> kinds(const std::vector<advise::Opening>& openings)
{
    QList<int> found;
    for (const auto& opening : openings)
        if (!found.contains(int(opening.kind)))
            found.append(int(opening.kind));
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

/// Known ways to get CORS wrong, each with what the sandbox shows of it: what does not work is blocked for the reason that
/// the rule names, and what lets strangers in is found to let in those whom the rule names. Numbers as in
/// resources/docs/security.md.
class TestSecurityRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotWorkIsBlockedForItsReason_data()
    {
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<FetchCall>("call");
        QTest::addColumn<int>("preflightStatus");
        QTest::addColumn<Whys>("why");
        const QByteArray origin = "https://www.example.com";
        const auto allow = [](const QByteArray& value) { return Header{"Access-Control-Allow-Origin", value}; };
        const auto row = [](const char* name, HeaderList headers, FetchCall call, Whys why, int status = 204) {
            QTest::newRow(name) << headers << call << status << why;
        };
        row("one exact origin", {allow(origin)}, get(), {});
        row("A1 no origin", {}, get(), Why::MissingAllowOrigin);
        row("A2 no scheme", {allow("www.example.com")}, get(), Why::InvalidAllowOrigin);
        row("A3 slash at the end", {allow(origin + '/')}, get(), Why::AllowOriginMismatch);
        row("A4 upper case", {allow("https://WWW.example.com")}, get(), Why::AllowOriginMismatch);
        row("A5 default port", {allow(origin + ":443")}, get(), Why::AllowOriginMismatch);
        row("A13 a star within", {allow("https://*.example.com")}, get(), Why::AllowOriginMismatch);
        row("A16 a list", {allow(origin + ", https://b.example")}, get(), Why::MultipleAllowOrigin);
        row("A16, D3 two headers", {allow(origin), allow(origin)}, get(), Why::MultipleAllowOrigin);
        row("B19 the first of the list for everybody", {allow("https://first.example")}, get(), Why::AllowOriginMismatch);
        row("C1 star and credentials", {allow("*"), {"Access-Control-Allow-Credentials", "true"}}, get("include"), Why::WildcardWithCredentials);
        row("C6 not the bytes true", {allow(origin), {"Access-Control-Allow-Credentials", "True"}}, get("include"), Why::AllowCredentialsNotTrue);
        row("C8 any method, credentials", {allow(origin), {"Access-Control-Allow-Credentials", "true"}, {"Access-Control-Allow-Methods", "*"}},
            patched("PUT", {}, "include"), Why::MethodNotAllowed);
        row("C9 star and Authorization", {allow("*"), {"Access-Control-Allow-Headers", "*"}}, patched("GET", {{"Authorization", "x"}}), Why::HeaderNotAllowed);
        row("C10 not a method", {allow("*"), {"Access-Control-Allow-Methods", "PUT, a b"}}, patched("PUT"), Why::InvalidAllowMethods);
        row("C11 case of a method", {allow("*"), {"Access-Control-Allow-Methods", "PATCH"}}, patched("patch"), Why::MethodNotAllowed);
        row("C14 not a header name", {allow("*"), {"Access-Control-Allow-Headers", "x-a, b c"}}, patched("GET", {{"X-A", "1"}}), Why::InvalidAllowHeaders);
        row("D1 asked to log in", {allow(origin)}, patched("DELETE"), Why::PreflightStatusNotOk, 401);
        row("D2 no OPTIONS here", {allow(origin)}, patched("DELETE"), Why::PreflightStatusNotOk, 405);
        row("D6 sent elsewhere", {allow(origin), {"Location", "/login"}}, patched("DELETE"), Why::PreflightStatusNotOk, 302);
        row("D7 an error", {allow(origin)}, patched("DELETE"), Why::PreflightStatusNotOk, 500);
    }
    void whatDoesNotWorkIsBlockedForItsReason()
    {
        QFETCH(HeaderList, headers);
        QFETCH(FetchCall, call);
        QFETCH(int, preflightStatus);
        QFETCH(Whys, why);
        Scenario scenario;
        scenario.pages = {honestPage()};
        scenario.servers = {answering(headers, preflightStatus)};
        scenario.actions = {SendAction{"www", call}};
        const auto trace = runInProcess(scenario);
        QVERIFY(trace.ok());
        const auto& blocked = trace->lastSend()->blocked;
        QCOMPARE(blocked ? whyId(blocked->why) : QByteArray("allowed"), why ? whyId(*why) : QByteArray("allowed"));
    }

    void whatLetsStrangersInIsFound_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QList<Kind>>("strangers");
        const auto row = [](const char* name, const char* pattern, QList<Kind> strangers) {
            QTest::newRow(name) << QString::fromLatin1(pattern) << strangers;
        };
        const QList<Kind> everybody{Kind::OtherSite, Kind::Null, Kind::HttpTwin, Kind::SuffixLookAlike, Kind::PrefixLookAlike, Kind::OtherPort, Kind::Subdomain};
        row("one exact origin", "https://www\\.example\\.com", {});
        row("B1, B2 reflects any", ".*", everybody);
        row("B3 begins with it", "https://www\\.example\\.com.*", {Kind::SuffixLookAlike, Kind::OtherPort});
        row("B4 ends with it", "https://.*www\\.example\\.com", {Kind::PrefixLookAlike, Kind::Subdomain});
        row("B7 not anchored", ".*www\\.example\\.com.*", {Kind::HttpTwin, Kind::SuffixLookAlike, Kind::PrefixLookAlike, Kind::OtherPort, Kind::Subdomain});
        row("A12, B11 null", "https://www\\.example\\.com|null", {Kind::Null});
        row("B12 any subdomain", "https://(.+\\.)?www\\.example\\.com", {Kind::Subdomain});
        row("B13 the http twin", "https?://www\\.example\\.com", {Kind::HttpTwin});
        row("B15 any port", "https://www\\.example\\.com(:\\d+)?", {Kind::OtherPort});
    }
    void whatLetsStrangersInIsFound()
    {
        QFETCH(QString, pattern);
        QFETCH(QList<Kind>, strangers);
        Scenario scenario;
        scenario.pages = {honestPage()};
        scenario.servers = {matching(pattern)};
        QList<int> expected;
        for (const auto kind : strangers)
            expected.append(int(kind));
        std::sort(expected.begin(), expected.end());
        const auto openings = advise::readers(scenario, honestPage(), get(), {});
        QCOMPARE(kinds(openings), expected);
        QVERIFY(std::any_of(openings.begin(), openings.end(), [](const auto& o) { return o.withCredentials; }) || expected.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSecurityRules)
#include "tst_securityrules.moc"

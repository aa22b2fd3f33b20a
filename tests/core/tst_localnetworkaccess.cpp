#include "tests/core/ScriptedNetwork.h"
#include "core/backend/ServerConfig.h"
#include "core/fetch/LocalNetworkAccess.h"

#include <QTest>

using namespace corscope;

namespace {

class SpacedNetwork : public ScriptedNetwork
{
public:
    AddressSpace space = AddressSpace::Loopback;
    std::optional<AddressSpace> addressSpace(const Url&) override { return space; }
};

struct LocalBench
{
    PageConfig page;
    Browser browser;
    SpacedNetwork network;
    Recorder recorder;

    LocalBench()
    {
        page.id = "app";
        page.scheme = "https";
        page.host = "app.test";
        page.port = 443;
        page.addressSpace = "public";
    }
    SendOutcome fetch(QByteArray url, QByteArray method = "GET", QByteArray targetAddressSpace = {})
    {
        auto call = Bench::call(std::move(url), std::move(method));
        call.targetAddressSpace = std::move(targetAddressSpace);
        network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "*"}});
        network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        return fetchMethod(page, call, browser, network, recorder);
    }
};

} // namespace

class tst_LocalNetworkAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesTellTheirSpace_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("space");
        const auto row = [](QByteArray host, QByteArray space) { QTest::newRow(host.constData()) << host << space; };
        row("127.0.0.1", "loopback");
        row("127.255.255.255", "loopback");
        row("[::1]", "loopback");
        row("[::ffff:7f00:1]", "loopback");
        row("10.1.2.3", "local");
        row("172.16.0.1", "local");
        row("172.31.255.255", "local");
        row("172.32.0.1", "public");
        row("192.168.1.1", "local");
        row("192.169.1.1", "public");
        row("169.254.1.1", "local");
        row("100.64.0.1", "local");
        row("100.128.0.1", "public");
        row("0.0.0.0", "local");
        row("[fd00::1]", "local");
        row("[fe80::1]", "local");
        row("[::ffff:a00:1]", "local");
        row("[2001:db8::1]", "public");
        row("192.0.2.1", "public");
        row("localhost", "");
        row("router.local", "");
        row("[::2]", "public");
        row("[::1:1]", "public");
        row("[::1:0:1]", "public");
        row("[::1", ""); // neither of these is an address
        row("[fe80::1%25eth0]", "");
    }
    void addressesTellTheirSpace()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, space);
        const auto found = addressSpaceOfHost(host);
        QCOMPARE(found ? toBytes(*found) : QByteArray(), space);
    }

    void aServerIsWhereItSaysOrWhereItsAddressIs()
    {
        ServerConfig server;
        server.host = "intranet.test";
        QCOMPARE(server.effectiveAddressSpace(), AddressSpace::Loopback);
        server.host = "192.168.1.1";
        QCOMPARE(server.effectiveAddressSpace(), AddressSpace::Local);
        server.addressSpace = AddressSpace::Public;
        QCOMPARE(server.effectiveAddressSpace(), AddressSpace::Public);
    }

    void whoMayReachWhat_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("permission");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char* reason, QByteArray scheme, QByteArray page, QByteArray server, QByteArray permission,
                            QByteArray target, QByteArray why) {
            QTest::newRow(reason) << scheme << page << server << permission << target << why;
        };
        row("everything on this machine", "http", "loopback", "loopback", "denied", "", "none");
        row("outwards", "http", "loopback", "public", "denied", "", "none");
        row("public to public", "http", "public", "public", "denied", "", "none");
        row("public to loopback, granted", "https", "public", "loopback", "granted", "", "none");
        row("public to loopback, denied", "https", "public", "loopback", "denied", "", "local-network-permission");
        row("public to loopback, nobody answered", "https", "public", "loopback", "prompt", "", "local-network-permission");
        row("public to local, denied", "https", "public", "local", "denied", "", "local-network-permission");
        row("local to loopback, denied", "https", "local", "loopback", "denied", "", "local-network-permission");
        row("an insecure page, granted even so", "http", "public", "loopback", "granted", "", "insecure-local-network");
        row("the space that was announced", "https", "public", "loopback", "granted", "loopback", "none");
        row("announced, and denied", "https", "public", "loopback", "denied", "loopback", "local-network-permission");
        row("another space than announced", "https", "public", "loopback", "granted", "local", "target-address-space");
        row("another than announced comes first", "http", "public", "loopback", "denied", "local", "target-address-space");
        row("announced, no more private than the page", "https", "local", "local", "denied", "local", "none");
        row("announced by an insecure page, no more private", "http", "local", "local", "denied", "local", "none");
        row("announced, less private than the page", "https", "loopback", "local", "denied", "local", "none");
        row("public announces nothing", "https", "public", "loopback", "granted", "public", "none");
        row("no such space", "https", "public", "loopback", "granted", "private", "invalid-request");
    }
    void whoMayReachWhat()
    {
        QFETCH(QByteArray, scheme);
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, permission);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, why);
        LocalBench bench;
        bench.page.scheme = scheme;
        bench.page.addressSpace = page;
        bench.page.localNetworkAccess = permission;
        bench.network.space = *addressSpaceFromBytes(server);
        const auto outcome = bench.fetch("https://api.test/", "GET", target);
        QCOMPARE(whyOf(outcome.blocked), why);
        QCOMPARE(bench.network.sent.empty(), why != "none");
    }

    void notEvenAPreflightIsSent()
    {
        LocalBench bench;
        const auto outcome = bench.fetch("https://api.test/", "PUT");
        QCOMPARE(whyOf(outcome.blocked), QByteArray("local-network-permission"));
        QVERIFY(bench.network.sent.empty());
        QCOMPARE(outcome.preflight, SendOutcome::Preflight::NotReached);
        bench.page.localNetworkAccess = "granted";
        QVERIFY(bench.fetch("https://api.test/", "PUT").allowed());
        for (const auto& sent : bench.network.sent) // the header of the days before
            QVERIFY(!sent.request.headers.contains("Access-Control-Request-Private-Network"));
    }

    void aSecurePageReachesItsOwnOrigin()
    {
        LocalBench bench;
        bench.page.localNetworkAccess = "denied";
        QVERIFY(bench.fetch("https://app.test/x").allowed());
    }

    void announcingLiftsMixedContentButNotThePermission()
    {
        LocalBench bench;
        bench.network.space = AddressSpace::Local;
        bench.page.localNetworkAccess = "granted";
        QCOMPARE(whyOf(bench.fetch("http://printer.test/").blocked), QByteArray("mixed-content"));
        QCOMPARE(whyOf(bench.fetch("http://printer.test/", "GET", "public").blocked), QByteArray("mixed-content"));
        QVERIFY(bench.fetch("http://printer.test/", "GET", "local").allowed());
        bench.page.localNetworkAccess = "denied";
        QCOMPARE(whyOf(bench.fetch("http://printer.test/", "GET", "local").blocked), QByteArray("local-network-permission"));
    }

    void onlyLocalAddressesMayBeInsecure()
    {
        Request request;
        QVERIFY(!mayBeInsecureOnLocalNetwork(request));
        request.targetAddressSpace = AddressSpace::Public;
        QVERIFY(!mayBeInsecureOnLocalNetwork(request));
        for (const auto space : {AddressSpace::Local, AddressSpace::Loopback}) {
            request.targetAddressSpace = space;
            QVERIFY(mayBeInsecureOnLocalNetwork(request));
        }
    }

    void enginesDiffer_data()
    {
        QTest::addColumn<QByteArray>("profile");
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("permission");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char* reason, QByteArray profile, QByteArray scheme, QByteArray permission, QByteArray target, QByteArray why) {
            QTest::newRow(reason) << profile << scheme << permission << target << why;
        };
        row("chromium goes by the draft", "chromium", "http", "granted", "", "insecure-local-network");
        row("firefox waits", "firefox", "https", "prompt", "", "local-network-prompt");
        row("firefox waits for insecure pages too", "firefox", "http", "prompt", "", "local-network-prompt");
        row("firefox takes no for an answer", "firefox", "https", "denied", "", "local-network-permission");
        row("firefox lets an insecure page go on", "firefox", "http", "granted", "", "none");
        row("firefox knows no announcements", "firefox", "https", "granted", "local", "none");
        row("webkit asks nobody", "webkit", "https", "denied", "", "none");
        row("webkit reads over what it does not know", "webkit", "https", "denied", "private", "none");
    }
    void enginesDiffer()
    {
        QFETCH(QByteArray, profile);
        QFETCH(QByteArray, scheme);
        QFETCH(QByteArray, permission);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, why);
        LocalBench bench;
        bench.browser.profile = Profile::named(profile);
        bench.page.scheme = scheme;
        bench.page.localNetworkAccess = permission;
        QCOMPARE(whyOf(bench.fetch("https://api.test/", "GET", target).blocked), why);
    }

    void localAddressesNeedNotBeAnnounced_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("by number") << QByteArray("http://192.168.1.1/");
        QTest::newRow("by name") << QByteArray("http://printer.local/");
        QTest::newRow("by a name from the root") << QByteArray("http://printer.local./");
    }
    void localAddressesNeedNotBeAnnounced()
    {
        QFETCH(QByteArray, url);
        LocalBench bench;
        bench.network.space = AddressSpace::Local;
        bench.page.localNetworkAccess = "granted";
        QVERIFY(bench.fetch(url).allowed());
    }
};

QTEST_GUILESS_MAIN(tst_LocalNetworkAccess)
#include "tst_localnetworkaccess.moc"

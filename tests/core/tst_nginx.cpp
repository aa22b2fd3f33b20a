#include "core/backend/Server.h"
#include "core/backend/directives/NginxConfig.h"
#include "core/backend/directives/NginxSyntax.h"

#include <QTest>

using namespace corscope;

namespace {

ServerConfig server(const QByteArray& text, const QString& upstream = QStringLiteral("answers"))
{
    const QJsonObject settings{{QStringLiteral("config"), QString::fromUtf8(text)}, {QStringLiteral("upstream"), upstream}};
    return {"api", "http", "localhost", 5000, {{"cors", "nginx", {}, true, settings}},
            {{"GET", "/a", 200, {{"X-App", "1"}}, "a", {}, false},
             {"GET", "/b/c", 200, {}, "b", {}, false},
             {"GET", "/fails", 200, {}, {}, {}, true}}};
}

ResponseMessage ask(const QByteArray& text, const QByteArray& target = "/a", HeaderList headers = {},
                    const QByteArray& method = "GET", const QByteArray& body = {})
{
    auto made = Server::create(server(text));
    if (!made)
        qFatal("%s", qUtf8Printable(made.error().sentence()));
    return (*made)->handle({method, target, std::move(headers), body}, Clock::start, Recorder::silent()).response;
}

} // namespace

class NginxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textBecomesDirectives()
    {
        const auto read = parseNginx("# note\na 'b c' \"d\\\"e\" f\\;g; x { y ${z}{w; }");
        QVERIFY(!read); // "{w" opens a block that nothing closes
        const auto good = parseNginx("# note\na 'b c' \"d\\\"e\" ~^h\\.t$;\nx ( $u ) { y ${z}w; }");
        QVERIFY2(good.ok(), qUtf8Printable(good.ok() ? QString() : good.error().sentence()));
        QCOMPARE(good->size(), size_t(2));
        QCOMPARE(good->at(0).arguments, (QList<QByteArray>{"b c", "d\"e", "~^h\\.t$"}));
        QCOMPARE(good->at(1).line, 3);
        QCOMPARE(good->at(1).block[0].arguments, QList<QByteArray>{"${z}w"});
    }

    void whatIsWrongIsNamedAtItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("found");
        QTest::newRow("unknown directive") << QByteArray("add_header A b;\n  add_heder C d;") << "line 2, column 3"
                                           << "\"add_heder\"";
        QTest::newRow("not allowed here") << QByteArray("server {\n if ($http_origin) { add_header A b; }\n}")
                                          << "line 2, column 22" << "\"add_header\"";
        QTest::newRow("no semicolon") << QByteArray("add_header A b") << "line 1, column 15" << "the end of the text";
        QTest::newRow("brace too many") << QByteArray("return 204; }") << "line 1, column 13" << "\"}\"";
        QTest::newRow("open quote") << QByteArray("add_header A 'b;") << "line 1, column 17" << "the end of the text";
        QTest::newRow("unknown variable") << QByteArray("add_header A $cors;") << "line 1, column 1" << "$cors";
        QTest::newRow("bad pattern") << QByteArray("if ($http_origin ~ 'a(') { return 204; }") << "line 1, column 1"
                                     << "\"a(\"";
        QTest::newRow("bad condition") << QByteArray("if $http_origin { return 204; }") << "line 1, column 1"
                                       << "\"$http_origin\"";
        QTest::newRow("bad status") << QByteArray("return 1000;") << "line 1, column 1" << "\"1000\"";
        QTest::newRow("third argument") << QByteArray("add_header A b alwys;") << "line 1, column 1" << "\"alwys\"";
        QTest::newRow("header name") << QByteArray("add_header 'A b' c;") << "line 1, column 1" << "\"A b\"";
        QTest::newRow("options of headers-more") << QByteArray("more_set_headers -s 404 'A: b';") << "line 1, column 1" << "\"-s\"";
        QTest::newRow("no name before the colon") << QByteArray("more_set_headers ': b';") << "line 1, column 1" << "\": b\"";
        QTest::newRow("unknown variable to the application") << QByteArray("proxy_set_header A $cors;") << "line 1, column 1" << "$cors";
        QTest::newRow("no network") << QByteArray("allow somewhere;") << "line 1, column 1" << "\"somewhere\"";
        QTest::newRow("modifier of a location") << QByteArray("location ~! /a { }") << "line 1, column 1" << "\"~!\"";
        QTest::newRow("pattern of a location") << QByteArray("location ~ a( { }") << "line 1, column 1" << "\"a(\"";
        QTest::newRow("no size") << QByteArray("client_max_body_size much;") << "line 1, column 1" << "\"much\"";
        QTest::newRow("a size beyond reason") << QByteArray("client_max_body_size 99999999g;") << "line 1, column 1" << "\"99999999g\"";
        QTest::newRow("a map in a location") << QByteArray("location / { map $a $b { } }") << "line 1, column 14" << "\"map\"";
        QTest::newRow("a server in a location") << QByteArray("location / { server { } }") << "line 1, column 14" << "\"server\"";
        QTest::newRow("include cannot be read") << QByteArray("include cors.conf;") << "line 1, column 1" << "\"include\"";
    }
    void whatIsWrongIsNamedAtItsPlace()
    {
        QFETCH(QByteArray, text);
        const auto read = NginxConfig::read(text);
        QVERIFY(!read);
        QTEST(read.error().where, "where");
        QTEST(read.error().found, "found");
    }

    void wholeFilesServersAndSnippetsAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray header = "add_header X-Here yes;";
        QTest::newRow("in a location") << header;
        QTest::newRow("a location") << QByteArray("location /a { " + header + " }");
        QTest::newRow("a server") << QByteArray("server { listen 80; " + header + " }");
        QTest::newRow("a file") << QByteArray("events {} http { server { location / { " + header + " } } }");
    }
    void wholeFilesServersAndSnippetsAreRead()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(ask(text).headers.get("X-Here"), QByteArray("yes"));
    }

    void locationsAreChosenAsNginxDoes_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("exact before all") << QByteArray("/a") << QByteArray("exact");
        QTest::newRow("longest prefix") << QByteArray("/b/c?q") << QByteArray("prefix");
        QTest::newRow("pattern before prefix") << QByteArray("/b/c.png") << QByteArray("pattern");
        QTest::newRow("unless the prefix says so") << QByteArray("/s/c.png") << QByteArray("final");
        QTest::newRow("nothing else") << QByteArray("/z") << QByteArray("root");
    }
    void locationsAreChosenAsNginxDoes()
    {
        QFETCH(QByteArray, target);
        const QByteArray text = "location / { return 200 root; } location = /a { return 200 exact; }"
                                "location /b { return 200 short; } location /b/c { return 200 prefix; }"
                                "location ^~ /s { return 200 final; } location ~* \\.PNG$ { return 200 pattern; }";
        QTEST(ask(text, target).body, "chosen");
    }

    void oneListOfHeadersHidesThoseFurtherOut()
    {
        const auto answer = ask("server { add_header A 1; location / { add_header B 2; } location /b { } }");
        QVERIFY(!answer.headers.contains("A"));
        QCOMPARE(ask("server { add_header A 1; location / { } }").headers.get("A"), QByteArray("1"));
    }

    void lastTrueIfIsTheLevelThatCounts()
    {
        const QByteArray text = "add_header Outer 1; if ($http_origin) { add_header First 1; }"
                                "if ($request_method = GET) { add_header Second 1; }";
        const auto answer = ask(text, "/a", {{"Origin", "http://page.test"}});
        QVERIFY(!answer.headers.contains("Outer"));
        QVERIFY(!answer.headers.contains("First"));
        QVERIFY(answer.headers.contains("Second"));
    }

    void capturesAndVariablesBecomeValues()
    {
        const QByteArray text = "set $o none; if ($http_origin ~ '^https://(.*)\\.test$') { set $o $1; }"
                                "add_header X-Origin \"${o}-$request_method\" always;";
        QCOMPARE(ask(text, "/a", {{"Origin", "https://shop.test"}}).headers.get("X-Origin"), QByteArray("shop-GET"));
        QCOMPARE(ask(text).headers.get("X-Origin"), QByteArray("none-GET"));
    }

    void variablesTellOfTheRequest_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a cookie") << QByteArray("$cookie_sid") << QByteArray("42");
        QTest::newRow("all cookies") << QByteArray("$http_cookie") << QByteArray("a=b; sid=42");
        QTest::newRow("no such cookie") << QByteArray("-$cookie_other-") << QByteArray("--");
        QTest::newRow("an argument") << QByteArray("$arg_y") << QByteArray("2");
        QTest::newRow("no such argument") << QByteArray("-$arg_z-") << QByteArray("--");
        QTest::newRow("all arguments") << QByteArray("$is_args$args") << QByteArray("?x=1&y=2");
        QTest::newRow("the path") << QByteArray("$uri") << QByteArray("/a");
        QTest::newRow("path and query") << QByteArray("$request_uri") << QByteArray("/a?x=1&y=2");
        QTest::newRow("the line") << QByteArray("$request") << QByteArray("GET /a?x=1&y=2 HTTP/1.1");
        QTest::newRow("the protocol") << QByteArray("$server_protocol") << QByteArray("HTTP/1.1");
        QTest::newRow("address of the server") << QByteArray("$scheme://$host:$server_port") << QByteArray("http://localhost:5000");
        QTest::newRow("its name") << QByteArray("$server_name") << QByteArray("localhost");
        QTest::newRow("no TLS") << QByteArray("-$https-") << QByteArray("--");
        QTest::newRow("the client") << QByteArray("$remote_addr") << QByteArray("127.0.0.1");
        QTest::newRow("clients on the way") << QByteArray("$proxy_add_x_forwarded_for") << QByteArray("10.0.0.1, 127.0.0.1");
        QTest::newRow("type of the body") << QByteArray("$content_type") << QByteArray("text/plain");
        QTest::newRow("the application's header") << QByteArray("$upstream_http_x_app") << QByteArray("1");
        QTest::newRow("a header of the answer") << QByteArray("$sent_http_x_app") << QByteArray("1");
        QTest::newRow("its status") << QByteArray("$status") << QByteArray("200");
    }
    void variablesTellOfTheRequest()
    {
        QFETCH(QByteArray, variable);
        const HeaderList headers{{"Host", "LOCALHOST:5000"}, {"Cookie", "a=b; sid=42"}, {"X-Forwarded-For", "10.0.0.1"},
                                 {"Content-Type", "text/plain"}};
        QTEST(ask("add_header X-Value \"" + variable + "\";", "/a?x=1&y=2", headers).headers.get("X-Value").value_or("missing"), "value");
    }

    void networksAreLetInOrNot_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        QTest::newRow("this machine") << QByteArray("allow 127.0.0.1; deny all;") << 200;
        QTest::newRow("its network") << QByteArray("deny 127.0.0.0/8;") << 403;
        QTest::newRow("another network") << QByteArray("allow 10.0.0.0/8; deny all;") << 403;
        QTest::newRow("by IPv6 alone") << QByteArray("deny ::1;") << 200;
        QTest::newRow("the first that fits") << QByteArray("allow all; deny all;") << 200;
    }
    void networksAreLetInOrNot()
    {
        QFETCH(QByteArray, text);
        QTEST(ask(text).status, "status");
    }

    void bodiesBeyondTheLimitAreRefused()
    {
        const auto answer = ask("client_max_body_size 3;", "/a", {}, "GET", "four");
        QCOMPARE(answer.status, 413);
        QCOMPARE(ask("client_max_body_size 1k;", "/a", {}, "GET", "four").status, 200);
    }

    void hiddenAndReplacedHeadersOfTheApplication()
    {
        QVERIFY(!ask("proxy_hide_header x-app;").headers.contains("X-App"));
        QCOMPARE(ask("more_set_headers 'X-App: 2';").headers.values("X-App"), QList<QByteArray>{"2"});
        QCOMPARE(ask("add_header X-App 2;").headers.values("X-App"), (QList<QByteArray>{"1", "2"}));
    }

    void exceptionsEndAtTheApplicationsServer()
    {
        const auto answer = ask("add_header Access-Control-Allow-Origin *; add_header X-Always 1 always;", "/fails");
        QCOMPARE(answer.status, 500);
        QVERIFY(!answer.headers.contains("Access-Control-Allow-Origin"));
        QVERIFY(answer.headers.contains("X-Always"));
    }
};

QTEST_APPLESS_MAIN(NginxTest)
#include "tst_nginx.moc"

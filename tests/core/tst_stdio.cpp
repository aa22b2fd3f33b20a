#include "core/network/LiveBackend.h"
#include "tests/core/Servers.h"
#include "tests/core/StdioDriver.h"

#include <QTemporaryDir>

#include <brotli/encode.h>
#include <future>
#include <zlib.h>

using namespace corscope::testing;
using Answer = ByteServer::Answer;

namespace {

const QByteArray cors = "Access-Control-Allow-Origin: *\r\n";

QByteArray okay(const QByteArray& body, const QByteArray& headers = cors, const QByteArray& status = "200 OK")
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

ByteServer::Handler always(const QByteArray& bytes)
{
    return [bytes](const QByteArray&, const QByteArray&) { return Answer{bytes}; };
}

/// Zlib's deflate with the wrapping that `windowBits` stands for.
QByteArray deflated(const QByteArray& bytes, int windowBits)
{
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(bytes.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray brotlied(const QByteArray& bytes)
{
    QByteArray out(qsizetype(BrotliEncoderMaxCompressedSize(size_t(bytes.size()))), '\0');
    auto size = size_t(out.size());
    BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, size_t(bytes.size()), reinterpret_cast<const uint8_t*>(bytes.constData()),
                          &size, reinterpret_cast<uint8_t*>(out.data()));
    out.truncate(qsizetype(size));
    return out;
}

/// JSON is easier to read here with single quotes.
QByteArray quoted(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(quoted(text)).object();
}

QString text(const QJsonObject& object, const char* key)
{
    return object[QLatin1String(key)].toString();
}

QByteArray body(const QJsonObject& result)
{
    return QByteArray::fromBase64(text(result, "body").toLatin1());
}

QByteArray textJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

bool hasHeader(const QJsonObject& result, const QString& name, const QString& value)
{
    return result[QStringLiteral("headers")].toArray().contains(QJsonArray{name, value});
}

QJsonObject cookieCall(const QString& cookie = {})
{
    QJsonObject message{{QStringLiteral("client"), StdioProgram::client()}};
    if (!cookie.isEmpty())
        message[QStringLiteral("cookie")] = cookie;
    return message;
}

} // namespace

class TestStdio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // NB: that program waits ten seconds for what never comes; meanwhile the others have their turn.
    void initTestCase() { m_longWait = std::async(std::launch::async, endWhileAFetchNeverComes); }
    void cleanupTestCase() { m_common.reset(); }

    void helloNamesProgramAndProtocol()
    {
        StdioProgram program;
        const auto result = program.call("hello", json("{'protocol':1}"));
        QCOMPARE(result[QStringLiteral("protocol")].toInt(), 1);
        QCOMPARE(text(result, "name"), QStringLiteral("corscope"));
        QVERIFY(!text(result, "version").isEmpty());
        QCOMPARE(program.end(), 0);
    }

    void whatCannotBeCarriedOutIsAFault_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("unknown command") << quoted("'cmd':'fecth'") << QStringLiteral("unknown cmd \"fecth\"");
        QTest::newRow("no command") << quoted("'x':1") << QStringLiteral("cmd: expected");
        QTest::newRow("another protocol") << quoted("'cmd':'hello','protocol':2") << QStringLiteral("protocol: expected");
        QTest::newRow("host beyond loopback") << quoted("'cmd':'configure','hosts':[['a.test','10.0.0.1']]") << QStringLiteral("hosts[0]: expected a loopback address");
        QTest::newRow("host without address") << quoted("'cmd':'configure','hosts':[['a.test']]") << QStringLiteral("hosts[0]: expected [pattern, loopback address]");
        QTest::newRow("no such CA file") << quoted("'cmd':'configure','caFile':'/nowhere.pem'") << QStringLiteral("caFile: expected");
        QTest::newRow("unknown part") << quoted("'cmd':'reset','only':['history']") << QStringLiteral("only[0]: expected");
        QTest::newRow("no request") << quoted("'cmd':'fetch'") << QStringLiteral("request: expected an object");
        QTest::newRow("no client") << quoted("'cmd':'fetch','request':{'url':'http://a.test/'}") << QStringLiteral("request.client: expected an object");
        QTest::newRow("relative URL") << quoted("'cmd':'fetch','request':{'client':{'origin':'null','url':'about:blank'},'url':'/x'}") << QStringLiteral("request.url: expected an absolute URL");
        QTest::newRow("unknown mode") << quoted("'cmd':'fetch','request':{'client':{'origin':'null','url':'about:blank'},'url':'http://a.test/','mode':'navigate'}") << QStringLiteral("request.mode: expected one of");
        QTest::newRow("forbidden method") << quoted("'cmd':'fetch','request':{'client':{'origin':'null','url':'about:blank'},'url':'http://a.test/','method':'TRACE'}") << QStringLiteral("request.method: expected");
        QTest::newRow("body not base64") << quoted("'cmd':'fetch','request':{'client':{'origin':'null','url':'about:blank'},'url':'http://a.test/','body':'a'}") << QStringLiteral("request.body: expected base64");
        QTest::newRow("header beyond bytes") << QByteArray("\"cmd\":\"fetch\",\"request\":{\"client\":{\"origin\":\"null\",\"url\":\"about:blank\"},\"url\":\"http://a.test/\",\"headers\":[[\"X\",\"\xc4\x80\"]]}") << QStringLiteral("request.headers[0][1]: expected a byte string");
        QTest::newRow("no target") << quoted("'cmd':'abort'") << QStringLiteral("target: expected");
    }
    void whatCannotBeCarriedOutIsAFault()
    {
        QFETCH(QByteArray, message);
        QFETCH(QString, sentence);
        auto& program = common();
        const int id = ++m_ownId;
        program.write("{\"id\":" + QByteArray::number(id) + ',' + message + '}');
        QVERIFY2(program.fault(id).startsWith(sentence), qPrintable(program.fault(id)));
        QVERIFY2(program.call("hello", json("{'protocol':1}")).contains(QStringLiteral("name")), "the session goes on");
    }

    void lineWithoutIdIsAFaultWithoutId_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("{oops");
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no id") << quoted("{'cmd':'state'}");
        QTest::newRow("id is text") << quoted("{'id':'seven','cmd':'state'}");
        QTest::newRow("id is a fraction") << quoted("{'id':1.5,'cmd':'state'}");
    }
    void lineWithoutIdIsAFaultWithoutId()
    {
        QFETCH(QByteArray, line);
        StdioProgram program;
        program.write(line);
        const auto reply = program.stray();
        QVERIFY(reply[QStringLiteral("id")].isNull());
        QVERIFY(reply.contains(QStringLiteral("fault")));
    }

    void unknownFieldsArePassedOver()
    {
        StdioProgram program;
        QVERIFY(program.reply(program.send("configure", json("{'colour':'red'}"))).contains(QStringLiteral("result")));
    }

    void responseIsFilteredAsScriptSeesIt()
    {
        ByteServer server(always(okay("hi", cors + "X-Hidden: 1\r\nContent-Type: text/plain\r\nSet-Cookie: a=1\r\n")));
        auto& program = common();
        const auto result = program.fetch(server.url(QStringLiteral("/x#part")));
        QCOMPARE(text(result, "type"), QStringLiteral("cors"));
        QCOMPARE(result[QStringLiteral("status")].toInt(), 200);
        QCOMPARE(text(result, "statusText"), QStringLiteral("OK"));
        QCOMPARE(text(result, "url"), server.url(QStringLiteral("/x")));
        QCOMPARE(result[QStringLiteral("redirected")].toBool(), false);
        QCOMPARE(body(result), QByteArray("hi"));
        QVERIFY(hasHeader(result, QStringLiteral("Content-Type"), QStringLiteral("text/plain")));
        QVERIFY(!textJson(result).contains("Hidden"));
        QVERIFY(!textJson(result).contains("Cookie"));
        const auto opaque = program.fetch(server.url(QStringLiteral("/x")), {{QStringLiteral("mode"), QStringLiteral("no-cors")}});
        QCOMPARE(textJson(opaque), quoted("{'body':null,'headers':[],'redirected':false,'status':0,'statusText':'','type':'opaque','url':''}"));
    }

    void corsFailureIsAResult()
    {
        ByteServer server(always(okay("hi", {})));
        auto& program = common();
        const auto result = program.fetch(server.url(QStringLiteral("/")));
        QCOMPARE(text(result, "type"), QStringLiteral("error"));
        QCOMPARE(text(result, "reason"), QStringLiteral("missing-allow-origin"));
        QVERIFY(!text(result, "message").isEmpty());
    }

    void onlyLoopbackIsReached_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("reason");
        QTest::newRow("name without pattern") << QStringLiteral("http://example.com/") << QStringLiteral("name-not-resolved");
        QTest::newRow("the bare suffix") << QStringLiteral("http://test/") << QStringLiteral("name-not-resolved");
        QTest::newRow("address elsewhere") << QStringLiteral("http://192.0.2.1/") << QStringLiteral("name-not-resolved");
        QTest::newRow("every address of this machine") << QStringLiteral("http://0.0.0.0/") << QStringLiteral("name-not-resolved");
        QTest::newRow("nothing listens") << QStringLiteral("http://api.test:9/") << QStringLiteral("bad-port");
        QTest::newRow("another scheme") << QStringLiteral("gopher://api.test/") << QStringLiteral("scheme-not-supported");
    }
    void onlyLoopbackIsReached()
    {
        QFETCH(QString, url);
        QFETCH(QString, reason);
        auto& program = common();
        QCOMPARE(text(program.fetch(url), "reason"), reason);
    }

    void namesLeadToLoopbackAndStayThemselves()
    {
        ByteServer server(always(okay("hi")));
        StdioProgram program;
        program.call("configure", json("{'hosts':[['one.example','127.0.0.1'],['*.deep.example','127.0.0.1']]}"));
        for (const char* host : {"one.example", "a.deep.example", "b.a.deep.example", "localhost", "x.localhost", "127.0.0.1"}) {
            QCOMPARE(body(program.fetch(server.url(QStringLiteral("/"), QString::fromLatin1(host)))), QByteArray("hi"));
            const QByteArray expected = QByteArray("\r\nHost: ") + host + ':' + QByteArray::number(server.port()) + "\r\n";
            QVERIFY(server.heads().last().contains(expected));
        }
        QCOMPARE(text(program.fetch(server.url(QStringLiteral("/"), QStringLiteral("deep.example"))), "reason"), QStringLiteral("name-not-resolved"));
        program.configure();
        QCOMPARE(text(program.fetch(server.url(QStringLiteral("/"), QStringLiteral("one.example"))), "reason"), QStringLiteral("name-not-resolved"));
    }

    void bytesGoThroughUnchanged()
    {
        ByteServer server([](const QByteArray& head, const QByteArray& body) {
            const auto at = head.indexOf("X-Bytes: ") + 9;
            const auto value = head.mid(at, head.indexOf("\r\n", at) - at);
            return Answer{head.startsWith("OPTIONS") ? okay({}, cors + "Access-Control-Allow-Headers: *\r\n")
                                                     : okay(body, cors + "Access-Control-Expose-Headers: *\r\nX-Echo: " + value + "\r\n", "200 \xc3\xa9\xff")};
        });
        auto& program = common();
        const QString bytes = QStringLiteral("\u00c3\u00a9 \u0080\u00ff\u0001");
        const auto result = program.fetch(server.url(QStringLiteral("/")),
                                          {{QStringLiteral("method"), QStringLiteral("POST")},
                                           {QStringLiteral("headers"), QJsonArray{QJsonValue(QJsonArray{QStringLiteral("X-Bytes"), bytes})}},
                                           {QStringLiteral("body"), QStringLiteral("AP+AYQ==")}});
        QVERIFY2(hasHeader(result, QStringLiteral("X-Echo"), bytes), textJson(result));
        QCOMPARE(text(result, "statusText"), QStringLiteral("\u00c3\u00a9\u00ff"));
        QCOMPARE(body(result), QByteArray("\0\xff\x80\x61", 4));
    }

    void emptyBodyIsNotNoBody()
    {
        ByteServer server(always(okay({})));
        auto& program = common();
        program.fetch(server.url(QStringLiteral("/")), json("{'method':'POST','body':''}"));
        QVERIFY(server.heads().last().contains("\r\nContent-Length: 0\r\n"));
        const auto result = program.fetch(server.url(QStringLiteral("/")), json("{'body':null}"));
        QVERIFY(!server.heads().last().contains("Content-Length"));
        QVERIFY(result[QStringLiteral("body")].isString());
        QVERIFY(program.fetch(server.url(QStringLiteral("/")), json("{'method':'HEAD'}"))[QStringLiteral("body")].isNull());
    }

    void slowFetchHoldsUpNobody()
    {
        ByteServer server([](const QByteArray& head, const QByteArray&) {
            return Answer{okay("hi"), head.contains("/slow") ? 1500 : 0};
        });
        auto& program = common();
        QElapsedTimer timer;
        timer.start();
        QList<int> slow;
        for (int i = 0; i < 30; ++i)
            slow.append(program.sendFetch(server.url(QStringLiteral("/slow"))));
        QCOMPARE(body(program.fetch(server.url(QStringLiteral("/fast")))), QByteArray("hi"));
        QVERIFY2(timer.elapsed() < 1400, "the fast one waited for a slow one");
        for (const int id : slow)
            QCOMPARE(body(program.result(id)), QByteArray("hi"));
        QVERIFY2(timer.elapsed() < 6000, "the slow ones waited for each other");
    }

    void abortAnswersAtOnce()
    {
        ByteServer server([](const QByteArray&, const QByteArray&) { return Answer{okay("hi"), 8000}; });
        StdioProgram program;
        program.configure();
        QElapsedTimer timer;
        timer.start();
        const int fetch = program.sendFetch(server.url(QStringLiteral("/")));
        const int abort = program.send("abort", {{QStringLiteral("target"), fetch}});
        QCOMPARE(textJson(program.result(fetch)), quoted("{'reason':'aborted','type':'error'}"));
        QVERIFY(program.reply(abort).contains(QStringLiteral("result")));
        QVERIFY(timer.elapsed() < 3000);
        QVERIFY2(program.reply(program.send("abort", {{QStringLiteral("target"), fetch}})).contains(QStringLiteral("result")), "too late is no fault");
        QCOMPARE(program.end(4000), 0);
        QCOMPARE(program.order().count(fetch), 1);
    }

    void resetAbortsWhatIsInFlightAndForgets()
    {
        ByteServer server([](const QByteArray& head, const QByteArray&) {
            return Answer{okay("hi", cors + "Access-Control-Allow-Methods: PUT\r\n"), head.contains("/slow") ? 8000 : 0};
        });
        auto& program = common();
        program.call("cookie-set", cookieCall(QStringLiteral("a=1")));
        program.fetch(server.url(QStringLiteral("/")), json("{'method':'PUT'}"));
        auto state = program.call("state");
        QCOMPARE(state[QStringLiteral("cookies")].toArray().size(), 1);
        QCOMPARE(text(state[QStringLiteral("preflightCache")][0].toObject(), "method"), QStringLiteral("PUT"));

        program.call("reset", json("{'only':['preflight']}"));
        state = program.call("state");
        QCOMPARE(state[QStringLiteral("cookies")].toArray().size(), 1);
        QCOMPARE(state[QStringLiteral("preflightCache")].toArray().size(), 0);

        const int slow = program.sendFetch(server.url(QStringLiteral("/slow")));
        program.call("reset");
        QCOMPARE(text(program.result(slow), "reason"), QStringLiteral("aborted"));
        QCOMPARE(program.call("state")[QStringLiteral("cookies")].toArray().size(), 0);
        QCOMPARE(body(program.fetch(server.url(QStringLiteral("/")))), QByteArray("hi")); // the hosts are still known
    }

    void messagesTakeEffectInOrder()
    {
        ByteServer server([](const QByteArray&, const QByteArray&) { return Answer{okay("hi"), 100}; });
        auto& program = common();
        const auto origin = server.url(QString());
        QJsonObject cookie{{QStringLiteral("client"), StdioProgram::client(origin)}, {QStringLiteral("cookie"), QStringLiteral("a=1")}};
        QJsonObject fetch{{QStringLiteral("client"), StdioProgram::client(origin)}};
        program.send("cookie-set", cookie);
        const int first = program.sendFetch(origin + QStringLiteral("/first"), fetch);
        cookie[QStringLiteral("cookie")] = QStringLiteral("a=2");
        program.send("cookie-set", cookie);
        program.result(first);
        QVERIFY2(server.heads().last().contains("\r\nCookie: a=1\r\n"), server.heads().last());
    }

    void cookiesOfScript()
    {
        ByteServer server(always(okay("hi", "Set-Cookie: http=1; HttpOnly\r\nSet-Cookie: seen=1\r\n")));
        auto& program = common();
        const auto origin = server.url(QString());
        const QJsonObject page{{QStringLiteral("client"), StdioProgram::client(origin)}};
        program.fetch(origin + QStringLiteral("/"), page);
        QCOMPARE(text(program.call("cookie-get", page), "cookie"), QStringLiteral("seen=1"));
        auto set = page;
        set[QStringLiteral("cookie")] = QStringLiteral("seen=; max-age=0; path=/");
        program.call("cookie-set", set);
        set[QStringLiteral("cookie")] = QStringLiteral("b=\u00c3\u00a9");
        program.call("cookie-set", set);
        QCOMPARE(text(program.call("cookie-get", page), "cookie"), QStringLiteral("b=\u00c3\u00a9"));
        program.fetch(origin + QStringLiteral("/"), page);
        QVERIFY2(server.heads().last().contains("\r\nCookie: http=1; b=\xc3\xa9\r\n"), server.heads().last());
    }

    void opaquePageSendsNullAndHasNoCookies()
    {
        ByteServer server(always(okay("hi")));
        auto& program = common();
        const auto client = json("{'client':{'origin':'null','url':'about:srcdoc'}}");
        QCOMPARE(text(program.fetch(server.url(QStringLiteral("/")), client), "type"), QStringLiteral("cors"));
        QVERIFY(server.heads().last().contains("\r\nOrigin: null\r\n"));
        QCOMPARE(text(program.call("cookie-get", client), "cookie"), QString());
    }

    void traceShowsTheWireInOrder()
    {
        ByteServer server(always(okay("hi", cors + "Access-Control-Allow-Methods: PUT\r\nX-Hidden: 1\r\n")));
        auto& program = common();
        const auto put = json("{'method':'PUT','trace':true}");
        auto trace = program.fetch(server.url(QStringLiteral("/")), put)[QStringLiteral("trace")].toArray();
        QCOMPARE(trace.size(), 2);
        QCOMPARE(text(trace[0].toObject(), "kind"), QStringLiteral("preflight"));
        QCOMPARE(text(trace[0].toObject(), "method"), QStringLiteral("OPTIONS"));
        QCOMPARE(text(trace[1].toObject(), "kind"), QStringLiteral("request"));
        QCOMPARE(text(trace[1].toObject(), "verdict"), QStringLiteral("ok"));
        QVERIFY(trace[1][QStringLiteral("responseHeaders")].toArray().contains(QJsonArray{QStringLiteral("X-Hidden"), QStringLiteral("1")}));
        QCOMPARE(trace[1][QStringLiteral("status")].toInt(), 200);
        trace = program.fetch(server.url(QStringLiteral("/")), put)[QStringLiteral("trace")].toArray();
        QCOMPARE(trace.size(), 2);
        QCOMPARE(textJson(trace[0].toObject()), quoted("{'hit':true,'kind':'preflight-cache'}"));
        trace = program.fetch(server.url(QStringLiteral("/")), json("{'method':'DELETE','trace':true}"))[QStringLiteral("trace")].toArray();
        QCOMPARE(text(trace[0].toObject(), "verdict"), QStringLiteral("method-not-allowed"));
        QVERIFY(!program.fetch(server.url(QStringLiteral("/"))).contains(QStringLiteral("trace")));
    }

    void bodiesAreDecoded_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("packed");
        QTest::addColumn<bool>("ok");
        const QByteArray plain = QByteArray("All work and no play. ").repeated(5000);
        QTest::newRow("gzip") << QByteArray("gzip") << deflated(plain, MAX_WBITS + 16) << true;
        QTest::newRow("gzip under its old name") << QByteArray("X-GZip") << deflated(plain, MAX_WBITS + 16) << true;
        QTest::newRow("two gzip files in one") << QByteArray("gzip") << QByteArray(deflated(plain.first(100), MAX_WBITS + 16) + deflated(plain.sliced(100), MAX_WBITS + 16)) << true;
        QTest::newRow("deflate as the RFC means it") << QByteArray("deflate") << deflated(plain, MAX_WBITS) << true;
        QTest::newRow("deflate without wrapping") << QByteArray("deflate") << deflated(plain, -MAX_WBITS) << true;
        QTest::newRow("brotli") << QByteArray("br") << brotlied(plain) << true;
        QTest::newRow("one in the other") << QByteArray("br, gzip") << deflated(brotlied(plain), MAX_WBITS + 16) << true;
        QTest::newRow("unknown") << QByteArray("rot13") << plain << true;
        QTest::newRow("not gzip at all") << QByteArray("gzip") << plain << false;
        QTest::newRow("cut gzip") << QByteArray("gzip") << deflated(plain, MAX_WBITS + 16).chopped(20) << false;
        QTest::newRow("not brotli at all") << QByteArray("br") << plain << false;
    }
    void bodiesAreDecoded()
    {
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, packed);
        QFETCH(bool, ok);
        ByteServer server(always(okay(packed, cors + "Content-Encoding: " + coding + "\r\n")));
        auto& program = common();
        const auto result = program.fetch(server.url(QStringLiteral("/")));
        QCOMPARE(result[QStringLiteral("bodyError")].toBool(), !ok);
        QCOMPARE(result[QStringLiteral("status")].toInt(), 200);
        if (ok)
            QCOMPARE(body(result), QByteArray("All work and no play. ").repeated(5000));
        QVERIFY(server.heads().last().contains("\r\nAccept-Encoding: gzip, deflate\r\n"));
    }

    void brokenBodyIsNotANetworkError_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("shorter than said") << QByteArray("HTTP/1.1 200 OK\r\n" + cors + "Content-Length: 10\r\n\r\nhalf");
        QTest::newRow("cut between chunks") << QByteArray("HTTP/1.1 200 OK\r\n" + cors + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        QTest::newRow("no chunk") << QByteArray("HTTP/1.1 200 OK\r\n" + cors + "Transfer-Encoding: chunked\r\n\r\nzzz\r\n");
    }
    void brokenBodyIsNotANetworkError()
    {
        QFETCH(QByteArray, answer);
        ByteServer server([&](const QByteArray&, const QByteArray&) { return Answer{answer, 0, true}; });
        auto& program = common();
        const auto result = program.fetch(server.url(QStringLiteral("/")));
        QCOMPARE(text(result, "type"), QStringLiteral("cors"));
        QCOMPARE(result[QStringLiteral("bodyError")].toBool(), true);
    }

    void wholeBodies_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray ok = "HTTP/1.1 200 OK\r\n" + cors;
        QTest::newRow("until the end") << QByteArray(ok + "Connection: close\r\n\r\nwhole");
        QTest::newRow("in chunks") << QByteArray(ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nwho\r\n2;x=y\r\nle\r\n0\r\nTrailer: 1\r\n\r\n");
        QTest::newRow("after interim responses") << QByteArray("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 Go\r\n\r\n" + okay("whole"));
        QTest::newRow("bare line feeds") << QByteArray("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\nwhole");
        QTest::newRow("length said twice") << okay("whole", cors + "Content-Length: 5,5\r\n");
        QTest::newRow("length that is none") << QByteArray(ok + "Content-Length: some\r\n\r\nwhole");
    }
    void wholeBodies()
    {
        QFETCH(QByteArray, answer);
        ByteServer server([&](const QByteArray&, const QByteArray&) { return Answer{answer, 0, true}; });
        auto& program = common();
        QCOMPARE(body(program.fetch(server.url(QStringLiteral("/")))), QByteArray("whole"));
    }

    void certificatesAreTrustedAsConfigured()
    {
        using namespace corscope;
        QTemporaryDir directory;
        LiveBackend::Options options{PortPolicy::Free, [] { return Clock::start; }, directory.path()};
        const auto live = LiveBackend::start(backendOf({serverConfig("api", "https", "api.test", 4443)}), options);
        QVERIFY(live.ok());
        const auto authority = CertificateAuthority::open(directory.path());
        QVERIFY(authority.ok());
        const auto url = QStringLiteral("https://api.test:%1/empty").arg((*live)->servers().front()->port());
        const auto outcome = [&](const QJsonObject& more) {
            StdioProgram program;
            auto configuration = json("{'hosts':[['api.test','127.0.0.1']]}");
            for (auto it = more.begin(); it != more.end(); ++it)
                configuration[it.key()] = it.value();
            program.call("configure", configuration);
            const auto result = program.fetch(url, json("{'mode':'no-cors'}"));
            return QString(text(result, "type") + text(result, "reason"));
        };
        QCOMPARE(outcome({}), QStringLiteral("errortls-failure"));
        QCOMPARE(outcome(json("{'ignoreCertErrors':true}")), QStringLiteral("opaque"));
        QCOMPARE(outcome({{QStringLiteral("caFile"), (*authority)->certificateFile()}}), QStringLiteral("opaque"));
    }

    void preflightBodyIsNotWaitedFor()
    {
        ByteServer server([](const QByteArray& head, const QByteArray&) {
            if (!head.startsWith("OPTIONS"))
                return Answer{okay("hi")};
            return Answer{"HTTP/1.1 200 OK\r\n" + cors + "Access-Control-Allow-Methods: PUT\r\nContent-Length: 5\r\n\r\n", 0, true, 5000};
        });
        auto& program = common();
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(body(program.fetch(server.url(QStringLiteral("/")), json("{'method':'PUT'}"))), QByteArray("hi"));
        QVERIFY(timer.elapsed() < 4000);
    }

    void streamForcesAPreflight()
    {
        ByteServer server(always(okay("hi", {})));
        auto& program = common();
        program.fetch(server.url(QStringLiteral("/")), json("{'method':'POST','body':'aGk=','bodyIsStream':true}"));
        QVERIFY(server.heads().first().startsWith("OPTIONS"));
    }

    void connectionsAreUsedAgain()
    {
        ByteServer server(always(okay("hi")));
        auto& program = common();
        for (int i = 0; i < 5; ++i)
            QCOMPARE(body(program.fetch(server.url(QStringLiteral("/")))), QByteArray("hi"));
        QCOMPARE(server.connections(), 1);
        program.call("reset", json("{'only':['connections']}"));
        program.fetch(server.url(QStringLiteral("/")));
        QCOMPARE(server.connections(), 2);
    }

    void staleConnectionIsReplaced()
    {
        std::atomic<int> requests = 0;
        ByteServer server([&](const QByteArray&, const QByteArray&) {
            return ++requests == 2 ? Answer{{}, 0, true} : Answer{okay("hi")};
        });
        auto& program = common();
        program.fetch(server.url(QStringLiteral("/")));
        QCOMPARE(body(program.fetch(server.url(QStringLiteral("/")))), QByteArray("hi"));
        QCOMPARE(server.connections(), 2);
    }

    void permissionsExpireInRealTime()
    {
        ByteServer server(always(okay("hi", cors + "Access-Control-Allow-Methods: PUT\r\nAccess-Control-Max-Age: 1\r\n")));
        auto& program = common();
        const auto put = json("{'method':'PUT'}");
        program.fetch(server.url(QStringLiteral("/")), put);
        program.fetch(server.url(QStringLiteral("/")), put);
        QCOMPARE(server.heads().size(), 3);
        QTest::qWait(1100);
        program.fetch(server.url(QStringLiteral("/")), put);
        QCOMPARE(server.heads().size(), 5);
    }

    void endOfInputWaitsForWhatIsInFlight()
    {
        ByteServer server([](const QByteArray&, const QByteArray&) { return Answer{okay("hi"), 700}; });
        StdioProgram program;
        program.configure();
        const int fetch = program.sendFetch(server.url(QStringLiteral("/")));
        QCOMPARE(program.end(), 0);
        QCOMPARE(body(program.result(fetch)), QByteArray("hi"));
    }

    void endOfInputWaitsTenSecondsAtMost()
    {
        const auto end = m_longWait.get();
        QCOMPARE(end.exitCode, 0);
        QVERIFY(end.milliseconds >= 9000);
        QCOMPARE(end.reason, QStringLiteral("aborted"));
    }

private:
    struct End
    {
        int exitCode;
        qint64 milliseconds; ///< after the end of input
        QString reason;      ///< said of the fetch that was in flight
    };
    static End endWhileAFetchNeverComes()
    {
        ByteServer server([](const QByteArray&, const QByteArray&) { return Answer{okay("hi"), 60000}; });
        StdioProgram program;
        program.configure();
        const int fetch = program.sendFetch(server.url(QStringLiteral("/")));
        QElapsedTimer timer;
        timer.start();
        const int code = program.end(20000);
        return {code, timer.elapsed(), text(program.result(fetch), "reason")};
    }
    /// One program for all claims that do not need one of their own, as good as new each time: starting it costs more
    /// than most of them.
    StdioProgram& common()
    {
        if (!m_common)
            m_common = std::make_unique<StdioProgram>();
        m_common->call("reset");
        m_common->configure();
        return *m_common;
    }

    std::unique_ptr<StdioProgram> m_common;
    int m_ownId = 100000; ///< beyond those that the driver gives
    std::future<End> m_longWait;
};

QTEST_MAIN(TestStdio)
#include "tst_stdio.moc"

#include "core/http/Codec.h"

#include <QSet>
#include <QTest>

using namespace corscope;

namespace {

const QByteArray putItem = "PUT /items/1?x=1 HTTP/1.1\r\nHost: localhost:5000\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\n"
                           "Content-Length: 5\r\n\r\nhello";

struct Parsed
{
    ParseState state;
    ParseError error;
    RequestMessage message;
    QByteArray leftover;
    bool operator==(const Parsed&) const = default;
};

Parsed parseRequest(const QByteArray& bytes, qsizetype piece, ParseLimits limits = {})
{
    RequestParser parser(limits);
    for (qsizetype i = 0; i < bytes.size() && parser.state() != ParseState::Failed; i += piece)
        parser.feed(QByteArrayView(bytes).sliced(i, std::min(piece, bytes.size() - i)));
    return {parser.state(), parser.error(),
            parser.state() == ParseState::Complete ? parser.message() : RequestMessage(),
            parser.state() == ParseState::Complete ? parser.leftover() : QByteArray()};
}

ResponseParser parseResponse(const QByteArray& bytes, QByteArrayView method = "GET", qsizetype piece = 1 << 20)
{
    ResponseParser parser(method);
    for (qsizetype i = 0; i < bytes.size(); i += piece)
        parser.feed(QByteArrayView(bytes).sliced(i, std::min(piece, bytes.size() - i)));
    return parser;
}

} // namespace

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestIsReadWhole()
    {
        const auto parsed = parseRequest(putItem, putItem.size());
        QCOMPARE(parsed.state, ParseState::Complete);
        const RequestMessage expected{"PUT", "/items/1?x=1",
            {{"Host", "localhost:5000"}, {"X-B", "1"}, {"x-a", "2"}, {"X-B", "3"}, {"Content-Length", "5"}}, "hello"};
        QVERIFY(parsed.message == expected);
    }

    void serializedBytesComeBackAsTheyWere()
    {
        const auto parsed = parseRequest(putItem, putItem.size());
        QCOMPARE(serialize(parsed.message), putItem);
        const QByteArray response = "HTTP/1.1 404 Not Found\r\nZ: 1\r\na: 2\r\nSet-Cookie: x\r\nZ: 3\r\n"
                                    "set-cookie: y\r\ncontent-length: 2\r\n\r\nhi";
        QCOMPARE(serialize(parseResponse(response).message()), response);
    }

    void piecesDoNotMatter_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\n";
        QTest::newRow("content-length") << putItem;
        QTest::newRow("no body") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QTest::newRow("no headers, HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n");
        QTest::newRow("chunked") << head + "Transfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n5;a=b\r\npedia\r\n0\r\n\r\n";
        QTest::newRow("chunked, empty") << head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        QTest::newRow("chunked, empty, trailer") << head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n";
        QTest::newRow("chunked, trailer")
            << head + "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\nGET";
        QTest::newRow("folded header") << head + "X: a\r\n  b\r\n\r\n";
        QTest::newRow("leftover") << putItem + putItem;
        QTest::newRow("empty lines in front") << QByteArray("\r\n\r\n") + putItem;
        QTest::newRow("bare line feeds") << QByteArray("GET / HTTP/1.1\nHost: a\n\n");
        QTest::newRow("bare line feeds in header") << head + "X: 1\n\n";
        QTest::newRow("bad chunk") << head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
        QTest::newRow("TLS handshake") << QByteArray::fromHex("16030100c8010000c40303");
        QTest::newRow("bad header name") << head + "X Y: 1\r\n\r\n";
    }
    void piecesDoNotMatter()
    {
        QFETCH(QByteArray, bytes);
        const auto whole = parseRequest(bytes, bytes.size());
        QVERIFY(whole.state != ParseState::NeedMore);
        for (const qsizetype piece : {1, 2, 3, 7, 16})
            QVERIFY2(parseRequest(bytes, piece) == whole, QByteArray::number(piece));
    }

    void chunkedBodyIsDecoded()
    {
        const auto parsed = parseRequest("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                         "4\r\nwiki\r\n5;a=b\r\npedia\r\n0\r\nX-Trailer: 1\r\n\r\n", 1);
        QCOMPARE(parsed.message.body, "wikipedia");
        QVERIFY(!parsed.message.headers.contains("X-Trailer"));
    }

    void chunksAreNeverTakenForTheBody_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("body"); // null: refused
        const QByteArray raw = "2\r\nhi\r\n0\r\n\r\n";
        QTest::newRow("chunked") << QByteArray("Chunked") << QByteArray("hi");
        QTest::newRow("behind an empty one") << QByteArray(", chunked") << QByteArray("hi");
        QTest::newRow("behind another") << QByteArray("gzip, chunked") << QByteArray("hi");
        QTest::newRow("behind one with a parameter") << QByteArray("gzip;level=9, chunked") << QByteArray();
        QTest::newRow("in front of an empty one") << QByteArray("chunked,") << QByteArray("hi");
        QTest::newRow("with a parameter, which says nothing") << QByteArray("chunked;x=y") << QByteArray("hi");
        QTest::newRow("in front of a sign of no token") << QByteArray("chunked>") << QByteArray();
        QTest::newRow("another alone runs until the end") << QByteArray("gzip") << raw;
        QTest::newRow("another with a parameter, too") << QByteArray("gzip;level=9") << raw;
    }
    void chunksAreNeverTakenForTheBody()
    {
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, body);
        auto parser = parseResponse("HTTP/1.1 200 OK\r\ntransfer-encoding: " + coding + "\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
        parser.eof();
        QCOMPARE(parser.state(), body.isNull() ? ParseState::Failed : ParseState::Complete);
        QCOMPARE(parser.error(), body.isNull() ? ParseError::BadTransferEncoding : ParseError::None);
        if (!body.isNull())
            QCOMPARE(parser.message().body, body);
    }

    void everyErrorHasItsOwnName()
    {
        QSet<QByteArray> ids;
        for (int i = 0; i <= int(ParseError::Incomplete); ++i)
            ids.insert(parseErrorId(ParseError(i)));
        QCOMPARE(ids.size(), int(ParseError::Incomplete) + 1);
        QCOMPARE(parseErrorId(ParseError::None), "");
        QCOMPARE(parseErrorId(ParseError::Incomplete), "incomplete");
    }

    void malformedRequestFails_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ParseError>("error");
        const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\n";
        QTest::newRow("no method") << QByteArray(" / HTTP/1.1\r\n\r\n") << ParseError::BadStartLine;
        QTest::newRow("space in target") << QByteArray("GET /a b HTTP/1.1\r\n\r\n") << ParseError::BadVersion;
        QTest::newRow("HTTP/2") << QByteArray("GET / HTTP/2.0\r\n\r\n") << ParseError::BadVersion;
        QTest::newRow("space before colon") << head + "X : 1\r\n\r\n" << ParseError::BadHeader;
        QTest::newRow("no colon") << head + "nonsense\r\n\r\n" << ParseError::BadHeader;
        QTest::newRow("control character in value") << head + "X: a\x01\r\n\r\n" << ParseError::BadHeader;
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\nX: 1\r\n\r\n") << ParseError::MissingHost;
        QTest::newRow("length is no number") << head + "Content-Length: x\r\n\r\n" << ParseError::BadContentLength;
        QTest::newRow("two lengths") << head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"
                                     << ParseError::BadContentLength;
        QTest::newRow("length and chunked")
            << head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n" << ParseError::BadTransferEncoding;
        QTest::newRow("unknown coding")
            << head + "Transfer-Encoding: gzip\r\n\r\n" << ParseError::BadTransferEncoding;
        QTest::newRow("coding that is no token")
            << head + "Transfer-Encoding: gzip x, chunked\r\n\r\n" << ParseError::BadTransferEncoding;
        QTest::newRow("bare line feed ends the header") << QByteArray("GET / HTTP/1.1\r\n\n") << ParseError::BadHeader;
        QTest::newRow("chunk size is no number")
            << head + "Transfer-Encoding: chunked\r\n\r\nxx\r\n" << ParseError::BadChunk;
    }
    void malformedRequestFails()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(ParseError, error);
        const auto parsed = parseRequest(bytes, 1);
        QCOMPARE(parsed.state, ParseState::Failed);
        QCOMPARE(parseErrorId(parsed.error), parseErrorId(error));
    }

    void limitsAreKeptToTheByte_data()
    {
        QTest::addColumn<qsizetype>("piece");
        QTest::newRow("byte by byte") << qsizetype(1);
        QTest::newRow("one piece") << qsizetype(1 << 20);
    }
    void limitsAreKeptToTheByte()
    {
        QFETCH(qsizetype, piece);
        const auto headerSize = putItem.size() - 5;
        QCOMPARE(parseRequest(putItem, piece, {headerSize, 5}).state, ParseState::Complete);
        QCOMPARE(parseRequest(putItem, piece, {headerSize - 1, 5}).error, ParseError::HeaderTooLarge);
        QCOMPARE(parseRequest(putItem, piece, {headerSize, 4}).error, ParseError::BodyTooLarge);
        QCOMPARE(parseRequest(QByteArray(200, 'A'), piece, {100, 5}).error, ParseError::HeaderTooLarge);
        const QByteArray chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        QCOMPARE(parseRequest(chunked + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n", piece, {1000, 5}).error,
                 ParseError::BodyTooLarge);
        QCOMPARE(parseRequest(chunked + "3;" + QByteArray(2000, 'x'), piece, {1000, 5}).state, ParseState::Failed);
    }

    void pipelinedRequestsFollowOneAnother()
    {
        RequestParser parser;
        const QByteArray bytes = putItem + "GET /second HTTP/1.1\r\nHost: a\r\n\r\nGET /thi";
        QCOMPARE(parser.feed(bytes), ParseState::Complete);
        QCOMPARE(parser.message().body, "hello");
        QVERIFY(parser.leftover().startsWith("GET /second"));
        QCOMPARE(parser.next(), ParseState::Complete);
        QCOMPARE(parser.message().target, "/second");
        QCOMPARE(parser.next(), ParseState::NeedMore);
        QVERIFY(parser.started());
        QCOMPARE(parser.feed("rd HTTP/1.1\r\nHost: a\r\n\r\n"), ParseState::Complete);
        QCOMPARE(parser.message().target, "/third");
        QCOMPARE(parser.next(), ParseState::NeedMore);
        QVERIFY(!parser.started());
    }

    void clientThatWaitsForContinueIsNoticed()
    {
        RequestParser parser;
        parser.feed("POST / HTTP/1.1\r\nHost: a\r\nexpect: 100-Continue\r\ncontent-length: 2\r\n");
        QVERIFY(!parser.expectsContinue());
        QCOMPARE(parser.feed("\r\n"), ParseState::NeedMore);
        QVERIFY(parser.expectsContinue());
        QCOMPARE(parser.feed("ok"), ParseState::Complete);
    }

    void onlyThatExpectationCounts_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("expects");
        QTest::newRow("that one") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n") << true;
        QTest::newRow("another") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n") << false;
        QTest::newRow("none") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\n") << false;
        QTest::newRow("HTTP/1.0 knows none") << QByteArray("POST / HTTP/1.0\r\nExpect: 100-continue\r\n") << false;
    }
    void onlyThatExpectationCounts()
    {
        QFETCH(QByteArray, header);
        RequestParser parser;
        QCOMPARE(parser.feed(QByteArray(header + "content-length: 2\r\n\r\n")), ParseState::NeedMore);
        QTEST(parser.expectsContinue(), "expects");
    }

    void nothingIsKeptBeforeTheHeaderHasCome()
    {
        RequestParser request;
        QVERIFY(!request.started());
        request.feed("GET / HTTP/1.1\r\nHost: a\r\n");
        QVERIFY(request.started());
        QVERIFY(!request.keepAlive());
        ResponseParser response("GET");
        QVERIFY(!response.started());
        response.feed("HTT");
        QVERIFY(response.started());
        QVERIFY(!response.keepAlive());
        response.feed("P/1.1 200 OK\r\n");
        QVERIFY(response.started());
        QVERIFY(!response.keepAlive());
        response.feed("content-length: 0\r\n\r\n");
        QVERIFY(response.keepAlive());
    }

    void connectionIsKeptAsTheVersionSays_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("kept");
        QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << true;
        QTest::newRow("1.1, close") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nconnection: Close\r\n\r\n") << false;
        QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
        QTest::newRow("1.0, keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
    }
    void connectionIsKeptAsTheVersionSays()
    {
        QFETCH(QByteArray, bytes);
        RequestParser parser;
        QCOMPARE(parser.feed(bytes), ParseState::Complete);
        QTEST(parser.keepAlive(), "kept");
    }

    void responseWithoutBodyEndsAtTheHeader_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("statusLine");
        QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray("HTTP/1.1 200 OK\r\n");
        QTest::newRow("204") << QByteArray("GET") << QByteArray("HTTP/1.1 204 No Content\r\n");
        QTest::newRow("304") << QByteArray("GET") << QByteArray("HTTP/1.1 304 Not Modified\r\n");
    }
    void responseWithoutBodyEndsAtTheHeader()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, statusLine);
        for (const qsizetype piece : {1, 1000}) {
            auto parser = parseResponse(statusLine + "content-length: 7\r\n\r\n", method, piece);
            QCOMPARE(parser.state(), ParseState::Complete);
            QCOMPARE(parser.message().body, QByteArray());
            QCOMPARE(parser.message().headers.get("Content-Length").value_or("none"), "7");
            QVERIFY(parser.keepAlive());
        }
    }

    void bodyWithoutLengthRunsUntilTheEnd()
    {
        auto parser = parseResponse("HTTP/1.1 200 OK\r\nA: b\r\n\r\npart one, ", "GET", 1);
        QCOMPARE(parser.feed("part two"), ParseState::NeedMore);
        QVERIFY(!parser.keepAlive());
        QCOMPARE(parser.eof(), ParseState::Complete);
        QCOMPARE(parser.message().body, "part one, part two");
    }

    void earlyEndIsIncomplete_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("status line") << QByteArray("HTTP/1.1 200 OK\r\n");
        QTest::newRow("header") << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\n");
        QTest::newRow("body") << QByteArray("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabcd");
        QTest::newRow("chunk") << QByteArray("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n");
    }
    void earlyEndIsIncomplete()
    {
        QFETCH(QByteArray, bytes);
        auto parser = parseResponse(bytes);
        QCOMPARE(parser.state(), ParseState::NeedMore);
        QCOMPARE(parser.eof(), ParseState::Failed);
        QCOMPARE(parser.error(), ParseError::Incomplete);
    }

    void interimResponsesArePassedOver()
    {
        const QByteArray bytes = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                 "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 404 N";
        for (const qsizetype piece : {1, 1000}) {
            auto parser = parseResponse(bytes, "GET", piece);
            QCOMPARE(parser.state(), ParseState::Complete);
            QCOMPARE(parser.message().status, 200);
            QCOMPARE(parser.message().headers.size(), 1);
            QCOMPARE(parser.leftover(), "HTTP/1.1 404 N");
        }
    }

    void switchingProtocolsIsNoInterimResponse()
    {
        QCOMPARE(parseResponse("HTTP/1.1 099 X\r\n\r\n").message().status, 99); // nor is this
        auto parser = parseResponse("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nbytes of x");
        QCOMPARE(parser.message().status, 101);
        QCOMPARE(parser.message().headers.get("Upgrade"), "x");
    }

    void notHttpIsNoticedAtOnce()
    {
        QCOMPARE(parseResponse("SSH-2.0").error(), ParseError::BadStartLine);
        QCOMPARE(parseResponse("HT").state(), ParseState::NeedMore);
        QCOMPARE(parseResponse(QByteArray::fromHex("1503")).error(), ParseError::BadStartLine);
    }

    void emptyReasonIsKeptEmpty()
    {
        const QByteArray bytes = "HTTP/1.1 299 \r\ncontent-length: 0\r\n\r\n";
        QCOMPARE(serialize(parseResponse(bytes).message()), bytes);
    }

    void serializableIsWhatTheParserReadsBack_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("plain") << QByteArray("X") << QByteArray("a, b");
        QTest::newRow("empty") << QByteArray("X") << QByteArray();
        QTest::newRow("bytes above ASCII") << QByteArray("X") << QByteArray("\xc3\xa4\xff");
        QTest::newRow("tab inside") << QByteArray("X") << QByteArray("a\tb");
        QTest::newRow("line feed") << QByteArray("X") << QByteArray("a\nb");
        QTest::newRow("header injected") << QByteArray("X") << QByteArray("a\r\nY: b");
        QTest::newRow("NUL") << QByteArray("X") << QByteArray("a\0b", 3);
        QTest::newRow("control") << QByteArray("X") << QByteArray("a\x1f");
        QTest::newRow("DEL") << QByteArray("X") << QByteArray("a\x7f");
        QTest::newRow("space in name") << QByteArray("X Y") << QByteArray("a");
        QTest::newRow("no name") << QByteArray() << QByteArray("a");
        const QByteArray twenty(20, 'x');
        QTest::newRow("long") << QByteArray("X") << twenty;
        QTest::newRow("long, control in front") << QByteArray("X") << '\x01' + twenty;
        QTest::newRow("long, control at the end") << QByteArray("X") << twenty + '\x01';
        QTest::newRow("long, tab near the end") << QByteArray("X") << twenty + "\tx";
        QTest::newRow("long, DEL near the end") << QByteArray("X") << twenty + "\x7fx";
        QTest::newRow("long, bytes above ASCII at the end") << QByteArray("X") << twenty + "\xa0\xff";
    }
    void serializableIsWhatTheParserReadsBack()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const ResponseMessage message{200, "OK", {{name, value}, {"content-length", "0"}}, {}};
        auto parser = parseResponse(serialize(message));
        QCOMPARE(isSerializable(message), parser.state() == ParseState::Complete && parser.message() == message);
    }

    void statusLineIsSerializableIfItIsReadBack_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<bool>("serializable");
        const auto row = [](const char* name, int status, const char* reason, bool serializable) {
            QTest::newRow(name) << status << QByteArray(reason) << serializable;
        };
        row("usual", 200, "OK", true);
        row("no phrase", 200, "", true);
        row("largest status", 999, "X", true);
        row("interim response is passed over", 199, "X", false);
        row("status of two digits", 99, "X", false);
        row("status of four digits", 1000, "X", false);
        row("phrase with a line end", 200, "OK\r\nX: y", false);
        row("phrase with a control byte", 200, "O\x01K", false);
        row("phrase beyond ASCII", 200, "\xc3\xa9", true);
    }
    void statusLineIsSerializableIfItIsReadBack()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        QFETCH(bool, serializable);
        const ResponseMessage message{status, reason, {{"content-length", "0"}}, {}};
        const auto parser = parseResponse(serialize(message));
        QCOMPARE(isSerializable(message), serializable);
        QCOMPARE(parser.state() == ParseState::Complete && parser.message() == message, serializable);
    }

    void startLineErrorIsKnownWithoutTheBytes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("hasHost");
        QTest::addColumn<ParseError>("error");
        const auto row = [](const char* name, const char* method, const char* target, ParseError error, bool hasHost = true) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(target) << hasHost << error;
        };
        row("fine", "GET", "/", ParseError::None);
        row("method of one's own", "Unicorn", "/", ParseError::None);
        row("no method", "", "/", ParseError::BadStartLine);
        row("method that is no token", "G\"T", "/", ParseError::BadStartLine);
        row("no target", "GET", "", ParseError::BadStartLine);
        row("control byte in the target", "GET", "/a\x01", ParseError::BadStartLine);
        row("tab in the target", "GET", "/a\tb", ParseError::BadStartLine);
        row("blank in the target", "GET", "/a b", ParseError::BadVersion);
        row("no host", "GET", "/", ParseError::MissingHost, false);
    }
    void startLineErrorIsKnownWithoutTheBytes()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(bool, hasHost);
        QFETCH(ParseError, error);
        const RequestMessage message{method, target, {{hasHost ? "Host" : "X", "a"}}, {}};
        const auto bytes = serialize(message);
        QCOMPARE(parseErrorId(parseErrorOf(message)), parseErrorId(error));
        QCOMPARE(parseErrorId(parseRequest(bytes, bytes.size()).error), parseErrorId(error));
    }

    void errorIsKnownWithoutTheBytes_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("fine") << QByteArray("/a?b") << QByteArray("X") << QByteArray("a");
        QTest::newRow("control in value") << QByteArray("/") << QByteArray("X") << QByteArray("a\x02");
        QTest::newRow("bad name") << QByteArray("/") << QByteArray("X:Y") << QByteArray("\x01");
        QTest::newRow("exactly the limit") << QByteArray("/") << QByteArray("X") << QByteArray(170, 'x');
        QTest::newRow("one byte above") << QByteArray("/") << QByteArray("X") << QByteArray(171, 'x');
    }
    void errorIsKnownWithoutTheBytes()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const RequestMessage message{"GET", target, {{"Host", "a"}, {name, value}}, {}};
        const ParseLimits limits{202, 5};
        const auto bytes = serialize(message);
        const auto parsed = parseRequest(bytes, bytes.size(), limits);
        QCOMPARE(parseErrorId(parseErrorOf(message, limits)), parseErrorId(parsed.error));
        QCOMPARE(parsed.state == ParseState::Complete, parsed.error == ParseError::None);
    }
};

QTEST_APPLESS_MAIN(TestCodec)
#include "tst_codec.moc"

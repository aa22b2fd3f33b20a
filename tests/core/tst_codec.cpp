#include "core/http/Codec.h"

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
    }
    void serializableIsWhatTheParserReadsBack()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const ResponseMessage message{200, "OK", {{name, value}, {"content-length", "0"}}, {}};
        auto parser = parseResponse(serialize(message));
        QCOMPARE(isSerializable(message), parser.state() == ParseState::Complete && parser.message() == message);
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

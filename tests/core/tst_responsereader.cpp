#include "core/http/ResponseReader.h"

#include <QTest>

using namespace corscope;

namespace {

struct Read
{
    ParseState state;
    ParseError error;
    ResponseMessage message;
    bool keepAlive;
    bool operator==(const Read&) const = default;
};

/// \param closes whether the server closes the connection behind the bytes.
Read read(const QByteArray& bytes, bool closes = true, QByteArrayView method = "GET", ParseLimits limits = {},
          qsizetype piece = 1 << 20)
{
    ResponseReader reader(method, limits);
    for (qsizetype i = 0; i < bytes.size() && reader.state() == ParseState::NeedMore; i += piece)
        reader.feed(QByteArrayView(bytes).sliced(i, std::min(piece, bytes.size() - i)));
    if (closes)
        reader.eof();
    const bool isComplete = reader.state() == ParseState::Complete;
    return {reader.state(), reader.error(), isComplete ? reader.message() : ResponseMessage(), reader.keepAlive()};
}

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

} // namespace

/// Reading a response as browsers read it. Start lines, lone carriage returns and lengths as the web platform's tests have
/// them (fetch/h1-parsing, fetch/content-length).
class TestResponseReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startLineIsReadAsBrowsersReadIt_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status"); // -1: not HTTP
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* line, int status, const char* reason = "") {
            QTest::newRow(name) << QByteArray(line) << status << QByteArray(reason);
        };
        row("as it should be", "HTTP/1.1 404 Not Found", 404, "Not Found");
        row("without a phrase", "HTTP/1.1 200", 200);
        row("with an empty phrase", "HTTP/1.1 200 ", 200);
        row("phrase of the server's own", "HTTP/1.1 999 DOES IT MATTER", 999, "DOES IT MATTER");
        row("status of one digit", "HTTP/1.1 1 OK", 1, "OK");
        row("status of two digits", "HTTP/1.1 99 NOT OK", 99, "NOT OK");
        row("status below 100", "HTTP/1.1 099 HELLO", 99, "HELLO");
        row("status of four digits", "HTTP/1.1 1000 BOO", -1);
        row("status of six digits", "HTTP/1.1 131072 HI", -1);
        row("no status", "HTTP/1.1 ", -1);
        row("phrase instead of a status", "HTTP/1.1 BLAH", -1);
        row("letter behind the status", "HTTP/1.1 200x OK", -1);
        row("version without a digit", "HTTP/1.x 200 OK", -1);
        row("version of two digits", "HTTP/1.10 200 OK", -1);
        row("carriage return in place of a blank", "HTTP/1.1\r200 OK", -1);
        row("HTTP/2", "HTTP/2.0 200 OK", -1);
        row("another protocol", "SSH-2.0-OpenSSH", -1);
    }
    void startLineIsReadAsBrowsersReadIt()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(line + "\r\ncontent-length: 0\r\n\r\n", true, "GET", {}, piece);
            QCOMPARE(found.state, status < 0 ? ParseState::Failed : ParseState::Complete);
            if (status < 0)
                continue;
            QCOMPARE(found.message.status, status);
            QTEST(found.message.reason, "reason");
        }
    }

    void headersAreReadAsBrowsersReadThem_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<HeaderList>("headers");
        const auto row = [](const char* name, const QByteArray& fields, const HeaderList& headers) {
            QTest::newRow(name) << fields << headers;
        };
        row("none", "", {});
        row("blanks around a value", "A: \t b \t\r\n", {{"A", "b"}});
        row("bare line feeds", "A: b\nC: d\n", {{"A", "b"}, {"C", "d"}});
        row("folded", "A: b\r\n  c\r\n\td\r\nE: f\r\n", {{"A", "b c d"}, {"E", "f"}});
        row("folded before anything", "  x\r\nA: b\r\n", {{"A", "b"}});
        row("name with a blank counts for nothing", "A B: c\r\nD: e\r\n", {{"D", "e"}});
        row("blank before the colon", "A : b\r\nC: d\r\n", {{"C", "d"}});
        row("no name", ": b\r\nC: d\r\n", {{"C", "d"}});
        row("colons in a value", "A: b:c\r\n", {{"A", "b:c"}});
        row("empty value", "A:\r\n", {{"A", ""}});
    }
    void headersAreReadAsBrowsersReadThem()
    {
        QFETCH(QByteArray, fields);
        QFETCH(HeaderList, headers);
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(ok + fields + "\r\nbody", true, "GET", {}, piece);
            QCOMPARE(found.state, ParseState::Complete);
            QVERIFY(found.message.headers == headers);
            QCOMPARE(found.message.body, "body");
        }
    }

    void lengthIsExtractedAsTheStandardSays_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("body"); // of "0123456789"; null: network error
        const QByteArray whole = "0123456789";
        const auto row = [](const char* name, const char* fields, const QByteArray& body) {
            QTest::newRow(name) << QByteArray(fields) << body;
        };
        row("a number", "Content-Length: 4\r\n", "0123");
        row("leading zero", "Content-Length: 04\r\n", "0123");
        row("twice the same in one", "Content-Length: 4,4\r\n", "0123");
        row("twice the same", "Content-Length: 4\r\nContent-Length: 4\r\n", "0123");
        row("two numbers in one", "Content-Length: 4,3\r\n", {});
        row("two numbers", "Content-Length: 4\r\nContent-Length: 3\r\n", {});
        row("the same number, written differently", "Content-Length: 04, 4\r\n", {});
        row("a number and nothing", "Content-Length: 4,\r\n", {});
        row("nothing and a number", "Content-Length: ,4\r\n", {});
        row("two words", "Content-Length: aaaah, nah\r\n", {});
        row("empty is no length", "Content-Length:\r\n", whole);
        row("a word is no length", "Content-Length: aaaah\r\n", whole);
        row("twice the same word is no length", "Content-Length: aaaah, aaaah\r\n", whole);
        row("digit and letter are no length", "Content-Length: 4s\r\n", whole);
        row("negative is no length", "Content-Length: -1\r\n", whole);
        row("plus sign is no length", "Content-Length: +4\r\n", whole);
        row("hexadecimal is no length", "Content-Length: 0x4\r\n", whole);
        row("chunks beat lengths that contradict each other",
            "Content-Length: 1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n", "(chunked)");
    }
    void lengthIsExtractedAsTheStandardSays()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, body);
        const auto bytes = fields.contains("chunked") ? QByteArray("9\r\n(chunked)\r\n0\r\n\r\n") : QByteArray("0123456789");
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(ok + fields + "\r\n" + bytes, true, "GET", {}, piece);
            QCOMPARE(found.state, body.isNull() ? ParseState::Failed : ParseState::Complete);
            QCOMPARE(found.error, body.isNull() ? ParseError::BadContentLength : ParseError::None);
            QCOMPARE(found.message.body, body);
        }
    }

    void brokenHeaderFails_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("zero byte in a value") << QByteArray(ok + QByteArray("A: \0b\r\n\r\n", 10));
        QTest::newRow("zero byte in the status line") << QByteArray(QByteArray("HTTP/1.1 200 \0\r\n\r\n", 18));
        QTest::newRow("line without a colon") << QByteArray(ok + "nonsense\r\n\r\n");
        QTest::newRow("carriage return behind the status") << QByteArray("HTTP/1.1 200\rOK\n\n");
        QTest::newRow("carriage return before a name") << QByteArray("HTTP/1.1 200 OK\n\rA: b\n\n");
        QTest::newRow("carriage return in a name") << QByteArray("HTTP/1.1 200 OK\nA\r: b\n\n");
        QTest::newRow("carriage return before a value") << QByteArray("HTTP/1.1 200 OK\nA:\r b\n\n");
        QTest::newRow("two carriage returns at the end") << QByteArray("HTTP/1.1 200 OK\nA: b\r\r\n\n");
        QTest::newRow("carriage return instead of a line end") << QByteArray("HTTP/1.1 200 OK\nA: b\rC: d\n\n");
    }
    void brokenHeaderFails()
    {
        QFETCH(QByteArray, header);
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(header + "BODY", true, "GET", {}, piece);
            QCOMPARE(found.state, ParseState::Failed);
            QCOMPARE(parseErrorId(found.error), parseErrorId(ParseError::BadHeader));
        }
    }

    void someResponsesHaveNoBody_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("hasBody");
        QTest::newRow("HEAD") << QByteArray("HEAD") << 200 << false;
        QTest::newRow("101") << QByteArray("GET") << 101 << false;
        QTest::newRow("204") << QByteArray("GET") << 204 << false;
        QTest::newRow("205") << QByteArray("GET") << 205 << false;
        QTest::newRow("304") << QByteArray("GET") << 304 << false;
        QTest::newRow("200") << QByteArray("GET") << 200 << true;
        QTest::newRow("206") << QByteArray("GET") << 206 << true;
        QTest::newRow("404") << QByteArray("GET") << 404 << true;
    }
    void someResponsesHaveNoBody()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(bool, hasBody);
        const QByteArray header = "HTTP/1.1 " + QByteArray::number(status) + " X\r\ncontent-length: 2\r\n\r\n";
        const auto found = read(header, false, method);
        QCOMPARE(found.state, hasBody ? ParseState::NeedMore : ParseState::Complete);
        QCOMPARE(found.keepAlive, !hasBody); // what is not complete can carry nothing else
        QCOMPARE(read(header + "ok", false, method).message.body, hasBody ? "ok" : "");
    }

    void interimResponsesArePassedOver()
    {
        const QByteArray bytes = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                 "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(bytes, false, "GET", {}, piece);
            QCOMPARE(found.state, ParseState::Complete);
            QCOMPARE(found.message.status, 200);
            QCOMPARE(found.message.headers.size(), 1);
            QCOMPARE(found.message.body, "ok");
        }
    }

    void connectionIsKeptAsTheVersionSays_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("kept");
        QTest::newRow("1.1") << QByteArray("HTTP/1.1 204 X\r\n\r\n") << true;
        QTest::newRow("1.1, close") << QByteArray("HTTP/1.1 204 X\r\nConnection: x, Close\r\n\r\n") << false;
        QTest::newRow("1.0") << QByteArray("HTTP/1.0 204 X\r\n\r\n") << false;
        QTest::newRow("1.0, keep-alive") << QByteArray("HTTP/1.0 204 X\r\nConnection: keep-alive\r\n\r\n") << true;
        QTest::newRow("bytes behind the message") << QByteArray("HTTP/1.1 204 X\r\n\r\nx") << false;
        QTest::newRow("body until the end") << QByteArray("HTTP/1.1 200 X\r\n\r\n") << false;
    }
    void connectionIsKeptAsTheVersionSays()
    {
        QFETCH(QByteArray, header);
        const auto found = read(header);
        QCOMPARE(found.state, ParseState::Complete);
        QTEST(found.keepAlive, "kept");
    }

    void chunksAreReadAsBrowsersReadThem_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body"); // null: network error
        QTest::addColumn<ParseError>("error");
        const auto row = [](const char* name, const char* bytes, const QByteArray& body, ParseError error = ParseError::BadChunk) {
            QTest::newRow(name) << QByteArray(bytes) << body << (body.isNull() ? error : ParseError::None);
        };
        row("two of them", "4\r\nwiki\r\n5\r\npedia\r\n0\r\n\r\n", "wikipedia");
        row("none", "0\r\n\r\n", "");
        row("bare line feeds", "4\nwiki\n0\n\n", "wiki");
        row("extension", "4;a=b\r\nwiki\r\n0\r\n\r\n", "wiki");
        row("blanks behind the size", "4 \r\nwiki\r\n0\r\n\r\n", "wiki");
        row("capital letter in the size", "A\r\n0123456789\r\n000\r\n\r\n", "0123456789");
        row("zeros in front of the size", "00000000000000000004\r\nwiki\r\n0\r\n\r\n", "wiki");
        row("trailer", "4\r\nwiki\r\n0\r\nX: y\r\nZ: 1\r\n\r\n", "wiki");
        row("no size", "\r\nwiki\r\n0\r\n\r\n", {});
        row("nothing but an extension", ";a=b\r\nwiki\r\n0\r\n\r\n", {});
        row("size with a plus sign", "+4\r\nwiki\r\n0\r\n\r\n", {});
        row("size with a minus sign", "-4\r\nwiki\r\n0\r\n\r\n", {});
        row("size of letters", "zz\r\nwiki\r\n0\r\n\r\n", {});
        row("size of too many digits", "10000000000000004\r\nwiki\r\n0\r\n\r\n", {});
        row("size as programs write it", "0x4\r\nwiki\r\n0\r\n\r\n", {});
        row("blank within the size", "0 4\r\nwiki\r\n0\r\n\r\n", {});
        row("bytes behind a chunk", "4\r\nwikipedia\r\n0\r\n\r\n", {});
        row("end in a size", "4\r\nwiki\r\n5", {}, ParseError::Incomplete);
        row("end in a chunk", "4\r\nwi", {}, ParseError::Incomplete);
        row("end behind a chunk", "4\r\nwiki\r\n", {}, ParseError::Incomplete);
        row("end in the trailer", "4\r\nwiki\r\n0\r\nX: y\r\n", {}, ParseError::Incomplete);
    }
    void chunksAreReadAsBrowsersReadThem()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, body);
        QFETCH(ParseError, error);
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(chunked + bytes, true, "GET", {}, piece);
            QCOMPARE(found.state, body.isNull() ? ParseState::Failed : ParseState::Complete);
            QCOMPARE(found.message.body, body);
            QCOMPARE(parseErrorId(found.error), parseErrorId(error));
        }
    }

    void earlyEnd_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("complete");
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("part of the status line") << QByteArray("HTTP/1.1 2") << false;
        QTest::newRow("status line alone") << ok << true;
        QTest::newRow("header without the empty line") << QByteArray(ok + "A: b\r\n") << true;
        QTest::newRow("part of a header line") << QByteArray(ok + "A: b") << false;
        QTest::newRow("body that is too short") << QByteArray(ok + "content-length: 5\r\n\r\nabcd") << false;
        QTest::newRow("body of no announced length") << QByteArray(ok + "\r\nabcd") << true;
    }
    void earlyEnd()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, complete);
        const auto found = read(bytes);
        QCOMPARE(found.state, complete ? ParseState::Complete : ParseState::Failed);
        QCOMPARE(found.error, complete ? ParseError::None : ParseError::Incomplete);
        QVERIFY(!found.keepAlive);
    }

    void limitsAreKept_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("headerBytes");
        QTest::addColumn<ParseError>("error");
        const auto row = [](const char* name, const QByteArray& bytes, qsizetype headerBytes, ParseError error) {
            QTest::newRow(name) << bytes << headerBytes << error;
        };
        const QByteArray header = ok + "content-length: 5\r\n\r\n";
        row("exactly the limits", header + "01234", header.size(), ParseError::None);
        row("header of one byte more", header + "01234", header.size() - 1, ParseError::HeaderTooLarge);
        row("header that does not end", ok + "A: " + QByteArray(200, 'x'), 100, ParseError::HeaderTooLarge);
        row("header that ends with the connection", ok + "A: " + QByteArray(100, 'x') + "\r\n", 100, ParseError::HeaderTooLarge);
        row("body of one byte more", ok + "content-length: 6\r\n\r\n012345", 100, ParseError::BodyTooLarge);
        row("body until the end", ok + "\r\n012345", 100, ParseError::BodyTooLarge);
        row("chunks", chunked + "3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n", 100, ParseError::BodyTooLarge);
        row("size of a chunk that does not end", chunked + "3;" + QByteArray(200, 'x'), 100, ParseError::BadChunk);
    }
    void limitsAreKept()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qsizetype, headerBytes);
        QFETCH(ParseError, error);
        for (const qsizetype piece : {1, 1000}) {
            const auto found = read(bytes, true, "GET", {headerBytes, 5}, piece);
            QCOMPARE(parseErrorId(found.error), parseErrorId(error));
        }
    }
};

QTEST_APPLESS_MAIN(TestResponseReader)
#include "tst_responsereader.moc"

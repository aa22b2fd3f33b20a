#include "core/http/ContentDecoding.h"

#include <QTest>

using namespace corscope;

namespace {

// Made with zlib and Brotli's own tools.
const QByteArray gzipAbc = QByteArray::fromHex("1f8b08000000000000034b4c4a0600c241243503000000");
const QByteArray gzipDef = QByteArray::fromHex("1f8b08000000000000034b494d030061e1c40c03000000");
const QByteArray zlibAbc = QByteArray::fromHex("789c4b4c4a0600024d0127");
const QByteArray bareAbc = QByteArray::fromHex("4b4c4a0600");
const QByteArray brotliAbc = QByteArray::fromHex("0b018061626303");
const QByteArray brotliOfGzipAbc = QByteArray::fromHex("0b0b801f8b08000000000000034b4c4a0600c24124350300000003");
/// 64 MiB and 64 KiB of zeros.
const QByteArray brotliBomb = QByteArray::fromHex(
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f0110870500baf77ffcffff837f0220"
    "0e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffe3ffff1ffc1300715800a07bff17fffff82700e2b00040f71e00");

} // namespace

class TestContentDecoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codingsAreUndone_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body"); // null: network error
        const auto row = [](const char* name, const char* coding, const QByteArray& bytes, const QByteArray& body) {
            QTest::newRow(name) << QByteArray(coding) << bytes << body;
        };
        row("gzip", "gzip", gzipAbc, "abc");
        row("gzip's older name, in capitals", "X-GZip", gzipAbc, "abc");
        row("gzip of two members", "gzip", gzipAbc + gzipDef, "abcdef");
        row("one byte behind gzip", "gzip", gzipAbc + "x", "abc");
        row("bytes behind gzip", "gzip", gzipAbc + "xy", "abc");
        row("bytes behind gzip that begin like a member", "gzip", gzipAbc + "\x1fy", "abc");
        row("bytes behind gzip that go on like a member", "gzip", gzipAbc + "x\x8b", "abc");
        row("second member that is broken", "gzip", gzipAbc + gzipDef.first(15), {});
        row("deflate", "deflate", zlibAbc, "abc");
        row("deflate without its wrapping", "deflate", bareAbc, "abc");
        row("Brotli", "br", brotliAbc, "abc");
        row("gzip, and Brotli over it", "gzip, br", brotliOfGzipAbc, "abc");
        row("the other way round", "br, gzip", brotliOfGzipAbc, {});
        row("nothing was done", "identity", "abc", "abc");
        row("nothing was done, and gzip", "identity, gzip", gzipAbc, "abc");
        row("no name", "", "abc", "abc");
        row("unknown coding leaves the bytes as they are", "gzip, rot13", gzipAbc, gzipAbc);
        row("empty body is not unpacked", "gzip", "", "");
        row("not gzip", "gzip", "abc", {});
        row("not deflate", "deflate", "\xff\xff\xff", {});
        row("not Brotli", "br", "\xff\xff\xff", {});
        row("cut gzip", "gzip", gzipAbc.chopped(9), {});
        row("cut Brotli", "br", brotliAbc.chopped(2), {});
        row("a few bytes that claim much memory", "br", brotliBomb, {});
    }
    void codingsAreUndone()
    {
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, body);
        const auto found = handleContentCodings({{"Content-Encoding", coding}}, bytes);
        QCOMPARE(found.has_value(), !body.isNull());
        QCOMPARE(found.value_or(QByteArray()), body);
    }

    void withoutTheHeaderNothingIsUndone()
    {
        QCOMPARE(handleContentCodings({}, gzipAbc), std::optional(gzipAbc));
    }
};

QTEST_APPLESS_MAIN(TestContentDecoding)
#include "tst_contentdecoding.moc"

#include "core/http/MimeType.h"

#include <QTest>

using namespace corscope;

class TestMimeType : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parsing_data();
    void parsing();
    void essenceHasNoParameters();
    void extraction_data();
    void extraction();
    void noContentTypeIsFailure();
    void severalHeadersAreReadAsOne();
};

void TestMimeType::parsing_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("serialized"); // empty: failure
    const auto row = [](const char* name, const char* input, const char* serialized) {
        QTest::newRow(name) << QByteArray(input) << QByteArray(serialized);
    };
    row("plain", "text/plain", "text/plain");
    row("lower-cased", "Application/JSON", "application/json");
    row("blanks around", " \ttext/plain\r\n", "text/plain");
    row("blank before the semicolon", "text/plain ;charset=utf-8", "text/plain;charset=utf-8");
    row("blank after the semicolon", "text/plain; charset=UTF-8", "text/plain;charset=UTF-8");
    row("names of parameters are lower-cased, values not", "text/plain;CharSet=GBK", "text/plain;charset=GBK");
    row("first of two equal names", "text/plain;charset=a;charset=b", "text/plain;charset=a");
    row("quoted value", "multipart/form-data; boundary=\"a b\"", "multipart/form-data;boundary=\"a b\"");
    row("needless quotes are dropped", "text/plain;charset=\"gbk\"", "text/plain;charset=gbk");
    row("escapes in quotes", "text/plain;x=\"a\\\"b\\\\c\"", "text/plain;x=\"a\\\"b\\\\c\"");
    row("bytes after the closing quote", "text/plain;x=\"a\"b;y=c", "text/plain;x=a;y=c");
    row("quotes never closed", "text/plain;x=\"a;y=b", "text/plain;x=\"a;y=b\"");
    row("backslash at the end of quotes", "text/plain;x=\"a\\", "text/plain;x=\"a\\\\\"");
    row("empty quoted value stays", "text/plain;x=\"\"", "text/plain;x=\"\"");
    row("empty value vanishes", "text/plain;x=;y=b", "text/plain;y=b");
    row("parameter without a value vanishes", "text/plain;x;y=b", "text/plain;y=b");
    row("name only at the end", "text/plain;x", "text/plain");
    row("semicolons only", "text/plain;;;", "text/plain");
    row("blank before the equals sign makes a bad name", "text/plain;charset =gbk", "text/plain");
    row("blank after the equals sign is quoted", "text/plain;charset= gbk", "text/plain;charset=\" gbk\"");
    row("control byte in a value", "text/plain;x=a\x01" "b;y=c", "text/plain;y=c");
    row("nothing behind the equals sign", "text/plain;x=", "text/plain");
    row("tab in a quoted value", "text/plain;x=\"a\tb\"", "text/plain;x=\"a\tb\"");
    row("DEL in a value", "text/plain;x=\"a\x7f\";y=c", "text/plain;y=c");
    row("byte beyond ASCII in a value", "text/plain;x=\xe9", "text/plain;x=\"\xe9\"");
    row("empty", "", "");
    row("no slash", "text", "");
    row("no subtype", "text/", "");
    row("no type", "/plain", "");
    row("blank before the slash", "text /plain", "");
    row("blank after the slash", "text/ plain", "");
    row("second slash", "text/plain/x", "");
    row("comma", "text/plain,text/html", "");
    row("parameter alone", "charset=utf-8", "");
}

void TestMimeType::parsing()
{
    QFETCH(QByteArray, input);
    const auto mimeType = parseMimeType(input);
    QTEST(mimeType ? mimeType->serialized() : QByteArray(), "serialized");
}

void TestMimeType::essenceHasNoParameters()
{
    const auto mimeType = parseMimeType("Text/HTML; charset=utf-8");
    QVERIFY(mimeType);
    QCOMPARE(mimeType->essence(), "text/html");
    QCOMPARE(mimeType->parameter("charset"), std::optional<QByteArray>("utf-8"));
    QCOMPARE(mimeType->parameter("boundary"), std::optional<QByteArray>());
}

void TestMimeType::extraction_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("serialized"); // empty: failure
    const auto row = [](const char* name, const char* value, const char* serialized) {
        QTest::newRow(name) << QByteArray(value) << QByteArray(serialized);
    };
    row("one", "text/html", "text/html");
    row("the last counts", "text/plain;charset=gbk, text/html", "text/html");
    row("charset is inherited within one essence", "text/html;charset=gbk;a=b, text/html;x=y", "text/html;x=y;charset=gbk");
    row("inherited over two", "text/html;charset=gbk, text/html;x=y, text/html", "text/html;charset=gbk");
    row("another essence between forgets it", "text/html;charset=gbk, text/plain, text/html", "text/html");
    row("no charset to inherit", "text/html;a=b, text/html;x=y", "text/html;x=y");
    row("own charset counts", "text/html;charset=gbk, text/html;charset=utf-8", "text/html;charset=utf-8");
    row("*/* is passed over", "text/html;charset=gbk, */*", "text/html;charset=gbk");
    row("what cannot be read is passed over", "text/html, cannot-be-read", "text/html");
    row("nothing but that", "cannot-be-read", "");
    row("empty", "", "");
    row("comma inside quotes", "text/html;x=\",text/plain\"", "text/html;x=\",text/plain\"");
}

void TestMimeType::extraction()
{
    QFETCH(QByteArray, value);
    const auto mimeType = extractMimeType({{"content-type", value}});
    QTEST(mimeType ? mimeType->serialized() : QByteArray(), "serialized");
}

void TestMimeType::noContentTypeIsFailure()
{
    QVERIFY(!extractMimeType({}));
}

void TestMimeType::severalHeadersAreReadAsOne()
{
    const auto mimeType = extractMimeType({{"Content-Type", "text/html;charset=gbk"}, {"content-type", "text/html"}});
    QVERIFY(mimeType);
    QCOMPARE(mimeType->serialized(), "text/html;charset=gbk");
}

QTEST_APPLESS_MAIN(TestMimeType)
#include "tst_mimetype.moc"

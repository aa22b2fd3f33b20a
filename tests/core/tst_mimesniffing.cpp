#include "core/http/MimeSniffing.h"

#include <QTest>

using namespace corscope;

class TestMimeSniffing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesHaveFamilies_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("family");
        const auto row = [](const char* type, const char* family) { QTest::newRow(type) << QByteArray(type) << QByteArray(family); };
        row("text/html", "html");
        row("application/xhtml+xml", "xml");
        row("image/svg+xml", "xml");
        row("text/xml", "xml");
        row("application/xml", "xml");
        row("application/xml-dtd", "");
        row("application/json", "json");
        row("text/json", "json");
        row("application/problem+json", "json");
        row("application/jsonp", "");
        row("text/javascript;charset=utf-8", "javascript");
        row("application/x-javascript", "javascript");
        row("text/javascript1.5", "javascript");
        row("text/javascript1.6", "");
        row("text/plain", "");
    }
    void typesHaveFamilies()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, family);
        const auto mimeType = *parseMimeType(type);
        QCOMPARE(isHtmlMimeType(mimeType), family == "html");
        QCOMPARE(isXmlMimeType(mimeType), family == "xml");
        QCOMPARE(isJsonMimeType(mimeType), family == "json");
        QCOMPARE(isJavaScriptMimeType(mimeType), family == "javascript");
    }

    void firstBytesGiveTheFormatAway_data()
    {
        QTest::addColumn<QByteArray>("bytes"); // in hexadecimal
        QTest::addColumn<QByteArray>("kind");
        const auto row = [](const char* name, const char* hex, const char* kind) {
            QTest::newRow(name) << QByteArray(hex) << QByteArray(kind);
        };
        row("icon", "00000100", "image");
        row("cursor", "00000200", "image");
        row("neither icon nor cursor", "00000300", "");
        row("BMP", "424d", "image");
        row("GIF of 1987", "474946383761", "image");
        row("GIF of 1989", "474946383961", "image");
        row("GIF of no year", "474946383861", "");
        row("cut GIF", "4749463839", "");
        row("WebP", "52494646 10203040 57454250 5650", "image");
        row("RIFF of something else", "52494646 10203040 57454251 5650", "");
        row("PNG", "89504e470d0a1a0a", "image");
        row("JPEG", "ffd8ffe0", "image");
        row("AIFF", "464f524d 10203040 41494646", "media");
        row("MP3 with a tag", "494433", "media");
        row("Ogg", "4f67675300", "media");
        row("MIDI", "4d546864 00000006", "media");
        row("AVI", "52494646 10203040 41564920", "media");
        row("WAVE", "52494646 10203040 57415645", "media");

        row("MP4 by its major brand", "0000000c 66747970 6d703432", "media");
        row("MP4 by its first compatible brand", "00000014 66747970 69736f6d 00000200 6d703431", "media");
        row("MP4 by a later one", "00000018 66747970 69736f6d 00000200 69736f32 6d703431", "media");
        row("minor version does not count", "00000014 66747970 69736f6d 6d703432 69736f32", "");
        row("brand behind the box does not count", "00000014 66747970 69736f6d 00000200 69736f32 6d703431", "");
        row("box of another kind", "0000000c 66726565 6d703432", "");
        row("box larger than what has come", "00000010 66747970 6d703432", "");
        row("box of no whole words", "0000000d 66747970 6d703432 00", "");
        row("fewer than twelve bytes", "0000000c 66747970 6d7034", "");

        row("WebM", "1a45dfa3 9f 4286810142f7810142f2810442f381084282 84 7765626d 4287", "media");
        row("WebM, type in front", "1a45dfa3 4282 84 7765626d 00", "media");
        row("WebM, size of two bytes", "1a45dfa3 4282 4004 7765626d 00", "media");
        row("WebM, size of eight bytes", "1a45dfa3 4282 0100000000000004 7765626d 00", "media");
        row("WebM, type filled up with zeros", "1a45dfa3 4282 86 0000 7765626d 00", "media");
        row("Matroska is another type", "1a45dfa3 4282 88 6d6174726f736b61 00", "");
        row("name that nothing says is the type", "1a45dfa3 4286 84 7765626d 00", "");
        row("nothing behind the signature", "1a45dfa3", "");
        row("nothing behind the element", "1a45dfa3 4282", "");
        row("nothing behind the name", "1a45dfa3 4282 84 7765626d", "");
        row("type too far behind",
            "1a45dfa3 0000000000000000000000000000000000000000000000000000000000000000 0000 4282 84 7765626d 00", "");
        row("type where the search ends",
            "1a45dfa3 0000000000000000000000000000000000000000000000000000000000000000 00 4282 84 7765626d 00", "media");
        row("other signature", "1a45dfa4 4282 84 7765626d 00", "");

        row("text", "616263646566676869", "");
        row("nothing", "", "");
    }
    void firstBytesGiveTheFormatAway()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, kind);
        QCOMPARE(matchesImagePattern(QByteArray::fromHex(bytes)), kind == "image");
        QCOMPARE(matchesAudioOrVideoPattern(QByteArray::fromHex(bytes)), kind == "media");
    }

    void nosniffIsTheFirstValueInAnyCase_data()
    {
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<bool>("nosniff");
        const auto row = [](const char* name, const HeaderList& headers, bool nosniff) { QTest::newRow(name) << headers << nosniff; };
        row("absent", {}, false);
        row("said", {{"X-Content-Type-Options", "nosniff"}}, true);
        row("in capitals", {{"x-content-type-options", "NOSNIFF"}}, true);
        row("first of two", {{"X-Content-Type-Options", "nosniff, no"}}, true);
        row("second of two", {{"X-Content-Type-Options", "no, nosniff"}}, false);
        row("behind nothing", {{"X-Content-Type-Options", ",nosniff"}}, false);
        row("second header", {{"X-Content-Type-Options", "no"}, {"X-Content-Type-Options", "nosniff"}}, false);
        row("empty", {{"X-Content-Type-Options", ""}}, false);
        row("in quotes", {{"X-Content-Type-Options", "\"nosniff\""}}, false);
    }
    void nosniffIsTheFirstValueInAnyCase()
    {
        QFETCH(HeaderList, headers);
        QTEST(determineNosniff(headers), "nosniff");
    }
};

QTEST_APPLESS_MAIN(TestMimeSniffing)
#include "tst_mimesniffing.moc"

#include "core/http/HeaderList.h"

#include <QTest>

using namespace corscope;
using State = ExtractedValues::State;
using Values = QList<QByteArray>;

class TestHeaderList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesCompareWithoutCase();
    void onlyLettersOfAsciiHaveTwoCases_data();
    void onlyLettersOfAsciiHaveTwoCases();
    void getJoinsAllValues();
    void absentIsNotEmpty();
    void setKeepsThePlaceOfTheFirst();
    void combineJoinsToTheFirst();
    void removeTakesAllOfThatName();
    void wireOrderAndCaseAreKept();
    void scriptSeesSortedLowerCaseNames();
    void scriptSeesEverySetCookieAlone();
    void decodeAndSplit_data();
    void decodeAndSplit();
    void tokenLists_data();
    void tokenLists();
    void tokenListsOfSeveralHeadersAreOneList();
    void absentTokenListIsNull();
    void deltaSeconds_data();
    void deltaSeconds();
    void secondDeltaSecondsHeaderIsFailure();
    void valuesAreNormalised();
    void namesAndValuesAreChecked();
};

void TestHeaderList::namesCompareWithoutCase()
{
    const HeaderList list{{"Access-Control-Allow-Origin", "*"}};
    QVERIFY(list.contains("access-control-allow-origin"));
    QCOMPARE(list.get("ACCESS-CONTROL-ALLOW-ORIGIN"), std::optional<QByteArray>("*"));
    QVERIFY(!list.contains("Access-Control-Allow-Origi"));
}

void TestHeaderList::getJoinsAllValues()
{
    const HeaderList list{{"Vary", "Origin"}, {"X", "1"}, {"vary", "Accept"}};
    QCOMPARE(list.get("Vary"), std::optional<QByteArray>("Origin, Accept"));
    QCOMPARE(list.values("Vary"), (Values{"Origin", "Accept"}));
}

void TestHeaderList::absentIsNotEmpty()
{
    const HeaderList list{{"X", ""}};
    QCOMPARE(list.get("X"), std::optional<QByteArray>(""));
    QCOMPARE(list.get("Y"), std::optional<QByteArray>());
}

void TestHeaderList::setKeepsThePlaceOfTheFirst()
{
    HeaderList list{{"A", "1"}, {"b", "2"}, {"C", "3"}, {"B", "4"}};
    list.set("B", "5");
    QVERIFY((list == HeaderList{{"A", "1"}, {"b", "5"}, {"C", "3"}}));
    list.set("D", "6");
    QVERIFY((list == HeaderList{{"A", "1"}, {"b", "5"}, {"C", "3"}, {"D", "6"}}));
}

void TestHeaderList::combineJoinsToTheFirst()
{
    HeaderList list{{"A", "1"}, {"A", "2"}};
    list.combine("a", "3");
    list.combine("B", "4");
    QVERIFY((list == HeaderList{{"A", "1, 3"}, {"A", "2"}, {"B", "4"}}));
}

void TestHeaderList::removeTakesAllOfThatName()
{
    HeaderList list{{"A", "1"}, {"B", "2"}, {"a", "3"}};
    list.remove("A");
    QVERIFY((list == HeaderList{{"B", "2"}}));
}

void TestHeaderList::wireOrderAndCaseAreKept()
{
    HeaderList list;
    list.append("Zeta", "1");
    list.append("aLpHa", "2");
    list.append("zeta", "3");
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.at(0).name, "Zeta");
    QCOMPARE(list.at(1).name, "aLpHa");
    QCOMPARE(list.at(2).name, "zeta");
}

void TestHeaderList::scriptSeesSortedLowerCaseNames()
{
    const HeaderList list{{"Zeta", "1"}, {"Alpha", "2"}, {"zeta", "3"}};
    QVERIFY((list.sortedAndCombined() == HeaderList{{"alpha", "2"}, {"zeta", "1, 3"}}));
}

void TestHeaderList::scriptSeesEverySetCookieAlone()
{
    const HeaderList list{{"X", "1"}, {"Set-Cookie", "b=2"}, {"set-cookie", "a=1"}, {"A", "0"}};
    QVERIFY((list.sortedAndCombined()
             == HeaderList{{"a", "0"}, {"set-cookie", "b=2"}, {"set-cookie", "a=1"}, {"x", "1"}}));
}

void TestHeaderList::decodeAndSplit_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<Values>("expected");
    QTest::newRow("one") << QByteArray("nosniff") << Values{"nosniff"};
    QTest::newRow("comma at the end") << QByteArray("nosniff,") << Values{"nosniff", ""};
    QTest::newRow("empty") << QByteArray("") << Values{""};
    QTest::newRow("commas only") << QByteArray(",,") << Values{"", "", ""};
    QTest::newRow("blanks around") << QByteArray("a \t,\t b") << Values{"a", "b"};
    QTest::newRow("comma inside quotes") << QByteArray("text/html;\"a,b\", x/y") << Values{"text/html;\"a,b\"", "x/y"};
    QTest::newRow("escaped quote") << QByteArray("\"a\\\",b\",c") << Values{"\"a\\\",b\"", "c"};
    QTest::newRow("quotes never closed") << QByteArray("a,\"b,c") << Values{"a", "\"b,c"};
    QTest::newRow("backslash at the end") << QByteArray("\"a\\") << Values{"\"a\\"};
}

void TestHeaderList::decodeAndSplit()
{
    QFETCH(QByteArray, value);
    QFETCH(Values, expected);
    QCOMPARE(HeaderList({{"A", value}}).getDecodeSplit("a"), std::optional<Values>(expected));
    QCOMPARE(HeaderList().getDecodeSplit("a"), std::optional<Values>());
}

void TestHeaderList::tokenLists_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("failure");
    QTest::addColumn<Values>("expected");
    QTest::newRow("two") << QByteArray("PUT, DELETE") << false << Values{"PUT", "DELETE"};
    QTest::newRow("no blank") << QByteArray("PUT,DELETE") << false << Values{"PUT", "DELETE"};
    QTest::newRow("tabs") << QByteArray("PUT\t,\tDELETE") << false << Values{"PUT", "DELETE"};
    QTest::newRow("star is a token") << QByteArray("*") << false << Values{"*"};
    QTest::newRow("empty") << QByteArray("") << false << Values{};
    QTest::newRow("empty elements") << QByteArray(",PUT,, ,DELETE,") << false << Values{"PUT", "DELETE"};
    QTest::newRow("case is kept") << QByteArray("put") << false << Values{"put"};
    QTest::newRow("blank inside an element") << QByteArray("PUT DELETE") << true << Values{};
    QTest::newRow("semicolon") << QByteArray("PUT; DELETE") << true << Values{};
    QTest::newRow("quotes") << QByteArray("\"PUT\"") << true << Values{};
    QTest::newRow("letters beyond ASCII") << QByteArray("PUT, \xc3\xa9") << true << Values{};
    QTest::newRow("brackets of a list as a programming language writes it") << QByteArray("['PUT']") << true << Values{};
}

void TestHeaderList::tokenLists()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, failure);
    const auto result = extractTokenList("Access-Control-Allow-Methods", {{"access-control-allow-methods", value}});
    QCOMPARE(result.state, failure ? State::Failure : State::Values);
    QTEST(result.values, "expected");
}

void TestHeaderList::tokenListsOfSeveralHeadersAreOneList()
{
    const HeaderList good{{"A", "x"}, {"B", "!?"}, {"a", "Y, z"}};
    const auto result = extractTokenList("A", good);
    QCOMPARE(result.values, (Values{"x", "Y", "z"}));
    QVERIFY(result.containsIgnoringCase("y"));
    QVERIFY(!result.containsIgnoringCase("w"));
    QCOMPARE(extractTokenList("A", {{"A", "x"}, {"A", "y z"}}).state, State::Failure);
}

void TestHeaderList::absentTokenListIsNull()
{
    QCOMPARE(extractTokenList("A", {{"B", "x"}}).state, State::Absent);
}

void TestHeaderList::deltaSeconds_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("failure");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("ten minutes") << QByteArray("600") << false << qint64(600);
    QTest::newRow("zero") << QByteArray("0") << false << qint64(0);
    QTest::newRow("leading zeros") << QByteArray("007") << false << qint64(7);
    QTest::newRow("the most") << QByteArray("2147483647") << false << qint64(2147483647);
    QTest::newRow("more than the most") << QByteArray("2147483648") << false << qint64(2147483647);
    QTest::newRow("far more") << QByteArray("99999999999999999999999999") << false << qint64(2147483647);
    QTest::newRow("negative") << QByteArray("-1") << true << qint64(0);
    QTest::newRow("plus sign") << QByteArray("+1") << true << qint64(0);
    QTest::newRow("fraction") << QByteArray("1.5") << true << qint64(0);
    QTest::newRow("letters") << QByteArray("10s") << true << qint64(0);
    QTest::newRow("list") << QByteArray("1, 2") << true << qint64(0);
    QTest::newRow("empty") << QByteArray("") << true << qint64(0);
}

void TestHeaderList::deltaSeconds()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, failure);
    const auto result = extractDeltaSeconds("Access-Control-Max-Age", {{"access-control-max-age", value}});
    QCOMPARE(result.state, failure ? State::Failure : State::Values);
    QTEST(result.seconds, "seconds");
}

void TestHeaderList::secondDeltaSecondsHeaderIsFailure()
{
    QCOMPARE(extractDeltaSeconds("A", {{"A", "1"}, {"a", "1"}}).state, State::Failure);
    QCOMPARE(extractDeltaSeconds("A", {}).state, State::Absent);
}

void TestHeaderList::valuesAreNormalised()
{
    QCOMPARE(normalizedHeaderValue(" \t\r\na b\n "), "a b");
    QCOMPARE(normalizedHeaderValue("\v"), "\v");
}

void TestHeaderList::namesAndValuesAreChecked()
{
    QVERIFY(isHeaderName("X-Custom_1"));
    QVERIFY(!isHeaderName(""));
    QVERIFY(!isHeaderName("X Custom"));
    QVERIFY(!isHeaderName("X:"));
    QVERIFY(isHeaderValue(""));
    QVERIFY(isHeaderValue("a b"));
    QVERIFY(isHeaderValue("\xff\x01"));
    QVERIFY(!isHeaderValue(" a"));
    QVERIFY(!isHeaderValue("a\t"));
    QVERIFY(!isHeaderValue("a\r\nb"));
    QVERIFY(!isHeaderValue(QByteArrayView("a\0b", 3)));
}

void TestHeaderList::onlyLettersOfAsciiHaveTwoCases_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("at");
    QTest::newRow("short") << 3 << 1;
    QTest::newRow("eight bytes") << 8 << 0;
    QTest::newRow("the last of more than eight") << 11 << 10;
}

void TestHeaderList::onlyLettersOfAsciiHaveTwoCases()
{
    QFETCH(int, size);
    QFETCH(int, at);
    QByteArray a(size, 'x'), b(size, 'X');
    for (int x = 0; x < 256; ++x)
        for (int y = 0; y < 256; ++y) {
            a[at] = char(x);
            b[at] = char(y);
            const bool isSame = x == y || (ascii::isAlpha(char(x)) && (x ^ 0x20) == y);
            if (ascii::equalIgnoringCase(a, b) != isSame)
                QFAIL(QByteArray(a.toHex() + " and " + b.toHex()).constData());
        }
}

QTEST_APPLESS_MAIN(TestHeaderList)
#include "tst_headerlist.moc"

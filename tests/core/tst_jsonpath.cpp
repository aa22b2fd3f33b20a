#include "core/scenario/JsonPath.h"
#include "core/scenario/ScenarioFile.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace corscope;

class tst_JsonPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textComesBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("keys and indexes") << QStringLiteral("servers[0].pipeline[1].settings.allow_origins[2]");
        QTest::newRow("a key with dots") << QStringLiteral("servers[0].pipeline[0].settings[\"cors.allowed.origins\"]");
        QTest::newRow("and on behind it") << QStringLiteral("settings[\"a.b\"][0].c");
        QTest::newRow("quotes and backslashes") << QStringLiteral("settings[\"a.\\\"b\\\\\"]");
        QTest::newRow("first of all") << QStringLiteral("[\"a.b\"].c");
    }
    void textComesBack()
    {
        QFETCH(QString, text);
        const auto path = JsonPath::parse(text);
        QVERIFY(path);
        QCOMPARE(path->text(), text);
    }

    void whatIsNoPathIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", ".", "a..b", "a.", ".a", "a[", "a[x]", "a[\"b]", "a[\"\"]", "a[\"b\"]c", "a.[\"b\"]"})
            QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text);
    }
    void whatIsNoPathIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!JsonPath::parse(text));
    }

    void aKeyWithDotsIsSetAsOneKey()
    {
        const QJsonObject whole{{QStringLiteral("settings"), QJsonObject{{QStringLiteral("a"), 1}}}};
        const auto path = JsonPath::parse(JsonPath::member(QStringLiteral("settings"), QStringLiteral("a.b")));
        QVERIFY(path);
        const auto set = path->set(whole, 2);
        QVERIFY(set);
        const auto settings = set->toObject().value(QStringLiteral("settings")).toObject();
        QCOMPARE(settings.value(QStringLiteral("a.b")), QJsonValue(2));
        QCOMPARE(settings.value(QStringLiteral("a")), QJsonValue(1));
        QCOMPARE(path->value(*set), QJsonValue(2));
    }
};

QTEST_GUILESS_MAIN(tst_JsonPath)
#include "tst_jsonpath.moc"

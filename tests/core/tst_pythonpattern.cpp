#include "core/backend/frameworks/PythonPattern.h"

#include <QTest>

using namespace corscope;

/// What Python 3.11 does with these patterns and texts.
class PythonPatternTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeTextHasToMatch_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* reason, const char* pattern, const char* text, bool matches) {
            QTest::newRow(reason) << QString::fromUtf8(pattern) << QString::fromUtf8(text) << matches;
        };
        row("a prefix is not enough", "https://app", "https://app.evil.test", false);
        row("an alternative may match whole", "a|ab", "ab", true);
        row("anchors change nothing", "^a$", "a", true);
        row("\\Z is the end", "a\\Z", "a", true);
        row("an unescaped dot is any character", "https://app.example.com", "https://appXexample.com", true);
        row("an escaped one is a dot", "https://app\\.example\\.com", "https://appXexample.com", false);
        row("case counts", "https://app", "HTTPS://APP", false);
        row("unless a flag says otherwise", "(?i)https://app", "HTTPS://APP", true);
        row("several flags", "(?i)(?s)a.", "A\n", true);
        row("flags that make no difference", "(?a)a", "a", true);
        row("{,2} is a repetition", "a{,2}", "aa", true);
        row("and not text", "a{,2}", "a{,2}", false);
        row("{ alone is text", "a{", "a{", true);
        row("\\u0061 is a letter", "\\u0061", "a", true);
        row("] at the start of a set", "[]a]+", "]a", true);
        row("no named class in a set", "[[.a]+", "[.a", true);
        row("named groups", "(?P<x>a)(?P=x)", "aa", true);
        row("the empty pattern matches nothing but the empty text", "", "a", false);
        row("a slash, any number of times", "https://*.example.com", "https:////Xexample.com", true);
        row("a star before a dot is no glob", "https://*.example.com", "https://app.example.com", false);
    }
    void wholeTextHasToMatch()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        const auto compiled = pythonFullMatch(pattern);
        QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().sentence()));
        QTEST(compiled->match(text).hasMatch(), "matches");
    }

    void whatPythonRefusesIsRefused_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("nothing to repeat") << QStringLiteral("*.example.com");
        QTest::newRow("bracket without its partner") << QStringLiteral("a)(b");
        QTest::newRow("unfinished set") << QStringLiteral("[a");
        QTest::newRow("Perl's quoting") << QStringLiteral("\\Qa\\E");
        QTest::newRow("Perl's end of text") << QStringLiteral("a\\z");
        QTest::newRow("Perl's named group") << QStringLiteral("(?<x>a)");
        QTest::newRow("Perl's branch reset") << QStringLiteral("(?|a|b)");
        QTest::newRow("Perl's verbs") << QStringLiteral("(*UTF)a");
        QTest::newRow("flags in the middle") << QStringLiteral("a(?i)b");
        QTest::newRow("trailing backslash") << QStringLiteral("a\\");
    }
    void whatPythonRefusesIsRefused()
    {
        QFETCH(QString, pattern);
        const auto compiled = pythonFullMatch(pattern);
        QVERIFY(!compiled);
        QVERIFY2(compiled.error().found.contains(pattern), qPrintable(compiled.error().sentence()));
    }
};

QTEST_GUILESS_MAIN(PythonPatternTest)
#include "tst_pythonpattern.moc"

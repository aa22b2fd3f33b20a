#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/FrameworkCode.h"
#include "core/backend/frameworks/JavaScriptPattern.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

// (moc takes two slashes for a comment even in a raw string: they are escaped here.)
const FrameworkDescription& express() { return *findFrameworkDescription("express"); }
QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

class JavaScriptCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeShowsWhatDiffersFromTheDefaults()
    {
        const auto settings = object(
            R"({"origin":["http:\/\/localhost:3000",{"regex":"^https:\/\/.*\\.example\\.com$","flags":"i"}],"credentials":true,"maxAge":600})");
        const auto lines = writtenCode(express(), settings);
        QCOMPARE(codeText(lines),
                 QByteArray("const express = require('express')\n"
                            "const cors = require('cors')\n"
                            "\n"
                            "const app = express()\n"
                            "\n"
                            "app.use(cors({\n"
                            "  origin: [\"http://localhost:3000\", /^https:\\/\\/.*\\.example\\.com$/i],\n"
                            "  credentials: true,\n"
                            "  maxAge: 600,\n"
                            "}))\n"));
        QCOMPARE(lines[6].option, QByteArray("origin"));
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        const auto add = [](const char* reason, const char* json) { QTest::newRow(reason) << object(json); };
        add("nothing set", "{}");
        add("reflects", R"({"origin":true})");
        add("off", R"({"origin":false,"credentials":true})");
        add("null", R"({"origin":null})");
        add("one pattern", R"({"origin":{"regex":"example\\.com"}})");
        add("slashes, also in a set", R"({"origin":{"regex":"^https?:\/\/[/a-z]+$"}})");
        add("pattern with an escaped backslash", R"({"origin":{"regex":"a\\\\","flags":"gi"}})");
        add("quotes, controls and other letters", "{\"origin\":\"a\\\"b'c\\\\d\\n\\t\\u0001ü😀\"}");
        add("empty list", R"({"allowedHeaders":[],"methods":"GET,PUT","optionsSuccessStatus":200})");
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        const auto read = readCode(express(), codeText(writtenCode(express(), settings)));
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        const auto add = [](const char* reason, const QByteArray& code, const char* settings) {
            QTest::newRow(reason) << code << object(settings);
        };
        add("no options", "const cors = require('cors')\napp.use(cors());", "{}");
        add("on one line", "app.use(cors({ origin: 'http://a.example', 'credentials': true }));",
            R"({"origin":"http:\/\/a.example","credentials":true})");
        add("options in a variable, with comments",
            "/* set-up */\nconst corsOptions = {\n  origin: /example\\.com$/, // all of ours\n  maxAge: 60 * 60\n}\n"
            "app.use(cors(corsOptions))\n",
            R"({"origin":{"regex":"example\\.com$"},"maxAge":3600})");
        add("a list in a variable", "var origin = [`http://a.example`, \"http://b.example\"];\napp.use(cors({origin}))",
            R"({"origin":["http:\/\/a.example","http:\/\/b.example"]})");
        add("on one route", "app.get('/items/:id', cors({methods: ['GET']}), function (req, res) { res.json({}) })",
            R"({"methods":["GET"]})");
        add("slashes in a pattern", "cors({origin: /^https:\\/\\/[^/]+$/i})",
            R"({"origin":{"regex":"^https:\/\/[^/]+$","flags":"i"}})");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(express(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void codeThatCannotBeReadIsNamedAtItsLine_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("sentence");
        const auto add = [](const char* reason, const QByteArray& code, const char* sentence) {
            QTest::newRow(reason) << code << QString::fromUtf8(sentence);
        };
        add("a function", "const o = {\n  origin: function (origin, callback) { callback(null, true) }\n}\napp.use(cors(o))",
            "line 2: expected a literal value for origin, or a function that is written as one of listed, "
            "listed-or-error, absent-or-listed-or-error, echo, found another function");
        add("a function where none belongs", "cors({ maxAge: () => 5 })",
            "line 1: expected a literal value for maxAge, found another function");
        add("an unknown name", "app.use(cors({\n  origin: process.env.ORIGIN }))",
            "line 2: expected a literal value for origin, found the name process");
        add("options from elsewhere", "app.use(cors(config))",
            "line 1: expected an object with options, or a variable that holds one, found config");
        add("wrong type", "app.use(cors({\n\n  preflightContinue: 1 }))",
            "line 3, preflightContinue: expected true or false, found 1");
        add("twice", "cors({ maxAge: 1,\n maxAge: 2 })", "line 2: expected every option once, found maxAge");
        add("spread", "cors({ ...defaults })", "line 1: expected an option and its value (option: value), found ...");
        add("template with a place to fill", "cors({ origin: `http://${host}` })",
            "line 1: expected a plain string, found `${");
        add("string without an end", "cors({ origin: 'http://a })", "line 1: expected a string that ends, found 'http://a })");
        add("something else", "const app = express()", "code: expected a call with cors");
        add("brackets without end", "cors({ origin: " + QByteArray(100000, '['),
            "line 1: expected lists that are not nested so deeply, found [");
        add("braces without end", "cors({ origin: " + QByteArray("{a:").repeated(100000),
            "line 1: expected lists that are not nested so deeply, found {");
    }
    void codeThatCannotBeReadIsNamedAtItsLine()
    {
        QFETCH(QByteArray, code);
        const auto read = readCode(express(), code);
        QVERIFY(!read);
        QTEST(read.error().sentence(), "sentence");
    }

    void patternsMatchAsInJavaScript_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("flags");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        const auto add = [](const char* reason, const char* source, const char* flags, const char* text, bool matches) {
            QTest::newRow(reason) << QString::fromUtf8(source) << QString::fromUtf8(flags) << QString::fromUtf8(text)
                                  << matches;
        };
        add("anywhere", "example\\.com", "", "https://example.com.evil.test", true);
        add("case counts", "^https", "", "HTTPS://a", false);
        add("unless i is given", "^https", "i", "HTTPS://a", true);
        add("the end is the very end", "a$", "", "a\n", false);
        add("an escaped letter without meaning is the letter", "\\A\\Z", "", "AZ", true);
        add("code points", "\\u0061\\u{62}", "u", "ab", true);
        add("[^] is any character", "a[^]b", "", "a\nb", true);
        add("[] is none", "a[]", "", "a[]", false);
        add("[: is no class in a set", "^[[:a]+$", "", "[:a", true);
    }
    void patternsMatchAsInJavaScript()
    {
        QFETCH(QString, source);
        QFETCH(QString, flags);
        QFETCH(QString, text);
        const auto pattern = javaScriptPattern(source, flags);
        QVERIFY2(pattern, pattern ? "" : qPrintable(pattern.error().sentence()));
        QTEST(pattern->match(text).hasMatch(), "matches");
    }

    void patternsThatJavaScriptRefusesAreRefused()
    {
        for (const char* source : {"(", "a++", "*a", "(?i)a", "(?>a)", "(*ACCEPT)", "a\\"})
            QVERIFY2(!javaScriptPattern(QString::fromUtf8(source), {}), source);
        QVERIFY(!javaScriptPattern(QStringLiteral("a"), QStringLiteral("x")));
        QVERIFY(!javaScriptPattern(QStringLiteral("a"), QStringLiteral("ii")));
    }
};

QTEST_GUILESS_MAIN(JavaScriptCodeTest)
#include "tst_javascriptcode.moc"

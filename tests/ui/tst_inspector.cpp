#include "core/explain/Explain.h"
#include "tests/ui/SampleTraces.h"
#include "core/explain/Explain.h"
#include "ui/inspector/ByteCompare.h"
#include "ui/inspector/Inspector.h"
#include "ui/inspector/StateText.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Chip.h"
#include "ui/theme/ElidedLabel.h"
#include "ui/theme/Theme.h"
#include "ui/verdict/VerdictBar.h"
#include "ui/verdict/VerdictText.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTextBrowser>

using namespace corscope;
using Piece = ByteComparison::Piece;

class TestInspector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::light().apply(*qApp); }
    void firstDifferingByteIsMarkedInBoth_data();
    void firstDifferingByteIsMarkedInBoth();
    void oneLetterTooManyIsOneMark();
    void invisibleCharactersAreShown();
    void decisionIsExplainedWhole();
    void absentIsNotEmpty();
    void rawMessageMarksTheDecidingHeader();
    void changesOfAStepAreShownWithIt();
    void stateStandsOnTheSecondPage();
    void columnsOfStateStandBelowEachOther();
    void stateIsTheSameOnEveryWayToAStep();
    void citationOpensByKey();
    void markupInHeadersStaysText();
    void textCanBeSelected();
    void emptyInspectorSaysWhatItIsFor();
    void verdictLamps();
    void stepNamedByTheVerdictIsALink();
    void verdictKeepsItsHeight();
    void longVerdictKeepsItsEnds();
    void otherwiseThanExpectedIsSaid();
    void verdictFollowsTheActionAtTheCursor();
    void verdictOfAComparisonNamesThePart();
    void verdictSaysWhenNothingRanAndWhenOneRuns();
    void handlerThatRanBehindABlockIsSaid();
};

void TestInspector::firstDifferingByteIsMarkedInBoth_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<int>("at");
    QTest::addColumn<QString>("markInValue");
    QTest::addColumn<QString>("markInOther");
    QTest::newRow("trailing slash") << QByteArray("http://a.example/") << QByteArray("http://a.example") << 16
                                    << QStringLiteral("/") << QStringLiteral("⟨end⟩");
    QTest::newRow("upper-case letter") << QByteArray("http://A.example") << QByteArray("http://a.example") << 7
                                       << QStringLiteral("A") << QStringLiteral("a");
    QTest::newRow("port") << QByteArray("http://a:8000") << QByteArray("http://a:5000") << 9 << QStringLiteral("8")
                          << QStringLiteral("5");
    QTest::newRow("trailing space") << QByteArray("*") << QByteArray("* ") << 1 << QStringLiteral("⟨end⟩")
                                    << QStringLiteral("␣");
    QTest::newRow("empty") << QByteArray("") << QByteArray("x") << 0 << QStringLiteral("⟨end⟩") << QStringLiteral("x");
    QTest::newRow("inside a character") << QByteArray("ä") << QByteArray("ö") << 1 << QStringLiteral("ä")
                                        << QStringLiteral("ö");
}

static QString marked(const QList<ByteComparison::Part>& parts)
{
    QStringList texts;
    for (const auto& part : parts)
        if (part.piece == Piece::First)
            texts.append(part.text);
    return texts.join(QLatin1Char('|'));
}

void TestInspector::firstDifferingByteIsMarkedInBoth()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, other);
    QFETCH(int, at);
    const auto result = compareBytes(value, other);
    QCOMPARE(result.firstDifference, at);
    QTEST(marked(result.value), "markInValue");
    QTEST(marked(result.other), "markInOther");
    QCOMPARE(compareBytes(value, value).firstDifference, -1);
    QCOMPARE(marked(compareBytes(value, value).value), QString());
}

void TestInspector::oneLetterTooManyIsOneMark()
{
    const auto result = compareBytes("https://a.example", "http://a.example");
    const QList<ByteComparison::Part> expected{{Piece::Same, QStringLiteral("http")}, {Piece::First, QStringLiteral("s")},
                                               {Piece::Same, QStringLiteral("://a.example")}};
    QCOMPARE(result.value, expected);
}

void TestInspector::invisibleCharactersAreShown()
{
    QCOMPARE(visibleBytes("a b"), QStringLiteral("a b"));
    QCOMPARE(visibleBytes(" a "), QStringLiteral("␣a␣"));
    QCOMPARE(visibleBytes("a\tb\r\n"), QStringLiteral("a⟨tab⟩b⟨CR⟩⟨LF⟩"));
    QCOMPARE(visibleBytes(QByteArray("a\0b", 3)), QStringLiteral("a⟨00⟩b"));
    QCOMPARE(visibleBytes("\xff"), QStringLiteral("⟨ff⟩"));
    QCOMPARE(visibleBytes("a\xe2\x80\x8b"), QStringLiteral("a⟨U+200B⟩"));
    QCOMPARE(visibleBytes("é"), QStringLiteral("é"));
}

struct Fixture
{
    explicit Fixture(const std::shared_ptr<const Trace>& trace = samples::blockedPreflight())
    {
        cursor.setTrace(trace, TraceCursor::Start::Decision);
        inspector.resize(671, 260);
        inspector.show();
    }
    QString text(const char* name)
    {
        return inspector.findChild<QTextBrowser*>(QString::fromLatin1(name))->toPlainText();
    }
    QPlainTextEdit* state() { return inspector.findChild<QPlainTextEdit*>(QStringLiteral("state")); }
    QStringList stateLines() { return state()->toPlainText().split(QLatin1Char('\n')); }
    void showState()
    {
        inspector.findChild<QTabBar*>(QStringLiteral("inspectorTabs"))->setCurrentIndex(1);
    }
    TraceCursor cursor;
    Inspector inspector{cursor};
};

void TestInspector::decisionIsExplainedWhole()
{
    Fixture f;
    QCOMPARE(f.inspector.findChild<QLabel*>(QStringLiteral("stepTitle"))->text(), QStringLiteral("Step 7 · ") + explain::stepTitle(*f.cursor.step()));
    QCOMPARE(f.inspector.findChild<Chip*>(QStringLiteral("stepVerdict"))->text(), QStringLiteral("✗ failure"));
    const auto rule = f.text("rule");
    for (const auto& part : {explain::stepText(*f.cursor.step(), *f.cursor.trace()), explain::branchTaken(*f.cursor.step()),
                             explain::branchNotTaken(*f.cursor.step())})
        QVERIFY2(rule.contains(part), qPrintable(rule));
    QVERIFY(rule.contains(QStringLiteral("differs at byte 1")));
    QVERIFY(rule.contains(QStringLiteral("http://localhost:8000")));
}

void TestInspector::absentIsNotEmpty()
{
    Fixture f;
    QVERIFY(f.text("rule").contains(QRegularExpression(QStringLiteral("Access-Control-Allow-Credentials\\s+absent"))));
}

void TestInspector::rawMessageMarksTheDecidingHeader()
{
    Fixture f;
    const auto message = f.text("message");
    QVERIFY(message.startsWith(QStringLiteral("HTTP/1.1 200 OK\nVary: Origin\n")));
    QVERIFY(message.contains(QStringLiteral("\n▸ Access-Control-Allow-Origin: *\n")));
    QCOMPARE(message.count(QStringLiteral("▸")), 1);
    QVERIFY(message.contains(QStringLiteral("\nOK")));
    f.cursor.moveToStop(3);
    QVERIFY(f.text("message").startsWith(QStringLiteral("OPTIONS /items/1 HTTP/1.1\n")));
}

void TestInspector::changesOfAStepAreShownWithIt()
{
    Fixture f;
    int changing = -1;
    for (const auto& step : f.cursor.trace()->steps)
        if (step->index > 0 && step->state != f.cursor.trace()->at(step->index - 1).state)
            changing = step->index;
    QVERIFY(changing > 0);
    f.cursor.moveTo(changing);
    QVERIFY(f.text("message").contains(QStringLiteral("Access log · api")));
    QVERIFY(f.text("message").contains(QRegularExpression(QStringLiteral("\\+ request\\sOPTIONS /items/1"))));
    f.cursor.moveTo(changing + 1);
    QVERIFY(!f.text("message").contains(QStringLiteral("Access log")));
}

void TestInspector::stateStandsOnTheSecondPage()
{
    Fixture f;
    QVERIFY(!f.state()->isVisible());
    f.showState();
    QVERIFY(f.state()->isVisible());
    const auto state = f.state()->toPlainText();
    QVERIFY(state.contains(QStringLiteral("Preflight cache")));
    QVERIFY(state.contains(QStringLiteral("Ledger")));
    QVERIFY(state.contains(QStringLiteral("OPTIONS")));
}

void TestInspector::columnsOfStateStandBelowEachOther()
{
    Fixture f;
    f.showState();
    const auto lines = f.stateLines();
    const auto columns = lines.indexOf(QRegularExpression(QStringLiteral("^  .*\\brequest\\b.*")));
    QVERIFY2(columns > 0 && columns + 1 < lines.size(), qPrintable(lines.join(QLatin1Char('\n'))));
    QCOMPARE(lines[columns + 1].indexOf(QStringLiteral("OPTIONS")), lines[columns].indexOf(QStringLiteral("request")));
}

/// However one came to a step, and though only what differs is written.
void TestInspector::stateIsTheSameOnEveryWayToAStep()
{
    Fixture f;
    f.showState();
    QStringList forth;
    const int steps = f.cursor.trace()->size();
    for (int i = 0; i < steps; ++i) {
        f.cursor.moveTo(i);
        forth.append(f.state()->toPlainText());
        QStringList expected;
        for (const auto& line : corscope::stateLines(*f.cursor.step(), *f.cursor.trace()))
            expected.append(line.text);
        QCOMPARE(forth.last(), expected.join(QLatin1Char('\n')));
    }
    QVERIFY(QSet<QString>(forth.begin(), forth.end()).size() > 1);
    for (int i = steps - 1; i >= 0; i -= 2) {
        f.cursor.moveTo(i);
        QCOMPARE(f.state()->toPlainText(), forth[i]);
    }
    f.cursor.setTrace(nullptr, TraceCursor::Start::First);
    QCOMPARE(f.state()->toPlainText(), QString());
}

void TestInspector::citationOpensByKey()
{
    Fixture f;
    auto* citation = f.inspector.findChild<ElidedLabel*>(QStringLiteral("citation"));
    QCOMPARE(citation->text(), explain::citation(*f.cursor.step()));
    QCOMPARE(citation->address(), explain::citationUrl(*f.cursor.step()));
    QCOMPARE(citation->focusPolicy(), Qt::StrongFocus);
    ElidedLabel label;
    label.say(QStringLiteral("text"), QStringLiteral("https://example.org/"));
    QSignalSpy opened(&label, &ElidedLabel::activated);
    QTest::keyClick(&label, Qt::Key_Return);
    QTest::mouseClick(&label, Qt::LeftButton, {}, QPoint(3, 3));
    QCOMPARE(opened.size(), 2);
}

void TestInspector::markupInHeadersStaysText()
{
    Recorder recorder;
    const auto lane = samples::lanes(recorder);
    {
        auto wire = recorder.enter(Algorithm::Wire, lane.middleware);
        wire.message("1", lane.browser, "<b>200</b>", samples::response(WireMessage::Kind::Request, 200, "OK",
                     {{"X-Note", "<script>alert(1)</script>"}}, "<h1>hello & bye</h1>"), "X-Note");
    }
    Fixture f(std::make_shared<const Trace>(recorder.take()));
    QVERIFY(f.text("message").contains(QStringLiteral("X-Note: <script>alert(1)</script>")));
    QVERIFY(f.text("message").contains(QStringLiteral("<h1>hello & bye</h1>")));
}

void TestInspector::textCanBeSelected()
{
    Fixture f;
    for (const auto* browser : f.inspector.findChildren<QTextBrowser*>())
        QVERIFY(browser->textInteractionFlags() & Qt::TextSelectableByKeyboard);
}

void TestInspector::emptyInspectorSaysWhatItIsFor()
{
    Fixture f(nullptr);
    QVERIFY(f.text("rule").contains(QStringLiteral("explained")));
    QVERIFY(f.text("message").isEmpty());
}

static QString lamp(VerdictBar& bar, const char* name)
{
    const auto* chip = bar.findChild<QLabel*>(QString::fromLatin1(name));
    return chip->isHidden() ? QString() : chip->text();
}

void TestInspector::verdictLamps()
{
    TraceCursor cursor;
    VerdictBar bar(cursor);
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::Decision);
    QCOMPARE(lamp(bar, "preflightLamp"), QStringLiteral("✓ preflight sent"));
    QCOMPARE(lamp(bar, "requestLamp"), QStringLiteral("– request not sent"));
    QCOMPARE(lamp(bar, "responseLamp"), QStringLiteral("✗ response not visible"));
    QCOMPARE(lamp(bar, "ledgerLamp"), QStringLiteral("– handler: 0 runs"));
    const auto sentence = explain::verdictSentence(*cursor.trace(), 0);
    QCOMPARE(bar.sentence(), sentence);
    const auto html = bar.findChild<QLabel*>(QStringLiteral("verdictText"))->text();
    auto bold = QRegularExpression(QStringLiteral("<b [^>]*>(.*)</b>")).match(html).captured(1);
    bold.remove(QRegularExpression(QStringLiteral("<[^>]*>")));
    QVERIFY2(bold.endsWith(QLatin1Char('.')) && sentence.startsWith(bold) && bold.size() < sentence.size(),
             qPrintable(html));
    cursor.setTrace(samples::allowedSimple());
    QCOMPARE(lamp(bar, "preflightLamp"), QStringLiteral("– preflight not needed"));
    QCOMPARE(lamp(bar, "responseLamp"), QStringLiteral("✓ response visible"));
}

void TestInspector::stepNamedByTheVerdictIsALink()
{
    TraceCursor cursor;
    VerdictBar bar(cursor);
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::First);
    bar.resize(520, bar.heightForWidth(520));
    bar.show();
    auto* text = bar.findChild<QLabel*>(QStringLiteral("verdictText"));
    QVERIFY2(text->text().contains(QStringLiteral("<a href=")), qPrintable(text->text()));
    const int before = cursor.position();
    for (int y = 4; y < text->height() && cursor.position() == before; y += 8)
        for (int x = 2; x < text->width() && cursor.position() == before; x += 8)
            QTest::mouseClick(text, Qt::LeftButton, {}, QPoint(x, y));
    QCOMPARE(cursor.position(), cursor.trace()->lastSend()->blockedStep);
}

void TestInspector::verdictKeepsItsHeight()
{
    for (const int width : {420, 520, 700, 1000}) {
        TraceCursor cursor;
        VerdictBar bar(cursor);
        bar.resize(width, 200);
        bar.show();
        const int nothing = bar.height();
        bar.setRunning(true);
        QCOMPARE(bar.height(), nothing);
        bar.setRunning(false);
        for (const auto& trace : {samples::blockedPreflight(), samples::allowedSimple()}) {
            cursor.setTrace(trace, TraceCursor::Start::Decision);
            QCOMPARE(bar.height(), nothing);
            const auto* text = bar.findChild<QLabel*>(QStringLiteral("verdictText"));
            QVERIFY2(text->heightForWidth(text->width()) <= text->height(), "nothing is cut off");
        }
    }
}

void TestInspector::longVerdictKeepsItsEnds()
{
    const auto font = qApp->font();
    QString text = QStringLiteral("Blocked at step 7. Why");
    for (int i = 0; i < 30; ++i)
        text += QStringLiteral(" and why");
    text += QStringLiteral(". The handler never ran.");
    const auto cut = verdicttext::fitted(text, font, 300, 3);
    QVERIFY2(cut.startsWith(QStringLiteral("Blocked at step 7. ")) && cut.endsWith(QStringLiteral("… The handler never ran.")),
             qPrintable(cut));
    QVERIFY(cut.size() < text.size());
    QCOMPARE(verdicttext::fitted(QStringLiteral("Short. Enough."), font, 300, 3), QStringLiteral("Short. Enough."));
}

void TestInspector::otherwiseThanExpectedIsSaid()
{
    TraceCursor cursor;
    VerdictBar bar(cursor);
    cursor.setTrace(samples::allowedSimple());
    QCOMPARE(lamp(bar, "unmetLamp"), QString());
    bar.setUnmetExpectations({QStringLiteral("expected to be blocked")});
    QCOMPARE(lamp(bar, "unmetLamp"), QStringLiteral("≠ expected otherwise"));
    QVERIFY(bar.findChild<QLabel*>(QStringLiteral("unmetLamp"))->toolTip().contains(QStringLiteral("expected to be blocked")));
    bar.setUnmetExpectations({});
    QCOMPARE(lamp(bar, "unmetLamp"), QString());
}

void TestInspector::verdictFollowsTheActionAtTheCursor()
{
    auto both = *samples::allowedSimple(2);
    std::get<SendOutcome>(both.outcomes[0]).preflight = SendOutcome::Preflight::Cached;
    TraceCursor cursor;
    VerdictBar bar(cursor);
    cursor.setTrace(std::make_shared<const Trace>(both), TraceCursor::Start::First);
    QCOMPARE(lamp(bar, "preflightLamp"), QStringLiteral("✓ preflight cached"));
    cursor.last();
    QCOMPARE(lamp(bar, "preflightLamp"), QStringLiteral("– preflight not needed"));
}

void TestInspector::verdictOfAComparisonNamesThePart()
{
    TraceCursor cursor;
    VerdictBar bar(cursor);
    cursor.setTrace(samples::compared(), TraceCursor::Start::First);
    QVERIFY(bar.sentence().contains(QStringLiteral("http://localhost, http://localhost:5000: ✗ cross-origin: other port")));
    QVERIFY(bar.sentence().contains(QStringLiteral("other scheme and port")));
    QCOMPARE(lamp(bar, "requestLamp"), QString());
}

void TestInspector::verdictSaysWhenNothingRanAndWhenOneRuns()
{
    TraceCursor cursor;
    VerdictBar bar(cursor);
    QVERIFY(bar.sentence().startsWith(QStringLiteral("Nothing sent yet.")));
    bar.setRunning(true);
    QVERIFY(bar.sentence().startsWith(QStringLiteral("Running.")));
}

void TestInspector::handlerThatRanBehindABlockIsSaid()
{
    auto trace = *samples::allowedSimple();
    auto& send = std::get<SendOutcome>(trace.outcomes[0]);
    send.visible = SendOutcome::Visible::No;
    send.blocked = Blocked{};
    TraceCursor cursor;
    VerdictBar bar(cursor);
    cursor.setTrace(std::make_shared<const Trace>(trace));
    QCOMPARE(lamp(bar, "ledgerLamp"), QStringLiteral("✓ handler: 1 run"));
    QCOMPARE(bar.findChild<Chip*>(QStringLiteral("ledgerLamp"))->toolTip(), QStringLiteral("item list read"));
    QCOMPARE(bar.findChild<Chip*>(QStringLiteral("ledgerLamp"))->look(), Chip::Look::Preflight);
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"

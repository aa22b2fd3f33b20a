#include "tests/ui/SampleTraces.h"
#include "core/explain/Explain.h"
#include "ui/exchange/StepList.h"
#include "ui/exchange/StepListModel.h"
#include "ui/exchange/TransportBar.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace corscope;

class TestStepList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::light().apply(*qApp); }
    void modelKeepsItsPromises();
    void landmarksAreNumberedAsInTheDiagram();
    void everyRuleShowsTheRulesBetween();
    void growingTraceAddsRowsWithoutReset();
    void selectionIsTheCursor();
    void cursorGoesAlongOnlyFromTheEnd();
    void handedOutTraceDoesNotGrow();
    void shorterTraceKeepsThePositionInside();
    void nextAtTheEndOfALiveRunAsksForMore();
    void transportWalksByButtonsAndSlider();
    void transportSaysWhereItIsAndWhichKeyMoves();
    void playWalksToTheEndAndStops();
};

static void replay(TraceCursor& cursor, const Trace& trace, int from, int to)
{
    if (from == 0)
        cursor.append(trace.lanes, {});
    for (int i = from; i < to; ++i)
        cursor.append({}, {trace.steps.shared(size_t(i))});
}

void TestStepList::modelKeepsItsPromises()
{
    TraceCursor cursor;
    StepListModel model(cursor);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto trace = samples::blockedPreflight();
    replay(cursor, *trace, 0, trace->size());
    cursor.setTrace(trace);
    cursor.setStopsMode(walk::Stops::EveryStep);
    cursor.setTrace(samples::forty());
    cursor.setStopsMode(walk::Stops::Landmarks);
    cursor.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestStepList::landmarksAreNumberedAsInTheDiagram()
{
    TraceCursor cursor;
    StepListModel model(cursor);
    cursor.setTrace(samples::blockedPreflight());
    QCOMPARE(model.rowCount(), 9);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(6, StepListModel::Number), QStringLiteral("7"));
    QCOMPARE(text(6, StepListModel::Where), QStringLiteral("Browser"));
    QCOMPARE(text(6, StepListModel::Verdict), QStringLiteral("✗ failure"));
    QCOMPARE(text(7, StepListModel::Verdict), QStringLiteral("never sent"));
    QVERIFY(model.index(6, StepListModel::Title).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(!model.index(5, StepListModel::Title).data(Qt::FontRole).isValid());
    QCOMPARE(cursor.landmarkNumber(model.stepOf(6)), 7);
}

void TestStepList::everyRuleShowsTheRulesBetween()
{
    TraceCursor cursor;
    StepListModel model(cursor);
    const auto trace = samples::blockedPreflight();
    cursor.setTrace(trace);
    cursor.setStopsMode(walk::Stops::EveryStep);
    QCOMPARE(model.rowCount(), trace->size());
    int numbered = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        numbered += !model.index(row, StepListModel::Number).data().toString().isEmpty();
    QCOMPARE(numbered, 9);
}

void TestStepList::growingTraceAddsRowsWithoutReset()
{
    TraceCursor cursor;
    StepListModel model(cursor);
    const auto trace = samples::blockedPreflight();
    replay(cursor, *trace, 0, 10);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    const int before = model.rowCount();
    replay(cursor, *trace, 10, trace->size());
    QCOMPARE(resets.size(), 0);
    QCOMPARE(inserts.size(), 9 - before);
}

void TestStepList::selectionIsTheCursor()
{
    TraceCursor cursor;
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::Decision);
    StepList list(cursor);
    list.show();
    QCOMPARE(list.currentIndex().row(), 6);
    QTest::keyClick(&list, Qt::Key_Up);
    QCOMPARE(cursor.stopIndex(), 5);
    cursor.moveToStop(2);
    QCOMPARE(list.currentIndex().row(), 2);
    // A rule between two landmarks leaves the landmark before it selected, and the cursor where it is.
    cursor.moveTo(cursor.position() + 2);
    const int between = cursor.position();
    QVERIFY(!cursor.step()->landmark);
    QCOMPARE(cursor.position(), between);
}

void TestStepList::cursorGoesAlongOnlyFromTheEnd()
{
    TraceCursor cursor;
    const auto trace = samples::blockedPreflight();
    replay(cursor, *trace, 0, 12);
    QCOMPARE(cursor.stopIndex(), int(cursor.stops().size()) - 1);
    cursor.first();
    const int stays = cursor.position();
    replay(cursor, *trace, 12, trace->size());
    QCOMPARE(cursor.position(), stays);
    cursor.last();
    QCOMPARE(cursor.stopIndex(), 8);
}

void TestStepList::handedOutTraceDoesNotGrow()
{
    TraceCursor cursor;
    const auto trace = samples::blockedPreflight();
    replay(cursor, *trace, 0, 5);
    const auto kept = cursor.trace();
    replay(cursor, *trace, 5, 9);
    QCOMPARE(kept->size(), 5);
    QCOMPARE(cursor.trace()->size(), 9);
    const auto whole = std::make_shared<const Trace>(*trace);
    cursor.setTrace(whole);
    cursor.append({}, {trace->steps.shared(0)});
    QCOMPARE(whole->size(), trace->size());
}

void TestStepList::shorterTraceKeepsThePositionInside()
{
    TraceCursor cursor;
    cursor.setTrace(samples::forty(), TraceCursor::Start::Last);
    QSignalSpy moved(&cursor, &TraceCursor::cursorChanged);
    const auto shorter = samples::compared();
    connect(&cursor, &TraceCursor::traceChanged, this, [&] { QVERIFY(cursor.step()); });
    cursor.setTrace(shorter);
    QCOMPARE(cursor.position(), shorter->size() - 1);
    QCOMPARE(moved.size(), 1);
    disconnect(&cursor, nullptr, this, nullptr);
    cursor.clear();
    QCOMPARE(cursor.position(), -1);
    QVERIFY(!cursor.step());
    cursor.next();
    cursor.toDecision();
    QCOMPARE(cursor.position(), -1);
}

void TestStepList::nextAtTheEndOfALiveRunAsksForMore()
{
    TraceCursor cursor;
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::Last);
    QSignalSpy more(&cursor, &TraceCursor::moreWanted);
    cursor.next();
    QCOMPARE(more.size(), 0);
    cursor.setLive(true);
    cursor.next();
    QCOMPARE(more.size(), 1);
}

void TestStepList::transportWalksByButtonsAndSlider()
{
    TraceCursor cursor;
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::First);
    TransportBar bar(cursor);
    bar.show();
    const auto press = [&](const char* name) {
        QTest::mouseClick(bar.findChild<QToolButton*>(QString::fromLatin1(name)), Qt::LeftButton);
    };
    QVERIFY(!bar.findChild<QToolButton*>(QStringLiteral("backButton"))->isEnabled());
    press("nextButton");
    QCOMPARE(cursor.stopIndex(), 1);
    press("lastButton");
    QCOMPARE(cursor.stopIndex(), 8);
    press("backButton");
    QCOMPARE(cursor.stopIndex(), 7);
    press("decisionButton");
    QCOMPARE(cursor.stopIndex(), 6);
    press("firstButton");
    QCOMPARE(cursor.stopIndex(), 0);
    auto* slider = bar.findChild<QSlider*>(QStringLiteral("stepSlider"));
    QTest::keyClick(slider, Qt::Key_Right);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(cursor.stopIndex(), 2);
    press("everyRuleButton");
    QCOMPARE(cursor.stopsMode(), walk::Stops::EveryStep);
    QCOMPARE(slider->maximum(), cursor.trace()->size() - 1);
}

void TestStepList::transportSaysWhereItIsAndWhichKeyMoves()
{
    TraceCursor cursor;
    TransportBar bar(cursor);
    auto* place = bar.findChild<QLabel*>(QStringLiteral("stepPlace"));
    QCOMPARE(place->text(), QStringLiteral("no steps yet"));
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::Decision);
    QCOMPARE(place->text(), QStringLiteral("step 7 of 9"));
    for (auto* action : bar.actions()) {
        QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
        QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)),
                 qPrintable(action->toolTip()));
    }
}

void TestStepList::playWalksToTheEndAndStops()
{
    TraceCursor cursor;
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::First);
    TransportBar bar(cursor);
    bar.setSecondsPerStep(0.005);
    bar.setPlaying(true);
    QVERIFY(bar.isPlaying());
    QTRY_VERIFY(!bar.isPlaying());
    QCOMPARE(cursor.stopIndex(), 8);
    // Once more from the end begins at the beginning.
    bar.setPlaying(true);
    QCOMPARE(cursor.stopIndex(), 0);
    bar.setPlaying(false);
}

QTEST_MAIN(TestStepList)
#include "tst_steplist.moc"

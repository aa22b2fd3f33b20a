#include "tests/ui/SampleTraces.h"
#include "core/explain/Explain.h"
#include "ui/exchange/DiagramLayout.h"
#include "ui/exchange/DiagramPainter.h"
#include "ui/exchange/DiagramText.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/present/Enlarged.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace corscope;
using Row = DiagramLayout::Row;

class TestDiagramLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::light().apply(*qApp); }
    void staysClean_data();
    void staysClean();
    void everyLandmarkHasARowInOrder();
    void preflightFrameHoldsItsStepsAndNoOthers();
    void onlyTheDecidingStepBlocks();
    void ghostIsNumberedAndNeverSent();
    void handlerThatNeverRanSaysSo();
    void eachActionBeginsWithADivider();
    void longTextIsCutNotClipped();
    void clickSelectsAndKeysWalk();
    void viewFollowsTheCursorBelowItsHeaders();
    void emptyTraceHasNothing();
    void linesGrowWithTheText();
};

void TestDiagramLayout::staysClean_data()
{
    QTest::addColumn<std::shared_ptr<const Trace>>("trace");
    QTest::addColumn<double>("width");
    for (const double width : {480., 530., 671., 1000.}) {
        const auto tag = [&](const char* name) { return QByteArray(name).append(' ').append(QByteArray::number(width)); };
        QTest::newRow(tag("blocked preflight").constData()) << samples::blockedPreflight() << width;
        QTest::newRow(tag("allowed").constData()) << samples::allowedSimple() << width;
        QTest::newRow(tag("40 steps").constData()) << samples::forty() << width;
        QTest::newRow(tag("long names").constData()) << samples::longNames() << width;
        QTest::newRow(tag("compare").constData()) << samples::compared() << width;
    }
}

void TestDiagramLayout::staysClean()
{
    QFETCH(std::shared_ptr<const Trace>, trace);
    QFETCH(double, width);
    const auto layout = layoutDiagram(*trace, qApp->font(), width);
    QCOMPARE(layout.width, width);

    std::vector<QRectF> texts;
    const auto take = [&](const DiagramLayout::Line& line) {
        auto font = qApp->font();
        font.setBold(line.strong);
        const double needed = QFontMetricsF(font).horizontalAdvance(line.text);
        QVERIFY2(needed <= line.rect.width() + 1, qPrintable(line.text));
        QVERIFY2(line.rect.left() >= 0 && line.rect.right() <= layout.width, qPrintable(line.text));
        for (const auto& other : texts)
            QVERIFY2(!other.adjusted(0.5, 0.5, -0.5, -0.5).intersects(line.rect), qPrintable(line.text));
        texts.push_back(line.rect);
    };
    for (size_t i = 0; i < layout.lanes.size(); ++i) {
        for (const auto& line : layout.lanes[i].lines)
            take(line);
        QVERIFY(i == 0 || !layout.lanes[i].header.intersects(layout.lanes[i - 1].header));
        QVERIFY(layout.lanes[i].header.left() >= 0 && layout.lanes[i].header.right() <= layout.width);
    }
    for (const auto& group : layout.groups)
        take(group.title);
    for (const auto& divider : layout.dividers)
        take(divider.title);
    for (const auto& note : layout.notes)
        take(note.line);

    double bottom = layout.headerHeight;
    for (const auto& row : layout.rows) {
        QVERIFY2(row.bounds.top() >= bottom, qPrintable(QString::number(row.number)));
        bottom = row.bounds.bottom();
        for (const auto& line : row.lines)
            take(line);
        if (row.kind != Row::Kind::Arrow) {
            const auto& lane = layout.lanes[size_t(row.lane)];
            QVERIFY2(row.box.left() >= lane.left && row.box.right() <= lane.right, qPrintable(QString::number(row.number)));
            QVERIFY2(row.box.left() < lane.x && row.box.right() > lane.x, "a box stands on its lifeline");
            for (const auto& line : row.lines)
                QVERIFY2(row.box.contains(line.rect), qPrintable(line.text));
        } else {
            for (const auto& line : row.lines)
                QVERIFY2(line.rect.bottom() <= row.y, "words stand above their arrow");
        }
    }
    QVERIFY(bottom <= layout.height);
}

void TestDiagramLayout::everyLandmarkHasARowInOrder()
{
    const auto trace = samples::forty();
    const auto layout = layoutDiagram(*trace, qApp->font(), 671);
    std::vector<int> drawn;
    for (const auto& row : layout.rows)
        drawn.push_back(row.step);
    QCOMPARE(drawn, walk::stops(*trace, walk::Stops::Landmarks));
    QCOMPARE(layout.rows.size(), size_t(40));
    QCOMPARE(layout.rows.back().number, 40);
}

void TestDiagramLayout::preflightFrameHoldsItsStepsAndNoOthers()
{
    const auto layout = layoutDiagram(*samples::blockedPreflight(), qApp->font(), 671);
    QCOMPARE(layout.groups.size(), size_t(1));
    QCOMPARE(layout.groups[0].title.text, QStringLiteral("Preflight"));
    int inside = 0;
    for (const auto& row : layout.rows) {
        const bool within = layout.groups[0].rect.contains(row.bounds);
        QCOMPARE(within, row.preflight);
        QVERIFY(within || !layout.groups[0].rect.intersects(row.bounds));
        inside += within;
    }
    QCOMPARE(inside, 4);
}

void TestDiagramLayout::onlyTheDecidingStepBlocks()
{
    const auto trace = samples::blockedPreflight();
    const auto layout = layoutDiagram(*trace, qApp->font(), 671);
    QList<int> blocking;
    for (const auto& row : layout.rows)
        if (row.blocking)
            blocking.append(row.step);
    QCOMPARE(blocking, QList<int>{trace->lastSend()->blockedStep});
    const auto* row = layout.rowOf(blocking.first());
    QCOMPARE(row->mark, DiagramLayout::Mark::No);
    QVERIFY(row->lines.front().strong);
    QCOMPARE(row->lines[0].text, QStringLiteral("Blocked here"));
    QVERIFY2(row->lines[1].text.contains(QStringLiteral("failure")), qPrintable(row->lines[1].text));
}

void TestDiagramLayout::ghostIsNumberedAndNeverSent()
{
    const auto layout = layoutDiagram(*samples::blockedPreflight(), qApp->font(), 671);
    const auto& ghost = layout.rows[layout.rows.size() - 2];
    QVERIFY(ghost.ghost);
    QString words;
    for (const auto& line : ghost.lines)
        words += line.text;
    QVERIFY2(words.contains(QStringLiteral("never sent")), qPrintable(words));
}

void TestDiagramLayout::handlerThatNeverRanSaysSo()
{
    const auto blocked = layoutDiagram(*samples::blockedPreflight(), qApp->font(), 671);
    QCOMPARE(blocked.notes.size(), size_t(1));
    QCOMPARE(blocked.notes[0].runs, 0);
    QCOMPARE(layoutDiagram(*samples::forty(), qApp->font(), 671).notes[0].runs, 5);
}

void TestDiagramLayout::eachActionBeginsWithADivider()
{
    QCOMPARE(layoutDiagram(*samples::forty(), qApp->font(), 671).dividers.size(), size_t(5));
    QCOMPARE(layoutDiagram(*samples::allowedSimple(), qApp->font(), 671).dividers.size(), size_t(0));
}

void TestDiagramLayout::longTextIsCutNotClipped()
{
    const auto font = qApp->font();
    const auto lines = wrapped(QString(400, QLatin1Char('x')), font, 100, 2);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[1].endsWith(QChar(0x2026)));
    for (const auto& line : lines)
        QVERIFY(QFontMetricsF(font).horizontalAdvance(line) <= 100.5);
    QCOMPARE(wrapped(QStringLiteral("short"), font, 100, 2), QStringList{QStringLiteral("short")});
}

void TestDiagramLayout::clickSelectsAndKeysWalk()
{
    TraceCursor cursor;
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::First);
    SequenceDiagram diagram(cursor);
    diagram.resize(671, 700);
    diagram.show();
    const auto& rows = diagram.diagram().rows;
    QTest::mouseClick(diagram.viewport(), Qt::LeftButton, {}, rows[2].bounds.center().toPoint());
    QCOMPARE(cursor.position(), rows[2].step);
    QTest::keyClick(&diagram, Qt::Key_Down);
    QCOMPARE(cursor.position(), rows[3].step);
    QTest::keyClick(&diagram, Qt::Key_Left);
    QCOMPARE(cursor.position(), rows[2].step);
    QTest::keyClick(&diagram, Qt::Key_End);
    QCOMPARE(cursor.position(), rows.back().step);
    QVERIFY(diagram.accessibleDescription().contains(QStringLiteral("Failed to fetch")));
    const double before = rows[0].bounds.height();
    QTest::keyClick(&diagram, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(diagram.diagram().rows[0].bounds.height() > before);
}

void TestDiagramLayout::viewFollowsTheCursorBelowItsHeaders()
{
    TraceCursor cursor;
    cursor.setTrace(samples::forty(), TraceCursor::Start::First);
    SequenceDiagram diagram(cursor);
    diagram.resize(671, 320);
    diagram.show();
    for (const int stop : {39, 12, 25, 0}) {
        cursor.moveToStop(stop);
        const auto* row = diagram.diagram().rowOf(cursor.position());
        const double top = row->bounds.top() - diagram.verticalScrollBar()->value();
        QVERIFY(top >= diagram.diagram().headerHeight);
        QVERIFY(top + row->bounds.height() <= diagram.viewport()->height());
    }
}

void TestDiagramLayout::emptyTraceHasNothing()
{
    const auto layout = layoutDiagram(Trace(), qApp->font(), 600);
    QVERIFY(layout.rows.empty() && layout.lanes.empty() && layout.notes.empty());
}

void TestDiagramLayout::linesGrowWithTheText()
{
    const auto trace = samples::blockedPreflight();
    const auto thickness = [&](double factor) {
        DiagramLook look{Theme::light(), enlarged(qApp->font(), factor)};
        look.until = trace->size();
        const auto layout = layoutDiagram(*trace, look.font, 800 * factor);
        const auto arrow = std::find_if(layout.rows.begin(), layout.rows.end(), [](const Row& row) {
            return row.kind == Row::Kind::Arrow && !row.ghost && !row.response;
        });
        QImage image(int(layout.width), int(layout.height), QImage::Format_RGB32);
        image.fill(look.theme.panel);
        QPainter painter(&image);
        paintDiagram(painter, layout, look, {});
        const int x = int((arrow->fromX + arrow->toX) / 2);
        int coloured = 0;
        for (int y = int(arrow->y - 3 * factor); y <= int(arrow->y + 4 * factor); ++y)
            coloured += image.pixelColor(x, y) != look.theme.panel;
        return coloured;
    };
    QVERIFY(thickness(1) > 0);
    QVERIFY2(thickness(2.5) > thickness(1) + 1, qPrintable(QString::number(thickness(2.5))));
}

QTEST_MAIN(TestDiagramLayout)
#include "tst_diagramlayout.moc"

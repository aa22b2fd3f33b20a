#include "tests/ui/SampleTraces.h"
#include "ui/exchange/DiagramExport.h"
#include "ui/exchange/ExchangeTools.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/exchange/TransportBar.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"

#include <QAction>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QScrollBar>
#include <QSpinBox>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace corscope;
using Row = DiagramLayout::Row;

namespace {

/// Diagram, its menu and the transport, as they stand in the window.
struct Desk
{
    explicit Desk(const std::shared_ptr<const Trace>& trace, QSize size = {671, 420})
    {
        cursor.setTrace(trace, TraceCursor::Start::First);
        auto* column = new QVBoxLayout(&window);
        transport = new TransportBar(cursor);
        diagram = new SequenceDiagram(cursor);
        tools = new ExchangeTools(*diagram, cursor);
        for (QWidget* widget : {static_cast<QWidget*>(transport), static_cast<QWidget*>(tools), static_cast<QWidget*>(diagram)})
            column->addWidget(widget);
        column->setStretchFactor(diagram, 1);
        window.resize(size);
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
        diagram->setFocus();
    }
    QAction* action(const char* name) const { return tools->findChild<QAction*>(QString::fromLatin1(name)); }
    const std::vector<Row>& rows() const { return diagram->diagram().rows; }
    QPoint onScreen(const QPointF& point) const
    {
        return QPoint(int(point.x()) - diagram->horizontalScrollBar()->value(), int(point.y()) - diagram->verticalScrollBar()->value());
    }
    void wheel(int delta, Qt::KeyboardModifiers modifiers)
    {
        const QPointF at(diagram->viewport()->rect().center());
        QWheelEvent event(at, diagram->viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(diagram->viewport(), &event);
    }

    TraceCursor cursor;
    QWidget window;
    TransportBar* transport;
    SequenceDiagram* diagram;
    ExchangeTools* tools;
};

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::light().apply(*qApp); }
    void wheelZoomsOnlyWithControl();
    void keysZoomAndFitTheWidth();
    void draggingPansAndSelectsNothing();
    void kindsAreFilteredByTheirKeys();
    void hiddenLaneLeavesACutArrow();
    void preflightFoldsByClickAndByKey();
    void controlGGoesToANumber();
    void steppingBackAndForthShowsTheSame();
    void shownGrowingTraceEqualsTheWholeOne();
    void thousandsOfStepsMoveWithoutLayout();
    void animationCanBeOff();
    void rememberedPreflightIsAShortCut();
    void blockedStepSaysSoInWords();
    void exportHoldsEveryLabel();
    void exportIsLightWhateverTheTheme();
    void pictureAndDocumentAreNotEmpty();
    void exportNamesWhatIsWrong();
};

void TestExchange::wheelZoomsOnlyWithControl()
{
    Desk desk(samples::forty());
    desk.wheel(-240, Qt::NoModifier);
    QCOMPARE(desk.diagram->zoom(), 1.0);
    QVERIFY(desk.diagram->verticalScrollBar()->value() > 0);
    desk.wheel(240, Qt::ControlModifier);
    QVERIFY(desk.diagram->zoom() > 1.2);
    desk.wheel(-240, Qt::ControlModifier);
    QVERIFY(qAbs(desk.diagram->zoom() - 1) < 0.1);
}

void TestExchange::keysZoomAndFitTheWidth()
{
    Desk desk(samples::longNames());
    for (int i = 0; i < 6; ++i)
        QTest::keyClick(desk.diagram, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(desk.diagram->horizontalScrollBar()->maximum() > 0);
    QTest::keyClick(desk.diagram, Qt::Key_9, Qt::ControlModifier);
    QCOMPARE(desk.diagram->horizontalScrollBar()->maximum(), 0);
    QTest::keyClick(desk.diagram, Qt::Key_Minus, Qt::ControlModifier);
    QVERIFY(desk.diagram->zoom() < 1);
    QTest::keyClick(desk.diagram, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(desk.diagram->zoom(), 1.0);
}

void TestExchange::draggingPansAndSelectsNothing()
{
    Desk desk(samples::forty());
    auto* bar = desk.diagram->verticalScrollBar();
    const int position = desk.cursor.position();
    const auto at = desk.diagram->viewport()->rect().center();
    for (const auto button : {Qt::LeftButton, Qt::MiddleButton}) {
        bar->setValue(100);
        QTest::mousePress(desk.diagram->viewport(), button, {}, at);
        QTest::mouseMove(desk.diagram->viewport(), at - QPoint(0, 40));
        QTest::mouseMove(desk.diagram->viewport(), at - QPoint(0, 60));
        QTest::mouseRelease(desk.diagram->viewport(), button, {}, at - QPoint(0, 60));
        QCOMPARE(bar->value(), 160);
        QCOMPARE(desk.cursor.position(), position);
    }
}

void TestExchange::kindsAreFilteredByTheirKeys()
{
    Desk desk(samples::blockedPreflight());
    const size_t all = desk.rows().size();
    QTest::keyClick(desk.diagram, Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(!desk.action("showMessages")->isChecked());
    QVERIFY(!desk.rows().empty() && desk.rows().size() < all);
    for (const auto& row : desk.rows())
        QVERIFY2(row.kind != Row::Kind::Arrow, qPrintable(QString::number(row.number)));
    // What is left keeps the numbers it had.
    QCOMPARE(desk.rows().front().number, 2);
    QTest::keyClick(desk.diagram, Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(desk.rows().empty());
    QTest::keyClick(desk.diagram, Qt::Key_A, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(desk.rows().size(), all);
    QVERIFY(desk.action("showMessages")->isChecked());
}

void TestExchange::hiddenLaneLeavesACutArrow()
{
    Desk desk(samples::allowedSimple());
    auto* lanes = desk.tools->findChild<QMenu*>(QStringLiteral("showLanes"));
    Q_EMIT lanes->aboutToShow();
    QAction* handler = nullptr;
    for (auto* action : lanes->actions())
        if (action->objectName() == QStringLiteral("lane_api/handler"))
            handler = action;
    QVERIFY(handler && handler->isChecked());
    handler->trigger();
    int cut = 0;
    for (const auto& row : desk.rows()) {
        QVERIFY2(row.lane != 3 || row.cut, qPrintable(QString::number(row.number)));
        cut += row.cut;
    }
    QCOMPARE(cut, 2);
    QVERIFY(desk.diagram->diagram().lanes[3].hidden);
}

void TestExchange::preflightFoldsByClickAndByKey()
{
    Desk desk(samples::blockedPreflight(), {671, 800});
    const size_t all = desk.rows().size();
    QCOMPARE(desk.diagram->diagram().groups.size(), size_t(1));
    QTest::mouseClick(desk.diagram->viewport(), Qt::LeftButton, {}, desk.onScreen(desk.diagram->diagram().groups[0].title.rect.center()));
    QCOMPARE(desk.rows().size(), all - 3);
    const auto& fold = desk.rows()[3];
    QCOMPARE(fold.kind, Row::Kind::Folded);
    QVERIFY(fold.blocking);
    QVERIFY2(fold.folded.contains(QStringLiteral("Blocked here")), qPrintable(fold.folded));
    // Every step in it is shown by its row.
    desk.cursor.toDecision();
    QCOMPARE(desk.diagram->diagram().rowOf(desk.cursor.position()), &fold);
    QTest::keyClick(desk.diagram, Qt::Key_Return);
    QCOMPARE(desk.rows().size(), all);
    QTest::keyClick(desk.diagram, Qt::Key_F, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(desk.rows().size(), all - 3);
}

void TestExchange::controlGGoesToANumber()
{
    Desk desk(samples::forty());
    QTest::keyClick(desk.diagram, Qt::Key_G, Qt::ControlModifier);
    auto* number = desk.transport->findChild<QSpinBox*>(QStringLiteral("goToStep"));
    QVERIFY(number && number->isVisible() && number->hasFocus());
    QTest::keyClicks(number, QStringLiteral("23"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(desk.cursor.landmarkNumber(desk.cursor.position()), 23);
    QVERIFY(!number->isVisible());
    QTest::keyClick(desk.diagram, Qt::Key_G, Qt::ControlModifier);
    QTest::keyClicks(number, QStringLiteral("5"));
    QTest::keyClick(number, Qt::Key_Escape);
    QCOMPARE(desk.cursor.landmarkNumber(desk.cursor.position()), 23);
}

void TestExchange::steppingBackAndForthShowsTheSame()
{
    Desk desk(samples::blockedPreflight(), {671, 800});
    std::vector<QImage> there;
    std::vector<int> positions;
    const size_t count = desk.cursor.stops().size();
    for (size_t i = 0; i < count; ++i) {
        there.push_back(desk.diagram->viewport()->grab().toImage());
        positions.push_back(desk.cursor.position());
        QTest::keyClick(desk.diagram, Qt::Key_Right, Qt::AltModifier);
    }
    for (size_t i = 1; i < count; ++i)
        QVERIFY2(there[i] != there[i - 1], "a step is seen");
    for (size_t i = count; i-- > 0;) {
        QCOMPARE(desk.cursor.position(), positions[i]);
        QVERIFY2(desk.diagram->viewport()->grab().toImage() == there[i], qPrintable(QString::number(i)));
        QTest::keyClick(desk.diagram, Qt::Key_Left, Qt::AltModifier);
    }
}

void TestExchange::shownGrowingTraceEqualsTheWholeOne()
{
    for (const auto& whole : {samples::blockedPreflight(), samples::forty()}) {
        Trace growing;
        growing.lanes = whole->lanes;
        DiagramBuilder builder(qApp->font(), 671, {});
        for (size_t i = 0; i < whole->steps.size(); ++i) {
            growing.steps.push_back(whole->steps.shared(i));
            builder.take(growing);
        }
        const auto once = layoutDiagram(growing, qApp->font(), 671);
        const auto& grown = builder.layout();
        QCOMPARE(grown.height, once.height);
        QCOMPARE(grown.rows.size(), once.rows.size());
        for (size_t i = 0; i < once.rows.size(); ++i)
            QCOMPARE(grown.rows[i].bounds, once.rows[i].bounds);
        QCOMPARE(grown.groups.size(), once.groups.size());
        for (size_t i = 0; i < once.groups.size(); ++i)
            QCOMPARE(grown.groups[i].rect, once.groups[i].rect);
        QCOMPARE(grown.notes.size(), once.notes.size());
    }
}

void TestExchange::thousandsOfStepsMoveWithoutLayout()
{
    // NB: what must not happen is told by address: rows that are not laid out again stay where they are.
    Desk desk(samples::allowedSimple(250));
    QCOMPARE(desk.rows().size(), size_t(2000));
    const auto* first = desk.rows().data();
    for (int i = 0; i < 200; ++i)
        desk.cursor.moveToStop((i * 999) % 2000);
    desk.cursor.last();
    QCOMPARE(desk.rows().data(), first);
    const auto* row = desk.diagram->diagram().rowOf(desk.cursor.position());
    QVERIFY(row && desk.onScreen(row->bounds.center()).y() < desk.diagram->viewport()->height());
    QCOMPARE(desk.diagram->diagram().rowAt(row->bounds.center()), row);
    QVERIFY(!desk.diagram->viewport()->grab().isNull());
}

void TestExchange::animationCanBeOff()
{
    Desk desk(samples::forty());
    auto* bar = desk.diagram->verticalScrollBar();
    desk.cursor.moveToStop(30);
    const int there = bar->value();
    QVERIFY2(there > 0, "without animation it is there at once");
    desk.cursor.moveToStop(0);
    desk.diagram->setAnimated(true);
    desk.cursor.moveToStop(30);
    QVERIFY(bar->value() < there || !desk.diagram->style()->styleHint(QStyle::SH_Widget_Animation_Duration));
    QTRY_COMPARE(bar->value(), there);
}

void TestExchange::rememberedPreflightIsAShortCut()
{
    Recorder recorder;
    const auto lane = samples::lanes(recorder);
    {
        auto http = recorder.enter(Algorithm::HttpFetch, lane.browser);
        http.askLandmark("4.1", false, {{"method", "PUT", std::nullopt}});
    }
    const auto layout = layoutDiagram(recorder.take(), qApp->font(), 671);
    QCOMPARE(layout.rows.size(), size_t(1));
    QCOMPARE(layout.rows[0].kind, Row::Kind::ShortCut);
    QVERIFY2(layout.rows[0].lines[0].text.contains(QStringLiteral("remembered")), qPrintable(layout.rows[0].lines[0].text));
}

void TestExchange::blockedStepSaysSoInWords()
{
    const auto layout = layoutDiagram(*samples::blockedPreflight(), qApp->font(), 671);
    for (const auto& row : layout.rows) {
        QCOMPARE(!row.badge.isEmpty(), row.blocking);
        if (row.blocking)
            QCOMPARE(row.lines.front().text, QStringLiteral("Blocked here"));
        QVERIFY(row.badge.isEmpty() || row.bounds.contains(row.badge));
    }
}

void TestExchange::exportHoldsEveryLabel()
{
    QTemporaryDir folder;
    const auto trace = samples::blockedPreflight();
    const auto path = folder.filePath(QStringLiteral("a.svg"));
    QVERIFY(exportDiagram(*trace, {QStringLiteral("PUT <with> credentials"), {}, {}}, path));
    const auto svg = QString::fromUtf8(contents(path));
    QVERIFY(svg.contains(QStringLiteral("PUT &lt;with&gt; credentials")));
    QVERIFY(svg.contains(QStringLiteral("sans-serif")));
    for (const auto& words : {"Page script", "CORSMiddleware", "fetch(PUT /items/1)", "OPTIONS /items/1", "Blocked here",
                              "CORS check: failure", "never sent", "Failed to fetch", "Preflight", "0 runs"})
        QVERIFY2(svg.contains(QString::fromLatin1(words)), words);
}

void TestExchange::exportIsLightWhateverTheTheme()
{
    QTemporaryDir folder;
    const auto trace = samples::blockedPreflight();
    const auto write = [&](const char* name) {
        const auto path = folder.filePath(QString::fromLatin1(name));
        (void)exportDiagram(*trace, {QStringLiteral("t"), {}, {}}, path);
        return contents(path);
    };
    const auto light = write("light.svg");
    Theme::dark().apply(*qApp);
    const auto dark = write("dark.svg");
    Theme::light().apply(*qApp);
    QVERIFY(!light.isEmpty());
    QCOMPARE(dark, light);
}

void TestExchange::pictureAndDocumentAreNotEmpty()
{
    QTemporaryDir folder;
    const auto png = folder.filePath(QStringLiteral("a.png"));
    QVERIFY(exportDiagram(*samples::forty(), {QStringLiteral("Forty"), {}, {}}, png));
    const QImage image(png);
    const auto layout = layoutDiagram(*samples::forty(), qApp->font(), 780);
    QVERIFY2(image.width() >= 2 * 780 && image.height() >= int(layout.height), "two pixels for one");
    int colours = 0;
    for (int y = 0; y < image.height(); y += 7)
        colours += image.pixelColor(image.width() / 3, y) != QColor(Qt::white);
    QVERIFY(colours > 0);

    const auto pages = [&](int times) {
        const auto path = folder.filePath(QStringLiteral("%1.pdf").arg(times));
        (void)exportDiagram(*samples::allowedSimple(times), {QStringLiteral("Pages"), {}, {}}, path);
        const auto pdf = contents(path);
        return pdf.startsWith("%PDF") ? pdf.count("/Type /Page\n") : qsizetype(0);
    };
    QCOMPARE(pages(1), qsizetype(1));
    QVERIFY(pages(20) > 3);
}

void TestExchange::exportNamesWhatIsWrong()
{
    const auto trace = samples::allowedSimple();
    QVERIFY(exportDiagram(*trace, {}, QStringLiteral("a.gif")).error().sentence().contains(QStringLiteral(".svg")));
    QVERIFY(!exportDiagram(*trace, {}, QStringLiteral("/no/such/folder/a.svg")));
    QTemporaryDir folder;
    QVERIFY(!exportDiagram(Trace(), {}, folder.filePath(QStringLiteral("a.svg"))));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("a.svg"))));
}

QTEST_MAIN(TestExchange)
#include "tst_exchange.moc"

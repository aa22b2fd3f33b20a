#include "tests/ui/SampleTraces.h"
#include "tests/ui/StandIns.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/exchange/StepList.h"
#include "ui/exchange/TransportBar.h"
#include "ui/inspector/Inspector.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"
#include "ui/verdict/VerdictBar.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <QVBoxLayout>

using namespace corscope;

/// Draws the widgets in the sizes in which they stand in the window, to be looked at: PNG files in the build folder.
class TestLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void diagram_data();
    void diagram();
    void column_data();
    void column();
    void stepList();

private:
    void save(QWidget& widget, const QString& name)
    {
        widget.show();
        QCoreApplication::processEvents();
        const auto image = widget.grab().toImage();
        QVERIFY(!image.isNull());
        const QDir folder(QStringLiteral(CORSCOPE_BINARY_DIR "/pictures"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        QVERIFY(image.save(folder.filePath(name + QStringLiteral(".png"))));
    }
};

void TestLook::diagram_data()
{
    QTest::addColumn<std::shared_ptr<const Trace>>("trace");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("atEnd");
    QTest::newRow("blocked-1440-light") << samples::blockedPreflight() << QSize(671, 512) << false << false;
    QTest::newRow("blocked-1440-dark") << samples::blockedPreflight() << QSize(671, 512) << true << false;
    QTest::newRow("blocked-1280-light") << samples::blockedPreflight() << QSize(560, 380) << false << true;
    QTest::newRow("allowed-1440-light") << samples::allowedSimple() << QSize(671, 512) << false << true;
    QTest::newRow("forty-1440-dark") << samples::forty() << QSize(671, 512) << true << true;
    QTest::newRow("long-1440-light") << samples::longNames() << QSize(671, 512) << false << true;
    QTest::newRow("empty-1440-light") << std::shared_ptr<const Trace>() << QSize(671, 512) << false << true;
}

void TestLook::diagram()
{
    QFETCH(std::shared_ptr<const Trace>, trace);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, atEnd);
    (dark ? Theme::dark() : Theme::light()).apply(*qApp);
    TraceCursor cursor;
    cursor.setTrace(trace, atEnd ? TraceCursor::Start::Last : TraceCursor::Start::Decision);
    SequenceDiagram diagram(cursor);
    diagram.resize(size);
    save(diagram, QStringLiteral("diagram-") + QString::fromLatin1(QTest::currentDataTag()));
}

void TestLook::column_data()
{
    QTest::addColumn<std::shared_ptr<const Trace>>("trace");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    const QSize large(671, 834), small(560, 664);
    for (const bool dark : {false, true}) {
        const char* theme = dark ? "dark" : "light";
        const auto tag = [&](const char* name, const QSize& size) {
            return QByteArray(name).append(size == large ? "-1440-" : "-1280-").append(theme);
        };
        for (const auto& size : {large, small}) {
            QTest::newRow(tag("blocked", size).constData()) << samples::blockedPreflight() << size << dark;
            QTest::newRow(tag("allowed", size).constData()) << samples::forty() << size << dark;
        }
    }
    QTest::newRow("compare-1440-light") << samples::compared() << large << false;
    QTest::newRow("nothing-1280-dark") << std::shared_ptr<const Trace>() << small << true;
}

/// Verdict, transport, diagram and inspector as they stand in the middle of the window.
void TestLook::column()
{
    QFETCH(std::shared_ptr<const Trace>, trace);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    (dark ? Theme::dark() : Theme::light()).apply(*qApp);
    TraceCursor cursor;
    cursor.setTrace(trace, TraceCursor::Start::Decision);
    QWidget window;
    auto* all = new QVBoxLayout(&window);
    all->addWidget(new TransportBar(cursor));
    all->addWidget(new VerdictBar(cursor));
    auto* card = new QFrame;
    card->setProperty("role", QStringLiteral("card"));
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 4, 1, 4);
    inside->addWidget(new SequenceDiagram(cursor));
    all->addWidget(card, 5);
    all->addWidget(new Inspector(cursor), 2);
    window.resize(size);
    save(window, QStringLiteral("column-") + QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(window.size(), size);
}

void TestLook::stepList()
{
    Theme::light().apply(*qApp);
    TraceCursor cursor;
    cursor.setTrace(samples::blockedPreflight(), TraceCursor::Start::Decision);
    StepList list(cursor);
    list.resize(560, 330);
    save(list, QStringLiteral("list-landmarks"));
    cursor.setStopsMode(walk::Stops::EveryStep);
    list.resize(560, 500);
    save(list, QStringLiteral("list-every-rule"));
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"

#include "tests/ui/SampleTraces.h"
#include "tests/ui/StandIns.h"
#include "ui/exchange/SequenceDiagram.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace corscope;

/// Draws the widgets in the sizes in which they stand in the window, to be looked at: PNG files in the build folder.
class TestLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void diagram_data();
    void diagram();

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

QTEST_MAIN(TestLook)
#include "tst_look.moc"

#include "core/scenario/ScenarioFile.h"
#include "tests/ui/OwnHome.h"
#include "tests/ui/WindowDriver.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QProcess>
#include <QSplitter>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>
#include <sys/types.h>

using namespace corscope;

static const QString editedPort = QStringLiteral("4711");

/// The window as the program opens it, in a process of its own: types into it, tells when that is kept, and waits to be
/// killed.
/// \param file to open; empty: what opens first.
static int editAndWait(const QString& file)
{
    Preferences preferences;
    MainWindow window(preferences);
    window.openSomething();
    if (!file.isEmpty() && !window.openScenario(file))
        return 2;
    window.keepUnsavedChanges();
    window.show();
    auto* port = window.findChild<QLineEdit*>(QStringLiteral("serverPort"));
    port->setFocus();
    QTest::keyClick(port, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(port, editedPort);
    QTest::keyClick(port, Qt::Key_Return);
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const auto kept = [&] { return folder.entryList({QStringLiteral("*.corscope")}, QDir::Files).size(); };
    const auto before = kept();
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, qApp, [&] {
        if (kept() > before) {
            poll.stop();
            std::puts("kept");
            std::fflush(stdout);
        }
    });
    poll.start(20);
    return QApplication::exec();
}

/// What is there again after the end of a program, orderly or not.
class RecoveryTest : public QObject
{
    Q_OBJECT

    static void crash(const QString& file = {})
    {
        QProcess other;
        other.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        other.start(QApplication::applicationFilePath(), {QStringLiteral("--edit-and-wait"), file});
        QVERIFY(other.waitForStarted());
        while (!other.readAllStandardOutput().contains("kept"))
            QVERIFY2(other.waitForReadyRead(20000), "the edit was not kept");
        QCOMPARE(::kill(pid_t(other.processId()), SIGKILL), 0);
        QVERIFY(other.waitForFinished());
        QCOMPARE(other.exitStatus(), QProcess::CrashExit);
    }
    struct Started
    {
        Preferences preferences;
        mutable MainWindow window{preferences};
        Started()
        {
            window.openSomething();
            window.keepUnsavedChanges();
            window.show();
            (void)QTest::qWaitForWindowActive(&window);
        }
        QWidget* banner() const { return window.findChild<QWidget*>(QStringLiteral("recovery")); }
        void click(const char* name) const
        {
            QTest::mouseClick(window.findChild<QWidget*>(QLatin1String(name)), Qt::LeftButton);
        }
        QString told() const { return window.findChild<QLabel*>(QStringLiteral("recoveryText"))->text(); }
        quint16 port() const { return window.document().scenario().servers[0].port; }
    };

private Q_SLOTS:
    void init()
    {
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).removeRecursively();
    }

    void nothingIsOfferedAfterAnOrderlyEnd()
    {
        {
            Started first;
            QVERIFY(!first.banner()->isVisible());
        }
        Started next;
        QVERIFY(!next.banner()->isVisible());
    }

    void aKilledWindowOffersItsScenarioBack()
    {
        crash();
        Started next;
        QVERIFY(next.banner()->isVisible());
        QVERIFY(next.told().contains(QStringLiteral("was not saved")));
        QVERIFY(next.port() != editedPort.toUShort()); // offered, not put in place of what was opened
        next.click("recoveryKeep");
        QVERIFY(!next.banner()->isVisible());
        QCOMPARE(next.port(), editedPort.toUShort());
        QVERIFY(next.window.isWindowModified());
    }

    void anOfferThatIsNotAnsweredStays()
    {
        crash();
        {
            Started second;
            QVERIFY(second.banner()->isVisible());
        }
        Started third;
        QVERIFY(third.banner()->isVisible());
        third.click("recoveryDiscard");
        QVERIFY(!third.banner()->isVisible());
        QVERIFY(third.port() != editedPort.toUShort());
        Started fourth;
        QVERIFY(!fourth.banner()->isVisible());
    }

    void twoCrashesAreTwoOffers()
    {
        crash();
        crash();
        Started next;
        next.click("recoveryKeep");
        QVERIFY(next.banner()->isVisible());
        next.click("recoveryDiscard");
        QVERIFY(!next.banner()->isVisible());
        QCOMPARE(next.port(), editedPort.toUShort());
    }

    void aRecoveredScenarioGoesBackToItsFile_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::addColumn<QString>("told");
        QTest::newRow("the file is as it was") << QString() << QStringLiteral("It belongs to shop.corscope.");
        QTest::newRow("another program wrote it") << QStringLiteral("write") << QStringLiteral("changed by another program since");
        QTest::newRow("it is gone") << QStringLiteral("remove") << QStringLiteral("not there any more");
    }

    void aRecoveredScenarioGoesBackToItsFile()
    {
        QFETCH(QString, meanwhile);
        QFETCH(QString, told);
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("shop.corscope"));
        auto scenario = scenariofile::load(scenariofile::library().first().path).value();
        scenario.title.clear();
        QVERIFY(scenariofile::save(scenario, file).ok());
        crash(file);
        if (meanwhile == QStringLiteral("write")) {
            scenario.story = QStringLiteral("Somebody else's words");
            QVERIFY(scenariofile::save(scenario, file).ok());
        } else if (meanwhile == QStringLiteral("remove")) {
            QVERIFY(QFile::remove(file));
        }
        Started next;
        QVERIFY2(next.told().contains(told), qPrintable(next.told()));
        QVERIFY(next.told().contains(QStringLiteral("“shop”")));
        next.click("recoveryKeep");
        QVERIFY(next.window.windowTitle().startsWith(QStringLiteral("shop")));
        QVERIFY(next.window.isWindowModified());
        QTest::keyClick(&next.window, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!next.window.isWindowModified());
        QCOMPARE(scenariofile::load(file).value().servers[0].port, editedPort.toUShort());
    }

    /// The second crash comes before anything was saved.
    void theFileIsRememberedThroughTwoCrashes()
    {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("shop.corscope"));
        QVERIFY(scenariofile::save(scenariofile::load(scenariofile::library().first().path).value(), file).ok());
        crash(file);
        const QDir kept(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
        const auto copies = [&] { return kept.entryList({QStringLiteral("*.corscope")}, QDir::Files); };
        const QTemporaryDir secondCrash;
        {
            Started second;
            second.click("recoveryKeep");
            QCOMPARE(copies().size(), 1);
            QVERIFY(QFile::copy(kept.filePath(copies()[0]), secondCrash.filePath(copies()[0])));
        }
        ScenarioDocument third;
        third.keepRecovery(secondCrash.path());
        QVERIFY(third.takeUp(third.leftBehind().value(0)).ok());
        QCOMPARE(third.path(), file);
    }

    void sizesAndLayoutAreRemembered()
    {
        QList<int> columns;
        {
            Started first;
            first.window.setWindowState(Qt::WindowNoState);
            first.window.resize(1311, 742);
            auto* split = first.window.findChild<QSplitter*>(QStringLiteral("columns"));
            auto sizes = split->sizes();
            sizes[0] += 37;
            sizes[1] -= 37;
            split->setSizes(sizes);
            QCoreApplication::processEvents();
            columns = split->sizes();
            first.window.close();
        }
        Started next;
        QCOMPARE(next.window.size(), QSize(1311, 742));
        QCoreApplication::processEvents();
        QCOMPARE(next.window.findChild<QSplitter*>(QStringLiteral("columns"))->sizes(), columns);
    }
};

int main(int argc, char** argv)
{
    testing::useOwnHome();
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("corscope"));
    QApplication::setApplicationName(QStringLiteral("corscope"));
    if (QApplication::arguments().value(1) == QStringLiteral("--edit-and-wait"))
        return editAndWait(QApplication::arguments().value(2));
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"

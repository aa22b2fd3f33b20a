#include "tests/ui/OwnHome.h"
#include "tests/ui/WindowDriver.h"

#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "ui/exchange/DiagramExport.h"
#include "ui/session/RecoveryFile.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QProcess>
#include <QRandomGenerator>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

using namespace corscope;
using namespace std::chrono_literals;

namespace {

/// Whoever writes more than a few bytes to a file is told that there is no room.
class FullDisk
{
public:
    FullDisk()
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit little{64, m_before.rlim_max};
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &little);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int);
};

/// A folder in which nothing can be made or renamed; also for root, who becomes nobody for the time.
class ReadOnlyFolder
{
public:
    explicit ReadOnlyFolder(const QString& path) : m_path(path)
    {
        QFile::setPermissions(path, QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
        m_isRoot = ::geteuid() == 0;
        if (m_isRoot && ::seteuid(65534) != 0)
            qFatal("root cannot become nobody");
    }
    ~ReadOnlyFolder()
    {
        if (m_isRoot && ::seteuid(0) != 0)
            qFatal("nobody cannot become root again");
        QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

private:
    QString m_path;
    bool m_isRoot = false;
};

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

void write(const QString& path, const QByteArray& bytes, qint64 size = -1)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    if (size >= 0)
        QVERIFY(file.resize(size));
}

QStringList filesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

bool isOneSentence(const QString& text)
{
    return !text.isEmpty() && !text.contains(QLatin1Char('\n')) && text.size() < 300;
}

Scenario someScenario()
{
    return scenariofile::load(scenariofile::library().first().path).value();
}

quint16& portOf(Scenario& scenario) { return scenario.servers[0].port; }
constexpr int firstPort = 20000;
constexpr auto interval = 100ms; ///< of the recovery copies of the child below

/// Edits a file, saves it now and then, says when each edit begins and is done, and never ends by itself: to be killed.
int editUntilKilled(const QStringList& arguments, bool inWindow)
{
    const auto file = arguments[0];
    const auto recovery = arguments[1];
    QRandomGenerator random(arguments[2].toUInt());
    Preferences preferences(Preferences::Storage::ThisRunOnly);
    ScenarioDocument alone;
    std::unique_ptr<MainWindow> window;
    if (inWindow) {
        window = std::make_unique<MainWindow>(preferences);
        window->show();
    }
    auto& document = inWindow ? window->document() : alone;
    if (!document.open(file))
        return 2;
    document.keepRecovery(recovery, interval);
    QElapsedTimer time;
    time.start();
    int edits = 0;
    QTimer next;
    next.setSingleShot(true);
    QObject::connect(&next, &QTimer::timeout, &next, [&] {
        const int port = firstPort + ++edits;
        const auto say = [&](const char* what) {
            std::printf("%s %d %lld\n", what, port, static_cast<long long>(time.elapsed()));
            std::fflush(stdout);
        };
        say("edit");
        if (inWindow) {
            auto* line = window->findChild<QLineEdit*>(QStringLiteral("serverPort"));
            line->setFocus();
            QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(line, QString::number(port));
            QTest::keyClick(line, Qt::Key_Return);
        } else {
            document.edit(QStringLiteral("Port"), {}, [&](Scenario& scenario) { portOf(scenario) = quint16(port); });
        }
        say("done");
        if (random.bounded(6) == 0 && !document.save())
            std::_Exit(3);
        next.start(int(random.bounded(5, 60)));
    });
    next.start(0);
    return QApplication::exec();
}

} // namespace

/// What happens to the user's work when the machine does not do what it should.
class TroubleTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString fresh(const char* name)
    {
        static int number = 0;
        const auto path = m_folder.filePath(QStringLiteral("%1-%2").arg(QLatin1String(name)).arg(++number));
        QDir().mkpath(path);
        return path;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755)); // so that nobody may come in
    }

    void whatCannotBeWrittenStaysWhole_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("full");
        for (const auto* what : {"scenario", "diagram.svg", "diagram.png", "diagram.pdf"}) {
            QTest::addRow("%s, disk full", what) << QString::fromLatin1(what) << true;
            QTest::addRow("%s, folder read-only", what) << QString::fromLatin1(what) << false;
        }
    }
    void whatCannotBeWrittenStaysWhole()
    {
        QFETCH(QString, what);
        QFETCH(bool, full);
        const auto folder = fresh("write");
        const QString path = folder + QLatin1Char('/') + (what == QStringLiteral("scenario") ? QStringLiteral("a.corscope") : what);
        const auto scenario = someScenario();
        const auto trace = runInProcess(scenario);
        const auto attempt = [&] {
            return what == QStringLiteral("scenario") ? scenariofile::save(scenario, path)
                                                      : exportDiagram(*trace, {QStringLiteral("t"), {}, {}}, path);
        };
        const QByteArray old = "what was there before";
        write(path, old);
        Result<Done> result = Done{};
        if (full) {
            const FullDisk disk;
            result = attempt();
        } else {
            const ReadOnlyFolder closed(folder);
            result = attempt();
        }
        QVERIFY(!result.ok());
        QVERIFY2(isOneSentence(result.error().sentence()), qPrintable(result.error().sentence()));
        QVERIFY2(result.error().sentence().contains(path), qPrintable(result.error().sentence()));
        QVERIFY2(!result.error().found.isEmpty(), "the sentence does not say why");
        QCOMPARE(contents(path), old);
        QCOMPARE(filesIn(folder).size(), 1);
        QVERIFY(attempt().ok());
        QVERIFY(contents(path) != old);
    }

    void windowKeepsWorkThatCannotBeSaved()
    {
        const auto folder = fresh("save");
        const QString path = folder + QStringLiteral("/a.corscope");
        QVERIFY(scenariofile::save(someScenario(), path).ok());
        const auto old = contents(path);
        WindowDriver driver;
        auto& document = driver.window.document();
        QVERIFY(document.open(path).ok());
        const auto recovery = fresh("recovery");
        document.keepRecovery(recovery, 1ms);
        auto* banner = driver.find(QStringLiteral("recovery"));
        const auto* message = driver.find<QLabel>(QStringLiteral("message"));
        {
            const FullDisk disk;
            driver.type(QStringLiteral("serverPort"), QStringLiteral("4711"), true);
            QTRY_VERIFY(banner->isVisible());
            const auto told = driver.find<QLabel>(QStringLiteral("recoveryText"))->text();
            QVERIFY2(isOneSentence(told) && told.contains(recovery), qPrintable(told));
            driver.click(QStringLiteral("recoveryRead"));
            QVERIFY(!banner->isVisible());

            driver.press(Qt::Key_S, Qt::ControlModifier);
            QVERIFY2(isOneSentence(message->text()) && message->text().contains(path), qPrintable(message->text()));
            QVERIFY(message->property("invalid").toBool());
            QVERIFY(driver.window.isWindowModified());
            QCOMPARE(contents(path), old);
            driver.type(QStringLiteral("serverPort"), QStringLiteral("4712"), true);
            QTest::qWait(20);
            QVERIFY(!banner->isVisible()); // said once
            QCOMPARE(document.scenario().servers[0].port, 4712);
        }
        driver.type(QStringLiteral("serverPort"), QStringLiteral("4713"), true);
        QTRY_COMPARE(filesIn(recovery).filter(QRegularExpression(QStringLiteral("\\.corscope$"))).size(), 1);
        driver.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!driver.window.isWindowModified());
        QCOMPARE(scenariofile::load(path).value().servers[0].port, 4713);
    }

    void damagedSettingsArePutAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qint64>("size");
        QByteArray noise(4096, 0);
        QRandomGenerator random(7);
        for (auto& byte : noise)
            byte = char(random.bounded(256));
        QTest::newRow("noise") << noise << qint64(-1);
        QTest::newRow("zeros") << QByteArray(512, '\0') << qint64(-1);
        QTest::newRow("cut within a line") << QByteArray("[General]\ntheme=dark\n[window]\ngeome") << qint64(-1);
        QTest::newRow("another format") << QByteArray("{\"theme\": \"dark\"}\n") << qint64(-1);
        QTest::newRow("huge") << QByteArray("[General]\ntheme=dark\n") << (qint64(3) << 30);
    }
    void damagedSettingsArePutAside()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qint64, size);
        const auto path = QSettings().fileName();
        QDir(QFileInfo(path).path()).removeRecursively();
        write(path, bytes, size);
        const Preferences first;
        QVERIFY2(isOneSentence(first.trouble()), qPrintable(first.trouble()));
        QCOMPARE(first.textSize(), 100);
        QVERIFY(first.theme() == Appearance::Choice::System);
        const QString aside = path + QStringLiteral(".damaged");
        QVERIFY(first.trouble().contains(aside));
        QCOMPARE(QFileInfo(aside).size(), size >= 0 ? size : bytes.size());
        if (size < 0)
            QCOMPARE(contents(aside), bytes);
        Preferences next;
        QVERIFY2(next.trouble().isEmpty(), "said twice");
        next.setTheme(Appearance::Choice::Dark);
        QVERIFY(Preferences().theme() == Appearance::Choice::Dark);
    }

    void strangeSettingsAreNoDamage()
    {
        const auto path = QSettings().fileName();
        QDir(QFileInfo(path).path()).removeRecursively();
        write(path, "[General]\ntheme=mauve\ntextSize=99999999\nfuture=kept\n[window]\ngeometry=@ByteArray(x)\n");
        Preferences preferences;
        QVERIFY(preferences.trouble().isEmpty());
        QVERIFY(preferences.theme() == Appearance::Choice::System);
        QCOMPARE(preferences.textSize(), Appearance::largestText);
        preferences.setTheme(Appearance::Choice::Light);
        QSettings().sync();
        QVERIFY(contents(path).contains("future=kept"));
        write(path, "[General]\ntextSize=small\n");
        QCOMPARE(Preferences().textSize(), Appearance::smallestText);
    }

    void settingsThatMayNotBeReadAreSaidSo()
    {
        const auto path = QSettings().fileName();
        const auto folder = QFileInfo(path).path();
        QDir(folder).removeRecursively();
        write(path, "[General]\ntheme=dark\n");
        QFile::setPermissions(path, QFile::Permissions());
        {
            const ReadOnlyFolder closed(folder);
            const Preferences preferences;
            QVERIFY2(isOneSentence(preferences.trouble()) && preferences.trouble().contains(path), qPrintable(preferences.trouble()));
            QVERIFY(preferences.theme() == Appearance::Choice::System);
        }
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(contents(path), "[General]\ntheme=dark\n");
    }

    /// One window for all kinds of damage, and one more that is told nothing.
    void damagedRecoveryFilesArePutAside()
    {
        const auto settings = QSettings().fileName();
        QDir(QFileInfo(settings).path()).removeRecursively();
        write(settings, "\x01\x02no settings\n");
        const auto folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
        QDir(folder).removeRecursively();
        const auto whole = scenariofile::serialize(someScenario());
        const auto path = [&](int i) { return QStringLiteral("%1/unsaved-%2.corscope").arg(folder).arg(i); };
        write(path(1), QByteArray("\0\xff\xfe garbage", 11));
        write(path(2), whole.first(whole.size() / 2));
        write(path(3), {});
        write(path(4), whole, qint64(3) << 30);
        write(path(5), whole);
        {
            QFile oldest(path(5)); // which is offered last
            QVERIFY(oldest.open(QIODevice::ReadWrite));
            QVERIFY(oldest.setFileTime(QDateTime::currentDateTime().addSecs(-3600), QFileDevice::FileModificationTime));
        }
        write(path(5) + QStringLiteral(".Ab1Cd2"), whole.first(20)); // what a crash left of the copy it was writing
        QStringList told;
        {
            Preferences preferences;
            MainWindow window(preferences);
            window.keepUnsavedChanges();
            window.show();
            auto* read = window.findChild<QWidget*>(QStringLiteral("recoveryRead"));
            while (read->isVisible()) {
                told.append(window.findChild<QLabel*>(QStringLiteral("recoveryText"))->text());
                QTest::mouseClick(read, Qt::LeftButton);
            }
            QCOMPARE(told.size(), 5); // the settings, and four copies
            QVERIFY(told.first().contains(settings + QStringLiteral(".damaged")));
            QVERIFY(window.findChild<QWidget*>(QStringLiteral("recoveryKeep"))->isVisible());
            QTest::mouseClick(window.findChild<QWidget*>(QStringLiteral("recoveryKeep")), Qt::LeftButton);
            QVERIFY(!window.findChild<QWidget*>(QStringLiteral("recovery"))->isVisible());
            QVERIFY(window.document().scenario() == someScenario());
        }
        for (const int i : {1, 2, 3, 4})
            QVERIFY(told.filter(path(i) + QStringLiteral(".damaged")).size() == 1);
        QCOMPARE(contents(path(2) + QStringLiteral(".damaged")), whole.first(whole.size() / 2));
        QVERIFY(filesIn(folder).filter(QStringLiteral("Ab1Cd2")).isEmpty());
        RecoveryFile next(folder);
        QVERIFY(next.leftBehind().isEmpty());
    }

    void typingWithoutAPauseIsKeptToo()
    {
        const auto folder = fresh("typing");
        ScenarioDocument document;
        document.setScenario(someScenario());
        document.keepRecovery(folder, 50ms);
        const QDir kept(folder);
        QElapsedTimer time;
        time.start();
        int port = firstPort;
        while (kept.entryList({QStringLiteral("*.corscope")}, QDir::Files).isEmpty()) {
            QVERIFY2(time.elapsed() < 5000, "nothing is kept while somebody types");
            document.edit(QStringLiteral("Port"), {}, [&](Scenario& scenario) { portOf(scenario) = quint16(++port); });
            QTest::qWait(5);
        }
    }

    /// With CORSCOPE_KILLS=N that many times, and with CORSCOPE_KILLS_IN=window through the keys of a whole window.
    void killedAtAnyMomentNothingIsLost()
    {
        const int kills = qEnvironmentVariableIsSet("CORSCOPE_KILLS") ? qEnvironmentVariableIntValue("CORSCOPE_KILLS") : 10;
        const bool inWindow = qgetenv("CORSCOPE_KILLS_IN") == "window";
        const int atATime = inWindow ? 4 : 10;
        struct Child
        {
            QProcess process;
            QString file;
            QString recovery;
            int lifetime = 0; ///< milliseconds after its first edit
            QByteArray said;
        };
        int offered = 0;
        int saved = 0;
        for (int begun = 0; begun < kills;) {
            std::vector<std::unique_ptr<Child>> children;
            for (; begun < kills && int(children.size()) < atATime; ++begun) {
                auto child = std::make_unique<Child>();
                const auto folder = fresh("kill");
                child->file = folder + QStringLiteral("/a.corscope");
                child->recovery = folder + QStringLiteral("/recovery");
                QVERIFY(scenariofile::save(someScenario(), child->file).ok());
                QRandomGenerator random(quint32(4711 + begun));
                child->lifetime = int(random.bounded(1, 900));
                child->process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
                child->process.start(QApplication::applicationFilePath(),
                                     {inWindow ? QStringLiteral("--edit-in-window") : QStringLiteral("--edit"), child->file,
                                      child->recovery, QString::number(random.generate())});
                children.push_back(std::move(child));
            }
            for (auto& child : children)
                QVERIFY(child->process.waitForStarted());
            for (auto& child : children)
                while (!child->said.contains('\n')) {
                    QVERIFY(child->process.waitForReadyRead(30000));
                    child->said += child->process.readAllStandardOutput();
                }
            std::sort(children.begin(), children.end(), [](const auto& a, const auto& b) { return a->lifetime < b->lifetime; });
            QElapsedTimer time;
            time.start();
            for (auto& child : children) {
                if (const auto rest = child->lifetime - time.elapsed(); rest > 0)
                    QThread::msleep(ulong(rest));
                QCOMPARE(::kill(pid_t(child->process.processId()), SIGKILL), 0);
            }
            for (auto& child : children) {
                QVERIFY(child->process.waitForFinished());
                QCOMPARE(child->process.exitStatus(), QProcess::CrashExit);
                child->said += child->process.readAllStandardOutput();
                auto lines = child->said.split('\n');
                lines.removeLast(); // not whole
                const auto momentOf = [](const QByteArray& line) { return line.split(' ')[2].toLongLong(); };
                // What came due before the last edit began was done before it: both wait in the same event loop.
                qint64 lastMoment = 0;
                for (const auto& line : lines)
                    if (line.startsWith("edit"))
                        lastMoment = momentOf(line);
                int owed = 0; // what stood on the screen for longer than an interval, as its timer counts
                for (const auto& line : lines)
                    if (line.startsWith("done") && momentOf(line) < lastMoment - (interval + interval / 5).count())
                        owed = line.split(' ')[1].toInt();

                const auto file = scenariofile::load(child->file);
                QVERIFY2(file.ok(), "the saved file is not whole");
                int found = file->servers[0].port >= firstPort ? file->servers[0].port : 0;
                saved += found != 0;
                RecoveryFile left(child->recovery);
                for (const auto& path : left.leftBehind()) {
                    const auto copy = RecoveryFile::read(path);
                    QVERIFY2(copy.ok(), "the kept copy is not whole");
                    QCOMPARE(copy->file.path, child->file);
                    found = std::max(found, int(copy->scenario.servers[0].port));
                    ++offered;
                }
                QVERIFY2(found >= owed, qPrintable(QStringLiteral("%1 was on the screen, %2 was kept").arg(owed).arg(found)));
            }
        }
        QVERIFY2(offered > 0 && saved > 0, "no child came far enough");
        qInfo("killed %d times: %d copies offered, %d files had been saved, nothing lost", kills, offered, saved);
    }
};

int main(int argc, char** argv)
{
    testing::useOwnHome();
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("corscope"));
    QApplication::setApplicationName(QStringLiteral("corscope"));
    const auto arguments = QApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--edit") || arguments.value(1) == QStringLiteral("--edit-in-window"))
        return editUntilKilled(arguments.mid(2), arguments[1] == QStringLiteral("--edit-in-window"));
    TroubleTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_trouble.moc"

#include "tests/core/ListeningSockets.h"
#include "tests/core/ManyDescriptors.h"
#include "tests/core/SystemCalls.h"
#include "tests/ui/WindowDriver.h"

#include "core/scenario/ScenarioFile.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QTextEdit>

#include <atomic>
#include <poll.h>
#include <thread>

using namespace corscope;
using namespace corscope::testing;
using namespace std::chrono_literals;

namespace {

/// Clients of a port, on a thread of their own: some that only stay, some that ask without a pause.
class Clients
{
public:
    Clients(quint16 port, int idle, int busy)
    {
        m_thread = std::thread([this, port, idle, busy] { run(port, idle, busy); });
        while (!m_inside)
            std::this_thread::sleep_for(1ms);
    }
    ~Clients()
    {
        m_stop = true;
        m_thread.join();
    }
    qint64 answers() const { return m_answers; }

private:
    static int connectTo(quint16 port)
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        (void)::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address);
        return socket;
    }
    void run(quint16 port, int idle, int busy)
    {
        static constexpr char request[] = "GET /articles HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:8000\r\n\r\n";
        std::vector<pollfd> asking;
        std::vector<int> all;
        for (int i = 0; i < busy; ++i) {
            all.push_back(connectTo(port));
            asking.push_back({all.back(), POLLIN, 0});
            (void)::send(all.back(), request, sizeof request - 1, MSG_NOSIGNAL);
        }
        for (int i = 0; i < idle; ++i)
            all.push_back(connectTo(port));
        m_inside = true;
        char bytes[1 << 16];
        while (!m_stop) {
            ::poll(asking.data(), asking.size(), 10);
            for (const auto& each : asking) {
                if ((each.revents & POLLIN) == 0 || ::recv(each.fd, bytes, sizeof bytes, MSG_DONTWAIT) <= 0)
                    continue;
                ++m_answers;
                (void)::send(each.fd, request, sizeof request - 1, MSG_NOSIGNAL);
            }
        }
        for (const int socket : all)
            ::close(socket);
    }

    std::thread m_thread;
    std::atomic<bool> m_inside = false;
    std::atomic<bool> m_stop = false;
    std::atomic<qint64> m_answers = 0;
};

/// The longest time, in milliseconds, in which the event loop did not turn.
qint64 longestGap(std::chrono::milliseconds during)
{
    QElapsedTimer all;
    QElapsedTimer since;
    all.start();
    since.start();
    qint64 longest = 0;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &tick, [&] { longest = std::max(longest, since.restart()); });
    tick.start(1);
    while (all.elapsed() < during.count())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return longest;
}

quint16 portOf(const WindowDriver& driver)
{
    return driver.window.run().listeningOn(0).split(':').value(1).toUShort();
}

} // namespace

/// The window while others use its servers, and what it lets in and out.
class WindowLoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        allowManyDescriptors();
    }

    /// With CORSCOPE_LOAD_SECONDS=N for that long.
    void aBusyServerLeavesTheWindowToItsUser()
    {
        const int seconds = qEnvironmentVariableIntValue("CORSCOPE_LOAD_SECONDS");
        const std::chrono::milliseconds during = seconds > 0 ? seconds * 1000ms : 400ms;
        WindowDriver driver;
        driver.window.openSomething();
        driver.send();
        QTRY_VERIFY(portOf(driver) > 0);
        QTest::qWait(200);
        const auto calm = longestGap(std::min<std::chrono::milliseconds>(during, 5s));
        Clients clients(portOf(driver), seconds > 0 ? 1000 : 100, seconds > 0 ? 200 : 50);
        const auto loaded = longestGap(during);
        const auto answers = clients.answers();
        QVERIFY(answers > 50);
        driver.type(QStringLiteral("requestUrl"), QStringLiteral("http://localhost:5000/articles?busy"), true);
        driver.send();
        QVERIFY(driver.outcome().url.endsWith("?busy"));
        qInfo("longest gap of the event loop: %lld ms under load, %lld ms before; %lld answers meanwhile",
              static_cast<long long>(loaded), static_cast<long long>(calm), static_cast<long long>(answers));
    }

    void onlyLoopbackIsBoundAndReached()
    {
        SystemCalls::take();
        WindowDriver driver;
        for (const auto* id : {"fastapi-no-middleware", "fastapi-put-json-preflight", "fastapi-mixed-content"}) {
            QVERIFY(driver.window.openScenario(QString::fromLatin1(id)).ok());
            driver.send();
            const auto listening = listeningAddresses("self");
            QVERIFY(!listening.isEmpty());
            for (const auto& address : listening)
                QVERIFY2(isLoopbackInTable(address), address.constData());
        }
        QCOMPARE(whatLeaves(SystemCalls::take()), "");
    }

    /// Text of a scenario is text in every view: no picture is loaded, no file opened, no foreign link to click.
    void markupInAScenarioIsOnlyText()
    {
        QTemporaryDir folder;
        const auto canary = folder.filePath(QStringLiteral("canary.png"));
        QImage(4, 4, QImage::Format_RGB32).save(canary);
        const QByteArray bad = "<img src=\"" + canary.toUtf8() + "\"><a href=\"http://evil.example/\">x</a><b>";
        Scenario scenario = scenariofile::load(scenariofile::library().first().path).value();
        scenario.title = scenario.story = QString::fromUtf8(bad);
        scenario.notes = {{std::nullopt, QString::fromUtf8(bad)}};
        auto& server = scenario.servers[0];
        server.id = bad;
        for (auto& route : server.routes) {
            route.body = bad;
            route.effect = bad;
            route.headers.append("X-Bad", bad);
            route.headers.append("Access-Control-Allow-Origin", bad);
        }
        auto& call = std::get<SendAction>(scenario.actions[0]).call;
        call.headers.append("X-Note", bad);
        WindowDriver driver;
        SystemCalls::take();
        driver.window.document().setScenario(scenario);
        driver.send();
        int looked = 0;
        const auto lookAround = [&] {
            for (const auto* edit : driver.window.findChildren<QTextEdit*>()) {
                const auto html = edit->document()->toHtml();
                QVERIFY2(!html.contains(QLatin1String("<img")) && !html.contains(QLatin1String("href=\"http://evil")), qPrintable(edit->objectName()));
                ++looked;
            }
            for (const auto* label : driver.window.findChildren<QLabel*>()) {
                const bool isRich = label->textFormat() == Qt::RichText || (label->textFormat() == Qt::AutoText && Qt::mightBeRichText(label->text()));
                QVERIFY2(!isRich || !label->text().contains(QLatin1String("<img")), qPrintable(label->objectName()));
            }
        };
        const int steps = driver.window.cursor().trace()->size();
        QVERIFY(steps > 10);
        for (int i = 0; i < steps; i += 3) {
            driver.window.cursor().moveTo(i);
            QCoreApplication::processEvents();
            lookAround();
        }
        QVERIFY(looked > 20);
        const auto calls = SystemCalls::take();
        QVERIFY(!calls.contains({"open", canary.toUtf8(), 0}));
        QCOMPARE(whatLeaves(calls), "");
    }
};

QTEST_MAIN(WindowLoadTest)
#include "tst_windowload.moc"

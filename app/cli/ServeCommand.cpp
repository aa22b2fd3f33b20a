#include "app/cli/Commands.h"

#include "app/cli/Execution.h"
#include "core/scenario/Runner.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>
#include <chrono>
#include <csignal>

namespace corscope::cli {

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

namespace {

volatile std::sig_atomic_t interrupted = 0;

Instant wallClock()
{
    return Instant(Milliseconds(QDateTime::currentMSecsSinceEpoch()));
}

/// Prints the lines of one server's access log that are new.
class LogPrinter
{
public:
    explicit LogPrinter(std::shared_ptr<Server> server) : m_server(std::move(server)), m_id(m_server->config().id) {}

    void printNew()
    {
        const auto count = m_server->accessLogCount();
        if (count == m_printed)
            return;
        const auto log = m_server->accessLogSince(m_printed);
        m_printed += quint64(log.size());
        QString lines;
        // More came at once than the log keeps, and nobody reads that fast.
        if (m_printed < count) {
            lines += tr("%1 earlier requests of %2 are not shown").arg(count - m_printed).arg(QString::fromUtf8(m_id)) + u'\n';
            m_printed = count;
        }
        for (const auto& entry : log)
            lines += line(entry) + u'\n';
        lines.chop(1);
        print(lines);
    }

private:
    QString line(const AccessLogEntry& entry)
    {
        auto text = m_format.arg(clockTime(entry.time), QString::fromUtf8(m_id), QString::fromUtf8(entry.method),
                                 QString::fromUtf8(entry.target),
                                 entry.origin.isEmpty() ? m_noOrigin : QString::fromLatin1(entry.origin),
                                 QString::number(entry.status));
        if (entry.preflight)
            text += m_preflight;
        if (entry.handlerRan)
            text += m_handlerRan;
        return text;
    }

    /// As clocks here show it; the calendar is asked once a second.
    const QString& clockTime(Instant time)
    {
        const auto second = std::chrono::floor<std::chrono::seconds>(time);
        if (second != m_second || m_clockTime.isEmpty())
            m_clockTime = QDateTime::fromSecsSinceEpoch(second.time_since_epoch().count()).toString(QStringLiteral("HH:mm:ss"));
        m_second = second;
        return m_clockTime;
    }

    std::shared_ptr<Server> m_server;
    const QByteArray m_id;
    const QString m_format = tr("%1  %2  %3 %4  from %5  %6");
    const QString m_noOrigin = tr("(no origin)");
    const QString m_preflight = tr("  preflight");
    const QString m_handlerRan = tr("  handler ran");
    quint64 m_printed = 0;
    std::chrono::sys_seconds m_second{};
    QString m_clockTime;
};

} // namespace

int serve(const QString& file)
{
    const auto scenario = scenarioOf(file);
    if (!scenario.ok()) {
        complain(named(scenario.error(), file));
        return badInput;
    }
    const auto backend = Backend::create(scenario->servers);
    if (!backend.ok()) {
        complain(named(backend.error(), file));
        return badInput;
    }
    if (scenario->servers.empty()) {
        complain(tr("%1: expected a scenario with a server, found none").arg(file));
        return badInput;
    }

    LiveBackend::Options options;
    options.now = wallClock;
    options.authorityDirectory = authorityDirectory();
    const auto live = LiveBackend::start(*backend, options);
    if (!live.ok()) {
        complain(live.error().sentence());
        return badInput;
    }

    std::vector<LogPrinter> logs;
    for (const auto& server : (*live)->servers()) {
        const auto config = server->server()->config();
        print(tr("%1  %2  on port %3").arg(QString::fromUtf8(config.id), QString::fromUtf8(config.origin())).arg(server->port()));
        print(QStringLiteral("    ")
              + (*live)->curlCommand(*server, config.routes.empty() ? QByteArray("/") : config.routes.front().path));
        logs.emplace_back(server->server());
    }
    for (const auto& notice : (*live)->notices())
        print(notice);
    print(tr("Serving until Ctrl+C."));

    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        for (auto& log : logs)
            log.printNew();
        if (interrupted)
            QCoreApplication::quit();
    });
    timer.start(100);
    return QCoreApplication::exec();
}

} // namespace corscope::cli

#include "app/cli/Commands.h"

#include "app/cli/Execution.h"
#include "core/scenario/Runner.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>
#include <atomic>
#include <csignal>

namespace corscope::cli {

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

namespace {

volatile std::sig_atomic_t interrupted = 0;

/// The wall clock, never the same twice, so that a line of the access log is known by its time.
class UniqueTime
{
public:
    Instant next()
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        qint64 last = m_last.load();
        while (!m_last.compare_exchange_weak(last, std::max(now, last + 1))) {}
        return Instant(Milliseconds(std::max(now, last + 1)));
    }

private:
    std::atomic<qint64> m_last = 0;
};

/// Prints the lines of one server's access log that are new.
class LogPrinter
{
public:
    explicit LogPrinter(std::shared_ptr<Server> server) : m_server(std::move(server)) {}

    void printNew()
    {
        const auto log = m_server->accessLog();
        qsizetype from = log.size();
        while (from > 0 && log[from - 1].time != m_last)
            --from;
        for (qsizetype i = from; i < log.size(); ++i)
            print(line(log[i]));
        if (!log.isEmpty())
            m_last = log.last().time;
    }

private:
    QString line(const AccessLogEntry& entry) const
    {
        const auto time = QDateTime::fromMSecsSinceEpoch(entry.time.time_since_epoch().count()).toString(QStringLiteral("HH:mm:ss"));
        auto text = tr("%1  %2  %3 %4  from %5  %6")
                        .arg(time, QString::fromUtf8(m_server->config().id), QString::fromUtf8(entry.method),
                             QString::fromUtf8(entry.target),
                             entry.origin.isEmpty() ? tr("(no origin)") : QString::fromLatin1(entry.origin))
                        .arg(entry.status);
        if (entry.preflight)
            text += tr("  preflight");
        if (entry.handlerRan)
            text += tr("  handler ran");
        return text;
    }

    std::shared_ptr<Server> m_server;
    Instant m_last{};
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

    auto time = std::make_shared<UniqueTime>();
    LiveBackend::Options options;
    options.now = [time] { return time->next(); };
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

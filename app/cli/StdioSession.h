#pragma once

#include "app/cli/StdioFetch.h"

#include <QSslCertificate>
#include <QThreadPool>

#include <condition_variable>
#include <functional>
#include <map>
#include <optional>

namespace corscope::cli {

/// One session of resources/docs/stdio.md: lines in, lines out. Fetches run on threads of their own; every other command
/// is carried out, and answered, at once.
class StdioSession
{
public:
    /// \param write takes one line without its end; called from several threads, one at a time.
    /// \param carrier in place of connections to loopback addresses; none as a rule
    explicit StdioSession(std::function<void(const QByteArray&)> write, StdioCarrier carrier = {});
    ~StdioSession();

    void receive(const QByteArray& line);
    /// Waits for what is in flight; what then still is, is aborted.
    void finish(Milliseconds patience);

private:
    /// A fetch that has not been answered yet.
    struct InFlight
    {
        InFlight(StdioBrowser& browser, std::shared_ptr<const StdioEnvironment> environment)
            : network(browser, std::move(environment), tally) {}
        Request request;
        bool wantsTrace = false;
        FetchTally tally;
        StdioNetwork network;
    };
    using Command = QJsonObject (StdioSession::*)(const StdioFields&);
    static Command commandOf(const QString& name);

    QJsonObject hello(const StdioFields& fields);
    QJsonObject configure(const StdioFields& fields);
    QJsonObject reset(const StdioFields& fields);
    QJsonObject abort(const StdioFields& fields);
    QJsonObject cookieGet(const StdioFields& fields);
    QJsonObject cookieSet(const StdioFields& fields);
    QJsonObject state(const StdioFields& fields);
    void fetch(qint64 id, const StdioFields& fields);
    void run(qint64 id, InFlight& fetch);

    /// Answers a fetch, if nobody has yet.
    void answer(qint64 id, const QJsonObject& result);
    void abortFetch(qint64 id);
    void abortAll();
    bool isInFlight(qint64 id);
    void reply(const QJsonValue& id, const char* key, const QJsonObject& object);
    void fault(const QJsonValue& id, const QString& message);

    std::function<void(const QByteArray&)> m_write;
    std::mutex m_writing;

    std::optional<QList<QSslCertificate>> m_systemAuthorities; ///< once they were asked for
    std::shared_ptr<const StdioEnvironment> m_environment = std::make_shared<const StdioEnvironment>();
    StdioBrowser m_browser;
    std::mutex m_mutex; ///< guards m_inFlight
    std::condition_variable m_answered;
    std::map<qint64, std::shared_ptr<InFlight>> m_inFlight;
    QThreadPool m_workers;
};

} // namespace corscope::cli
